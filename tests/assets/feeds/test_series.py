"""Whatever is written down is what a phone makes of the calendar: no date more, none less."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dates.made import Changes, with_changes
from assets.dates.rules import Calendar, Rule
from assets.feeds.calendar import calendar
from assets.feeds.series import Series, told
from assets.models import Activity, DateChange, Occurrence, Organisation, Schedule
from tests.assets.dates.test_rules import CITY, DALES, NOWHERE
from tests.assets.feeds.expanded import as_written, expanded

# From before the clock goes back in 2026 until after it does in 2027.
FIRST, BEFORE = date(2026, 10, 5), date(2027, 11, 10)
NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)
DAYS = st.dates(FIRST, BEFORE - timedelta(days=1))
# Night hours too, in which the clocks change.
TIMES = st.one_of(
    st.sampled_from([(time(10), time(11, 30)), (time(18), time(20)), (time(0), time(23, 59))]),
    st.tuples(st.times(), st.times())
    .map(lambda pair: tuple(one.replace(second=0, microsecond=0) for one in sorted(pair)))
    .filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([(time(0, 30), time(1, 30)), (time(1, 30), time(2, 30)), (time(1), time(2))]),
)


@st.composite
def schedules(draw: Any, key: int) -> Schedule:
    starts_at, ends_at = draw(TIMES)
    starts_on = draw(st.none() | DAYS)
    frequency = draw(st.sampled_from(["weekly", "fortnightly", "monthly", "dates"]))
    weekday = draw(st.integers(0, 6))
    parts: dict[str, Any] = {"weekday": weekday, "starts_on": starts_on}
    if frequency == "fortnightly":
        starts_on = starts_on or draw(DAYS)
        parts = {"weekday": starts_on.weekday(), "starts_on": starts_on}
    elif frequency == "monthly":
        parts["week_of_month"] = draw(st.sampled_from([1, 2, 3, 4, -1]))
    elif frequency == "dates":
        parts = {"dates": draw(st.lists(DAYS, min_size=1, max_size=5))}
    return Schedule(
        pk=key,
        frequency=frequency,
        starts_at=starts_at,
        ends_at=ends_at,
        time_of_year=draw(st.sampled_from(["all-year", "term", "holidays"])),
        on_bank_holidays=draw(st.sampled_from(["ask", "as-usual", "not"])),
        ends_before=draw(st.none() | st.none() | DAYS.map(lambda day: day + timedelta(days=200))),
        **parts,
    )


@st.composite
def changes(draw: Any, written: list[tuple[int, date]]) -> list[DateChange]:
    """“Not this week” and the like: most of dates that are there."""
    some = []
    for _number in range(draw(st.integers(0, 4))):
        key, on = draw(st.sampled_from(written) | st.tuples(st.sampled_from([1, 2]), DAYS))
        kind = draw(st.sampled_from(["cancelled", "moved", "extra"]))
        starts_at, ends_at = draw(TIMES)
        own_times = kind != "cancelled" and draw(st.booleans())
        some.append(
            DateChange(
                schedule_id=None if kind == "extra" and own_times else key,
                on=on,
                kind=kind,
                to_on=draw(DAYS) if kind == "moved" else None,
                starts_at=starts_at if own_times else None,
                ends_at=ends_at if own_times else None,
                note=draw(st.sampled_from(["", "Boiler, “broken”; \\n"])),
            )
        )
    return some


def written(rules: list[Schedule], changed: list[DateChange], terms: Calendar) -> list[Occurrence]:
    by_key = {one.pk: Rule.of(one) for one in rules}
    found = with_changes(by_key, Changes(changed), terms, FIRST, BEFORE)
    return [Occurrence(schedule_id=key, **made._asdict()) for key, made in found]


def activity_with(rules: list[Schedule]) -> Activity:
    """Not in any database: online, so at no venue."""
    group = Organisation(name="Bells", slug="bells")
    activity = Activity(
        title="Peals",
        slug="peals",
        organisation=group,
        ways_to_take_part=["online"],
        cost="free",
        how_to_come="just-come",
        changed_at=NOON,
        last_checked_on=date(2027, 3, 1),
    )
    activity._prefetched_objects_cache = {"schedules": rules, "contacts": []}  # type: ignore[attr-defined]
    group._prefetched_objects_cache = {"contacts": []}  # type: ignore[attr-defined]
    return activity


def as_a_phone_has_it(rules: list[Schedule], dates: list[Occurrence]) -> list[Any]:
    made = calendar("Bells", "https://example.org/", [(activity_with(rules), dates)])
    return expanded(made, NOON)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_phone_shows_each_date_once_and_no_other(data: st.DataObject) -> None:
    rules = [data.draw(schedules(key)) for key in (1, 2)]
    terms = data.draw(st.sampled_from([DALES, CITY, NOWHERE]))
    plain = [(one.schedule_id or 1, one.on) for one in written(rules, [], terms)]
    changed = data.draw(changes(plain or [(1, FIRST)]))
    dates = written(rules, changed, terms)
    assert as_a_phone_has_it(rules, dates) == as_written("Peals", dates)


def weekly(**changes: Any) -> Schedule:
    fields: dict[str, Any] = {
        "pk": 7,
        "frequency": "weekly",
        "weekday": 1,
        "starts_at": time(10),
        "ends_at": time(11, 30),
    }
    return Schedule(**fields | changes)


def only_series(rule: Schedule, terms: Calendar, *changed: DateChange) -> Series:
    [series], alone = told([rule], written([rule], list(changed), terms))
    assert alone == []
    return series


def test_a_whole_year_of_tuesdays_is_one_event() -> None:
    series = only_series(weekly(), NOWHERE)
    assert (series.starts.date(), series.last.date()) == (date(2026, 10, 6), date(2027, 11, 9))
    assert (series.left_out, series.told_apart) == ([], [])


def test_school_holidays_are_left_out_of_what_is_on_in_term_time() -> None:
    series = only_series(weekly(time_of_year="term"), DALES)
    left_out = [f"{one:%d %b}" for one in series.left_out]
    assert left_out == [
        "27 Oct",
        "22 Dec",
        "29 Dec",
        "16 Feb",
        "30 Mar",
        "06 Apr",
        "01 Jun",
    ]


def test_what_is_called_off_is_told_apart_and_not_left_out() -> None:
    on = date(2026, 12, 8)
    off = DateChange(schedule_id=None, on=on, kind="cancelled", note="Boiler broken")
    series = only_series(weekly(), NOWHERE, off)
    assert [(one.on, one.note) for one in series.told_apart] == [(on, "Boiler broken")]
    assert series.left_out == []


def test_what_is_on_while_clocks_change_stands_alone() -> None:
    for times in ((time(1, 30), time(3)), (time(0, 30), time(1, 15)), (time(0), time(23))):
        rule = weekly(starts_at=times[0], ends_at=times[1])
        series, alone = told([rule], written([rule], [], NOWHERE))
        assert (series, len(alone)) == ([], 58)
