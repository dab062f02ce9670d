"""What was public is not deleted, and the record of who did what is only ever added to."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from assets import listings
from assets.models import Activity, Listing, Organisation, Status, Venue
from assets.models.lifecycle import CheckedBy
from tests.assets.make import (
    MAKERS,
    again,
    at,
    make_activity,
    make_contact,
    make_organisation,
    make_place,
    publish,
)

KEPT = "What was public is kept. Withdraw it instead."
NOT_CHANGED = "The record of who did what is not changed."
RECORD_KEPT = "The record of who did what is kept."
EVERY_MODEL = pytest.mark.parametrize("model", list(MAKERS))
RECORDS = pytest.mark.parametrize("records", ["moves", "checks"])


def refused(what: Callable[[], Any]) -> str:
    """The first line of what the database says."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        what()
    return str(caught.value).splitlines()[0]


def raw_delete(listing: Any) -> None:
    """The row alone, as in a console of the database: not first what hangs on it."""
    listing._meta.model._base_manager.filter(pk=listing.pk)._raw_delete(using="default")


def checked(listing: Any) -> Any:
    listings.check(
        listing=listing, checked_by=CheckedBy.TEAM, by=None, on=date(2026, 10, 1), note="Rang"
    )
    return listing


@EVERY_MODEL
@pytest.mark.parametrize("status", [one for one in Status if one != Status.DRAFT])
def test_what_was_ever_public_is_not_deleted(
    db: None, model: type[Listing], status: Status
) -> None:
    listing = at(model, status)
    assert refused(lambda: raw_delete(listing)) == KEPT


@EVERY_MODEL
def test_what_became_a_draft_again_is_not_deleted(db: None, model: type[Listing]) -> None:
    listing = at(model, Status.WITHDRAWN)
    listings.move(listing=listing, to=Status.DRAFT, by=None)
    assert refused(listing.delete) == RECORD_KEPT
    assert again(listing).status == Status.DRAFT


@EVERY_MODEL
def test_a_draft_that_was_never_public_goes_with_all_its_records(
    db: None, model: type[Listing]
) -> None:
    listing = checked(MAKERS[model]())
    for to in (Status.WITHDRAWN, Status.DRAFT):
        listings.move(listing=listing, to=to, by=None)
    listing.delete()
    assert not model._base_manager.filter(pk=listing.pk).exists()


@EVERY_MODEL
def test_an_example_goes_with_all_its_records(db: None, model: type[Listing]) -> None:
    listing = checked(publish(MAKERS[model](is_example=True)))
    listing.delete()
    assert not model._base_manager.filter(pk=listing.pk).exists()


@EVERY_MODEL
def test_what_is_real_does_not_become_an_example_to_be_deleted(
    db: None, model: type[Listing]
) -> None:
    rows = model._base_manager.filter(pk=at(model, Status.PUBLIC).pk)
    said = refused(lambda: rows.update(is_example=True))
    assert said == "What was public does not become an example."


@EVERY_MODEL
@pytest.mark.parametrize("moment", [None, datetime(2020, 1, 1, tzinfo=UTC)])
def test_the_day_on_which_it_became_public_stays(
    db: None, model: type[Listing], moment: datetime | None
) -> None:
    listing = at(model, Status.WITHDRAWN)
    rows = model._base_manager.filter(pk=listing.pk)
    said = refused(lambda: rows.update(first_public_at=moment))
    assert said == "When something first became public does not change."


def test_an_example_by_mistake_can_be_made_real(db: None) -> None:
    venue = publish(MAKERS[Venue](is_example=True))
    Venue.objects.filter(pk=venue.pk).update(is_example=False)
    assert refused(venue.delete) == RECORD_KEPT


@EVERY_MODEL
@RECORDS
def test_a_record_is_not_changed(db: None, model: type[Listing], records: str) -> None:
    of_real = getattr(checked(at(model, Status.PUBLIC)), records)
    assert refused(lambda: of_real.update(listing=of_real.get().listing)) == NOT_CHANGED
    of_example = getattr(checked(publish(MAKERS[model](is_example=True))), records)
    assert refused(of_example.get().save) == NOT_CHANGED


