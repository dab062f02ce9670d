"""Ages that somebody states: “my 3 year old”, “aged 11”, “hes 9”. A toddler is no stated age."""

import re

from assets.ages import SPOKEN, AgeNotUnderstood, read_age
from assets.understanding.text import Text, pattern

NOT_STATED = frozenset({"toddler", "teenager", "teen", "young person"})
NUMBERS = {word: years for word, years in SPOKEN.items() if word not in NOT_STATED}
_N = rf"\d{{1,3}}|{'|'.join(NUMBERS)}"
_UNIT = "months?|mths?|mos?|weeks?|wks?|years?|yrs?|yo|m|w|y"
OLDEST_CHILD = 25
# Of these, a number says how many or how much, and not how old.
_COUNTED = (
    "stone|st|kg|lbs?|days?|hours?|hrs?|minutes?|mins?|miles?|weeks?|wks?|months?|mths?|times?|"
    "sessions?|lessons?|friends|sisters?|brothers?|siblings|kids|children|people|pounds?|am|pm|"
    "other|others|more|of"
)

PREGNANT = pattern(rf"(?:{_N}) ?(?:weeks?|wks?|months?|mths?)(?= pregnant| gone)")
WITH_UNIT = pattern(
    rf"(?:aged? )?(?:(?P<low>{_N}) (?P<two>and |or |to )?)?(?P<age>{_N}) ?(?P<unit>{_UNIT})"
    r"(?P<old> ?olds?)?"
)
AGED = pattern(rf"(?:ages?|aged) (?:(?P<low>{_N}) (?P<two>and |or |to )?)?(?P<age>{_N})")
WHO_IS = pattern(
    r"(?:i am|im|i m|she is|shes|he is|hes|they are|theyre|who is|whos|both|"
    r"(?:my |our )?(?:son|daughter|child|kid|lad|lass|boy|girl|grandson|granddaughter|"
    r"nephew|niece|brother|sister)(?: is| aged?)?)"
    rf" (?:only |nearly |just )?(?P<age>\d{{1,2}})(?! (?:{_COUNTED})(?!\S))"
)
SCHOOL_YEAR = pattern(r"(?:in )?(?:year|yr|y) ?(?P<year>1[0-3]|[1-9])(?:s)?")
# “Under tens” are nine, and “over tens” ten. “Under 5s” are little ones.
UNDER = pattern(r"(?:under|u) ?(?P<age>[6-9]|1\d|2[0-5])s?")
OVER = pattern(
    r"(?:over|from age) (?P<age>\d{1,2})s?|(?P<more>1\d|2[0-5]) (?:plus|and over|or over|up)"
)
RANGE = pattern(r"(?P<low>\d{1,2}) (?:to |and )?(?P<age>\d{1,2})(?:s|yrs|yo)?")
# Source: Department for Education, “The national curriculum: Overview” (ages of the key stages).
STAGES = {
    "nursery age|nursery aged|preschool age|pre school age": 3,
    "reception(?: age| aged| class| child| year)?(?! (?:desk|centre))": 4,
    "key stage (?:1|one)|ks1|infants?(?: school)?(?: age| aged)": 6,
    "primary(?: school)? (?:age|aged)|primary school child(?:ren)?": 8,
    "key stage (?:2|two)|ks2|juniors?(?: school)? (?:age|aged)": 9,
    "key stage (?:3|three)|ks3": 12,
    "secondary(?: school)? (?:age|aged)": 13,
    "key stage (?:4|four)|ks4|gcse age": 15,
    "key stage (?:5|five)|ks5|(?:in )?(?:sixth|6th) ?form(?:er|ers)?": 17,
}
SCHOOL_STAGES = [(pattern(written), age) for written, age in STAGES.items()]
_NO_AGE_AFTER = "a|side|g|st|nd|rd|th|minute|pack|week|oclock|o|quid|p|percent|step|star|hr"
BARE = pattern(rf"(?P<age>[2-9]|1\d|2[0-5])(?: ish)?(?! (?:{_COUNTED}|{_NO_AGE_AFTER})(?!\S))")
_NO_AGE_BEFORE = frozenset(
    "a at from til till until by before after about around bus route number no room level "
    "grade step part top last first next year stage term week for with all got have my the 1 "
    "per times covid type under over half past quarter june july may u size turning nearly "
    "almost".split()
)
# Before a number and a unit: how long, and not how old.
_LASTING = frozenset(
    "in last next past every waiting been over within after since wait ago".split()
)


