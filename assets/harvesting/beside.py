"""What theirs says beside ours, in words, so that staff see whether they are the same."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from assets.ages import ages_in_words
from assets.importing.fields import ACTIVITY, FIELDS, GROUP
from assets.importing.sheet import Wanted
from assets.models import Activity, Organisation, Place
from assets.proposals.words import in_words
from assets.saying import Values, state_of

# [what, words]. Of a place nothing but its village: it may turn out to be a home.
Line = tuple[str, str]
CONTACTS = {"contacts.phone", "contacts.email", "contacts.web"}
TELLING = {
    ACTIVITY: {"summary", "schedules", "age_from", "age_before", *CONTACTS},
    GROUP: {"summary", *CONTACTS},
}
LONGEST = 300


def lines(of: str, values: Values, names: Collection[str]) -> Iterator[Line]:
    """A line for each thing that one of these values belongs to; all of the thing, or nothing."""
    told: set[str] = set()
    for field in FIELDS.values():
        parts = [name for name in field.blank if name in values]
        if field.of != of or told & {*parts} or not {*parts} & {*names}:
            continue
        told |= {*parts}
        yield str(field.label), _in_words(of, parts, values)


def of_theirs(wanted: Wanted) -> list[Line]:
    village = wanted.venue.values.get("place") if wanted.venue else None
    group = str(wanted.group.values["name"]) if wanted.group else ""
    place = Place.objects.filter(slug=village).first() if village else None
    return _lines(wanted.of, wanted.values, group, str(place or ""))


def of_ours(listing: Activity | Organisation) -> list[Line]:
    """`listing` comes with its parts: see `assets.harvesting.accepting.asked`."""
    if isinstance(listing, Organisation):
        return _lines(GROUP, state_of(listing, TELLING[GROUP]), "", "")
    place = str(listing.venue.place) if listing.venue else ""
    state = state_of(listing, TELLING[ACTIVITY])
    return _lines(ACTIVITY, state, listing.organisation.name, place)


def _lines(of: str, values: Values, group: str, village: str) -> list[Line]:
    found = [(_("Group"), group), (_("Village or town"), village)] if of == ACTIVITY else []
    found += lines(of, values, TELLING[of])
    return [(what[:1].upper() + what[1:], says[:LONGEST]) for what, says in found if says]


def _in_words(of: str, parts: list[str], values: Values) -> str:
    if {"age_from", "age_before"} <= {*parts}:
        expecting = bool(values.get("in_pregnancy"))
        return ages_in_words(values["age_from"] or 0, values["age_before"], in_pregnancy=expecting)
    return " / ".join(
        " / ".join(in_words(of, name, values[name])) for name in parts if values[name]
    )
