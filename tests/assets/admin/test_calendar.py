"""Staff change dates, school terms and bank holidays: what is on says so at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assets.models import Activity, Area, BankHoliday, DateChange, SchoolTerm
from tests.assets.admin.pages import errors, save, url
from tests.assets.dates.test_occurrences import assert_as_if_written_anew
from tests.assets.make import make_activity, make_schedule, publish

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def editor(client_of: ClientOf) -> Client:
    return client_of("erin")


@pytest.fixture
def activity() -> Activity:
    """Public, on Tuesdays from 10 to 11.30, and on Tuesdays from 4 to 6 pm in term time."""
    made = make_activity()
    make_schedule(made)
    make_schedule(made, starts_at=time(16), ends_at=time(18), time_of_year="term")
    SchoolTerm.objects.all().delete()
    return publish(made)


def on(activity: Activity) -> list[date]:
    return [one.on for one in activity.occurrences.filter(cancelled=False)]


def test_a_day_is_called_off_on_the_page_of_the_activity(
    editor: Client, activity: Activity
) -> None:
    not_on = {"date_changes-0-kind": "cancelled", "date_changes-0-on": "2026-11-24"}
    save(editor, url(activity, "change"), **not_on)
    assert on(activity)[:2] == [date(2026, 11, 17), date(2026, 12, 1)]
    assert_as_if_written_anew()
    history = editor.get(url(activity, "history")).content.decode()
    assert "Change to a date “2026-11-24: not on” added" in history


def test_only_rules_of_this_activity_can_be_chosen_in_words(
    editor: Client, activity: Activity
) -> None:
    other = make_schedule(make_activity(title="Other"))
    page = editor.get(url(activity, "change"))
    (formset,) = [
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.prefix == "date_changes"
    ]
    labels = [str(label) for _key, label in formset.forms[0].fields["schedule"].choices]
    assert labels == [
        "---------",
        "Tuesdays, 10 am to 11.30 am",
        "Tuesdays, 4 pm to 6 pm, in term time",
    ]
    wrong = {
        "date_changes-0-kind": "cancelled",
        "date_changes-0-on": "2026-11-24",
        "date_changes-0-schedule": str(other.pk),
    }
    answer = save(editor, url(activity, "change"), **wrong)
    assert list(errors(answer)) == ["date_changes-0-schedule"]


def test_what_is_wrong_with_a_change_is_said_beside_it(editor: Client, activity: Activity) -> None:
    moved = {"date_changes-0-kind": "moved", "date_changes-0-on": "2026-11-24"}
    answer = save(editor, url(activity, "change"), **moved)
    assert errors(answer) == {
        "date_changes-0-kind": [
            "A moved date needs its new day; an extra date its times, or the rule that it "
            "belongs to."
        ]
    }


def test_two_changes_of_one_day_are_one_too_many(editor: Client, activity: Activity) -> None:
    DateChange.objects.create(activity=activity, on=TUESDAY, kind="cancelled")
    again = {"date_changes-1-kind": "cancelled", "date_changes-1-on": "2026-11-24"}
    answer = save(editor, url(activity, "change"), **again)
    assert {tuple(said) for said in errors(answer).values()} == {
        ("There is a change of that day already.",)
    }
    assert DateChange.objects.count() == 1


def test_a_rule_removed_takes_its_changes_with_it(editor: Client, activity: Activity) -> None:
    rule = activity.schedules.get(time_of_year="term")
    DateChange.objects.create(activity=activity, schedule=rule, on=TUESDAY, kind="cancelled")
    row = next(n for n, one in enumerate(activity.schedules.all()) if one == rule)
    both = {f"schedules-{row}-DELETE": "on", "date_changes-0-note": "Snow"}
    save(editor, url(activity, "change"), **both)
    assert (DateChange.objects.count(), activity.schedules.count()) == (0, 1)
    assert_as_if_written_anew()


def test_the_page_takes_as_many_queries_for_three_changes_as_for_one(
    editor: Client, activity: Activity
) -> None:
    rule = activity.schedules.all()[0]
    editor.get(url(activity, "change"))  # Django looks up some things once a process.
    counted = []
    for days in ([24], [25, 26]):
        for day in days:
            DateChange.objects.create(
                activity=activity, schedule=rule, on=date(2026, 11, day), kind="cancelled"
            )
        with CaptureQueriesContext(connection) as queries:
            editor.get(url(activity, "change"))
        counted.append(len(queries))
    assert counted[0] == counted[1]


TERM = {
    "name": "Autumn 2026",
    "starts_on": "2026-11-02",
    "ends_before": "2026-12-19",
    "source_url": "https://example.org/",
    "checked_on": "2026-11-22",
}


def test_a_new_term_and_a_changed_one_change_what_is_on(editor: Client, activity: Activity) -> None:
    in_term = activity.occurrences.filter(starts_at__hour=16)
    assert in_term.count() == 0
    derbyshire = Area.objects.get(name="Derbyshire")
    save(editor, url(SchoolTerm, "add"), authority=str(derbyshire.pk), **TERM)
    assert in_term.latest("on").on == date(2026, 12, 15)
    save(editor, url(SchoolTerm.objects.get(), "change"), ends_before="2026-12-01")
    assert in_term.latest("on").on == TUESDAY
    assert_as_if_written_anew()


def test_terms_that_overlap_are_refused_in_words(editor: Client, activity: Activity) -> None:
    derbyshire = str(Area.objects.get(name="Derbyshire").pk)
    save(editor, url(SchoolTerm, "add"), authority=derbyshire, **TERM)
    again = TERM | {"name": "Autumn", "starts_on": "2026-12-18", "ends_before": "2026-12-20"}
    answer = save(editor, url(SchoolTerm, "add"), authority=derbyshire, **again)
    assert errors(answer) == {"starts_on": ["There is a term on some of these days already."]}


def test_terms_are_only_given_to_those_who_set_them(editor: Client, activity: Activity) -> None:
    dales = str(Area.objects.get(code="E07000035").pk)
    answer = save(editor, url(SchoolTerm, "add"), authority=dales, **TERM)
    assert list(errors(answer)) == ["authority"]


def test_a_new_bank_holiday_is_told_at_once(editor: Client, activity: Activity) -> None:
    day = {"day": "2026-11-24", "name": "A royal wedding"}
    save(editor, url(BankHoliday, "add"), **day)
    assert {one.ask_first for one in activity.occurrences.filter(on=TUESDAY)} == {True}
    assert_as_if_written_anew()


def test_terms_still_to_confirm_are_found(editor: Client) -> None:
    SchoolTerm.objects.update(staff_note="")
    # The first of them is over.
    SchoolTerm.objects.filter(
        authority__name="Derbyshire", starts_on__in=[date(2026, 9, 3), date(2026, 11, 2)]
    ).update(staff_note="Not seen in print.")
    found = editor.get(url(SchoolTerm, "changelist"), {"do": "confirm"}).context["cl"].queryset
    assert [term.starts_on for term in found] == [date(2026, 11, 2)]


def test_councils_whose_dates_run_out_are_found_by_their_last_term(editor: Client) -> None:
    found = editor.get(url(SchoolTerm, "changelist"), {"do": "add"}).context["cl"].queryset
    assert sorted((term.authority.name, term.ends_before) for term in found) == [
        ("Sheffield", date(2026, 7, 21)),
        ("Staffordshire", date(2026, 7, 21)),
    ]
