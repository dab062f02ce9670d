"""Every field that a column may be: whose it is, how a cell of it is read, and what a blank means.

What is read are the values of `assets.saying`.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from assets.dates.rules import Rule
from assets.importing.reading import contacts, words
from assets.importing.reading.ages import read_ages
from assets.importing.reading.costs import Price, read_cost, read_cost_in_words
from assets.importing.reading.dates import read_date
from assets.importing.reading.places import Places
from assets.importing.reading.times import read_times
from assets.importing.reading.words import Choices
from assets.models import AccessFeature, Audience, Language, Organisation, Venue
from assets.models.activities import (
    HowToCome,
    Kind,
    Level,
    Newcomers,
    Referrer,
    WayToTakePart,
)
from assets.saying import Values
from thrive.models import NeedsGroup, Theme, WayOfWorking

GROUP, VENUE, ACTIVITY = "group", "venue", "activity"


@dataclass(frozen=True)
class Reference:
    """What cells are understood by: our own lists, read once for a whole file."""

    today: date
    places: Places
    choices: dict[str, Choices]

    @classmethod
    def now(cls, today: date, places: Places) -> "Reference":
        fixed = {
            "kind": Kind,
            "way": WayToTakePart,
            "level": Level,
            "come": HowToCome,
            "refer": Referrer,
            "room": Newcomers,
            "group": Organisation.Kind,
            "shown": Venue.Shown,
        }
        lists: dict[str, Any] = {
            "audience": Audience.objects.values_list("slug", "name"),
            "language": Language.objects.values_list("code", "name"),
            "needs": NeedsGroup.objects.values_list("slug", "plain_name"),
            "working": WayOfWorking.objects.values_list("slug", "name"),
            "theme": Theme.objects.values_list("slug", "name"),
            "activity-access": AccessFeature.objects.filter(of_activity=True).values_list(
                "slug", "name"
            ),
            "venue-access": AccessFeature.objects.filter(of_venue=True).values_list("slug", "name"),
        }
        lists |= {
            name: [(value, str(label)) for value, label in choices.choices]
            for name, choices in fixed.items()
        }
        return cls(today, places, {name: Choices(dict(labels)) for name, labels in lists.items()})


Read = Callable[[str, Reference], Values]


@dataclass(frozen=True)
class Field:
    """`blank` has every value that `read` gives, as it is where nothing is said."""

    of: str
    label: Any
    read: Read
    blank: Values = field(default_factory=dict)


def _text(
    of: str, name: str, label: Any, longest: int, *, lines: bool = False, cut: bool = False
) -> Field:
    make = words.some_lines if lines else words.first_sentences if cut else words.one_line
    reader = make(longest)
    return Field(of, label, lambda typed, _known: {name: reader(typed)}, {name: ""})


def _one(of: str, name: str, label: Any, choices: str, blank: Any = "") -> Field:
    def read(typed: str, known: Reference) -> Values:
        return {name: known.choices[choices].one(typed)}

    return Field(of, label, read, {name: blank})


def _several(of: str, name: str, label: Any, choices: str) -> Field:
    def read(typed: str, known: Reference) -> Values:
        return {name: sorted(known.choices[choices].several(typed))}

    return Field(of, label, read, {name: []})


def _contact(of: str, kind: str, label: Any, reader: Callable[[str], Any]) -> Field:
    name = f"contacts.{kind}"
    return Field(of, label, lambda typed, _known: {name: reader(typed)}, {name: []})


def _id(of: str, label: Any) -> Field:
    """Not of the listing, but of its row: see `assets.importing.sheet`."""
    reader = words.one_line(200)
    return Field(of, label, lambda typed, _known: {"id": reader(typed)}, {"id": ""})


def _ages(typed: str, _known: Reference) -> Values:
    ages = read_ages(typed)
    return {
        "age_from": ages.age_from,
        "age_before": ages.age_before,
        "in_pregnancy": ages.in_pregnancy,
    }


def _cost(read: Callable[[str], Price]) -> Read:
    def cost(typed: str, _known: Reference) -> Values:
        price = read(typed)
        return {
            "cost": str(price.cost),
            "price": None if price.price is None else f"{price.price:.2f}",
            "cost_note": price.cost_note,
        }

    return cost


def _when(typed: str, known: Reference) -> Values:
    return {"schedules": [rule_in_json(one) for one in read_times(typed, known.today)]}


def rule_in_json(rule: Rule) -> Values:
    return {
        name: [day.isoformat() for day in value]
        if isinstance(value, tuple)
        else value.isoformat()
        if hasattr(value, "isoformat")
        else value
        if value is None or isinstance(value, int)
        else str(value)
        for name, value in asdict(rule).items()
    }


def _postcodes(typed: str, known: Reference) -> Values:
    return {"postcodes": known.places.postcodes(typed)}


UNPRICED: Values = {"cost": "", "price": None, "cost_note": ""}
FIELDS: dict[str, Field] = {
    "id": _id(ACTIVITY, _("its own id")),
    "title": _text(ACTIVITY, "title", _("name"), 120),
    "kind": _one(ACTIVITY, "kind", _("kind"), "kind", str(Kind.SESSION)),
    "summary": _text(ACTIVITY, "summary", _("in one or two sentences"), 250),
    "summary.cut": _text(ACTIVITY, "summary", _("its first sentences"), 250, cut=True),
    "description": _text(ACTIVITY, "description", _("what happens there"), 5000, lines=True),
    "first_visit": _text(ACTIVITY, "first_visit", _("your first visit"), 1500, lines=True),
    "ways_to_take_part": _several(ACTIVITY, "ways_to_take_part", _("how to take part"), "way"),
    "area_served": Field(
        ACTIVITY,
        _("area served"),
        lambda typed, known: {"area_served": known.places.area(typed)},
        {"area_served": None},
    ),
    "ages": Field(
        ACTIVITY,
        _("ages"),
        _ages,
        {"age_from": 0, "age_before": None, "in_pregnancy": False},
    ),
    "audiences": _several(ACTIVITY, "audiences", _("who it is for"), "audience"),
    "languages": _several(ACTIVITY, "languages", _("languages"), "language"),
    "access_features": _several(
        ACTIVITY, "access_features", _("what makes it easy"), "activity-access"
    ),
    "level": _one(ACTIVITY, "level", _("level of offer"), "level"),
    "cost": Field(ACTIVITY, _("cost"), _cost(read_cost), UNPRICED),
    "cost.words": Field(ACTIVITY, _("cost, in any words"), _cost(read_cost_in_words), UNPRICED),
    "help_with_cost": Field(
        ACTIVITY,
        _("help with the cost"),
        lambda typed, _known: {"help_with_cost": words.read_yes_or_no(typed)},
        {"help_with_cost": False},
    ),
    "how_to_come": _one(ACTIVITY, "how_to_come", _("how to come"), "come"),
    "who_can_refer": _several(ACTIVITY, "who_can_refer", _("who can refer"), "refer"),
    "newcomers": _one(
        ACTIVITY, "newcomers", _("room for newcomers"), "room", str(Newcomers.NOT_SAID)
    ),
    "newcomers_said_on": Field(
        ACTIVITY,
        _("said on"),
        lambda typed, known: {"newcomers_said_on": read_date(typed, known.today).isoformat()},
        {"newcomers_said_on": None},
    ),
    "waiting_weeks": Field(
        ACTIVITY,
        _("weeks to wait"),
        lambda typed, _known: {"waiting_weeks": words.read_number(typed)},
        {"waiting_weeks": None},
    ),
    "meanwhile": _text(ACTIVITY, "meanwhile", _("what to do meanwhile"), 250),
    "needs_groups": _several(ACTIVITY, "needs_groups", _("needs groups"), "needs"),
    "themes": _several(ACTIVITY, "themes", _("themes"), "theme"),
    "when": Field(ACTIVITY, _("when"), _when, {"schedules": []}),
    "phone": _contact(ACTIVITY, "phone", _("phone"), contacts.read_phones),
    "text": _contact(ACTIVITY, "text", _("text message"), contacts.read_texts),
    "email": _contact(ACTIVITY, "email", _("e-mail"), contacts.read_emails),
    "web": _contact(ACTIVITY, "web", _("website"), contacts.read_webs),
    "group.id": _id(GROUP, _("the group's own id")),
    "group.name": _text(GROUP, "name", _("group"), 120),
    "group.kind": _one(
        GROUP, "kind", _("kind of group"), "group", str(Organisation.Kind.UNINCORPORATED)
    ),
    "group.summary": _text(GROUP, "summary", _("group, in one or two sentences"), 250),
    "group.summary.cut": _text(GROUP, "summary", _("its first sentences"), 250, cut=True),
    "group.description": _text(GROUP, "description", _("about the group"), 5000, lines=True),
    "group.charity_number": _text(GROUP, "charity_number", _("charity number"), 7),
    "group.company_number": _text(GROUP, "company_number", _("company number"), 8),
    "group.district": Field(
        GROUP,
        _("district"),
        lambda typed, known: {"district": known.places.area(typed)},
        {"district": None},
    ),
    "group.themes": _several(GROUP, "themes", _("themes"), "theme"),
    "group.ways_of_working": _several(GROUP, "ways_of_working", _("how they work"), "working"),
    "group.phone": _contact(GROUP, "phone", _("phone"), contacts.read_phones),
    "group.text": _contact(GROUP, "text", _("text message"), contacts.read_texts),
    "group.email": _contact(GROUP, "email", _("e-mail"), contacts.read_emails),
    "group.web": _contact(GROUP, "web", _("website"), contacts.read_webs),
    "venue.id": _id(VENUE, _("the venue's own id")),
    "venue.name": _text(VENUE, "name", _("venue"), 120),
    "venue.shown": _one(
        VENUE, "shown", _("who may know where it is"), "shown", str(Venue.Shown.PUBLIC)
    ),
    "venue.address": _text(VENUE, "address", _("building and street"), 200),
    "venue.postcode": Field(VENUE, _("postcode"), _postcodes, {"postcodes": []}),
    "venue.place": Field(
        VENUE,
        _("village or town"),
        lambda typed, known: {"place": known.places.village(typed)},
        {"place": None},
    ),
    "venue.summary": _text(VENUE, "summary", _("venue, in one or two sentences"), 250),
    "venue.getting_there": _text(VENUE, "getting_there", _("getting there"), 1500, lines=True),
    "venue.hire": _text(VENUE, "hire", _("hiring it"), 600, lines=True),
    "venue.access_features": _several(
        VENUE, "access_features", _("what makes it easy"), "venue-access"
    ),
    "venue.ways_of_working": _several(
        VENUE, "ways_of_working", _("how people work there"), "working"
    ),
}


def left_open(of: str, values: Values) -> set[str]:
    """Of which nothing is said. What one cell says goes together: free means no price, too."""
    fields = [one.blank for one in FIELDS.values() if one.of == of]
    said = {
        name
        for blank in fields
        if any(values.get(name) not in (blank[name], None) for name in blank)
        for name in blank
    }
    return {name for blank in fields for name in blank} - said
