"""Days on which somebody is at work: neither a weekend nor a bank holiday."""

from datetime import date

from assets.models import BankHoliday

SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not BankHoliday.objects.filter(day=day).exists()
