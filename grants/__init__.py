"""The fund: rounds, applications, scoring, the panel, awards, reports."""
