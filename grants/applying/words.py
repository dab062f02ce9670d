"""How many words a text has: the same here and in static/js/apply.js, sign for sign."""

import re

# What stands between words. Python and JavaScript each have their own idea of “white space”, so
# neither is asked. Zero-width signs join: they are no way round a limit.
BETWEEN = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
WORD = re.compile(f"[^{BETWEEN}]+")


def words_in(text: str) -> int:
    return len(WORD.findall(text))
