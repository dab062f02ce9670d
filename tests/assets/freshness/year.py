"""A year of a group: its school terms, and its days one by one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from time_machine import travel

from assets.models import Area, SchoolTerm

# The days of school, as a council prints them: first and last.
TERMS = [
    (date(2026, 9, 3), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 23)),
    (date(2027, 9, 2), date(2027, 10, 22)),
    (date(2027, 11, 1), date(2027, 12, 17)),
    (date(2028, 1, 4), date(2028, 2, 11)),
]


def derbyshire() -> Area:
    return Area.objects.get(code="E10000007")


def know_the_terms() -> None:
    SchoolTerm.objects.all().delete()
    for number, (first, last) in enumerate(TERMS):
        SchoolTerm.objects.create(
            authority=derbyshire(),
            name=f"Half {number}",
            starts_on=first,
            ends_before=last + timedelta(days=1),
            source_url="https://example.org/",
            checked_on=first,
        )


def days(first: date, number: int) -> Iterator[date]:
    """Each day in turn, with the clock at four in the morning."""
    for ahead in range(number):
        day = first + timedelta(days=ahead)
        with travel(datetime.combine(day, time(4), UTC), tick=False):
            yield day


def is_school(day: date) -> bool:
    return any(first <= day <= last for first, last in TERMS)
