"""Words as long as a cell may be."""

LONGEST_NAME, LONGEST_STREET, LONGEST_WAY, LONGEST_TEXT = 120, 200, 1500, 5000


def cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
