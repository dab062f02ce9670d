"""Dates as people write them: “3 November 2026”, “3/11/2026”, “2026-11-03”, “Tue 24 Nov”."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood
from assets.understanding.days import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?)?"
DATE = re.compile(
    rf"{_WEEKDAY}(?:(?P<iso>20\d\d-\d\d-\d\d)"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>20\d\d|\d\d)"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b,?(?: (?P<year>20\d\d))?)"
)
# A date without its year is the next one of its kind; but for some weeks back, this year's.
WEEKS_BACK = timedelta(weeks=8)


def read_date(typed: str, today: date) -> date:
    """Raises NotUnderstood for anything else, and for days that there never are."""
    match = DATE.fullmatch(" ".join(typed.lower().split()))
    if match is None:
        raise NotUnderstood(_("Write a day such as 3 November 2026 or 3/11/2026."))
    return date_of(match, today)


def date_of(match: re.Match[str], today: date) -> date:
    """The day that a match of DATE names."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["d"]:
            year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
            return date(year, int(match["m"]), int(match["d"]))
        month, day = MONTHS[match["month"]], int(match["day"])
        if match["year"]:
            return date(int(match["year"]), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today - WEEKS_BACK else date(today.year + 1, month, day)
    except ValueError as error:
        raise NotUnderstood(_("There is no such day: “%s”.") % match[0]) from error
