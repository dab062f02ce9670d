"""The verbs that bend dates: “not this time”, a school term, a bank holiday.

Each is one transaction with all its consequences, and takes its turn.
"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.dates import occurrences
from assets.dates.calendars import keeping_terms_of
from assets.models import Activity, BankHoliday, DateChange, SchoolTerm
from assets.search import rows
from assets.turns import take_turn


def not_this_time(*, activity: Activity, on: date, by: User | None, note: str = "") -> None:
    """Call off everything of this day. A second press changes nothing.

    Raises ValidationError for a day that has passed, and for one on which nothing is.
    """
    not_these_times(activity=activity, days=[on], by=by, note=note)


@transaction.atomic
def not_these_times(
    *, activity: Activity, days: Collection[date], by: User | None, note: str = ""
) -> None:
    """Call off everything of these days, all of them or none. See `not_this_time`."""
    take_turn()
    called_off = [_call_off(activity, day, by, note) for day in sorted(days)]
    if any(called_off):
        listings.refresh(listing=activity)


def _call_off(activity: Activity, on: date, by: User | None, note: str) -> bool:
    """False for what was called off before."""
    if on < timezone.localdate():
        raise ValidationError(_("That day has passed."))
    change = DateChange.objects.filter(activity=activity, schedule=None, on=on).first()
    if change and change.kind == DateChange.Kind.CANCELLED:
        return False
    if not activity.occurrences.filter(on=on, cancelled=False).exists():
        raise ValidationError(_("Nothing is on that day."))
    # An extra date keeps its times, so that its page can say that it is off.
    change = change or DateChange(activity=activity, on=on)
    change.kind, change.to_on, change.note = DateChange.Kind.CANCELLED, None, note
    change._history_user = by  # type: ignore[attr-defined]
    change.full_clean()
    change.save()
    return True


@transaction.atomic
def on_after_all(*, activity: Activity, on: date, by: User | None) -> None:
    """Take back “not this time”. A second press changes nothing.

    Raises ValidationError for a day that has passed.
    """
    take_turn()
    if on < timezone.localdate():
        raise ValidationError(_("That day has passed."))
    change = DateChange.objects.filter(
        activity=activity, schedule=None, on=on, kind=DateChange.Kind.CANCELLED
    ).first()
    if change is None:
        return
    change._history_user = by  # type: ignore[attr-defined]
    if change.starts_at is None:
        change.delete()
    else:
        # An extra date that was called off.
        change.kind, change.note = DateChange.Kind.EXTRA, ""
        change.save()
    listings.refresh(listing=activity)


@transaction.atomic
def save_term(*, term: SchoolTerm) -> None:
    """Store a term, and write the dates of everything that keeps it or kept it."""
    take_turn()
    stored = SchoolTerm.objects.select_related("authority").filter(pk=term.pk).first()
    term.full_clean()
    term.save()
    kept = [stored.authority] if stored else []
    write_with_rows(keeping_terms_of(term.authority, *kept))


@transaction.atomic
def save_bank_holiday(*, holiday: BankHoliday) -> None:
    """Store a bank holiday, and write all dates: everything keeps it."""
    take_turn()
    holiday.full_clean(validate_unique=False)
    holiday.save()
    write_with_rows(Q())


def write_with_rows(activities: Q) -> None:
    """All dates of these, and their search rows: which parts of the day they are on."""
    occurrences.write(activities)
    rows.refresh(activities=activities, organisations=None)
