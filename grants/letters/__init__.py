"""What groups are told: drafted from what their scores came to, read by a person, sent once."""
