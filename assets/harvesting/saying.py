"""What a feed says in numbers and rules, in the words that our cells are read in.

`assets.importing.reading` is the other direction: half a time is worse than none, so what cannot be
said whole is left out, and told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assets.harvesting.plain import Json, line, number, several, text
from assets.importing.reading.times import SAID_ASIDE

LONGEST_SUMMARY = 250
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
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SILENT = frozenset({"fax", "tty", "textphone", "minicom"})
TEXTS = frozenset({"sms", "text"})
MONTHS_OF_A_YEAR = 12


def in_two(said: str) -> tuple[str, str]:
    """In one or two sentences, and in full: the first paragraph, where it is short enough."""
    first, _gap, rest = said.partition("\n\n")
    if rest.strip() and len(first) <= LONGEST_SUMMARY:
        return first, rest.strip()
    return said, said if len(" ".join(said.split())) > LONGEST_SUMMARY else ""


def ages(service: Json) -> str:
    """Years, or parts of them, as months: “birth to 4” ends with the fifth birthday."""
    low, high = number(service.get("minimum_age")), number(service.get("maximum_age"))
    first = _months(low) if low is not None else 0
    if high is None:
        return f"{first} months+" if first else ""
    last = _months(high) + (MONTHS_OF_A_YEAR - 1 if high.is_integer() else 0)
    return f"{first} months to {last} months"


def _months(years: float) -> int:
    # What is out of all bounds is refused where ages are read.
    return round(max(-1.0, min(years, 800.0)) * MONTHS_OF_A_YEAR)


def cost(service: Json, today: date) -> str:
    options = [
        found
        for found in several(service.get("cost_options"))
        if not (_day(found.get("valid_to")) and _day(found.get("valid_to")) < today.isoformat())
    ]
    said = list(dict.fromkeys(words for found in options if (words := _price(found))))
    return "; ".join(said) or line(service.get("fees"))


def _price(option: Json) -> str:
    """“£3.50 a family”; in another currency, or without an amount, in its own words."""
    words = [line(option.get(name)) for name in ("amount_description", "option")]
    note = ", ".join(dict.fromkeys(found for found in words if found))
    amount = number(option.get("amount"))
    if amount is None or line(option.get("currency")).upper() not in ("", "GBP"):
        return note
    if amount == 0:
        return note if note.lower().startswith(("free", "donation")) else f"free {note}".strip()
    return f"£{amount:.2f} {note}".strip()


def web(value: object) -> str:
    """Nothing but http and https: a feed could give any other address, too."""
    said = line(value)
    return said if re.match(r"https?://", said, re.I) else ""


@dataclass(frozen=True)
class Phones:
    voice: str
    text: str


def phones(owner: Json) -> Phones:
    """Those of the service or group itself; not of a person, who may have left by now."""
    shared = [found for found in several(owner.get("contacts")) if not line(found.get("name"))]
    found = several(owner.get("phones"))
    for contact in shared:
        found = found + several(contact.get("phones"))
    kinds = [(line(phone.get("type")).lower(), _number(phone)) for phone in found]
    voice = [said for kind, said in kinds if said and kind not in SILENT | TEXTS]
    texts = [said for kind, said in kinds if said and kind in TEXTS]
    return Phones("; ".join(dict.fromkeys(voice)), "; ".join(dict.fromkeys(texts)))


def _number(phone: Json) -> str:
    said = re.sub(r"[();,]", " ", line(phone.get("number")))
    aside = re.sub(r"[();,]", " ", line(phone.get("description")))
    if extension := line(phone.get("extension")):
        aside = f"{aside} {_('extension %s') % extension}".strip()
    return f"{said} ({' '.join(aside.split())})" if said and aside else said


def languages(service: Json) -> str:
    found = several(service.get("languages"))
    said = (line(one_.get("code")) or line(one_.get("name")) for one_ in found)
    return "; ".join(dict.fromkeys(words for words in said if words))


def when(schedules: list[Json], today: date) -> tuple[str, list[str]]:
    """Lines as people write them, and what could not be said so."""
    said: list[str] = []
    left: list[str] = []
    dates: dict[str, list[str]] = {}
    for found in schedules:
        if (ends := _day(found.get("valid_to"))) and ends < today.isoformat():
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
    first = _day(schedule.get("dtstart")) or _day(schedule.get("valid_from"))
    last = _day(schedule.get("valid_to")) or _day(schedule.get("dtstart"))
    return first if first and first == last else ""


def _lines(schedule: Json, clock: str) -> Iterator[str]:
    often, days = line(schedule.get("freq")).upper(), line(schedule.get("byday")).upper()
    every = number(schedule.get("interval")) or 1
    span = _span(schedule, is_fortnightly=every == 2)
    for found in (BY_DAY.fullmatch(part.strip()) for part in days.split(",")):
        if found is None:
            return
        day, which = DAYS[found["day"]], WHICH.get(found["which"] or "", "")
        if often == "WEEKLY" and every in (1, 2) and not found["which"]:
            yield f"{'every other ' if every == 2 else ''}{day} {clock}{span}"
        elif often == "MONTHLY" and every == 1 and which:
            yield f"{which} {day} {clock}{span}"


def _span(schedule: Json, *, is_fortnightly: bool) -> str:
    first, last = _day(schedule.get("valid_from")), _day(schedule.get("valid_to"))
    # Of every other week, the first day says which.
    if is_fortnightly and not first:
        first = _day(schedule.get("dtstart"))
    said = _aside(schedule)
    said += f" from {first}" if first else ""
    return said + (f" until {last}" if last else "")


def _aside(schedule: Json) -> str:
    """“Term time”, “not on bank holidays”: what people say in words."""
    words = " ".join(text(schedule.get(name)) for name in ("description", "notes")).lower()
    words = " ".join(words.split())
    told: dict[str, str] = {}
    for name, _value, pattern in SAID_ASIDE:
        if found := pattern.search(words):
            told.setdefault(name, found[0])
            words = pattern.sub(" ", words)
    return "".join(f" {said}" for said in told.values())


def _day(value: object) -> str:
    found = DAY.match(line(value))
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""
