"""Where a venue is, and that nothing is left of it once it is hidden."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from psycopg import sql

from accounts.models import User
from assets import listings, venues, words
from assets.listing_page import activity_page
from assets.models import Activity, Area, Place, Postcode, Venue
from assets.places.grid import GridPoint, miles_between
from assets.search.answer import search
from assets.search.query import Query
from tests.assets.make import (
    again,
    make_activity,
    make_place,
    make_venue,
    publish,
)

POSTCODE = "DE45 1DY"
SECRET = {
    "name": "Zanzibar Cottage",
    "address": "3 Quibblethwaite Lane",
    "summary": "An octagonal room.",
    "getting_there": "Behind the xylophone shop.",
    "postcode": POSTCODE,
}
# The whole country's list: it says where every postcode is, and whose none of them is.
PUBLIC_LISTS = {"assets_postcode", "assets_outwardcode"}


def holding(*needles: str) -> set[str]:
    """The tables with a row in which any of these stands, in whatever column."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = {row[0] for row in cursor.fetchall()} - PUBLIC_LISTS
        for table in sorted(tables):
            cursor.execute(
                sql.SQL("SELECT count(*) FROM {} t WHERE t::text ILIKE ANY(%s)").format(
                    sql.Identifier(table)
                ),
                [[f"%{needle}%" for needle in needles]],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def as_stored(point: GridPoint) -> str:
    return f"({point.easting:.15g},{point.northing:.15g})"


def known_venue(by: User) -> Venue:
    """Public, renamed once, moved once, with an activity, in staff's log."""
    venue = publish(make_venue(**SECRET | {"name": "Zanzibar House", "postcode": "DE45 1AA"}))
    publish(make_activity(venue=venue))
    for name, value in SECRET.items():
        setattr(venue, name, value)
    listings.save(listing=venue, by=by)
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Venue),
        object_id=str(venue.pk),
        object_repr=str(venue),
        action_flag=CHANGE,
        change_message="Was 3 Quibblethwaite Lane",
    )
    return venue


def hide(venue: Venue, shown: Venue.Shown, by: User) -> None:
    venues.hide(venue=venue, shown=shown, by=by)


def save_as_hidden(venue: Venue, shown: Venue.Shown, by: User) -> None:
    venue.shown = shown
    listings.save(listing=venue, by=by)


BOTH_WAYS = pytest.mark.parametrize("way", [hide, save_as_hidden])
BOTH_KINDS = pytest.mark.parametrize("shown", [Venue.Shown.MASKED, Venue.Shown.TOLD])


@BOTH_WAYS
@BOTH_KINDS
def test_nothing_of_a_hidden_place_is_left_in_any_table(
    db: None, erin: User, way: Callable[..., None], shown: Venue.Shown
) -> None:
    venue = known_venue(erin)
    points = [venue.point, Postcode.objects.get(code="DE451AA").point]
    needles = [
        *("zanzibar", "quibblethwaite", "octagonal", "xylophone"),
        *("DE45 1DY", "DE451DY", "DE45 1AA", "DE451AA"),
        *(as_stored(point) for point in points),
    ]
    assert holding(*needles) == {
        "assets_venue",
        "assets_historicalvenue",
        "assets_venueslug",
        "assets_searchrow",
        "assets_vocabularyword",
        "django_admin_log",
    }
    assert holding(as_stored(venue.point)) == {
        "assets_venue",
        "assets_historicalvenue",
        "assets_searchrow",
    }
    way(venue, shown, erin)
    assert holding(*needles) == set()


@BOTH_WAYS
def test_what_is_left_of_a_hidden_place(db: None, erin: User, way: Callable[..., None]) -> None:
    venue = known_venue(erin)
    way(venue, Venue.Shown.MASKED, erin)
    stored = again(venue)
    bakewell = Place.objects.get(slug="bakewell")
    assert (stored.name, stored.slug, stored.shown) == ("A home", "a-home", "masked")
    assert (stored.point, stored.district, stored.place) == (
        bakewell.point,
        bakewell.district,
        bakewell,
    )
    assert (stored.address, stored.postcode, stored.getting_there, stored.summary) == ("",) * 4
    assert [(one.history_user, one.name) for one in stored.history.all()] == [(erin, "A home")]
    assert [one.slug for one in stored.slugs.all()] == ["a-home"]
    log = LogEntry.objects.get(object_id=str(venue.pk))
    assert (log.object_repr, log.change_message) == ("A home, Bakewell", "")


def test_who_moved_and_checked_it_is_kept(db: None, erin: User) -> None:
    venue = known_venue(erin)
    venues.hide(venue=venue, shown=Venue.Shown.TOLD, by=erin)
    assert [move.to_status for move in venue.moves.all()] == ["public"]


def test_other_venues_keep_their_past(db: None, erin: User) -> None:
    other = publish(make_venue(name="Other Hall"))
    venues.hide(venue=known_venue(erin), shown=Venue.Shown.MASKED, by=erin)
    assert (other.history.count(), other.slugs.count()) == (2, 1)
    assert again(other).postcode == POSTCODE


def test_a_place_that_was_always_hidden_is_never_kept(db: None) -> None:
    venue = make_venue(**SECRET, shown=Venue.Shown.TOLD)
    assert holding("zanzibar", "quibblethwaite", "DE45 1DY") == set()
    assert str(venue) == "A place the group will tell you, Bakewell"


def test_later_changes_of_a_hidden_venue_are_in_its_history(db: None, erin: User) -> None:
    venue = make_venue(shown=Venue.Shown.TOLD)
    venue.shown = Venue.Shown.MASKED
    listings.save(listing=venue, by=erin)
    assert [one.shown for one in venue.history.order_by("version")] == ["told", "masked"]


