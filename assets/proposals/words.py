"""A value as a person reads it: for “check your answers”, and for old beside new."""

from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assets import schedules, words
from assets.ages import age_in_words, last_age_in_words
from assets.models import (
    AccessFeature,
    Activity,
    Area,
    Audience,
    Language,
    Organisation,
    Place,
    Schedule,
    TrustStatement,
    Venue,
)
from assets.models.activities import Referrer, WayToTakePart
from assets.proposals.fields import ACTIVITY, GROUP
from assets.saying import Values
from thrive.models import NeedsGroup, Theme, WayOfWorking

MODELS: dict[str, Any] = {GROUP: Organisation, ACTIVITY: Activity, "venue": Venue}
# Options that are rows: where their names are found.
ROWS: dict[str, Any] = {
    "audiences": Audience,
    "needs_groups": NeedsGroup,
    "themes": Theme,
    "ways_of_working": WayOfWorking,
    "access_features": AccessFeature,
    "languages": Language,
}


def in_words(of: str, name: str, value: Any) -> list[str]:
    """One line or several; no line where nothing is said."""
    if value in (None, "", []):
        return []
    if name in SPECIAL:
        return SPECIAL[name](value)
    if name.startswith("contacts."):
        return [" · ".join(filter(None, (one["value"], one["label"]))) for one in value]
    if name in ROWS:
        found = ROWS[name]._default_manager.filter(pk__in=value)
        return [", ".join(str(one) for one in found)]
    return _of_column(of, name, value)


def _of_column(of: str, name: str, value: Any) -> list[str]:
    field: Any = MODELS[of]._meta.get_field(name)
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))]
    return [line for line in str(value).splitlines() if line.strip()]


def _schedules(rules: Iterable[Values]) -> list[str]:
    return [schedules.in_words(_schedule(rule)) for rule in rules]


def _schedule(rule: Values) -> Schedule:
    """A rule that is not stored: its days and times are no longer text."""
    days = ("starts_on", "ends_before")
    typed = {name: date.fromisoformat(rule[name]) for name in days if rule.get(name)}
    clock = {name: time.fromisoformat(rule[name]) for name in ("starts_at", "ends_at")}
    dates = [date.fromisoformat(one) for one in rule.get("dates") or []]
    rest = {n: v for n, v in rule.items() if n not in (*days, *clock, "dates")}
    return Schedule(**rest, **typed, **clock, dates=dates)


def _trust(statements: Iterable[Values]) -> list[str]:
    said = []
    for one in statements:
        days = {n: date.fromisoformat(one[n]) for n in ("stated_on", "expires_on") if one.get(n)}
        statement = TrustStatement(**(one | days))
        if statement.stance == TrustStatement.Stance.NOT_ASKED:
            continue
        line = words.trust_in_words(statement)
        if statement.expires_on:
            # The first day on which it no longer counts: people say the last one on which it does.
            last = statement.expires_on - date.resolution
            line = _("%(what)s; until %(day)s") % {"what": line, "day": words.long_date(last)}
        said.append(line)
    return said


def _venue(key: str) -> list[str]:
    venue = Venue.objects.select_related("place").filter(pk=key).first()
    return [_place_and_postcode(venue)] if venue else []


def _place_and_postcode(venue: Venue) -> str:
    return ", ".join(filter(None, (str(venue), venue.postcode)))


def _new_venue(values: Values) -> list[str]:
    place = Place.objects.filter(slug=values.get("place") or "").first()
    shown = values.get("shown", Venue.Shown.PUBLIC)
    parts = [values.get("name"), values.get("address"), place and place.name]
    lines = [", ".join(str(part) for part in [*parts, values.get("postcode")] if part)]
    if shown != Venue.Shown.PUBLIC:
        lines = [place.name] if place else []
        lines.append(str(Venue.Shown(shown).label))
    return lines


def _area(code: str) -> list[str]:
    return [str(area) for area in Area.objects.filter(code=code)]


def _months(value: int) -> list[str]:
    return [age_in_words(value) if value else _("Birth")]


def _before(value: int) -> list[str]:
    """The age before which it ends: “4 years” is what people say of under 5."""
    return [last_age_in_words(value)]


SPECIAL: dict[str, Callable[[Any], list[str]]] = {
    "schedules": _schedules,
    "trust": _trust,
    "venue": _venue,
    "new_venue": _new_venue,
    "area_served": _area,
    "district": _area,
    "place": lambda slug: [str(place) for place in Place.objects.filter(slug=slug)],
    "age_from": _months,
    "age_before": _before,
    "ways_to_take_part": lambda ways: [words.joined(str(WayToTakePart(one).label) for one in ways)],
    "who_can_refer": lambda who: ["; ".join(str(Referrer(one).label) for one in who)],
    "price": lambda price: [f"£{Decimal(price):.2f}".removesuffix(".00")],
    "newcomers_said_on": lambda day: [words.long_date(date.fromisoformat(day))],
}
