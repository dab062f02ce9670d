"""When it is, in the words that our cells are read in.

Half a time is worse than none: what cannot be said whole is left out, and told.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from assets.harvesting.plain import Json, day, line, number, text
from assets.importing.reading.times import SAID_ASIDE
from assets.models.schedules import OnBankHolidays

BANK_HOLIDAYS = re.compile(r"bank holidays: (not on|on as usual|not known: ask first)")
DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
WHICH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
BY_DAY = re.compile(r"(?P<which>-?\d)?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
# Days that a cell can say. Some write “no end” as the last day of the year 9999.
FIRST, LAST = "2000-01-01", "2099-12-31"
FORTNIGHT = timedelta(days=14)
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def when(schedules: list[Json], today: date) -> tuple[str, list[str]]:
    """Lines as people write them, and what could not be said so."""
    said: list[str] = []
    left: list[str] = []
    dates: dict[str, list[str]] = {}
    for found in schedules:
        if (ends := day(found.get("valid_to"))) and ends < today.isoformat():
            continue
        clock = _clock(found)
        lines = list(_lines(found, clock)) if clock else []
        if (single := _single(found)) and clock:
            dates.setdefault(f"{clock}{_aside(found)}", []).append(single)
        elif lines:
            said += lines
        else:
            words = line(found.get("description")) or line(found.get("id"))
            left.append(_("a time that we cannot write down: “%s”") % words[:100])
    said += [f"{', '.join(sorted(set(days)))} {clock}" for clock, days in dates.items()]
    return "; ".join(dict.fromkeys(said)), left


def _clock(schedule: Json) -> str:
    starts, ends = (CLOCK.match(line(schedule.get(n))) for n in ("opens_at", "closes_at"))
    return f"{starts[0]}-{ends[0]}" if starts and ends else ""


def _single(schedule: Json) -> str:
    """One day only, where it says nothing of weeks or months."""
    if line(schedule.get("freq")):
        return ""
    first = day(schedule.get("dtstart")) or day(schedule.get("valid_from"))
    last = day(schedule.get("valid_to")) or day(schedule.get("dtstart"))
    return first if first == last and FIRST <= first <= LAST else ""


def _lines(schedule: Json, clock: str) -> Iterator[str]:
    often, days = line(schedule.get("freq")).upper(), line(schedule.get("byday")).upper()
    every = number(schedule.get("interval")) or 1
    span = _span(schedule, is_fortnightly=every == 2)
    for found in (BY_DAY.fullmatch(part.strip()) for part in days.split(",")):
        if found is None:
            return
        weekday, which = DAYS[found["day"]], WHICH.get(found["which"] or "", "")
        if often == "WEEKLY" and every in (1, 2) and not found["which"]:
            yield f"{'every other ' if every == 2 else ''}{weekday} {clock}{span}"
        elif often == "MONTHLY" and every == 1 and which:
            yield f"{which} {weekday} {clock}{span}"


def _span(schedule: Json, *, is_fortnightly: bool) -> str:
    first, last = day(schedule.get("valid_from")), day(schedule.get("valid_to"))
    # Of every other week, the first day says which.
    if is_fortnightly and not first:
        first = day(schedule.get("dtstart"))
    if first and first < FIRST:
        first = _same_fortnights(date.fromisoformat(first)) if is_fortnightly else ""
    said = _aside(schedule)
    said += f" from {first}" if first else ""
    return said + (f" until {last}" if last and last <= LAST else "")


def _same_fortnights(long_ago: date) -> str:
    """The first day that a cell can say of what is every other week since then."""
    fortnights = -((long_ago - date.fromisoformat(FIRST)) // FORTNIGHT)
    return (long_ago + fortnights * FORTNIGHT).isoformat()


def _aside(schedule: Json) -> str:
    """“Term time”, “not on bank holidays”: what people say in words."""
    words = " ".join(text(schedule.get(name)) for name in ("description", "notes")).lower()
    words = BANK_HOLIDAYS.sub(_bank_holidays, " ".join(words.split()))
    told: dict[str, str] = {}
    for name, _value, pattern in SAID_ASIDE:
        if found := pattern.search(words):
            told.setdefault(name, found[0])
            words = pattern.sub(" ", words)
    return "".join(f" {said}" for said in told.values())


def _bank_holidays(found: re.Match[str]) -> str:
    """“Bank holidays: not on” as people say it."""
    if found[1] == str(OnBankHolidays.NOT.label):
        return "not on bank holidays"
    return "including bank holidays" if found[1] == str(OnBankHolidays.AS_USUAL.label) else ""