def test_a_copy_read_before_cannot_bring_the_address_back(db: None, erin: User) -> None:
    venue = known_venue(erin)
    opened = again(venue)
    venues.hide(venue=venue, shown=Venue.Shown.MASKED, by=erin)
    with pytest.raises(listings.ChangedMeanwhile):
        listings.save(listing=opened, by=erin)
    assert again(venue).address == ""


def test_the_distance_to_a_hidden_venue_is_that_to_its_village_from_everywhere(
    db: None, erin: User
) -> None:
    venue = known_venue(erin)
    venues.hide(venue=venue, shown=Venue.Shown.MASKED, by=erin)
    middle = venue.place.point
    chance = random.Random(7)
    for _number in range(200):
        near = GridPoint(
            middle.easting + chance.uniform(-8000, 8000),
            middle.northing + chance.uniform(-8000, 8000),
        )
        (found,) = search(Query(near=near, within=20)).found
        assert found.miles == miles_between(near, middle)


def test_the_radius_around_a_hidden_venue_is_that_around_its_village(db: None, erin: User) -> None:
    """A search can only ever close in on the middle of the village."""
    village = make_place()
    venue = publish(make_venue(**SECRET, place=village))
    publish(make_activity(venue=venue))
    venues.hide(venue=venue, shown=Venue.Shown.TOLD, by=erin)
    assert search(Query(near=village.point, within=0.001)).total == 1
    exact = Postcode.objects.get(code="DE451DY").point
    assert search(Query(near=exact, within=1)).total == 0


def test_no_word_of_its_name_finds_a_hidden_venue(db: None, erin: User) -> None:
    venue = known_venue(erin)
    assert search(Query(words="zanzibar")).total == 1
    venues.hide(venue=venue, shown=Venue.Shown.TOLD, by=erin)
    assert search(Query(words="zanzibar")).total == 0
    assert search(Query(words="tell")).total == 0
    assert search(Query(words="bakewell")).total == 1


def test_a_card_names_the_village_of_a_hidden_venue_and_not_the_venue(db: None) -> None:
    venue = make_venue(shown=Venue.Shown.MASKED)
    assert words.where_in_words(make_activity(venue=venue)) == "Bakewell"


def test_a_hidden_venue_becomes_public_with_a_name_and_a_postcode(db: None) -> None:
    venue = make_venue(shown=Venue.Shown.TOLD)
    venue.shown = Venue.Shown.PUBLIC
    with pytest.raises(ValidationError) as refused:
        listings.save(listing=venue, by=None)
    assert refused.value.message_dict["postcode"] == ["Write the whole postcode, like DE4 3AB."]
    venue.name, venue.postcode = "Open House", "de451dy"
    listings.save(listing=venue, by=None)
    assert (venue.slug, venue.postcode) == ("open-house", POSTCODE)
    assert venue.point == Postcode.objects.get(code="DE451DY").point


def test_hiding_does_not_make_public(db: None) -> None:
    with pytest.raises(ValueError, match="hides"):
        venues.hide(venue=make_venue(), shown=Venue.Shown.PUBLIC, by=None)


def test_in_a_hamlet_nothing_is_hidden(db: None, erin: User) -> None:
    venue = make_venue(place=make_place(kind=Place.Kind.HAMLET))
    with pytest.raises(ValidationError) as refused:
        venues.hide(venue=venue, shown=Venue.Shown.MASKED, by=erin)
    assert refused.value.message_dict == {
        "place": ["In a hamlet everybody would know the house. Choose the nearest village."]
    }
    assert again(venue).shown == "public"


@pytest.mark.parametrize("typed", ["DE45 1DY", "de451dy", " de45  1dy", "DE451DY", "DE45 IDY"])
def test_a_postcode_is_read_forgivingly_and_kept_properly(db: None, typed: str) -> None:
    venue = make_venue(postcode=typed)
    assert venue.postcode == POSTCODE
    assert venue.point == Postcode.objects.get(code="DE451DY").point
    assert venue.district == Area.objects.get(code="E07000035")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"postcode": ""}, {"postcode": ["Write the whole postcode, like DE4 3AB."]}),
        ({"postcode": "DE45"}, {"postcode": ["Write the whole postcode, like DE4 3AB."]}),
        (
            {"postcode": "SW1A 1AA"},
            {"postcode": ["We do not know this postcode. Is it in or near the district?"]},
        ),
    ],
)
def test_a_venue_without_a_known_postcode_is_refused(
    db: None, changes: dict[str, Any], says: dict[str, list[str]]
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_venue(**changes)
    assert refused.value.message_dict.items() >= says.items()
    assert not Venue.objects.exists()


def test_a_venue_says_which_village_it_is_in(db: None) -> None:
    with pytest.raises(ValidationError) as refused:
        listings.save(listing=Venue(name="Nowhere Hall", postcode=POSTCODE), by=None)
    assert "Say which village or town it is in." in refused.value.message_dict["place"]


def test_a_venue_that_is_hidden_stays_hidden_on_the_page_of_its_activity(
    db: None, erin: User
) -> None:
    venue = known_venue(erin)
    venues.hide(venue=venue, shown=Venue.Shown.MASKED, by=erin)
    where = activity_page(Activity.objects.for_page().get()).where
    assert where is not None
    assert (where.lines, where.getting_there) == (["Bakewell"], "")


def test_there_may_be_several_hidden_venues(db: None) -> None:
    slugs = [make_venue(shown=Venue.Shown.MASKED).slug for _ in range(3)]
    assert slugs == ["a-home", "a-home-2", "a-home-3"]
