"""What the example district holds: large and varied as life, with gaps on purpose."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from accounts.models import OutgoingMail
from assets import example_removal
from assets.models import (
    AccessFeature,
    Activity,
    ActivityNeedsGroup,
    Audience,
    Contact,
    DateChange,
    Occurrence,
    Organisation,
    Place,
    Proposal,
    Schedule,
    Status,
    TrustStatement,
    Venue,
)
from assets.models.activities import (
    Cost,
    HowToCome,
    Kind,
    Level,
    Newcomers,
    Referrer,
    WayToTakePart,
)
from assets.models.schedules import Frequency, TimeOfYear
from assets.search.rows import rebuild
from thrive.models import NeedsGroup, Theme

KILOMETRE_AND_A_HALF = 1500
METRES_IN_A_MILE = 1609.344
GROUPS, ACTIVITIES, VENUES = 89, 193, 70


def said_by(model: type[models.Model], field: str) -> set[Any]:
    values = model._default_manager.values_list(field, flat=True)
    return {one for value in values for one in (value if isinstance(value, list) else [value])}


@pytest.mark.usefixtures("example_district")
def test_it_is_a_whole_district_with_some_that_is_not_on() -> None:
    assert Organisation.objects.public().count() == GROUPS
    assert Activity.objects.public().count() == ACTIVITIES
    assert Venue.objects.public().count() == VENUES
    assert said_by(Activity, "status") == set(Status.values)
    assert said_by(Venue, "status") == {Status.PUBLIC, Status.PAUSED, Status.ENDED}


@pytest.mark.usefixtures("example_district")
def test_a_group_lists_none_one_or_up_to_five() -> None:
    listed = Organisation.objects.annotate(
        n=models.Count("activities", filter=models.Q(activities__status=Status.PUBLIC))
    )
    sizes = Counter(listed.values_list("n", flat=True))
    assert sorted(sizes) == [0, 1, 2, 3, 4, 5]
    # Two that lend things, one that knows about halls, and one whose reader has moved away.
    assert sizes[0] == 4
    assert min(sizes[n] for n in (1, 2, 3, 4)) >= 10


@pytest.mark.usefixtures("example_district")
def test_every_day_of_the_year_to_come_has_something_on() -> None:
    today = timezone.localdate()
    days = set(Occurrence.objects.filter(cancelled=False).values_list("on", flat=True))
    assert [n for n in range(365) if today + timedelta(days=n) not in days] == []


@pytest.mark.usefixtures("example_district")
def test_somebody_can_come_at_any_age_and_before_birth() -> None:
    shown = Activity.objects.public()
    assert shown.filter(in_pregnancy=True).count() >= 10
    for months in range(26 * 12):
        in_range = shown.filter(age_from__lte=months).exclude(age_before__lte=months)
        assert in_range.count() >= 20, months


@pytest.mark.usefixtures("example_district")
def test_everything_that_may_be_said_of_an_activity_is_said_of_one() -> None:
    shown = Activity.objects.public()
    of_activity = AccessFeature.objects.filter(of_activity=True)
    assert said_by(Audience, "slug") - set(shown.values_list("audiences", flat=True)) == set()
    features = set(shown.values_list("access_features", flat=True))
    assert set(of_activity.values_list("slug", flat=True)) - features == set()
    spoken = set(shown.values_list("languages", flat=True)) - {None}
    assert spoken == {"en", "bfi", "pl", "ar", "uk", "fa", "ur"}
    assert set(DateChange.objects.values_list("kind", flat=True)) == {*DateChange.Kind.values}


@pytest.mark.usefixtures("example_district")
def test_every_venue_has_something_on_but_for_those_that_are_shut() -> None:
    empty = Venue.objects.public().exclude(activities__status=Status.PUBLIC)
    assert list(empty.values_list("name", flat=True)) == []


# In miles, as the crow flies; the north begins at Bakewell.
@pytest.mark.parametrize(
    ("village", "miles"),
    [("hathersage", 10), ("bradwell", 10), ("eyam", 9), ("tideswell", 10), ("bakewell", 5)],
)
@pytest.mark.usefixtures("example_district")
def test_the_north_has_no_help_with_talking_to_go_to(village: str, miles: int) -> None:
    here = Place.objects.get(slug=village).point
    talking = Venue.objects.filter(activities__themes="speech-and-language")
    far_enough = [venue.point.metres_to(here) > miles * METRES_IN_A_MILE for venue in talking]
    assert far_enough
    assert all(far_enough)


@pytest.mark.usefixtures("example_district")
def test_little_is_on_on_a_sunday() -> None:
    soon = Occurrence.objects.filter(cancelled=False)
    assert 0 < soon.filter(on__week_day=1).count() / soon.count() < 0.05


@pytest.mark.usefixtures("example_district")
def test_little_is_meant_for_those_from_18_to_25() -> None:
    shown = Activity.objects.public()
    at_twenty = shown.filter(age_from__gte=10 * 12, age_from__lte=20 * 12, age_before__gt=20 * 12)
    assert 0 < at_twenty.count() / shown.count() < 0.15


@pytest.mark.usefixtures("example_district")
def test_every_row_says_that_it_is_an_example() -> None:
    for model in example_removal.HISTORIES:
        assert said_by(model, "is_example") == {True}


@pytest.mark.usefixtures("example_district")
def test_every_needs_group_and_theme_has_something_public() -> None:
    shown = Activity.objects.public()
    assert set(shown.values_list("needs_groups", flat=True)) == said_by(NeedsGroup, "slug")
    assert set(shown.values_list("themes", flat=True)) - {None} == said_by(Theme, "slug")


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Activity, "kind", Kind),
        (Activity, "cost", Cost),
        (Activity, "level", Level),
        (Activity, "how_to_come", HowToCome),
        (Activity, "who_can_refer", Referrer),
        (Activity, "newcomers", Newcomers),
        (Activity, "ways_to_take_part", WayToTakePart),
        (Organisation, "kind", Organisation.Kind),
        (Schedule, "frequency", Frequency),
        (Schedule, "time_of_year", TimeOfYear),
        (Venue, "shown", Venue.Shown),
        (Contact, "kind", Contact.Kind),
        (TrustStatement, "kind", TrustStatement.Kind),
        (TrustStatement, "stance", TrustStatement.Stance),
    ],
)
@pytest.mark.usefixtures("example_district")
def test_every_choice_is_there_to_be_seen(
    model: type[models.Model], field: str, choices: type[models.TextChoices]
) -> None:
    # A made-up school would be taken for a real one.
    left_out = {Organisation.Kind.SCHOOL} if model is Organisation else set()
    assert said_by(model, field) == set(choices.values) - left_out


@pytest.mark.usefixtures("example_district")
def test_listings_were_checked_by_the_team_by_the_group_or_never() -> None:
    assert said_by(Activity, "last_checked_by") == {"team", "group", ""}


@pytest.mark.usefixtures("example_district")
def test_one_statement_of_trust_has_run_out_and_is_not_shown() -> None:
    told = TrustStatement.objects.exclude(stance=TrustStatement.Stance.NOT_ASKED)
    assert told.count() - TrustStatement.objects.current().count() == 1


@pytest.mark.usefixtures("example_district")
def test_help_and_more_is_given_by_paid_people_only() -> None:
    """THRIVE: a club that volunteers run is Thriving or Getting Advice, never Getting Help."""
    helping = ActivityNeedsGroup.objects.filter(
        needs_group__in=["getting-help", "getting-more-help", "getting-risk-support"]
    )
    assert helping.exists()
    assert [tag.reason for tag in helping if "paid" not in tag.reason.lower()] == []
    reasons = ActivityNeedsGroup.objects.filter(reason__contains="volunteers")
    assert set(reasons.values_list("needs_group", flat=True)) <= {"thriving", "getting-advice"}


@pytest.mark.usefixtures("example_district")
def test_every_venue_is_at_the_place_that_it_names() -> None:
    far = [
        venue.name
        for venue in Venue.objects.select_related("place")
        if venue.point.metres_to(venue.place.point) > KILOMETRE_AND_A_HALF
    ]
    assert far == []


@pytest.mark.usefixtures("example_district")
def test_some_venues_are_over_the_border() -> None:
    districts = set(Venue.objects.values_list("district__name", flat=True))
    assert districts == {
        "Derbyshire Dales",
        "Amber Valley",
        "Chesterfield",
        "East Staffordshire",
        "High Peak",
        "Sheffield",
        "Staffordshire Moorlands",
    }


@pytest.mark.usefixtures("example_district")
def test_something_of_each_kind_waits_for_somebody_who_tries_the_site() -> None:
    assert [(one.kind, one.name) for one in Proposal.objects.to_decide()] == [
        ("new", "The Puddle Jumpers"),
        ("change", "Pebble and Wren Families"),
        ("claim", "The Borrowed Tent"),
        ("ending", "Paddle Saturdays"),
    ]
    assert OutgoingMail.objects.count() == 0
    for proposal in Proposal.objects.all():
        assert proposal.is_example
        assert proposal.asker_email.endswith("@example.org")


@pytest.mark.usefixtures("example_district")
def test_its_search_rows_are_those_of_a_full_rebuild() -> None:
    shown = "SELECT activity_id, organisation_id, document, point::text FROM assets_searchrow"
    with connection.cursor() as cursor:
        cursor.execute(f"{shown} ORDER BY sort_key")
        before = cursor.fetchall()
        rebuild()
        cursor.execute(f"{shown} ORDER BY sort_key")
        assert cursor.fetchall() == before
