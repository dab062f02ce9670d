"""How days and times are written where a page does not say: one folder a language."""
