"""A generated district: as many activities as asked for, spread as people are (by postcodes)."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from assets.dates import occurrences
from assets.models import (
    AccessFeature,
    Activity,
    ActivityNeedsGroup,
    ActivityTheme,
    Area,
    Audience,
    Contact,
    DateChange,
    Language,
    Organisation,
    OrganisationTheme,
    Place,
    Postcode,
    Schedule,
    TrustStatement,
    Venue,
)
from assets.models.venues import HIDDEN_NAMES
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
WAYS = [["in-person"], ["in-person", "online"], ["online"], ["phone", "online"], ["at-home"]]
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
        areas = list(Area.objects.all())
        activities = _store(_activity(chance, n, groups, venues, areas) for n in range(count))
        schedules = _store(_schedules(activities, chance))
        _store(_changes(schedules, chance))
        _tag(chance, activities, groups, venues)
        occurrences.write(Q())
        rows.rebuild()


def _store(made: Iterator[Any]) -> list[Any]:
    stored: list[Model] = list(made)
    if stored:
        type(stored[0])._default_manager.bulk_create(stored, batch_size=ROWS_A_STATEMENT)
    return stored


def _tag(
    chance: random.Random,
    activities: list[Activity],
    groups: list[Organisation],
    venues: list[Venue],
) -> None:
    themes = list(Theme.objects.all())
    features = list(AccessFeature.objects.all())
    of_venue = [one for one in features if one.of_venue]
    of_activity = [one for one in features if one.of_activity]
    to_tag: list[tuple[Any, Sequence[Model], Sequence[Model], list[int]]] = [
        (ActivityNeedsGroup, activities, list(NeedsGroup.objects.all()), [1, 1, 2]),
        (ActivityTheme, activities, themes, [0, 1, 2]),
        (OrganisationTheme, groups, themes, [0, 0, 1]),
        (Activity.audiences.through, activities, list(Audience.objects.all()), [0, 0, 1, 2]),
        (Activity.languages.through, activities, list(Language.objects.all()), [0, 0, 0, 1, 3]),
        (Activity.access_features.through, activities, of_activity, [0, 1, 2, 4]),
        (Venue.access_features.through, venues, of_venue, [0, 2, 4, 6]),
    ]
    for join, listings, tags, how_many in to_tag:
        _store(_joined(chance, join, listings, tags, how_many))


def _joined(
    chance: random.Random,
    join: type[Any],
    listings: Sequence[Model],
    tags: Sequence[Model],
    how_many: list[int],
) -> Iterator[Any]:
    """Rows that tie each listing to some of these tags."""
    ends = [
        next(one.name for one in join._meta.fields if one.related_model is type(model))
        for model in (listings[0], tags[0])
    ]
    for listing in listings:
        for tag in chance.sample(tags, chance.choice(how_many)):
            yield join(**dict(zip(ends, (listing, tag), strict=True)))


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
        shown = chance.choices(["public", "masked", "told"], [18, 1, 1])[0]
        is_public = shown == "public"
        yield Venue(
            slug=f"venue-{n}",
            shown=shown,
            name=HIDDEN_NAMES.get(shown, f"Hall {n}"),
            address=f"{n} Generated Lane" if is_public else "",
            postcode=str(postcode) if is_public else "",
            place=place,
            district=postcode.district if is_public else place.district,
            point=postcode.point if is_public else place.point,
            status="public",
            first_public_at=SINCE,
            is_example=True,
        )


def _activity(
    chance: random.Random,
    n: int,
    groups: list[Organisation],
    venues: list[Venue],
    areas: list[Area],
) -> Activity:
    youngest = chance.choice([0, 6, 18, 36, 60, 96, 132, 156])
    ways = chance.choices(WAYS, [20, 1, 1, 1, 1])[0]
    cost = chance.choices(["free", "donation", "paid"], [5, 1, 4])[0]
    newcomers = chance.choice(["not-said", "yes", "yes", "waiting", "full"])
    how_to_come = chance.choices(["just-come", "ask-first", "book", "referral"], [4, 4, 4, 1])[0]
    # Some are called the same, as in life.
    number = f" {n}" if chance.random() < 0.9 else ""
    return Activity(
        slug=f"activity-{n}",
        organisation=chance.choice(groups),
        title=f"{chance.choice(WHAT)} {chance.choice(HOW)}{number}",
        summary=_words(chance, 14),
        description=_words(chance, 60),
        ways_to_take_part=ways,
        venue=chance.choice(venues) if "in-person" in ways else None,
        area_served=chance.choice(areas) if chance.random() < 0.1 else None,
        age_from=youngest,
        age_before=chance.choice([youngest + 30, youngest + 60, youngest + 84, None]),
        in_pregnancy=chance.random() < 0.03,
        level=chance.choices(["universal", "targeted", "specialist"], [8, 3, 1])[0],
        cost=cost,
        price=chance.choice([1, 3, 7]) if cost == "paid" else None,
        help_with_cost=chance.random() < 0.2,
        newcomers=newcomers,
        newcomers_said_on=None if newcomers == "not-said" else date(2026, 6, 1),
        how_to_come=how_to_come,
        who_can_refer=["school", "health"] if how_to_come == "referral" else [],
        **_checked(chance),
        status="public",
        first_public_at=SINCE,
        is_example=True,
    )


def _checked(chance: random.Random) -> dict[str, Any]:
    """Some of it longer ago than what is among the results."""
    on = timezone.localdate() - timedelta(days=chance.randrange(400))
    return {"last_checked_on": on, "last_checked_by": "team"}


def _schedules(activities: list[Activity], chance: random.Random) -> Iterator[Schedule]:
    """Most have one; what has none is on by arrangement."""
    for one in activities:
        for _number in range(chance.choices([0, 1, 2], [1, 7, 2])[0]):
            begins = chance.randrange(9, 20)
            yield Schedule(
                activity=one,
                weekday=chance.randrange(7),
                starts_at=time(begins, chance.choice([0, 0, 30])),
                ends_at=time(begins + chance.choice([1, 2]), 30 + chance.randrange(30)),
                time_of_year=chance.choice(["term", "term", "all-year", "all-year", "holidays"]),
                **chance.choice(HOW_OFTEN),
            )


def _changes(schedules: list[Schedule], chance: random.Random) -> Iterator[DateChange]:
    """One in ten is off next time, one in twenty has moved by a day."""
    today = timezone.localdate()
    for one in schedules:
        kind = chance.choices(["", "cancelled", "moved"], [17, 2, 1])[0]
        next_time = today + timedelta(days=((one.weekday or 0) - today.weekday()) % 7)
        moved_to = next_time + timedelta(days=1) if kind == "moved" else None
        if kind:
            yield DateChange(
                activity=one.activity, schedule=one, on=next_time, kind=kind, to_on=moved_to
            )
