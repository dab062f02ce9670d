"""Dates written by two at the same moment, each over a connection of their own."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from assets import listings
from assets.dates import changes, occurrences
from assets.models import DateChange, Occurrence, Status
from tests.assets.dates.test_occurrences import assert_as_if_written_anew
from tests.assets.make import again, make_activity, make_schedule, publish
from tests.assets.test_two_at_once import at_once, committed, while_open

__all__ = ["committed"]


def test_written_twice_at_once_there_is_one_of_each(committed: None) -> None:
    activity = make_activity()
    make_schedule(activity)
    publish(activity)
    before = Occurrence.objects.count()

    def write() -> None:
        occurrences.write(Q())

    assert at_once(write, write, occurrences.write_all) == []
    assert while_open(write, write) == []
    assert Occurrence.objects.count() == before
    assert_as_if_written_anew()


def test_two_who_call_off_the_same_day_do_it_once(committed: None) -> None:
    activity = make_activity()
    make_schedule(activity)
    publish(activity)
    day = activity.occurrences.filter(on__gt=timezone.localdate())[0].on

    def not_on() -> None:
        changes.not_this_time(activity=activity, on=day, by=None)

    assert at_once(not_on, not_on) == []
    assert (DateChange.objects.count(), DateChange.history.count()) == (1, 1)
    assert_as_if_written_anew()


def test_what_is_paused_while_a_day_is_called_off_has_no_dates(committed: None) -> None:
    activity = make_activity()
    make_schedule(activity)
    publish(activity)
    day = timezone.localdate() + timedelta(days=7)
    day = activity.occurrences.filter(on__gte=day)[0].on

    def paused() -> None:
        listings.move(listing=again(activity), to=Status.PAUSED, by=None)

    (refused,) = while_open(
        paused, lambda: changes.not_this_time(activity=activity, on=day, by=None)
    )
    assert refused.messages == ["Nothing is on that day."]  # type: ignore[attr-defined]
    assert Occurrence.objects.count() == 0
