"""Term time, holidays and bank holidays, from what people write beside a time.

Words are searched, so what is denied is not taken for what is said: “not in the school holidays”
is term time.
"""

import re

from assets.harvesting.plain import Json, text
from assets.importing.reading.times import SAID_ASIDE
from assets.models.schedules import OnBankHolidays, TimeOfYear

Season = TimeOfYear
BANK_HOLIDAYS = re.compile(r"bank holidays: (not on|on as usual|not known: ask first)")
ANY_BANK_HOLIDAYS = re.compile(r"\b(?:on |and )?(?:public|bank) holidays?\b")
# Right before a season it denies it; further away, in the same sentence, it may.
DENIES = re.compile(
    r"\b(?:not?|never|except|excluding|excl|closed|outside|without|apart from|other than"
    r"|\w+n['’]t)\b"
)
BETWEEN = re.compile(
    r"\.?(?: (?:and|or|nor|&|in|on|at|for|of|the|any|during|over|through|run|running|meet|meeting"
    r"|held|open|sessions?|clubs?|class(?:es)?))* ?"
)
OTHER = {Season.TERM: Season.HOLIDAYS, Season.HOLIDAYS: Season.TERM}
SAID = {Season.TERM: " in term time", Season.HOLIDAYS: " in the school holidays"}


def aside(schedule: Json) -> str | None:
    """“ in term time not on bank holidays”, as a cell has it; None, where that is in doubt."""
    words = " ".join(text(schedule.get(name)) for name in ("description", "notes")).lower()
    words = BANK_HOLIDAYS.sub(_bank_holidays, " ".join(words.split()))
    told = ""
    for name, value, pattern in SAID_ASIDE:
        if name == "on_bank_holidays" and (found := pattern.search(words)):
            told = told or f" {found[0]}"
            # “Not on bank holidays or school holidays” denies both.
            words = pattern.sub(" not " if value == OnBankHolidays.NOT else " ", words)
    season = _season(" ".join(ANY_BANK_HOLIDAYS.sub(" ", words).split()))
    return None if season is None else SAID.get(season, "") + told


def _season(words: str) -> Season | None:
    """Of both, it is all year. None, where something is denied, and not clear what."""
    wanted: set[Season] = set()
    for name, value, pattern in SAID_ASIDE:
        if name != "time_of_year":
            continue
        for found in pattern.finditer(words):
            meant = _meant(value, found[0], re.split(r"[.;]", words[: found.start()])[-1])
            if meant is None:
                return None
            wanted.add(meant)
    wanted -= {Season.ALL_YEAR}
    return wanted.pop() if len(wanted) == 1 else Season.ALL_YEAR


def _meant(value: Season, said: str, before: str) -> Season | None:
    """`before` is what stands before it in its sentence."""
    denied = [*DENIES.finditer(before)]
    if not denied:
        return value
    is_denied = BETWEEN.fullmatch(before[denied[-1].end() :]) is not None
    if said.endswith("only"):
        # “Not bank holidays, term time only” says it; “not term time only” says neither.
        return None if is_denied else value
    return OTHER.get(value) if is_denied else None


def _bank_holidays(found: re.Match[str]) -> str:
    """“Bank holidays: not on” as people say it."""
    if found[1] == str(OnBankHolidays.NOT.label):
        return "not on bank holidays"
    return "including bank holidays" if found[1] == str(OnBankHolidays.AS_USUAL.label) else ""
