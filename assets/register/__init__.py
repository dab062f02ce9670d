"""A group lists itself, or changes what it said: short forms, step by step."""
