"""What a row must say besides being understood: the same rules as the tables', told beforehand."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from assets.models.activities import HowToCome, Newcomers, WayToTakePart
from assets.saying import Values


def problems_of(values: Values, *, has_venue: bool) -> Iterator[tuple[str, str]]:
    """Field and sentence for each thing that an activity still lacks. What is None is told."""
    if values.get("title") == "" or "title" not in values:
        yield "title", _("Say what it is called.")
    if values.get("summary") == "" or "summary" not in values:
        yield "summary", _("Say in one or two sentences what it is.")
    if values.get("level") == "" or "level" not in values:
        yield "level", _("Say whom it is open to.")
    if values.get("cost") == "" or "cost" not in values:
        yield "cost", _("Say how much it costs, or that it is free.")
    if values.get("how_to_come") == "" or "how_to_come" not in values:
        yield "how_to_come", _("Say how to come.")
    if values.get("how_to_come") == HowToCome.REFERRAL and _is_blank(values, "who_can_refer"):
        yield "who_can_refer", _("Say who can refer.")
    if values.get("waiting_weeks") and values.get("newcomers") != Newcomers.WAITING:
        yield "waiting_weeks", _("Weeks to wait need a waiting list.")
    yield from _where(values, has_venue)


def _where(values: Values, has_venue: bool) -> Iterator[tuple[str, str]]:
    ways = values.get("ways_to_take_part")
    if ways is None:
        return
    if not ways:
        yield "venue.postcode", _("Say where it is, or that it is online, by phone or at home.")
    elif WayToTakePart.IN_PERSON in ways and not has_venue:
        yield "venue.postcode", _("Say where people meet in person.")
    elif WayToTakePart.IN_PERSON not in ways and has_venue:
        yield (
            "ways_to_take_part",
            _("It has a place, so add “in person”. What is not in person has no place."),
        )


def _is_blank(values: Values, name: str) -> bool:
    """Not so, where the cell could not be understood: that is told already."""
    value: Any = values.get(name, [])
    return value is not None and not value
