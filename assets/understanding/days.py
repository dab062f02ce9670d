"""Days and times of day in everyday words: “this saturday”, “half term”, “tuesday morning”."""

import re
from datetime import date, timedelta

from assets.understanding.text import Text, pattern

# Each with the slips that are made most.
_DAYS = [
    "monday|mondays|munday|monady",
    "tuesday|tuesdays|tues|tue|tuseday|teusday|tusday",
    "wednesday|wednesdays|weds|wensday|wednsday|wendesday|wednesdy|wedensday",
    "thursday|thursdays|thurs|thur|thu|thrusday|thursady|thirsday",
    "friday|fridays|fri|firday|fryday|frday",
    "saturday|saturdays|saterday|satuday|saturdy|satruday|satday",
    "sunday|sundays|sundy|sunady",
]
# Words of their own, so days only beside something that says so.
_SHORT = {"mon": 0, "wed": 2, "sat": 5, "sun": 6}
_MONTHS = [
    "january|jan", "february|feb|febuary", "march|mar", "april|apr", "may", "june|jun",
    "july|jul", "august|aug", "september|sept|sep", "october|oct", "november|nov",
    "december|dec",
]  # fmt: skip
DAYS = {word: number for number, words in enumerate(_DAYS) for word in words.split("|")}
MONTHS = {word: month for month, words in enumerate(_MONTHS, start=1) for word in words.split("|")}
_DAY, _MONTH = "|".join([*DAYS, *_SHORT]), "|".join(MONTHS)
_SURE_DAY = "|".join(DAYS)
_ON = r"(?:on |for |by )?(?:the )?"

NUMBERED = pattern(
    rf"{_ON}(?:(?:{_DAY}) )?(?:the )?(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{_MONTH})"
    rf"|(?P<m2>{_MONTH}) (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th))(?: (?P<y>20\d\d))?"
)
ISO = re.compile(r"^(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)$")
SLASHED = re.compile(r"^(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>20\d\d|\d\d))?$")
WEEKDAYS = pattern(
    r"(?:on |in |during )?(?:weekdays?|(?:the )?working week|monday (?:to )?friday|mon (?:to )?fri"
    r"|during the week)"
)
NEXT_DAY = pattern(rf"(?:on )?next (?P<day>{_DAY})")
SURE = pattern(
    rf"(?:on (?:a )?|this (?:coming )?|coming |every |each |for )?(?P<day>{_SURE_DAY})(?! school)"
)
SHORT = pattern(
    r"(?:on (?:a )?|this |every |each )(?P<said>mon|wed|sat|sun)"
    r"|(?P<before>mon|wed|sat|sun)(?= (?:morning|mornings|afternoon|evening|am|pm|night|and|or)\b)"
    r"|(?P<last>mon|wed|sat|sun)(?: \|)*$"
)
_HOLIDAY = "holidays?|hols|holidy|holidays?|break"
_SEASON = (
    "school|summer|easter|christmas|xmas|whitsun|half term|october|autumn|spring|february|feb|may"
)
_CARE = "clubs?|camps?|schemes?|activities|childcare|care|play|playschemes?|provision"
WHENS = [
    ("today", pattern("(?:for )?(?:today|2day)")),
    ("tomorrow", pattern("(?:for )?(?:tomorrow|tomorow|tommorow|tommorrow|2moro|2morrow|tmrw)")),
    ("next-week", pattern("(?:for )?next week")),
    ("weekend", pattern("(?:on |at |over )?(?:this |the |every )?(?:weekends?|week end|wkend)")),
    ("week", pattern("(?:later )?this week")),
    (
        "holidays",
        pattern(
            rf"""
            (?:in |over |during |for )?(?:the )?(?:
                (?:(?:{_SEASON}) )+(?:{_HOLIDAY})|
                (?:(?:{_SEASON}) )?(?:half term|halfterm)|
                holidays|hols
            )|
            (?:school )?holiday(?= (?:{_CARE})\b)|
            in the holiday
            """
        ),
    ),
]
THIS = pattern("this (?P<time>morning|afternoon|evening)")
TONIGHT = pattern("tonight|2nite|tonite")
TIMES = [
    ("after-school", pattern("after ?school|afterschool|after skool")),
    ("morning", pattern("(?:in |on )?(?:the |a )?mornings?(?! sickness)")),
    ("afternoon", pattern("(?:in |on )?(?:the |a )?(?:afternoons?|arvo)")),
    ("evening", pattern("(?:in |on )?(?:the |an? )?evenings?")),
]
DAYTIME = pattern("(?:in |during )?(?:the )?(?:daytime|day time)|(?:in|during) the day")
NIGHT = pattern(r"(?<=\| )nights?")
HALF_DAY = pattern(r"(?<=\| )(?P<half>am|pm)")
O_CLOCK = pattern(
    r"(?:at |from |after |around |about )?(?P<hour>1[0-2]|[1-9])(?: [0-5]\d)? ?(?P<half>am|pm)"
)
# Things, and not times.
KEPT = pattern("coffee mornings?|good morning|morning sickness|sunday schools?|freaky friday|24 7")


