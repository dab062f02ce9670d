"""A schedule's rule in words: “Tuesdays, 10 am to 11.30 am, in term time”."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assets.models.schedules import Frequency, OnBankHolidays, Schedule, TimeOfYear, Weekday

PLURAL_DAYS: dict[int | None, Callable[[], str]] = {
    Weekday.MONDAY: lambda: _("Mondays"),
    Weekday.TUESDAY: lambda: _("Tuesdays"),
    Weekday.WEDNESDAY: lambda: _("Wednesdays"),
    Weekday.THURSDAY: lambda: _("Thursdays"),
    Weekday.FRIDAY: lambda: _("Fridays"),
    Weekday.SATURDAY: lambda: _("Saturdays"),
    Weekday.SUNDAY: lambda: _("Sundays"),
}

# Days.
WITHOUT_A_YEAR = 300


def time_in_words(moment: time) -> str:
    """“4 pm”, “11.30 am”, “noon”, “midnight”."""
    return _time_in_words(moment, get_language())


# A page of results says forty times of day and twenty days, most of them more than once.
@lru_cache(maxsize=2000)
def _time_in_words(moment: time, _language: str | None) -> str:
    if moment == time(12):
        return _("noon")
    if moment == time(0):
        return _("midnight")
    hour = moment.hour % 12 or 12
    half = _("am") if moment.hour < 12 else _("pm")
    return f"{hour}.{moment.minute:02} {half}" if moment.minute else f"{hour} {half}"


def day_in_words(day: date) -> str:
    """“Tue 24 Nov”; with its year when that is not the one that comes to mind."""
    far = abs((day - timezone.localdate()).days) > WITHOUT_A_YEAR
    return _day_in_words(day, "D j M Y" if far else "D j M", get_language())


@lru_cache(maxsize=2000)
def _day_in_words(day: date, form: str, _language: str | None) -> str:
    return formats.date_format(day, form)


def in_words(schedule: Schedule) -> str:
    """The whole rule, as a person would say it today."""
    parts = [
        _often(schedule),
        _("%(from)s to %(to)s")
        % {
            "from": time_in_words(schedule.starts_at),
            "to": time_in_words(schedule.ends_at),
        },
    ]
    if schedule.time_of_year != TimeOfYear.ALL_YEAR:
        parts.append(str(TimeOfYear(schedule.time_of_year).label))
    parts += [*_on_bank_holidays(schedule), *_between(schedule)]
    if schedule.note:
        parts.append(schedule.note)
    return ", ".join(parts)


def _often(schedule: Schedule) -> str:
    match Frequency(schedule.frequency):
        case Frequency.DATES:
            return _dates(schedule)
        case Frequency.FORTNIGHTLY:
            return _("Every other %(day)s") % {"day": schedule.get_weekday_display()}
        case Frequency.MONTHLY:
            return _("The %(which)s %(day)s of the month") % {
                "which": schedule.get_week_of_month_display(),
                "day": schedule.get_weekday_display(),
            }
        case Frequency.WEEKLY:
            return PLURAL_DAYS[schedule.weekday]()


def _dates(schedule: Schedule) -> str:
    """Those still to come; when none is, those that were."""
    days = sorted(set(schedule.dates))
    to_come = [day for day in days if day >= timezone.localdate()]
    return "; ".join(day_in_words(day) for day in to_come or days)


def _on_bank_holidays(schedule: Schedule) -> Iterator[str]:
    """What nobody has said is told beside the date, not here."""
    match schedule.on_bank_holidays:
        case OnBankHolidays.NOT:
            yield _("not on bank holidays")
        case OnBankHolidays.AS_USUAL:
            yield _("bank holidays too")


def _between(schedule: Schedule) -> Iterator[str]:
    """A first day that has passed says nothing any more."""
    if schedule.frequency == Frequency.DATES:
        return
    if schedule.starts_on and schedule.starts_on > timezone.localdate():
        yield _("from %s") % day_in_words(schedule.starts_on)
    if schedule.ends_before:
        yield _("until %s") % day_in_words(schedule.ends_before - timedelta(days=1))
