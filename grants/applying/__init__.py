"""Applying: one description of the form drives writing it, checking it and reading it."""
