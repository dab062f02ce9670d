"""What theirs says beside ours, in words, so that staff see whether they are the same."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from assets import schedules, words
from assets.ages import ages_in_words
from assets.importing.fields import ACTIVITY, FIELDS, GROUP
from assets.importing.sheet import Sheet, Wanted
from assets.importing.taking_away import OVER
from assets.models import Activity, Contact, Organisation, Place
from assets.proposals.words import in_words
from assets.saying import Values, state_of

# [what, words]. Of a place nothing but its village: it may turn out to be a home.
Line = tuple[str, str]
# A cell may have several postcodes, a place has one.
ONE_OF = {"postcodes": "postcode"}
CONTACTS = {"contacts.phone", "contacts.email", "contacts.web"}
TELLING = {
    ACTIVITY: {"summary", "schedules", "age_from", "age_before", "in_pregnancy", *CONTACTS},
    GROUP: {"summary", *CONTACTS},
}
# What tells an activity of a group from others.
RUNS = {"title", "schedules", *CONTACTS}
LONGEST, MOST_RUN = 300, 5


def lines(of: str, values: Values, names: Collection[str]) -> Iterator[Line]:
    """A line for each thing that one of these values belongs to; all of the thing, or nothing."""
    told: set[str] = set()
    for field in FIELDS.values():
        parts = [ONE_OF.get(name, name) for name in field.blank]
        parts = [name for name in parts if name in values]
        if field.of != of or told & {*parts} or not {*parts} & {*names}:
            continue
        told |= {*parts}
        yield str(field.label), _in_words(of, parts, values)


def of_theirs(wanted: Wanted, sheet: Sheet) -> list[Line]:
    """`sheet` has what a group runs."""
    if wanted.of == GROUP:
        runs = [one for one in sheet.activities.values() if one.group is wanted]
        return _of_group(wanted.values, [one.values for one in runs])
    village = wanted.venue.values.get("place") if wanted.venue else None
    group = str(wanted.group.values["name"] or "") if wanted.group else ""
    place = Place.objects.filter(slug=village).first() if village else None
    return _of_activity(wanted.values, group, str(place or ""))


def of_ours(listing: Activity | Organisation) -> list[Line]:
    """`listing` comes with its parts: see `assets.harvesting.accepting.asked`."""
    if isinstance(listing, Organisation):
        on = (one for one in listing.activities.all() if one.status not in OVER)
        runs = [state_of(one, RUNS) for one in on]
        return _of_group(state_of(listing, TELLING[GROUP]), runs)
    place = str(listing.venue.place) if listing.venue else ""
    return _of_activity(state_of(listing, TELLING[ACTIVITY]), listing.organisation.name, place)


def of_draft(activity: Activity) -> list[str]:
    """What somebody asks who decides about it, in a line each; whom to ring comes last.

    It comes from `assets.harvesting.accepting.drafts`.
    """
    both = (activity.contacts.all(), activity.organisation.contacts.all())
    reached = ([one for one in some if one.kind != Contact.Kind.WEB] for some in both)
    contacts = next(filter(None, reached), [])
    return [
        ", ".join(schedules.in_words(one) for one in activity.schedules.all()) or _("No times"),
        words.ages_of(activity),
        words.cost_in_words(activity),
        ", ".join(one.value for one in contacts)[:LONGEST],
    ]


def _of_activity(values: Values, group: str, village: str) -> list[Line]:
    here = [(_("Group"), group), (_("Village or town"), village)]
    return _cut([*here, *lines(ACTIVITY, values, TELLING[ACTIVITY])])


def _of_group(values: Values, runs: list[Values]) -> list[Line]:
    """With what it runs: somebody may be reached there alone."""
    return _cut(
        [
            *lines(GROUP, values, TELLING[GROUP]),
            *((_("Runs"), _in_short(one)) for one in runs[:MOST_RUN]),
        ]
    )


def _in_short(activity: Values) -> str:
    """“Wren Club: Tuesdays, 6 pm to 7.30 pm; 01632 960123”."""
    names = ("schedules", *sorted(CONTACTS))
    said = [says for name in names for says in in_words(ACTIVITY, name, activity.get(name))]
    return ": ".join(filter(None, (activity["title"], "; ".join(said))))


def _cut(found: list[Line]) -> list[Line]:
    return [(what[:1].upper() + what[1:], says[:LONGEST]) for what, says in found if says]


def _in_words(of: str, parts: list[str], values: Values) -> str:
    if {"age_from", "age_before"} <= {*parts}:
        expecting = bool(values.get("in_pregnancy"))
        return ages_in_words(values["age_from"] or 0, values["age_before"], in_pregnancy=expecting)
    return " / ".join(" / ".join(in_words(of, name, values[name])) for name in parts)
