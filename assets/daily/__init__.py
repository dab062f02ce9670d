"""What is done every day by itself: jobs that may be done twice, or miss a day."""
