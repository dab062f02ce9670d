"""What a visitor typed, made fit to compare."""

import unicodedata

LONGEST = 200


def clean(typed: str) -> str:
    """One line without marks that cannot be seen, at most `LONGEST` characters.

    Control characters, byte-order and direction marks and half surrogates go: PostgreSQL refuses
    some of them, and pasted postcodes carry others.
    """
    seen = (
        " " if unicodedata.category(letter).startswith("Z") or letter in "\t\r\n" else letter
        for letter in unicodedata.normalize("NFKC", typed[: 5 * LONGEST])
        if letter in "\t\r\n" or not unicodedata.category(letter).startswith("C")
    )
    return " ".join("".join(seen).split())[:LONGEST].rstrip()


def plain(words: str) -> str:
    """As the column `search_names` has it: no case, accents, apostrophes or signs."""
    letters = unicodedata.normalize("NFKD", words.lower().replace("'", "").replace("’", ""))
    return " ".join(
        "".join(
            letter if letter.isascii() and letter.isalnum() else " "
            for letter in letters
            if not unicodedata.combining(letter)
        ).split()
    )
