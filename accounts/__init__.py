"""Sign-in by e-mail, roles, the outbox. Knows nothing of the directory or the fund."""
