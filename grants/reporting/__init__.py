"""What a group tells us of a grant once it is spent: written, sent, read, and told to everybody."""
