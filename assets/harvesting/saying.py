"""What a feed says in numbers and sentences, in the words that our cells are read in.

`assets.importing.reading` is the other direction.
"""

import re
from datetime import date
from decimal import Decimal

from assets.harvesting.plain import Json, day, line, number, several
from assets.models.activities import Cost
from assets.words import price_in_words

LONGEST_SUMMARY = 250
# All of the number or nothing of it, as in `assets.importing.reading.costs`.
AMOUNT = re.compile(
    r"^(?:£ ?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d?)?|\d\d?p\b)(?![\d.,]*\d| ?[-–]| to )"
)
HELP = re.compile(r",? ?help with the cost")
MONTHS_OF_A_YEAR = 12
# “Waiting list, about 6 weeks (the group told us on 3 November 2026). Come on Monday.”
ROOM = re.compile(
    r"[^(]*?(?:about (?P<weeks>\d+) weeks? )?"
    r"\(the group told us on (?P<day>[^()]+)\)\.? ?(?P<meanwhile>.*)"
)


def in_two(said: str) -> tuple[str, str]:
    """In one or two sentences, and in full: the first paragraph, where it is short enough."""
    first, _gap, rest = said.partition("\n\n")
    if rest.strip() and len(first) <= LONGEST_SUMMARY:
        return first, rest.strip()
    return said, said if len(" ".join(said.split())) > LONGEST_SUMMARY else ""


def ages(service: Json, *, in_pregnancy: bool) -> str:
    """Years, or parts of them, as months: “birth to 4” ends with the fifth birthday."""
    said = _ages(service)
    if not in_pregnancy:
        return said
    return f"{said or 'all ages'} and in pregnancy"


def _ages(service: Json) -> str:
    low, high = number(service.get("minimum_age")), number(service.get("maximum_age"))
    first = _months(low) if low is not None else 0
    if high is None:
        return f"{first} months+" if first else ""
    # Whole years are had until the next birthday; 1.5 is the day on which somebody is 18 months.
    last = _months(high) + (MONTHS_OF_A_YEAR - 1 if high.is_integer() else -1)
    return f"{first} months to {last} months"


def _months(years: float) -> int:
    # What is out of all bounds is refused where ages are read.
    return round(max(-1.0, min(years, 800.0)) * MONTHS_OF_A_YEAR)


def cost(service: Json, today: date) -> str:
    options = [
        found
        for found in several(service.get("cost_options"))
        if not (day(found.get("valid_to")) and day(found.get("valid_to")) < today.isoformat())
    ]
    said = list(dict.fromkeys(words for found in options if (words := _price(found))))
    return "; ".join(said) or line(service.get("fees"))


def _price(option: Json) -> str:
    """“£3.50 a family”; in another currency, or without an amount, in its own words."""
    note = _price_note(option)
    amount = number(option.get("amount"))
    if amount is None or line(option.get("currency")).upper() not in ("", "GBP"):
        return note
    if amount == 0:
        return note if note.lower().startswith(("free", "donation")) else f"free {note}".strip()
    return f"{price_in_words(Decimal(str(amount)))} {note}".strip()


def _price_note(option: Json) -> str:
    """What it says beside the amount, which some say once more in words."""
    amount, named = line(option.get("amount_description")), line(option.get("option"))
    if number(option.get("amount")) is not None:
        amount = AMOUNT.sub("", amount)
    amount = HELP.sub("", amount).strip(" ,;")
    if named == str(Cost.DONATION.label):
        aside = re.search(r"\(.+\)", amount)
        return f"donation {aside[0]}" if aside else "donation"
    words = [amount] if named in map(str, Cost.labels) else [amount, named]
    return ", ".join(dict.fromkeys(word for word in words if word))


def room(service: Json) -> dict[str, str]:
    """What a feed of ours says of room for newcomers beside the term: since when, what meanwhile.

    Without a day it would be said to be so today.
    """
    found = ROOM.match(line(service.get("alert")))
    if found is None:
        return {"service.newcomers": ""}
    return {
        "service.newcomers_said_on": found["day"],
        "service.waiting_weeks": found["weeks"] or "",
        "service.meanwhile": found["meanwhile"][:LONGEST_SUMMARY],
    }


def helps_with_cost(service: Json) -> str:
    said = " ".join(
        line(found.get("amount_description")) for found in several(service.get("cost_options"))
    )
    return "yes" if HELP.search(said) else ""


def languages(service: Json) -> str:
    found = several(service.get("languages"))
    said = (line(one_.get("code")) or line(one_.get("name")) for one_ in found)
    return "; ".join(dict.fromkeys(words for words in said if words))
