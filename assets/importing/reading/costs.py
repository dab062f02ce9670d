"""What it costs, as people write it: “free”, “£2.50 a session”, “donation”."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood
from assets.importing.reading.words import first_sentences
from assets.models.activities import Cost

LONGEST_NOTE = 120
FREE = re.compile(
    r"(?:free|free of charge|no charge|no cost|none|nil|£?0(?:\.00)?|free to attend|free entry)"
    r"(?: (?:of charge|for (?:all|everyone)))?[.!]?"
)
DONATION = re.compile(r"donations?|pay what you (?:can|like|feel|want)|contributions? welcome")
ASIDE = re.compile(r"(free|donations?)(?: welcome)? \(([^()]+)\)", re.I)
BEGINS_FREE = re.compile(r"(?:free(?: of charge)?|none|no (?:charge|cost|fees?))\b", re.I)
POUNDS = r"(?P<pounds>(?:\d{1,2},\d{3}|\d{1,5})(?:\.\d{1,2})?)"
# All of the number or nothing of it: “£1,200” is not one pound.
PRICE = re.compile(rf"(?:£ ?{POUNDS}(?![\d.,]*\d)|(?P<pence>\d{{1,2}}) ?p\b)(?P<rest>.*)")
BARE = re.compile(rf"{POUNDS}(?P<pence>)(?P<rest>)")
# “£3 to £5” and “£3 or £4” have no one price.
SEVERAL = re.compile(r"^\s*(?:-|–|—|to\b|or\b|/\s*£)")
SOME_PRICE = re.compile(r"£ ?\d|\b\d{1,2} ?p\b")


@dataclass(frozen=True)
class Price:
    """As an activity has it: `price` in pounds, only where there is one for everybody."""

    cost: str
    price: Decimal | None = None
    cost_note: str = ""


def read_cost(typed: str) -> Price:
    """Raises NotUnderstood where it says neither that it is free nor how much it is."""
    words = " ".join(typed.split())
    small = words.lower()
    if FREE.fullmatch(small):
        return Price(Cost.FREE)
    if match := ASIDE.fullmatch(words):
        # “Free (£18 a day for others)”: what stands in brackets is of others, or beside it.
        is_free = match[1].lower() == "free"
        return Price(Cost.FREE if is_free else Cost.DONATION, cost_note=_note(match[2]))
    if DONATION.search(small) and "membership" not in small:
        plain = re.fullmatch(r"(?:free[,;]? ?)?(?:by )?donations?(?: welcome| appreciated)?", small)
        return Price(Cost.DONATION, cost_note="" if plain else _note(words))
    if match := PRICE.fullmatch(words) or BARE.fullmatch(words):
        pounds, rest = match["pounds"], match["rest"]
        price = Decimal(pounds.replace(",", "")) if pounds else Decimal(match["pence"]) / 100
        if price > 0 and not SEVERAL.match(rest):
            return Price(Cost.PAID, price, _note(rest.strip(" ,;:.-–")))
    if SOME_PRICE.search(words):
        return Price(Cost.PAID, None, _note(words))
    if re.match(r"free\b", small):
        return Price(Cost.FREE, cost_note=_note(words[4:].strip(" ,;:.()-–")))
    raise NotUnderstood(_("Write free, donation, or a price in pounds such as £2.50 a session."))


def read_cost_in_words(typed: str) -> Price:
    """What other directories say in sentences: free, a gift, or else not free, in their words."""
    words = re.sub(r"^none[.;] (?=donation)", "", " ".join(typed.split()), flags=re.I)
    try:
        return read_cost(words)
    except NotUnderstood:
        beginning = first_sentences(LONGEST_NOTE)
        if free := BEGINS_FREE.match(words):
            return Price(Cost.FREE, cost_note=beginning(words[free.end() :].lstrip(" ,;:.")))
        if DONATION.search(words.lower()):
            return Price(Cost.DONATION, cost_note=beginning(words))
        return Price(Cost.PAID, None, beginning(words))


def _note(words: str) -> str:
    # “£2.50 per session” and “£2.50/session” read alike.
    words = re.sub(r"^/ ?", "a ", words)
    if len(words) > LONGEST_NOTE:
        raise NotUnderstood(
            _("Say it in %d letters, and the rest in the description.") % LONGEST_NOTE
        )
    return words