def take_age(text: Text) -> str:
    """What `read_age` takes: “3”, “18 months”; empty where none is stated, or several are.

    One age would hide what fits the other child.
    """
    for _match, start, end in text.found(PREGNANT):
        text.take(start, end)
    ages: set[str] = set()
    for match, start, end in text.found(WITH_UNIT):
        if not _is_how_long(text, match, start) and (said := _ages(match, match["unit"])):
            ages |= said
            text.take(start, end)
    for match, start, end in text.found(AGED):
        if said := _ages(match, "y"):
            ages |= said
            text.take(start, end)
    for match, start, end in text.found(WHO_IS):
        ages.add(_age(int(match["age"]), "y"))
        text.take(*_without_the_child(text, start, end))
    ages |= _take_bounds(text)
    years = list(text.found(SCHOOL_YEAR))
    # Two are a move from one school to the next.
    for match, start, end in years if len(years) == 1 else []:
        ages.add(str(int(match["year"]) + 4))
        text.take(start, end)
    ages |= _take_stages(text) if not ages else set()
    return ages.pop() if len(ages) == 1 else ""


def take_bare_age(text: Text) -> str:
    """“youth club bakewell 14”: the one number that is left, where nothing else makes it another.

    For after days, times and distances are taken.
    """
    numbers = [part for part in text.words() if part.isdigit()]
    for match, start, end in text.found(BARE) if len(numbers) == 1 else []:
        before = text.words()[start - 1] if start else ""
        alone = [part.piece for part in text.parts].count(text.parts[start].piece) == 1
        if alone and before not in _NO_AGE_BEFORE:
            text.take(start, end)
            return match["age"]
    return ""


def _take_bounds(text: Text) -> set[str]:
    """“under 10s”, “18 plus”, “11-16”."""
    ages: set[str] = set()
    for wanted in (UNDER, OVER):
        for match, start, end in text.found(wanted):
            under = wanted is UNDER
            age = int(match["age"] or match["more"]) - under
            if age <= OLDEST_CHILD:
                ages.add(str(age))
                text.take(start, end)
    for match, start, end in text.found(RANGE):
        low, high = int(match["low"]), int(match["age"])
        if low < high <= OLDEST_CHILD and _is_one_piece(text, start, end):
            ages.add(str((low + high) // 2))
            text.take(start, end)
    return ages


def _take_stages(text: Text) -> set[str]:
    ages: set[str] = set()
    for wanted, age in SCHOOL_STAGES:
        for _match, start, end in text.found(wanted):
            ages.add(str(age))
            text.take(start, end)
    return ages


def _is_one_piece(text: Text, start: int, end: int) -> bool:
    """“11-16” or “11 to 16”, and not any two numbers, nor the 5th of December."""
    piece = text.pieces[text.parts[start].piece]
    together = text.parts[start].piece == text.parts[end - 1].piece
    return (together and ("-" in piece or "–" in piece)) or end - start == 3


def _without_the_child(text: Text, start: int, end: int) -> tuple[int, int]:
    """“my daughter is 9”: a daughter is still looked for."""
    words = text.words()
    while start < end and words[start] in {"my", "our"}:
        start += 1
    if words[start] in {"girl", "girls", "boy", "boys", "sister", "brother", "daughter", "son"}:
        start += 1
    return start, end


def _is_how_long(text: Text, match: re.Match[str], start: int) -> bool:
    if match["old"] or match["unit"] == "yo":
        return False
    words = text.words()
    if match["unit"] in {"m", "w", "y"} and len(match[0].split()) > 1:
        return True
    before = words[:start]
    return bool(before[-1:] and before[-1] in _LASTING) or (
        bool(before) and before[-1] == "for" and bool(_LASTING & set(before))
    )


def _number(written: str) -> int:
    return NUMBERS.get(written) or int(written)


def _ages(match: re.Match[str], unit: str) -> set[str]:
    """The middle, of “8 to 11 year olds”; both, of “3 and 5 year olds”; none of “999 years”."""
    age = _number(match["age"])
    low = _number(match["low"]) if match["low"] else age
    if match["two"] in {"and ", "or "}:
        return {_age(low, unit), _age(age, unit)} - {""}
    return {_age((low + age) // 2 if low < age else age, unit)} - {""}


def _age(number: int, unit: str) -> str:
    kind = {"m": " months", "w": " weeks", "y": ""}[unit[0]]
    written = f"{number}{kind.removesuffix('s') if number == 1 else kind}"
    try:
        read_age(written)
    except AgeNotUnderstood:
        return ""
    return written
