"""Scoring: who is given what, what they write, and what they do next."""
