"""The levels of a criterion, written as lines: quick to type, to paste and to read."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.fields import Lines
from grants.models import Level

MOST_LEVELS = 11
MOST_POINTS = 100


class LevelsField(forms.CharField):
    """“0: Not shown: Nothing says how.” on each line; the cleaned value is unstored levels."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Levels"),
            required=False,
            max_length=8000,
            widget=Lines(attrs={"rows": 6}),
            help_text=gettext_lazy(
                "One on each line: points, name, what it looks like, with colons between them. "
                "Such as “2: Clear: They say who, where and when.”"
            ),
        )

    def clean(self, value: Any) -> list[Level]:
        text = super().clean(value)
        levels = [_level(line) for line in text.splitlines() if line.strip()]
        if len(levels) > MOST_LEVELS:
            raise ValidationError(_("Write %d levels at most.") % MOST_LEVELS)
        often = Counter(level.points for level in levels)
        if any(number > 1 for number in often.values()):
            raise ValidationError(_("Two levels have the same points."))
        return levels


def as_lines(levels: Iterable[Level]) -> str:
    return "\n".join(f"{one.points}: {one.name}: {one.description}" for one in levels)


def _level(line: str) -> Level:
    points, _colon, rest = line.partition(":")
    name, _colon, description = (part.strip() for part in rest.partition(":"))
    points = points.strip()
    if not (points.isascii() and points.isdigit() and name and description):
        said = _("“%s” needs points, a name and what it looks like, with colons between them.")
        raise ValidationError(said % _short(line))
    if len(points) > len(str(MOST_POINTS)) or int(points) > MOST_POINTS:
        raise ValidationError(_("“%s” has too many points: 100 at most.") % _short(line))
    level = Level(points=int(points), name=name, description=description)
    try:
        level.clean_fields(exclude=["criterion"])
    except ValidationError as wrong:
        said = " ".join(wrong.messages)
        raise ValidationError(f"“{_short(line)}”: {said}") from None
    return level


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 60 else f"{line[:60]}…"
