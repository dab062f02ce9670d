"""Ages as people write them: “11+”, “4 to 18”, “18 months–3”, “under 5s”, “pregnancy to 2”."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood

MONTHS_OF_THE_OLDEST = 120 * 12


@dataclass(frozen=True)
class Ages:
    """Half-open months, as an activity has them."""

    age_from: int = 0
    age_before: int | None = None
    in_pregnancy: bool = False


_UNIT = r"(?P<{0}unit>months?|mths?|mos?|m|weeks?|wks?|years?|yrs?|y|yo)?(?: ?olds?)?"
_AGE = r"(?P<{0}>\d{{1,4}}(?:\.5|½)?) ?" + _UNIT
_LOW, _HIGH = _AGE.format("low"), _AGE.format("high")
_BIRTH = r"birth|newborns?|new born|babies|baby|0"
_PREGNANCY = r"pregnancy|pregnant|antenatal|bump|expecting"
_FILLER = re.compile(
    r"\b(?:for|ages?|aged|children|child|kids|young people|boys and girls|people|those|only"
    r"|between|approx(?:imately)?|about|around|the)\b|[:;,.](?!\d)"
)

EVERYBODY = re.compile(r"(?:all|any|every|everyone|everybody|all welcome|families|family|open)")
PREGNANT_ONLY = re.compile(rf"(?:{_PREGNANCY})")
AND_PREGNANT = re.compile(rf"(?P<ages>.+?),? (?:and|&) (?:in |during )?(?:{_PREGNANCY})")
PREGNANT_TO = re.compile(
    rf"(?:{_PREGNANCY})(?: and birth| and| & birth)? (?:to|until|up to|till) {_HIGH}"
)
OVER = re.compile(
    rf"{_LOW} ?(?:\+|plus|and over|and older|and up|and above|or over|or older|or above|upwards"
    r"|up|onwards|& over)"
)
OVER_BEFORE = re.compile(rf"(?:over|at least|from|above|minimum) {_LOW}s?")
UNDER = re.compile(rf"(?:under|below|younger than|less than) {_HIGH}s?")
UP_TO = re.compile(rf"(?:up to|to|until|birth to|maximum) {_HIGH}")
AND_UNDER = re.compile(rf"{_HIGH} (?:and|or|&) (?:under|younger|below)")
FROM_BIRTH = re.compile(rf"(?:{_BIRTH}) (?:to|until|up to|and) {_HIGH}")
FROM_TO = re.compile(rf"(?:from )?{_LOW} ?(?:to|and|until|up to|&) ?{_HIGH}")
ONE = re.compile(_LOW)
ADULTS = re.compile(r"adults?")
IN_A_SENTENCE = re.compile(
    r"\bage[sd]? \d{1,2}(?: ?[-–] ?\d{1,2}\b| to \d{1,2}\b| ?\+| (?:or|and) (?:over|older|under))",
    re.I,
)
SCHOOL_YEARS = re.compile(
    r"(?:school )?(?:years?|yrs?|y) ?(?P<low>1[0-3]|[1-9])(?: ?(?:to|and|&) ?"
    r"(?:years?|yrs?|y)? ?(?P<high>1[0-3]|[1-9]))?"
)


def read_ages(typed: str) -> Ages:
    """Upper ages are meant to count: “4 to 18” ends with the nineteenth birthday.

    Raises NotUnderstood for anything else, and for ages that are not in order.
    """
    words = _plain(typed)
    if school := SCHOOL_YEARS.fullmatch(words):
        # In Year 7 children turn twelve.
        first, last = int(school["low"]), int(school["high"] or school["low"])
        return _in_order(Ages((first + 4) * 12, (last + 6) * 12), typed)
    also = AND_PREGNANT.fullmatch(words)
    words = also["ages"] if also else words
    words = " ".join(_FILLER.sub(" ", words).split()) or words
    if (found := _one_sided(words)) is None:
        found = _two_sided(words)
    if found is None:
        raise NotUnderstood(_help())
    return _in_order(replace(found, in_pregnancy=True) if also else found, typed)


def find_ages(typed: str) -> str:
    """The first ages that a sentence speaks of: “Residents age 55 or over” has “age 55 or over”."""
    found = IN_A_SENTENCE.search(typed)
    return found[0] if found else ""


def _plain(typed: str) -> str:
    words = typed.lower().replace("’", "'").replace("year olds", "years").replace("year old", "y")
    words = re.sub(r"[‐‑‒–—−/]|(?<=[\w+½]) ?- ?(?=[\w½])", " to ", words)
    words = re.sub(r"[()\[\]*]", " ", words)
    # “under-5s”, “11-plus”: there the sign only joins.
    words = re.sub(r"\b(under|over|below|up) to (?=\d)", _joined, words)
    words = re.sub(r"\bto (plus|up)\b", r"\1", words)
    return " ".join(words.split())


def _joined(match: re.Match[str]) -> str:
    return "up to " if match[1] == "up" else f"{match[1]} "


def _one_sided(words: str) -> Ages | None:
    if EVERYBODY.fullmatch(words):
        return Ages()
    if PREGNANT_ONLY.fullmatch(words):
        return Ages(0, 1, in_pregnancy=True)
    if match := PREGNANT_TO.fullmatch(words):
        return Ages(0, _until(match["high"], match["highunit"]), in_pregnancy=True)
    if ADULTS.fullmatch(words):
        return Ages(18 * 12)
    if match := OVER.fullmatch(words) or OVER_BEFORE.fullmatch(words):
        return Ages(_months(match["low"], match["lowunit"]))
    if match := UNDER.fullmatch(words):
        return Ages(0, _months(match["high"], match["highunit"]))
    for pattern in (UP_TO, AND_UNDER, FROM_BIRTH):
        if match := pattern.fullmatch(words):
            return Ages(0, _until(match["high"], match["highunit"]))
    return None


def _two_sided(words: str) -> Ages | None:
    if match := FROM_TO.fullmatch(words):
        high_unit = match["highunit"]
        # “6 to 12 months” are months both; in “18 months to 3” the three are years.
        low_unit = match["lowunit"] or high_unit
        return Ages(_months(match["low"], low_unit), _until(match["high"], high_unit))
    if match := ONE.fullmatch(words):
        unit = match["lowunit"]
        return Ages(_months(match["low"], unit), _until(match["low"], unit))
    return None


def _months(number: str, unit: str | None) -> int:
    half = number.endswith((".5", "½"))
    whole = int(number.removesuffix(".5").removesuffix("½"))
    match (unit or "y")[:1]:
        case "m":
            return whole
        case "w":
            return whole * 12 // 52
    return whole * 12 + 6 * half


def _until(number: str, unit: str | None) -> int:
    """The first month that no longer counts."""
    is_years = (unit or "y")[:1] == "y"
    return _months(number, unit) + (12 if is_years else 1)


def _in_order(ages: Ages, typed: str) -> Ages:
    if ages.age_from > MONTHS_OF_THE_OLDEST or (ages.age_before or 0) > MONTHS_OF_THE_OLDEST + 12:
        raise NotUnderstood(_("Nobody is that old. %s") % _help())
    if ages.age_before is not None and ages.age_before <= ages.age_from:
        raise NotUnderstood(_("The lower age comes first, as in “4 to 18”."))
    return ages


def _help() -> str:
    return _(
        "Write ages such as 11+, 4 to 18, 18 months to 3, under 5s, up to 18, pregnancy to 2 or "
        "all ages."
    )
