"""From rules to real dates: what is on, on a day."""
