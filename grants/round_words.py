"""Moments, amounts and weights of a round as its pages say them."""

from datetime import datetime, time
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from assets import schedules
from assets.words import long_date


def in_london(moment: datetime) -> str:
    """“2.30 pm on 3 November 2026”."""
    local = timezone.localtime(moment)
    said = {"time": schedules.time_in_words(local.time()), "day": long_date(local.date())}
    if local.time() == time(0):
        # “Midnight on the 3rd” is a day later to some.
        return _("midnight at the start of %(day)s") % said
    return _("%(time)s on %(day)s") % said


def plain_number(number: Decimal) -> str:
    """“60” and “12.5”, not “60.00”."""
    return f"{number:.2f}".rstrip("0").removesuffix(".")
