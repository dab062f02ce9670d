"""Tags of listings: put on and taken off, suggested by rules, looked at by two people."""
