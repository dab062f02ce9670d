"""When it is on, as people write it: “Tuesdays 6-7.30pm term time”, “every other Tuesday …”.

A line says days and times; several are parted by semicolons or line breaks. Every word must be
understood: half a time is worse than none.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from assets.dates.rules import Rule
from assets.importing.problems import NotUnderstood
from assets.importing.reading.clock import FROM_TO, ONE_MOMENT, read_clock
from assets.importing.reading.dates import DATE, date_of
from assets.models.schedules import Frequency, OnBankHolidays, TimeOfYear, WeekOfMonth

_NAMES = ["mon(?:day)?", "tue(?:s|sday)?", "wed(?:s|nesday)?", "thu(?:r|rs|rsday)?", "fri(?:day)?"]
_NAMES += ["sat(?:urday)?", "sun(?:day)?"]
_DAY = "|".join(_NAMES)
DAYS = [re.compile(rf"{name}s?") for name in _NAMES]
WHICH = {
    "first": WeekOfMonth.FIRST,
    "1st": WeekOfMonth.FIRST,
    "second": WeekOfMonth.SECOND,
    "2nd": WeekOfMonth.SECOND,
    "third": WeekOfMonth.THIRD,
    "3rd": WeekOfMonth.THIRD,
    "fourth": WeekOfMonth.FOURTH,
    "4th": WeekOfMonth.FOURTH,
    "last": WeekOfMonth.LAST,
}
SAID_ASIDE: list[tuple[str, Any, re.Pattern[str]]] = [
    (
        "on_bank_holidays",
        OnBankHolidays.NOT,
        re.compile(
            r"\b(?:not on|not|no|except(?: on| for)?|excluding|closed(?: on)?|excl\.?) "
            r"(?:public|bank) holidays?"
        ),
    ),
    (
        "on_bank_holidays",
        OnBankHolidays.AS_USUAL,
        re.compile(
            r"\b(?:including|and|incl\.?|open) (?:public|bank) holidays?|"
            r"\bbank holidays (?:too|included)"
        ),
    ),
    (
        "time_of_year",
        TimeOfYear.TERM,
        re.compile(r"\b(?:\(?(?:in|during) )?(?:school )?term(?:s|[ -]?time)?(?: only)?\b"),
    ),
    (
        "time_of_year",
        TimeOfYear.HOLIDAYS,
        re.compile(r"\b(?:(?:in|during) (?:the )?)?(?:school )?(?:holidays|hols)(?: only)?\b"),
    ),
    (
        "time_of_year",
        TimeOfYear.ALL_YEAR,
        re.compile(r"\b(?:all year(?: round)?|all through the year|throughout the year)\b"),
    ),
]
STARTS = re.compile(rf"\b(?:from|starting(?: on| from)?|starts(?: on)?|beginning) {DATE.pattern}")
ENDS = re.compile(rf"\b(?:until|till|up to|ending(?: on)?|ends(?: on)?) {DATE.pattern}")
TOKENS: list[tuple[str, re.Pattern[str]]] = [
    ("date", DATE),
    ("days", re.compile(rf"(?P<first>{_DAY})s? ?(?:-|to|till|until) ?(?P<last>{_DAY})s?\b")),
    ("time", FROM_TO),
    ("fortnight", re.compile(r"every (?:other|second|two|2)(?: weeks?)?|alternate|fortnightly"
                             r"|once a fortnight|every fortnight|bi-?weekly")),
    ("which", re.compile(rf"(?:{'|'.join(WHICH)})\b")),
    ("weekdays", re.compile(r"(?:every )?(?:weekdays?|week days?)")),
    ("weekend", re.compile(r"(?:at )?(?:every )?weekends?")),
    ("daily", re.compile(r"daily|every ?day|7 days(?: a week)?|seven days a week")),
    ("day", re.compile(rf"(?:{_DAY})s?\b")),
    ("monthly", re.compile(r"(?:(?:of|in) )?(?:the|each|every|a) month|monthly|once a month")),
    ("nothing", re.compile(r"and\b|every\b|each\b|weekly|every week|on\b|the\b|open\b|opening"
                           r"|hours\b|times?\b|at\b|of\b|from\b|[&,+/:.()-]")),
]  # fmt: skip


def _from_to(first: str, last: str) -> list[int]:
    """“Fri-Mon” goes over the weekend."""
    start, end = _number(first), _number(last)
    return [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]


def _number(day: str) -> int:
    return next(number for number, name in enumerate(DAYS) if name.fullmatch(day))


DAYS_OF: dict[str, Callable[[re.Match[str]], Iterable[int]]] = {
    "days": lambda match: _from_to(match["first"], match["last"]),
    "day": lambda match: [_number(match[0])],
    "weekdays": lambda _match: range(5),
    "weekend": lambda _match: (5, 6),
    "daily": lambda _match: range(7),
}
SEPARATE = re.compile(r"[;\n]")


@dataclass
class _Line:
    """What has been read of one line, up to the next time of day."""

    days: list[int] = field(default_factory=list)
    which: list[int] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    fortnightly: bool = False
    monthly: bool = False
    used: bool = False


def read_times(typed: str, today: date) -> list[Rule]:
    """One for each day of the week or rule, in the order of the text.

    Raises NotUnderstood with the word that is not, or with what is missing.
    """
    found: list[Rule] = []
    for line in SEPARATE.split(_plain(typed)):
        if line.strip(" ,."):
            found += _read_line(line, today)
    if not found:
        raise NotUnderstood(_help())
    return list(dict.fromkeys(found))


def _plain(typed: str) -> str:
    words = typed.lower().replace("’", "'")
    words = re.sub(r"[‐‑‒–—−]", "-", words)
    words = re.sub(r"\b12 ?(noon|midday|midnight)\b", r"\1", words)
    return "\n".join(" ".join(line.split()) for line in words.split("\n"))


def _read_line(line: str, today: date) -> list[Rule]:
    aside: dict[str, Any] = {}
    for name, value, pattern in SAID_ASIDE:
        line, count = pattern.subn(" ", line)
        if count:
            aside.setdefault(name, value)
    line = _take_date(STARTS, line, today, aside, "starts_on")
    line = _take_date(ENDS, line, today, aside, "ends_before")
    if "ends_before" in aside:
        aside["ends_before"] += timedelta(days=1)
    tokens = _time_last(list(_tokens(" ".join(line.split()))))
    return [_with_aside(one, aside) for one in _rules(tokens, today)]


def _take_date(
    pattern: re.Pattern[str], line: str, today: date, aside: dict[str, Any], name: str
) -> str:
    if match := pattern.search(line):
        aside[name] = date_of(match, today)
        line = line[: match.start()] + " " + line[match.end() :]
    return line


def _tokens(line: str) -> Iterator[tuple[str, re.Match[str]]]:
    place = 0
    while place < len(line):
        if line[place] == " ":
            place += 1
            continue
        kind, match = _token(line, place)
        if kind != "nothing":
            yield kind, match
        place = match.end()


def _token(line: str, place: int) -> tuple[str, re.Match[str]]:
    for kind, pattern in TOKENS:
        if match := pattern.match(line, place):
            return kind, match
    raise NotUnderstood(_unknown(line, place))


def _unknown(line: str, place: int) -> str:
    if ONE_MOMENT.match(line, place):
        return _("Say until when, too, like 6pm to 7.30pm.")
    word = line[place:].split()[0].strip("(),.")
    return _("We do not understand “%(word)s”. %(help)s") % {"word": word, "help": _help()}


def _time_last(tokens: list[tuple[str, re.Match[str]]]) -> list[tuple[str, re.Match[str]]]:
    """“10-11.30am on Mondays” is “Mondays 10-11.30am”."""
    times = [token for token in tokens if token[0] == "time"]
    if tokens and tokens[0][0] == "time" and len(times) == 1:
        return [*tokens[1:], tokens[0]]
    return tokens


def _rules(tokens: list[tuple[str, re.Match[str]]], today: date) -> list[Rule]:
    found: list[Rule] = []
    line = _Line()
    for kind, match in tokens:
        if kind == "time":
            found += _at(line, *read_clock(match))
            line.used = True
            continue
        # “Mon 10-11 and 1-2, Wed 1-2”: a day after a time begins anew.
        line = _Line() if line.used else line
        if kind in DAYS_OF:
            line.days += DAYS_OF[kind](match)
        elif kind == "which":
            line.which.append(WHICH[match[0]])
        elif kind == "date":
            line.dates.append(date_of(match, today))
        else:
            line.fortnightly |= kind == "fortnight"
            line.monthly |= kind == "monthly"
    if not found:
        raise NotUnderstood(_("Say from when to when, like 6pm to 7.30pm."))
    if not line.used:
        raise NotUnderstood(_("The last day has no time: write it like Tuesdays 6pm to 7.30pm."))
    return found


def _at(line: _Line, starts_at: time, ends_at: time) -> list[Rule]:
    if line.dates:
        days = tuple(sorted(set(line.dates)))
        return [Rule(Frequency.DATES, starts_at, ends_at, dates=days)]
    if not line.days:
        raise NotUnderstood(_("Say on which day, like Tuesdays 6pm to 7.30pm."))
    if line.which:
        return [
            Rule(Frequency.MONTHLY, starts_at, ends_at, weekday=day, week_of_month=which)
            for which in line.which
            for day in line.days
        ]
    if line.monthly:
        raise NotUnderstood(_("Say which one of the month, like first Saturday of the month."))
    often = Frequency.FORTNIGHTLY if line.fortnightly else Frequency.WEEKLY
    return [Rule(often, starts_at, ends_at, weekday=day) for day in line.days]


def _with_aside(when: Rule, aside: dict[str, Any]) -> Rule:
    when = replace(when, **aside)
    if when.frequency == Frequency.FORTNIGHTLY:
        if when.starts_on is None:
            raise NotUnderstood(
                _(
                    "Say a day on which it is on, so that we can count: every other Tuesday 6pm "
                    "to 7.30pm from 3 November 2026."
                )
            )
        if when.starts_on.weekday() != when.weekday:
            raise NotUnderstood(_("The first day must fall on the day of the week."))
    if when.starts_on and when.ends_before and when.ends_before <= when.starts_on:
        raise NotUnderstood(_("The last day must come after the first."))
    return when


def _help() -> str:
    return _(
        "Write times such as Tuesdays 6pm to 7.30pm term time; Mon & Wed 10:00 to 11:30; first "
        "Saturday of the month 10am to 12 noon."
    )
