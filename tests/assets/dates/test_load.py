"""Bank holidays and school terms: loaded once, and never over what staff have changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from assets.dates import calendars, load, occurrences
from assets.models import Area, BankHoliday, Occurrence, SchoolTerm
from tests.assets.dates.made import all_dates
from tests.assets.dates.test_occurrences import assert_as_if_written_anew
from tests.assets.make import make_activity, make_schedule, publish


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        yield


def everything() -> list[Any]:
    return [list(BankHoliday.objects.values()), list(SchoolTerm.objects.values())]


def test_loading_again_changes_nothing(db: None) -> None:
    load.load()
    before = everything()
    load.load()
    assert everything() == before


def test_bank_holidays_of_england_are_there_with_their_substitutes(db: None) -> None:
    load.load()
    months = BankHoliday.objects.filter(day__gte="2026-12-01", day__lt="2027-04-01")
    assert {f"{one.day:%d %b}": one.name for one in months} == {
        "25 Dec": "Christmas Day",
        "26 Dec": "Boxing Day",
        "28 Dec": "Boxing Day (substitute day)",
        "01 Jan": "New Year's Day",
        "26 Mar": "Good Friday",
        "29 Mar": "Easter Monday",
    }


def test_every_term_keeps_the_rules_and_says_where_it_is_from(db: None) -> None:
    load.load()
    for term in SchoolTerm.objects.all():
        term.full_clean()
    assert {term.authority.name for term in SchoolTerm.objects.all()} == {
        "Derbyshire",
        "Sheffield",
        "Staffordshire",
    }


def test_what_staff_have_changed_stays(db: None) -> None:
    load.load()
    term, day = SchoolTerm.objects.all()[0], BankHoliday.objects.all()[0]
    SchoolTerm.objects.filter(pk=term.pk).update(name="Renamed", ends_before=date(2025, 10, 20))
    BankHoliday.objects.filter(pk=day.pk).update(name="Renamed")
    before = everything()
    load.load()
    assert everything() == before


def test_what_is_new_writes_the_dates_that_it_changes(db: None) -> None:
    activity = make_activity()
    make_schedule(activity, time_of_year="term")
    make_schedule(activity, weekday=5)
    SchoolTerm.objects.all().delete()
    BankHoliday.objects.all().delete()
    publish(activity)
    assert activity.occurrences.filter(ask_first=True).count() == 0
    load.load()
    assert activity.occurrences.filter(ask_first=True).count() > 0
    SchoolTerm.objects.filter(authority__name="Derbyshire").delete()
    occurrences.write_all()
    load.load()
    assert activity.occurrences.filter(on=date(2026, 11, 24)).count() == 1
    assert_as_if_written_anew()


def test_the_nightly_command_goes_one_day_further(db: None) -> None:
    activity = make_activity()
    make_schedule(activity)
    publish(activity)
    last = Occurrence.objects.latest("on").on
    with time_machine.travel(datetime(2026, 11, 29, 3, tzinfo=UTC), tick=False):
        said, warned = StringIO(), StringIO()
        call_command("write_dates", stdout=said, stderr=warned)
        assert Occurrence.objects.latest("on").on == date(2027, 11, 30)
        before = all_dates()
        call_command("write_dates", stdout=StringIO(), stderr=StringIO())
    assert last == date(2027, 11, 23)
    assert all_dates() == before
    assert said.getvalue().startswith(f"{len(before)} dates written in ")


def test_the_nightly_command_warns_before_the_terms_run_out(db: None) -> None:
    SchoolTerm.objects.exclude(authority__name="Derbyshire").delete()
    warnings = []
    for today in (date(2027, 3, 25), date(2027, 3, 26)):
        with time_machine.travel(datetime(today.year, today.month, today.day, 9), tick=False):  # noqa: DTZ001
            warned = StringIO()
            call_command("write_dates", verbosity=0, stderr=warned)
            warnings.append(warned.getvalue())
    assert warnings[0] == ""
    assert warnings[1].startswith(
        "The school terms of Derbyshire are known only until 24 July 2027: add the next ones"
    )


def test_the_calendars_agree_with_the_areas(db: None) -> None:
    known = calendars.Calendars()
    for area in Area.objects.all():
        assert known.authority_of(area.pk) == area.education_authority.pk
