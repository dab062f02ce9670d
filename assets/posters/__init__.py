"""Posters to print and hang up: what a group, an activity or a search says, and a code to scan."""
