"""Days on which the rules of the tests fall, and dates as a test reads them."""

from datetime import UTC, date
from typing import Any

from assets.dates import occurrences
from assets.models import Activity, Occurrence

# A Sunday; the rules below fall on Tuesdays.
TODAY = date(2026, 11, 22)
TUESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 12, 1)


def of(activity: Activity) -> list[tuple[str, bool]]:
    """The next three, as “24 Nov 10:00”, and whether it is off."""
    found = occurrences.upcoming(activity, 3)
    return [(f"{one.starts_at.astimezone(UTC):%d %b %H:%M}", one.cancelled) for one in found]


def all_dates() -> list[tuple[Any, ...]]:
    """Every column but the number."""
    names = [field.attname for field in Occurrence._meta.fields if field.name != "id"]
    return sorted(Occurrence.objects.values_list(*names), key=str)
