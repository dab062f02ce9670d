"""“Tell me when something new comes”: a search that somebody follows by e-mail, weekly."""
