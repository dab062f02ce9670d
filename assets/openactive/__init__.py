"""What is sport and movement here, as open data by OpenActive. See docs/decisions/0028."""
