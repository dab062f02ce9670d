"""From when to when, as people write it: “6-7.30pm”, “10:00–11:30”, “10am to noon”, “9-5”."""

import re
from datetime import time

from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood

_MOMENT = (
    r"(?:(?P<{0}word>noon|midday|midnight)"
    r"|(?P<{0}hour>\d{{1,2}})(?:[:.](?P<{0}minute>[0-5]\d))? ?(?P<{0}half>[ap]\.?m\b\.?)?)"
)
FROM_TO = re.compile(
    rf"(?:from |at |between )?{_MOMENT.format('f')} ?(?:-|to|until|til|till|and) ?"
    rf"{_MOMENT.format('t')}(?! ?(?:st|nd|rd|th)\b)"
)
ONE_MOMENT = re.compile(r"(?:at |from )?\b\d{1,2}(?:[:.][0-5]\d)? ?[ap]\.?m\b|\b\d{1,2}:[0-5]\d\b")
WORDS = {"noon": time(12), "midday": time(12)}
# From here on, hours without am or pm are taken for the morning.
MORNING = 9
# No club begins before. At seven or eight it may be the breakfast club or the youth club.
EARLIEST = time(7)
# Where we read am or pm into it: nobody means six in the morning to five by “6 to 5”.
LONGEST_GUESSED = 8 * 60


def read_clock(match: re.Match[str], *, at_a_club: bool = False) -> tuple[time, time]:
    """Both times of a match of FROM_TO. Raises NotUnderstood where it could be either half.

    `at_a_club`, where somebody looks at what was read: “6 to 7.30” is the evening.
    """
    starts = _moments(match, "f")
    ends = _moments(match, "t")
    fitting = [(a, b) for a in starts for b in ends if a < b]
    if not starts or not ends:
        raise NotUnderstood(_("“%s” is no time of day.") % match[0].strip())
    if not fitting:
        raise NotUnderstood(
            _("“%s” ends before it starts. Write it like 6pm to 7.30pm.") % match[0].strip()
        )
    if len(starts) > 1 or len(ends) > 1:
        fitting = [pair for pair in fitting if _length(pair) <= LONGEST_GUESSED]
    if at_a_club and len(starts) > 1 and len(ends) > 1:
        fitting = [pair for pair in fitting if pair[0] >= EARLIEST]
    if not fitting:
        raise _either(match)
    sure = min(fitting, key=lambda pair: _minutes(pair[1]) - _minutes(pair[0]))
    alike = [pair for pair in fitting if _length(pair) == _length(sure)]
    if len(alike) == 1:
        return sure
    if int(match["fhour"] or 12) >= MORNING:
        return alike[0]
    raise _either(match)


def is_time_of_day(typed: str) -> bool:
    """Whether one of two times can be read at all, whatever the other one is."""
    match = FROM_TO.fullmatch(f"{typed} to {typed}".lower())
    return bool(match and (_moments(match, "f") or _moments(match, "t")))


def is_one_time(typed: str) -> bool:
    """Whether one of two times is clear by itself: “6 pm” is, “6” is not."""
    match = FROM_TO.fullmatch(f"{typed} to {typed}".lower())
    return bool(match and len(_moments(match, "f")) == 1)


def _either(match: re.Match[str]) -> NotUnderstood:
    return NotUnderstood(
        _("“%s”: is that morning or evening? Write it like 6pm to 7.30pm.") % match[0].strip()
    )


def _moments(match: re.Match[str], which: str) -> list[time]:
    """What it may be: one moment where it says so, in the morning or after noon where not."""
    if word := match[f"{which}word"]:
        return [WORDS[word]] if word in WORDS else [time(0) if which == "f" else time(23, 59)]
    written = match[f"{which}hour"]
    hour, minute = int(written), int(match[f"{which}minute"] or 0)
    half = (match[f"{which}half"] or "").replace(".", "")
    if hour > 24 or (half and not 1 <= hour <= 12):
        return []
    if hour == 24:
        return [time(23, 59)] if which == "t" and not minute else []
    if half:
        return [time(hour % 12 + 12 * (half == "pm"), minute)]
    if hour > 12 or (len(written) == 2 and written[0] == "0"):
        return [time(hour, minute)]
    # Nobody means midnight by twelve.
    if hour == 12 or _is_24_hours(match):
        return [time(hour, minute)]
    return [time(hour % 12, minute), time(hour % 12 + 12, minute)]


def _is_24_hours(match: re.Match[str]) -> bool:
    """“10:00–12:30” and “10.00-18.00” need no am or pm."""
    if match["fhalf"] or match["thalf"]:
        return False
    written = [hour for hour in (match["fhour"], match["thour"]) if hour]
    return any(len(hour) == 2 and hour[0] == "0" for hour in written) or any(
        int(hour) > 12 for hour in written
    )


def _length(pair: tuple[time, time]) -> int:
    return _minutes(pair[1]) - _minutes(pair[0])


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