@EVERY_MODEL
@RECORDS
def test_a_record_of_what_was_public_is_not_deleted(
    db: None, model: type[Listing], records: str
) -> None:
    rows = getattr(checked(at(model, Status.WITHDRAWN)), records)
    count = rows.count()
    assert refused(rows.all().delete) == RECORD_KEPT
    assert rows.count() == count


def test_deleting_an_example_group_leaves_its_neighbour_alone(db: None) -> None:
    real = checked(publish(make_activity()))
    example = checked(publish(make_activity(is_example=True, title="Example")))
    example.delete()
    assert list(Activity.objects.all()) == [real]
    assert (real.moves.count(), real.checks.count()) == (1, 1)


def hidden(**changes: Any) -> Venue:
    return MAKERS[Venue](shown=Venue.Shown.TOLD, **changes)  # type: ignore[no-any-return]


MIDDLE = "Of a hidden venue only the middle of its village is kept."


def test_a_hidden_venue_stands_at_the_middle_whoever_writes_it(db: None) -> None:
    venue, elsewhere = hidden(), make_place()
    rows = Venue.objects.filter(pk=venue.pk)
    assert refused(lambda: rows.update(point=elsewhere.point)) == MIDDLE
    assert refused(lambda: rows.update(place=elsewhere)) == MIDDLE
    rows.update(place=elsewhere, point=elsewhere.point)
    assert again(venue).point == elsewhere.point


def test_a_public_venue_is_not_hidden_where_it_stands(db: None) -> None:
    rows = Venue.objects.filter(pk=MAKERS[Venue]().pk)
    hiding = {"shown": "masked", "name": "A home", "address": "", "postcode": ""}
    assert refused(lambda: rows.update(**hiding)) == MIDDLE


def test_a_new_hidden_venue_is_not_kept_anywhere_else(db: None) -> None:
    venue = hidden()
    assert refused(lambda: copied(venue, point=make_place().point)) == MIDDLE


def test_a_hidden_venue_can_be_withdrawn_after_its_village_has_moved(db: None) -> None:
    venue = publish(hidden(place=make_place()))
    type(venue.place).objects.filter(pk=venue.place.pk).update(point="421500, 362500")
    listings.move(listing=venue, to=Status.WITHDRAWN, by=None)
    assert again(venue).status == Status.WITHDRAWN


def copied(venue: Venue, **changes: Any) -> Venue:
    fields = {field.attname: getattr(venue, field.attname) for field in Venue._meta.fields}
    return Venue.objects.create(**fields | {"id": None, "slug": "a-copy"} | changes)


# --- A way to reach a public group ---


def left_without_contacts(group: Organisation) -> None:
    group.contacts.all().delete()
    connection.check_constraints()


def given_away(group: Organisation) -> None:
    group.contacts.update(organisation=make_organisation(name="Others"))
    connection.check_constraints()


@pytest.mark.parametrize("lose", [left_without_contacts, given_away])
def test_a_public_group_keeps_one_way_to_reach_it(
    db: None, lose: Callable[[Organisation], None]
) -> None:
    group = publish(make_organisation())
    assert refused(lambda: lose(group)) == "A group that is public keeps one way to reach it."
    assert group.contacts.count() == 1


def test_the_way_to_reach_a_public_group_may_be_replaced(db: None) -> None:
    group = publish(make_organisation())
    group.contacts.all().delete()
    make_contact(group, value="01632 960999")
    connection.check_constraints()
    assert [one.value for one in group.contacts.all()] == ["01632 960999"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED, Status.ENDED])
def test_what_is_not_public_may_lose_every_way_to_reach_it(db: None, status: Status) -> None:
    group = at(Organisation, status)
    left_without_contacts(group)
    assert group.contacts.count() == 0
