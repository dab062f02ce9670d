"""Plain words: text that fits, yes and no, whole numbers, and choices by their names."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood
from assets.places.words import plain

YES = frozenset("yes y true t 1 x on ✓ ✔".split())
NO = frozenset(["no", "n", "false", "f", "0", "off", "none", "-", "–"])
# So many are named of what would be understood.
NAMED = 12


def one_line(longest: int) -> Callable[[str], str]:
    """A reader of text without line breaks, of so many letters at most."""

    def read(typed: str) -> str:
        words = " ".join(typed.split())
        if len(words) > longest:
            raise NotUnderstood(_too_long(longest, len(words)))
        return words

    return read


def some_lines(longest: int) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if len(typed) > longest:
            raise NotUnderstood(_too_long(longest, len(typed)))
        return typed.strip()

    return read


def _too_long(longest: int, is_long: int) -> str:
    return _("It has %(is)d letters, and there is room for %(most)d.") % {
        "is": is_long,
        "most": longest,
    }


def first_sentences(longest: int) -> Callable[[str], str]:
    """As many whole sentences as there is room for; of one that is too long, its beginning."""

    def read(typed: str) -> str:
        words = " ".join(typed.split())
        if len(words) <= longest:
            return words
        ends = [match.end() for match in re.finditer(r"[.!?](?= )", words[: longest + 1])]
        if ends:
            return words[: ends[-1]]
        return f"{words[: longest - 1].rpartition(' ')[0]}…"

    return read


def read_yes_or_no(typed: str) -> bool:
    word = typed.strip().lower().rstrip(".!")
    if word in YES:
        return True
    if word in NO:
        return False
    raise NotUnderstood(_("Write yes or no."))


def read_number(typed: str) -> int:
    word = typed.strip().lower().removesuffix("weeks").removesuffix("week").strip()
    if not (word.isascii() and word.isdigit()) or int(word) > 500:
        raise NotUnderstood(_("Write a whole number such as 6."))
    return int(word)


class Choices:
    """Options by value and by name, in any case: `labels` is value → name."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._known = {plain(value): value for value in labels}
        self._known |= {plain(name): value for value, name in labels.items()}

    def one(self, typed: str) -> str:
        if (word := plain(typed)) in self._known:
            return self._known[word]
        raise NotUnderstood(self._help())

    def several(self, typed: str) -> list[str]:
        """Parted by semicolons or lines; by commas where no name has one. Each once."""
        found: list[str] = []
        for part in re.split(r"[;\n|]", typed):
            if not part.strip():
                continue
            whole = plain(part) in self._known
            for piece in [part] if whole else part.split(","):
                if piece.strip():
                    found.append(self.one(piece))
        return list(dict.fromkeys(found))

    def _help(self) -> str:
        names = [str(name) for name in self._labels.values()]
        more = _(" …") if len(names) > NAMED else ""
        return _("Write one of these: %s.") % ("; ".join(names[:NAMED]) + more)
