"""A sheet comes in whole or not at all; twice it changes nothing; and it can be taken back."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from assets import listings
from assets.dates.occurrences import write
from assets.importing.asked import Choice
from assets.importing.known import id_of
from assets.importing.undo import AlreadyUndone, undo
from assets.models import (
    Activity,
    DateChange,
    ImportBatch,
    ImportChange,
    ImportedRow,
    ImportUpload,
    Occurrence,
    Organisation,
    SearchRow,
    Status,
    Venue,
)
from assets.venues import hide
from tests.assets.importing.sheets import as_csv, bring, row, told
from tests.assets.make import again, make_activity, make_organisation, make_venue, publish
from tests.assets.shown import search

pytestmark = pytest.mark.django_db


def only(model: type[Any]) -> Any:
    return model.objects.get()


def everything() -> tuple[int, ...]:
    return tuple(
        model.objects.count()
        for model in (Activity, Organisation, Venue, ImportBatch, ImportedRow, ImportChange)
    )


def test_a_row_becomes_a_group_a_venue_and_an_activity(erin: User) -> None:
    loaded = bring(row(), by=erin, status=Status.PUBLIC)
    assert told(loaded) == []
    assert loaded.totals == {("group", "made"): 1, ("venue", "made"): 1, ("activity", "made"): 1}
    activity = only(Activity)
    assert (activity.title, activity.age_from, activity.age_before) == ("Wren Club", 60, 144)
    assert (activity.price, activity.cost_note) == (Decimal("2.50"), "a session")
    assert activity.ways_to_take_part == ["in-person"]
    assert (activity.level, activity.how_to_come) == ("universal", "ask-first")
    assert [one.pk for one in activity.access_features.all()] == ["relaxed", "no-booking"]
    assert [(one.pk, one.source) for one in activity.activitytheme_set.all()] == [
        (activity.activitytheme_set.get().pk, "import")
    ]
    assert [(one.value, one.label) for one in activity.contacts.all()] == [
        ("01632 960123", "ask for Jo")
    ]
    schedule = activity.schedules.get()
    assert (schedule.weekday, schedule.time_of_year) == (1, "term")
    assert f"{schedule.starts_at:%H:%M}–{schedule.ends_at:%H:%M}" == "18:00–19:30"
    assert (activity.venue.name, activity.venue.postcode) == ("Wren Field Hall", "DE45 1DY")
    assert activity.organisation.contacts.get().value == "wrens@example.org"
    assert {one.history.first().history_user for one in (activity, activity.venue)} == {erin}
    assert activity.moves.get().moved_by == erin
    assert only(ImportBatch).loaded_by == erin


def test_what_comes_in_public_is_found_at_once_and_has_its_dates() -> None:
    bring(row(When="Tuesdays 6-7.30pm"), status=Status.PUBLIC)
    assert search("q=wren").titles == ["Wren Club"]
    assert Occurrence.objects.count() > 40


def test_what_comes_in_as_a_draft_is_seen_by_nobody() -> None:
    bring(row())
    assert {one.status for one in (only(Activity), only(Organisation), only(Venue))} == {"draft"}
    assert SearchRow.objects.count() == 0


def test_dates_and_rows_written_once_are_those_that_a_full_rewrite_gives() -> None:
    bring(row(), row(Id="A2", Name="Owls", Group="Owls"), status=Status.PUBLIC)

    def written() -> list[Any]:
        rows = SearchRow.objects.order_by("sort_key").values("sort_key", "document", "times")
        dates = Occurrence.objects.order_by("starts_at", "activity").values("starts_at", "on")
        return [*rows, *dates]

    before = written()
    for activity in Activity.objects.all():
        write(Activity.objects.filter(pk=activity.pk))
        listings.refresh(listing=activity)
    assert written() == before
    assert len(before) > 2


def test_nothing_is_loaded_where_anything_is_wrong() -> None:
    before = everything()
    loaded = bring(row(), row(Id="A2", Name="Owls", Ages="big"), status=Status.PUBLIC)
    assert told(loaded) == [(3, "Ages", "big")]
    assert loaded.batch is None
    assert everything() == before


def test_what_the_tables_refuse_is_told_by_row_and_column_too() -> None:
    before = everything()
    loaded = bring(
        row(**{"Group: charity number": "12345"}),
        row(Id="A2", Name="Owls", Group="Owls", **{"Group: company number": "x"}),
        status=Status.PUBLIC,
    )
    assert [str(problem) for problem in loaded.problems] == [
        "Row 2, column “Group: charity number”: found “12345”. A charity number has 6 or 7 digits.",
        "Row 3, column “Group: company number”: found “x”. "
        "A company number has 8 characters: keep the zeros.",
    ]
    assert everything() == before


def test_what_only_the_table_can_refuse_is_told_by_column() -> None:
    make_organisation(name="Somebody else", charity_number="1234567")
    number = {"Group: charity number": "1234567"}
    loaded = bring(row(**number), duplicates=Choice.ADD)
    assert told(loaded) == [(2, "Group: charity number", "1234567")]
    assert loaded.problems[0].says == "Another group already has this charity number."


def test_a_check_tells_all_and_loads_nothing() -> None:
    before = everything()
    loaded = bring(row(), check=True)
    assert loaded.totals["activity", "made"] == 1
    assert (loaded.batch, loaded.problems) == (None, [])
    assert everything() == before


def test_the_same_file_twice_changes_nothing() -> None:
    rows = [row(), row(Id="A2", Name="Owls", When="first Saturday of the month 10am-12")]
    bring(*rows, status=Status.PUBLIC)
    before = everything()
    versions = list(Activity.objects.values_list("version", flat=True))
    loaded = bring(*rows, status=Status.PUBLIC)
    assert loaded.batch is None
    assert loaded.totals == {("group", "same"): 1, ("venue", "same"): 1, ("activity", "same"): 2}
    assert everything() == before
    assert list(Activity.objects.values_list("version", flat=True)) == versions


def test_a_changed_file_changes_only_what_differs() -> None:
    bring(row(), row(Id="A2", Name="Owls"))
    wrens, owls = Activity.objects.order_by("-title")
    schedule = wrens.schedules.get()
    loaded = bring(
        row(Ages="8-11", When=f"{row()['When']}; Sat 10-11am"), row(Id="A2", Name="Owls")
    )
    assert loaded.totals["activity", "changed"] == 1
    assert loaded.totals["activity", "same"] == 1
    assert (again(wrens).age_from, again(owls).version) == (96, owls.version)
    assert wrens.schedules.count() == 2
    assert wrens.schedules.filter(pk=schedule.pk).exists()
    change = ImportChange.objects.get(what="changed")
    assert change.before.keys() == {"age_from", "schedules"}


def test_a_date_that_is_off_stays_off_when_the_sheet_comes_again() -> None:
    bring(row())
    activity = only(Activity)
    DateChange.objects.create(
        activity=activity, schedule=activity.schedules.get(), on="2026-12-01", kind="cancelled"
    )
    bring(row(When=f"{row()['When']}; Sat 10-11am", **{"In short": "More."}))
    assert activity.date_changes.count() == 1


def test_what_a_person_has_changed_since_stays_and_is_told(erin: User) -> None:
    bring(row())
    activity = only(Activity)
    activity.title = "Wren Club and friends"
    listings.save(listing=activity, by=erin)
    assert bring(row()).notes == []
    loaded = bring(row(Name="Wrens", Ages="8-11"))
    activity = only(Activity)
    assert (activity.title, activity.age_from) == ("Wren Club and friends", 96)
    assert loaded.notes == [
        "Row 2: somebody has changed “Wren Club and friends” here since: “Name” kept."
    ]


def test_a_cell_that_is_empty_now_empties_the_field() -> None:
    bring(row(**{"On your mind": "Youth voice"}))
    bring(row(**{"On your mind": "", "When": ""}))
    activity = only(Activity)
    assert activity.themes.count() == activity.schedules.count() == 0


def test_what_is_not_in_the_file_any_more_stays() -> None:
    bring(row(), row(Id="A2", Name="Owls"))
    loaded = bring(row())
    assert loaded.notes == [
        "Activities that came earlier and are not in this file stay as they are: 1."
    ]
    assert Activity.objects.count() == 2


def test_several_postcodes_are_several_activities_one_at_each() -> None:
    loaded = bring(row(**{"Venue: postcode": "DE45 1DY; DE4 3LY and DE4 3QQ"}))
    assert loaded.totals["activity", "made"] == loaded.totals["venue", "made"] == 3
    assert {(one.postcode, one.place.name) for one in Venue.objects.all()} == {
        ("DE45 1DY", "Bakewell"),
        ("DE4 3LY", "Matlock"),
        ("DE4 3QQ", "Cromford"),
    }
    assert bring(row(**{"Venue: postcode": "DE45 1DY; DE4 3LY and DE4 3QQ"})).batch is None


# --- What looks like what is here already -------------------------------------------------------


def club_that_was_here() -> Activity:
    group = publish(make_organisation(name="Wren Field Club"))
    venue = publish(make_venue(name="Wren Field Hall"))
    return publish(make_activity(title="Wren club", organisation=group, venue=venue))


def test_what_looks_the_same_is_asked_about_and_nothing_is_loaded() -> None:
    club_that_was_here()
    before = everything()
    loaded = bring(row())
    assert [str(one) for one in loaded.duplicates] == [
        "Row 2, column “Group”: “Wren Field Club” may be here already as “Wren Field Club” "
        "(public): the same name.",
        "Row 2, column “Venue”: “Wren Field Hall” may be here already as "
        "“Wren Field Hall, Bakewell” (public): the same name and postcode.",
        "Row 2, column “Name”: “Wren Club” may be here already as “Wren club” (public): "
        "the same name and place.",
    ]
    assert loaded.batch is None
    assert everything() == before


@pytest.mark.parametrize(
    ("contact", "column", "written"),
    [
        (("phone", "+44 1632 960123"), "Group: phone", "01632 960123"),
        (("web", "http://www.example.org/"), "Group: website", "https://example.org"),
        (("email", "Wrens@example.org"), "Group: e-mail", "wrens@example.org"),
    ],
)
def test_a_group_is_recognised_by_its_contacts_too(
    contact: tuple[str, str], column: str, written: str
) -> None:
    group = make_organisation(name="Some other name")
    group.contacts.create(kind=contact[0], value=contact[1])
    loaded = bring(row(**{column: written}))
    assert [(one.listing, one.cell.column) for one in loaded.duplicates] == [(group, column)]


def test_skipped_ours_stays_as_it_is() -> None:
    here = club_that_was_here()
    loaded = bring(row(), duplicates=Choice.SKIP)
    assert loaded.totals == {("activity", "skipped"): 1}
    assert again(here).version == here.version
    assert everything() == (1, 1, 1, 0, 0, 0)


def test_updated_ours_says_what_the_file_says_and_keeps_what_it_leaves_open() -> None:
    here = club_that_was_here()
    here.meanwhile = "Feed the ducks."
    listings.save(listing=here, by=None)
    bring(row(), duplicates=Choice.UPDATE)
    now = again(here)
    assert (now.title, now.age_from, now.meanwhile) == ("Wren Club", 60, "Feed the ducks.")
    assert everything()[:3] == (1, 1, 1)
    assert bring(row()).batch is None


def test_updated_ours_says_all_that_a_cell_says() -> None:
    group = publish(make_organisation(name="Wren Field Club"))
    venue = publish(make_venue(name="Wren Field Hall"))
    make_activity(
        title="Wren club",
        organisation=group,
        venue=venue,
        cost="paid",
        price=4,
        age_from=24,
        age_before=48,
        kind="club",
    )
    loaded = bring(row(Cost="free", Ages="11+"), duplicates=Choice.UPDATE)
    assert loaded.problems == []
    now = only(Activity)
    assert (now.cost, now.price, now.age_from, now.age_before) == ("free", None, 132, None)
    assert now.kind == "club"


def test_added_anyway_there_are_two() -> None:
    club_that_was_here()
    bring(row(), duplicates=Choice.ADD)
    assert everything()[:3] == (2, 2, 2)


def test_a_choice_may_be_made_for_one_row() -> None:
    club_that_was_here()
    asked = bring(row()).duplicates
    choices = {one.id: Choice.SKIP for one in asked}
    choices[id_of("activity", "A1")] = Choice.ADD
    loaded = bring(row(), choices=choices)
    assert (loaded.duplicates, [one.id for one in loaded.chosen]) == ([], [*choices])
    assert everything()[:3] == (2, 1, 1)


def test_an_example_is_nobodys_double() -> None:
    make_organisation(name="Wren Field Club", is_example=True)
    assert bring(row()).duplicates == []


# --- Taking it back -----------------------------------------------------------------------------


def test_taken_back_what_it_made_is_withdrawn_and_loaded_again_it_is_the_same(erin: User) -> None:
    batch = bring(row(), status=Status.PUBLIC).batch
    assert batch is not None
    activity = only(Activity)
    undone = undo(batch=batch, by=erin)
    assert (undone.withdrawn, undone.put_back, undone.left) == (3, 0, [])
    assert {one.status for one in (again(activity), only(Organisation), only(Venue))} == {
        "withdrawn"
    }
    assert again(activity).moves.last().moved_by == erin
    assert SearchRow.objects.count() == 0
    bring(row(), status=Status.PUBLIC)
    assert again(activity).status == "public"
    assert everything()[:3] == (1, 1, 1)
    assert search("q=wren").titles == ["Wren Club"]


def test_taken_back_what_it_changed_is_as_before() -> None:
    bring(row(), status=Status.PUBLIC)
    changed = row(Ages="8-11", When="Sat 10-11am", Cost="free", **{"What makes it easy": ""})
    batch = bring(changed).batch
    assert batch is not None
    undone = undo(batch=batch, by=None)
    assert (undone.withdrawn, undone.put_back) == (0, 1)
    activity = only(Activity)
    assert (activity.age_from, activity.price) == (60, Decimal("2.50"))
    assert activity.access_features.count() == 2
    assert activity.schedules.get().weekday == 1
    assert bring(changed).totals["activity", "changed"] == 1


def test_taken_back_what_was_ours_is_again_whose_and_where_it_was() -> None:
    ours = publish(make_activity(title="Wren club"))
    group, venue = ours.organisation, ours.venue
    loaded = bring(row(), status=Status.PUBLIC, duplicates=Choice.UPDATE)
    assert loaded.batch is not None
    now = again(ours)
    assert (now.organisation.name, now.venue.name) == ("Wren Field Club", "Wren Field Hall")
    undone = undo(batch=loaded.batch, by=None)
    assert (undone.withdrawn, undone.put_back, undone.left) == (2, 1, [])
    now = again(ours)
    assert (now.title, now.organisation, now.venue) == ("Wren club", group, venue)
    assert now.is_public


def test_what_somebody_changed_since_is_not_taken_back(erin: User) -> None:
    batch = bring(row(), row(Id="A2", Name="Owls")).batch
    assert batch is not None
    owls = Activity.objects.get(title="Owls")
    owls.title = "Barn owls"
    listings.save(listing=owls, by=erin)
    undone = undo(batch=batch, by=None)
    assert again(owls).status == "draft"
    assert undone.withdrawn == 1
    assert undone.left == [
        "“Barn owls” has been changed since, so it stays.",
        "“Wren Field Hall, Bakewell” stays: it still has these: Barn owls.",
        "“Wren Field Club” stays: it still has these: Barn owls.",
    ]


def test_it_is_taken_back_once() -> None:
    batch = bring(row()).batch
    assert batch is not None
    undo(batch=batch, by=None)
    with pytest.raises(AlreadyUndone):
        undo(batch=batch, by=None)


# --- Places that are hidden ---------------------------------------------------------------------

SECRETS = ("Wren Field Hall", "Wren Lane", "DE45 1DY", "DE451DY")


def all_that_is_held() -> str:
    rows = [*ImportedRow.objects.values_list("key", "said")]
    changes = ImportChange.objects.values_list("before", "said_before")
    return str([*rows, *changes]) + str([*Venue.history.values()])


def test_once_a_venue_is_hidden_nothing_of_its_sheet_is_held_or_comes_back(erin: User) -> None:
    bring(row(), status=Status.PUBLIC)
    bring(row(**{"Venue: address": "1 Wren Lane"}))
    assert "Wren Lane" in all_that_is_held()
    waiting = as_csv([row()])
    ImportUpload.objects.create(owner=erin, file_name="x.csv", data=waiting, source="x")
    venue = only(Venue)
    hide(venue=venue, shown=Venue.Shown.MASKED, by=erin)
    assert ImportUpload.objects.count() == 0
    assert [secret for secret in SECRETS if secret in all_that_is_held()] == []
    bring(row(Name="Wren Club again", **{"Venue: address": "2 Wren Lane"}))
    bring(row(**{"Venue: postcode": "DE4 3LY", "Venue: village or town": "Matlock"}))
    bring(row(Id="A2", Name="At the same place"), status=Status.PUBLIC)
    assert only(Venue).name == "A home"
    assert [one.venue_id for one in Activity.objects.all()] == [venue.pk, venue.pk]
    assert [secret for secret in SECRETS if secret in all_that_is_held()] == []


def test_a_place_that_the_sheet_hides_now_is_told_while_it_is_still_public_here() -> None:
    bring(row(), status=Status.PUBLIC)
    loaded = bring(row(**{"Venue: who may know": "masked"}), status=Status.PUBLIC)
    assert loaded.notes == [
        "Row 2: “Wren Field Hall, Bakewell” is still public here. If it is the same, hide it."
    ]
    assert only(Activity).venue.is_hidden


def test_a_place_with_an_id_of_its_own_that_the_sheet_hides_is_hidden_here() -> None:
    own = {"Venue: id": "V1"}
    bring(row(**own), status=Status.PUBLIC)
    bring(row(**own, **{"Venue: who may know": "masked"}))
    assert only(Venue).name == "A home"
    assert [secret for secret in SECRETS if secret in all_that_is_held()] == []


def test_a_place_that_comes_in_hidden_brings_its_village_alone() -> None:
    bring(row(**{"Venue: who may know": "masked"}), status=Status.PUBLIC)
    venue = only(Venue)
    assert (venue.name, venue.address, venue.postcode) == ("A home", "", "")
    assert venue.point == venue.place.point
    assert [secret for secret in SECRETS if secret in all_that_is_held()] == []
    assert bring(row(**{"Venue: who may know": "masked"})).batch is None
