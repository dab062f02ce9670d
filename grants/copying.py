"""A new round from an earlier one: all that it asked, a year later."""

import re
from datetime import MAXYEAR, date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from grants import rounds
from grants.models import Round, RoundRecord
from grants.round_whole import PARTS, copies

DATES = ("opens_at", "closes_at", "decisions_on", "spend_from", "spend_before")
Day = TypeVar("Day", date, datetime)


@transaction.atomic
def copy(*, round: Round, by: User | None, title: str, slug: str, code: str) -> Round:
    """A draft with the same texts, questions, criteria, levels, headings, checks and needs groups.

    Its dates are a year later, at the same time by the clock in London.
    """
    named = {"title": title, "slug": slug, "code": code, "copied_from": round}
    later = {name: _a_year_on(getattr(round, name)) for name in DATES}
    made: Round
    [made] = copies([round])
    for name, value in (named | later).items():
        setattr(made, name, value)
    parts = []
    for name in PARTS:
        for part in getattr(round, name).all():
            [mine] = copies([part])
            mine.round = made
            parts.append(mine)
            if name == "criteria":
                levels = copies(part.levels.all())
                for level in levels:
                    level.criterion = mine
                parts += levels
    needs_groups = round.needs_groups.all()
    rounds.save(
        round=made,
        by=by,
        needs_groups=needs_groups,
        parts=parts,
        what=RoundRecord.What.COPIED,
    )
    return made


def suggested(round: Round) -> dict[str, str]:
    """Title, address and code of the next one: the year or the number after."""
    said = {
        "title": _next_year(round.title),
        "slug": _next_year(round.slug),
        "code": _next_number(round.code),
    }
    taken = {
        "title": False,
        "slug": Round.objects.filter(slug=said["slug"]).exists(),
        "code": Round.objects.filter(code=said["code"]).exists(),
    }
    return {name: "" if taken[name] else value for name, value in said.items()}


def _next_year(text: str) -> str:
    return re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + 1), text)


def _next_number(code: str) -> str:
    name, number = re.fullmatch(r"(.*?)(\d*)", code).groups()  # type: ignore[union-attr]
    return f"{name}{int(number or 1) + 1}"


def _a_year_on(day: Day) -> Day:
    """The 29th of February becomes the 28th; midday in London stays midday in London."""
    if isinstance(day, datetime):
        return timezone.make_aware(_next(timezone.localtime(day).replace(tzinfo=None)))
    return _next(day)


def _next(day: Day) -> Day:
    year = min(day.year + 1, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