def take_days(text: Text, today: date) -> tuple[str, ...]:
    """`today`, `saturday`, `holidays` … or ISO dates, each once, in the order of typing."""
    found: list[tuple[int, str]] = []
    _take_written_dates(text, today, found)
    for match, start, end in text.found(NUMBERED):
        day, month = int(match["d1"] or match["d2"]), MONTHS[match["m1"] or match["m2"]]
        if written := coming(today, day, month, int(match["y"] or 0)):
            found.append((start, written))
            text.take(start, end)
    for _match, start, end in text.found(WEEKDAYS):
        found += [(start, the_next(today, day)) for day in range(5)]
        text.take(start, end)
    for match, start, end in text.found(NEXT_DAY):
        found.append((start, in_next_week(today, _number(match["day"]))))
        text.take(start, end)
    for when, wanted in WHENS:
        for _match, start, end in text.found(wanted):
            found.append((start, when))
            text.take(start, end)
    for wanted in (SURE, SHORT):
        for match, start, end in text.found(wanted):
            named = next(word for word in match.groups() if word)
            found.append((start, said(today, _number(named))))
            text.take(start, start + 1 if match[0].endswith("|") else end)
    return _once(found)


def take_times(text: Text) -> tuple[tuple[str, ...], bool]:
    """Times of day; and whether “this evening” or “tonight” says that it is today."""
    found: list[tuple[int, str]] = []
    is_today = False
    for match, start, end in text.found(THIS):
        found.append((start, match["time"]))
        text.take(start, end)
        is_today = True
    for _match, start, end in text.found(TONIGHT):
        found.append((start, "evening"))
        text.take(start, end)
        is_today = True
    for match, start, end in text.found(O_CLOCK):
        found += [(start, time) for time in _times_of(int(match["hour"]), match["half"])]
        text.take(start, end)
    for _match, start, end in text.found(DAYTIME):
        found += [(start, "morning"), (start, "afternoon")]
        text.take(start, end)
    for time, wanted in TIMES:
        for _match, start, end in text.found(wanted):
            found.append((start, time))
            text.take(start, end)
    # Only after a day: a film night is no time of day.
    for _match, start, end in text.found(NIGHT):
        found.append((start, "evening"))
        text.take(start, end)
    for match, start, end in text.found(HALF_DAY):
        found.append((start, "morning" if match["half"] == "am" else "afternoon"))
        text.take(start, end)
    return _once(found), is_today


def _once(found: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(what for _start, what in sorted(found, key=lambda one: one[0])))


def leave_what_is_no_day(text: Text) -> None:
    """“coffee morning” is a thing to go to."""
    for _match, start, end in text.found(KEPT):
        text.lock(start, end)


def _take_written_dates(text: Text, today: date, found: list[tuple[int, str]]) -> None:
    """“5/12/2026” and “2026-12-05”; “5/12” only after “on”: others write ages or scores so."""
    for number, piece in enumerate(text.pieces):
        match = ISO.match(piece.strip(",;.")) or SLASHED.match(piece.strip(",;."))
        places = [at for at, part in enumerate(text.parts) if part.piece == number]
        if not match or not places or text.parts[places[0]].locked:
            continue
        before = text.words()[places[0] - 1] if places[0] else ""
        year = int(match["y"] or 0)
        if not year and before not in {"on", *DAYS, *_SHORT}:
            continue
        year += 2000 if 0 < year < 100 else 0
        if written := coming(today, int(match["d"]), int(match["m"]), year):
            found.append((places[0], written))
            start = places[0] - (before in {"on", *DAYS, *_SHORT})
            text.take(start, places[-1] + 1)


def _number(day: str) -> int:
    return _SHORT[day] if day in _SHORT else DAYS[day]


def said(today: date, weekday: int) -> str:
    return {5: "saturday", 6: "sunday"}.get(weekday) or the_next(today, weekday)


def the_next(today: date, weekday: int) -> str:
    """The next such day, today included."""
    return (today + timedelta(days=(weekday - today.weekday()) % 7)).isoformat()


def in_next_week(today: date, weekday: int) -> str:
    """“Next Tuesday”: the one of the week that begins on Monday."""
    return (today + timedelta(days=7 - today.weekday() + weekday)).isoformat()


def coming(today: date, day: int, month: int, year: int) -> str:
    """The date, or the next of its kind where no year is said; empty for what is past or none."""
    for candidate in [year] if year else range(today.year, today.year + 9):
        try:
            written = date(candidate, month, day)
        except ValueError:
            continue
        if written >= today:
            return written.isoformat()
    return ""


def _times_of(hour: int, half: str) -> tuple[str, ...]:
    if half == "am":
        return ("morning",)
    if hour in {12, 1, 2}:
        return ("afternoon",)
    return ("afternoon", "after-school") if hour in {3, 4} else ("evening",)
