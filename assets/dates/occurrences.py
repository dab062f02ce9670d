"""Occurrences: written in the same transaction as the change they show, never by a signal.

`write` runs over some activities or over all of them, so that a date can only ever be late, never
different; a test compares all of them with a full rewrite.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assets.dates.calendars import Calendars
from assets.dates.made import Changes, Made, by_rule, window, with_changes
from assets.dates.rules import Calendar, Rule
from assets.models import Activity, DateChange, Occurrence, Schedule
from assets.turns import take_turn

# As many as a moment's work: colleagues wait for it.
AT_ONCE = 1_000
COLUMNS = ", ".join(f'"{name}"' for name in ("activity_id", "schedule_id", *Made._fields))
COPY = f"COPY assets_occurrence ({COLUMNS}) FROM STDIN"


@transaction.atomic
def write(activities: Q | QuerySet[Activity]) -> int:
    """Write all dates of these activities anew: only what is public has any. How many there are."""
    take_turn()
    if isinstance(activities, Q):
        activities = Activity.objects.filter(activities)
    keys = list(activities.order_by().values_list("pk", flat=True).distinct())
    writer = _Writer()
    return sum(writer.write(keys[n : n + AT_ONCE]) for n in range(0, len(keys), AT_ONCE))


def write_all() -> int:
    """Write every date anew, a thousand activities at a time, so that nobody waits for long."""
    keys = list(Activity.objects.order_by("pk").values_list("pk", flat=True))
    written = 0
    for n in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            take_turn()
            written += _Writer().write(keys[n : n + AT_ONCE])
    return written


class _Writer:
    """Knows all calendars, and remembers on which days a rule falls: many are alike."""

    def __init__(self) -> None:
        self._calendars = Calendars()
        self._first, self._before = window(timezone.localdate())
        self._by_rule: dict[tuple[Rule, int], list[Made]] = {}

    def write(self, keys: list[UUID]) -> int:
        # All is read before the first row is written: the connection is busy copying then.
        calendars = self._calendars_of(keys)
        rules: dict[UUID, dict[int, Rule]] = defaultdict(dict)
        for schedule in Schedule.objects.filter(activity__in=calendars).order_by("pk"):
            rules[schedule.activity_id][schedule.pk] = Rule.of(schedule)
        changes: dict[UUID, list[DateChange]] = defaultdict(list)
        still_matters = Q(on__gte=self._first) | Q(to_on__gte=self._first)
        for change in DateChange.objects.filter(still_matters, activity__in=calendars):
            changes[change.activity_id].append(change)

        written = 0
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM assets_occurrence WHERE activity_id = ANY(%s)", [keys])
            with cursor.copy(COPY) as copy:
                for activity, calendar in calendars.items():
                    for schedule_id, made in self._made(
                        rules[activity], changes[activity], calendar
                    ):
                        copy.write_row((activity, schedule_id, *made))
                        written += 1
        return written

    def _calendars_of(self, keys: list[UUID]) -> dict[UUID, Calendar]:
        """Of the public ones: the calendar of the venue's village, else of the group."""
        public = Activity.objects.public().filter(pk__in=keys).order_by("pk")
        return {
            activity: self._calendars.of(of_group if venue is None else of_venue)
            for activity, venue, of_venue, of_group in public.values_list(
                "pk", "venue", "venue__place__district", "organisation__district"
            )
        }

    def _made(
        self, rules: dict[int, Rule], changes: list[DateChange], calendar: Calendar
    ) -> Iterator[tuple[int | None, Made]]:
        if changes:
            days = (self._first, self._before)
            yield from with_changes(rules, Changes(changes), calendar, *days)
            return
        for key, rule in rules.items():
            for made in self._unchanged(rule, calendar):
                yield key, made

    def _unchanged(self, rule: Rule, calendar: Calendar) -> list[Made]:
        place = (rule, id(calendar))
        if place not in self._by_rule:
            self._by_rule[place] = list(by_rule(rule, calendar, self._first, self._before))
        return self._by_rule[place]


def next_of(activity_ids: Iterable[UUID], now: datetime) -> dict[UUID, Occurrence]:
    """The next date of each that is on and not over; nothing of those that have none."""
    found = (
        Occurrence.objects.filter(activity__in=activity_ids, cancelled=False, ends_at__gt=now)
        .order_by("activity_id", "starts_at", "pk")
        .distinct("activity_id")
    )
    return {one.activity_id: one for one in found}


def upcoming(activity: Activity, n: int) -> list[Occurrence]:
    """The next dates, with those that are called off or moved: families must be told."""
    return list(activity.occurrences.filter(ends_at__gt=timezone.now())[:n])


def days_to_come(activity: Activity, n: int) -> list[Occurrence]:
    """The first date of each of the next days on which it is on."""
    on = activity.occurrences.filter(ends_at__gt=timezone.now(), cancelled=False)
    return list(on.order_by("on", "starts_at", "pk").distinct("on")[:n])
