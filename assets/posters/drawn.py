"""A poster as one picture: A4, in millimetres. SVG does not break lines, so that is done here."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _

from assets.posters.words import Poster

LEFT, WIDTH = 15.0, 180.0
# Of a letter in most fonts, as a part of its height: broad ones, so that lines stay on the sheet.
LETTER = 0.56
# Where the code begins: nothing is written below.
BOTTOM = 196.0
LEADING = 1.3
# Above each: a word such as “When” belongs to what comes after it.
GAPS = {"whose": 2.0, "example": 1.5, "says": 3.5, "name": 4.5, "fact": 0.6}
SCALES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.6)


@dataclass(frozen=True)
class Line:
    """`y` is the foot of the letters, `size` their height."""

    text: str
    y: float
    size: float
    kind: str


def lines(poster: Poster) -> list[Line]:
    """From the top down, smaller if there is much to say; the page has what does not fit."""
    for scale in SCALES:
        found = list(_lines(poster, scale))
        if found[-1].y <= BOTTOM:
            return found
    return [line for line in found if line.y <= BOTTOM]


def _lines(poster: Poster, scale: float) -> Iterator[Line]:
    y = 20.0
    parts = [("title", poster.title, 15.0), ("whose", poster.whose, 7.0)]
    parts += [("example", _("Example: this is made up."), 6.0)] if poster.is_example else []
    parts.append(("says", poster.says, 6.5))
    for name, several in poster.facts:
        parts.append(("name", name, 5.0))
        parts += [("fact", one, 6.5) for one in several]
    for kind, text, size in parts:
        size *= scale
        y += GAPS.get(kind, 0) * scale
        for piece in wrap(text, int(WIDTH / (size * LETTER))):
            y += size * LEADING
            yield Line(piece, round(y, 2), round(size, 2), kind)
