"""“Not this time”, on after all, and what no change may do."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from assets import listings
from assets.dates import changes
from assets.models import Activity, Area, DateChange, SchoolTerm
from tests.assets.dates.made import NEXT_TUESDAY, TODAY, TUESDAY, all_dates, of
from tests.assets.make import make_activity, make_schedule
from tests.people import person

pytestmark = pytest.mark.usefixtures("on_that_sunday")


def test_not_this_time_calls_off_the_whole_day_and_says_who_did_it(activity: Activity) -> None:
    changes.not_this_time(activity=activity, on=TUESDAY, by=person("erin"), note="Boiler broken")
    day = activity.occurrences.filter(on=TUESDAY)
    assert {(one.cancelled, one.note) for one in day} == {(True, "Boiler broken")}
    record = DateChange.history.get()
    assert (record.history_user, record.note) == (person("erin"), "Boiler broken")


def test_a_second_press_changes_nothing(activity: Activity) -> None:
    for note in ("Boiler broken", "Again"):
        changes.not_this_time(activity=activity, on=TUESDAY, by=None, note=note)
    assert [change.note for change in activity.date_changes.all()] == ["Boiler broken"]
    assert DateChange.history.count() == 1


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2026, 11, 17), "That day has passed."),
        (date(2026, 11, 25), "Nothing is on that day."),
    ],
)
def test_what_is_over_or_not_on_is_not_called_off(activity: Activity, on: date, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        changes.not_this_time(activity=activity, on=on, by=None)
    assert refused.value.messages == [says]
    assert DateChange.objects.count() == 0


def test_an_extra_date_called_off_still_tells_when_it_was_to_be(activity: Activity) -> None:
    DateChange.objects.create(
        activity=activity, on=TODAY, kind="extra", starts_at=time(14), ends_at=time(15)
    )
    listings.refresh(listing=activity)
    changes.not_this_time(activity=activity, on=TODAY, by=None)
    assert of(activity)[0] == ("22 Nov 14:00", True)


def test_nothing_is_half_done_when_it_fails(
    activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_dates()

    def fails(**_whatever: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("assets.listings.refresh", fails)
    with pytest.raises(RuntimeError):
        changes.not_this_time(activity=activity, on=TUESDAY, by=None)
    assert (all_dates(), DateChange.objects.count()) == (before, 0)


def test_a_change_belongs_to_what_its_rule_belongs_to(activity: Activity) -> None:
    other = make_schedule(make_activity(title="Other"))
    change = DateChange(activity=activity, schedule=other, on=TUESDAY, kind="cancelled")
    with pytest.raises(ValidationError) as refused:
        change.full_clean()
    assert refused.value.message_dict == {"schedule": ["That rule belongs to something else."]}

    @transaction.atomic
    def saved() -> None:
        change.save()
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        saved()


def test_terms_are_those_of_an_education_authority(db: None) -> None:
    dales = Area.objects.get(code="E07000035")
    term = SchoolTerm(
        authority=dales,
        name="Autumn",
        starts_on=TODAY,
        ends_before=NEXT_TUESDAY,
        source_url="https://example.org/",
        checked_on=TODAY,
    )
    with pytest.raises(ValidationError) as refused:
        changes.save_term(term=term)
    assert refused.value.message_dict == {
        "authority": ["Schools here keep the terms of Derbyshire."]
    }


def test_on_after_all_takes_it_back_and_says_who_did_it(activity: Activity) -> None:
    before = all_dates()
    changes.not_this_time(activity=activity, on=TUESDAY, by=None)
    for _press in range(2):
        changes.on_after_all(activity=activity, on=TUESDAY, by=person("erin"))
    assert (all_dates(), DateChange.objects.count()) == (before, 0)
    assert DateChange.history.latest().history_user == person("erin")


def test_an_extra_date_that_was_called_off_is_on_after_all(activity: Activity) -> None:
    DateChange.objects.create(
        activity=activity, on=TODAY, kind="extra", starts_at=time(14), ends_at=time(15)
    )
    listings.refresh(listing=activity)
    changes.not_this_time(activity=activity, on=TODAY, by=None)
    changes.on_after_all(activity=activity, on=TODAY, by=None)
    assert of(activity)[0] == ("22 Nov 14:00", False)


def test_what_has_passed_is_not_on_after_all(activity: Activity) -> None:
    with pytest.raises(ValidationError, match="That day has passed"):
        changes.on_after_all(activity=activity, on=date(2026, 11, 17), by=None)
