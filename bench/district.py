"""A generated district: as many activities as asked for, spread as people are (by postcodes)."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from assets.dates import occurrences
from assets.models import (
    Activity,
    ActivityNeedsGroup,
    ActivityTheme,
    Contact,
    Organisation,
    Place,
    Postcode,
    Schedule,
    TrustStatement,
    Venue,
)
from assets.search import rows
from thrive.models import NeedsGroup, Theme

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
WHAT = (
    "Toddler Baby Youth Football Art Music Forest Drama Chess Cooking Dance Reading Anxiety "
    "Speech Climbing Garden Coding Craft Choir Cycling Swimming Parents Carers Friendship"
).split()
HOW = "group club drop-in workshop session circle team café lab corner".split()
FILLER = (
    "come along and meet other people from the valley we have tea toast and time to talk bring "
    "a coat wear old clothes nobody minds what you wear parents welcome stay as long as you like"
).split()
HOW_OFTEN: list[dict[str, Any]] = [
    *[{"frequency": "weekly"}] * 4,
    {"frequency": "monthly", "week_of_month": 1},
    {"frequency": "monthly", "week_of_month": -1},
]
ACTIVITIES_A_GROUP = 2
ACTIVITIES_A_VENUE = 3
ROWS_A_STATEMENT = 5_000


def generate(count: int, *, seed: int = 1) -> None:
    """Fill an empty directory with `count` public activities, with all dates and search rows."""
    chance = random.Random(seed)
    with transaction.atomic():
        groups = _store(
            _organisation(chance, n) for n in range(max(1, count // ACTIVITIES_A_GROUP))
        )
        _store(_contacts(groups))
        _store(_trust(groups, chance))
        venues = _store(_venues(chance, max(1, count // ACTIVITIES_A_VENUE)))
        activities = _store(_activity(chance, n, groups, venues) for n in range(count))
        _store(_schedules(activities, chance))
        needs, themes = list(NeedsGroup.objects.all()), list(Theme.objects.all())
        _store(
            ActivityNeedsGroup(activity=one, needs_group=tag)
            for one in activities
            for tag in chance.sample(needs, chance.choice([1, 1, 2]))
        )
        _store(
            ActivityTheme(activity=one, theme=tag)
            for one in activities
            for tag in chance.sample(themes, chance.choice([0, 1, 2]))
        )
        occurrences.write(Q())
        rows.rebuild()


def _store(made: Iterator[Any]) -> list[Any]:
    stored: list[Model] = list(made)
    if stored:
        type(stored[0])._default_manager.bulk_create(stored, batch_size=ROWS_A_STATEMENT)
    return stored


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(FILLER + WHAT, k=count))


def _organisation(chance: random.Random, n: int) -> Organisation:
    return Organisation(
        slug=f"group-{n}",
        name=f"{chance.choice(WHAT)} people {n}",
        summary=_words(chance, 12),
        status="public",
        first_public_at=SINCE,
        is_example=True,
    )


def _contacts(groups: list[Organisation]) -> Iterator[Contact]:
    return (
        Contact(organisation=group, kind="phone", value=f"01632 960{n % 1000:03}")
        for n, group in enumerate(groups)
    )


def _trust(groups: list[Organisation], chance: random.Random) -> Iterator[TrustStatement]:
    return (
        TrustStatement(
            organisation=group,
            kind=kind,
            stance=chance.choice(["seen", "told"]),
            stated_on=date(2026, 3, 1),
        )
        for group in groups
        for kind in ("safeguarding", "insurance")
    )


def _venues(chance: random.Random, count: int) -> Iterator[Venue]:
    places = list(Place.objects.filter(kind__in=["town", "village"]))
    near = {place.pk: place for place in places}
    # As people live: a random postcode of the district, shown under the nearest place.
    postcodes = list(Postcode.objects.filter(district__code="E07000035"))
    for n in range(count):
        postcode = chance.choice(postcodes)
        place = min(near.values(), key=lambda one: one.point.metres_to(postcode.point))
        yield Venue(
            slug=f"venue-{n}",
            name=f"Hall {n}",
            address=f"{n} Generated Lane",
            postcode=str(postcode),
            place=place,
            district=postcode.district,
            point=postcode.point,
            status="public",
            first_public_at=SINCE,
            is_example=True,
        )


def _activity(
    chance: random.Random, n: int, groups: list[Organisation], venues: list[Venue]
) -> Activity:
    youngest = chance.choice([0, 6, 18, 36, 60, 96, 132, 156])
    online = chance.random() < 0.08
    return Activity(
        slug=f"activity-{n}",
        organisation=chance.choice(groups),
        title=f"{chance.choice(WHAT)} {chance.choice(HOW)} {n}",
        summary=_words(chance, 14),
        description=_words(chance, 60),
        ways_to_take_part=["online"] if online else ["in-person"],
        venue=None if online else chance.choice(venues),
        age_from=youngest,
        age_before=youngest + chance.choice([30, 60, 84]),
        in_pregnancy=chance.random() < 0.03,
        level=chance.choices(["universal", "targeted", "specialist"], [8, 3, 1])[0],
        cost="free",
        how_to_come=chance.choice(["just-come", "ask-first", "book"]),
        last_checked_on=date(2026, 6, 1),
        last_checked_by="team",
        status="public",
        first_public_at=SINCE,
        is_example=True,
    )


def _schedules(activities: list[Activity], chance: random.Random) -> Iterator[Schedule]:
    for one in activities:
        begins = chance.randrange(9, 19)
        yield Schedule(
            activity=one,
            weekday=chance.randrange(7),
            starts_at=time(begins, chance.choice([0, 0, 30])),
            ends_at=time(begins + chance.choice([1, 2]), 30),
            time_of_year=chance.choice(["term", "term", "all-year", "all-year", "holidays"]),
            **chance.choice(HOW_OFTEN),
        )
