"""Forgiving reading of postcodes: `de43ab`, `DE4  3AB`, `DE4 3`, `de 4`, letter O for zero.

Nothing here knows which postcodes exist: it says what somebody may have meant, likeliest first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

from assets.places.words import plain

# Every postcode area of the United Kingdom and the Crown dependencies.
_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E
EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL
LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN
SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
AREAS = frozenset(_AREAS.split())
# Only in central London does an outward code end in a letter.
ENDING_IN_A_LETTER = frozenset({"E", "N", "W", "EC", "NW", "SE", "SW", "WC"})
OUTWARD_FORMS = ("A9", "A99", "A9A", "AA9", "AA99", "AA9A")
INSIDE_TEXT = re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b")

# What is taken for what, on a keyboard or on paper.
MEANT_DIGITS = {"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
MEANT_LETTERS = {"0": "O", "1": "IL", "2": "Z", "5": "S", "8": "B"}


class Part(IntEnum):
    """How much of a postcode it is. The smaller is tried first, unless a space says otherwise."""

    FULL = 1  # DE4 3AB
    OUTWARD = 2  # DE4
    SECTOR = 3  # DE4 3, or DE4 3A


TAILS = {Part.FULL: ("9AA",), Part.OUTWARD: ("",), Part.SECTOR: ("9", "9A")}


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that may have been meant; `slips` counts the characters read as others."""

    part: Part
    outward: str
    inward: str
    slips: int

    @property
    def code(self) -> str:
        """As the table of postcodes has it, without the space."""
        return self.outward + self.inward

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}".rstrip()


def readings(typed: str) -> list[Reading]:
    """What may have been meant, likeliest first; empty when it does not look like a postcode.

    When it is a postcode as it stands, it is not read as another one.
    """
    words = plain(typed)
    found = sorted(_readings(words), key=lambda reading: _likelihood(reading, words))
    if not found and (inside := INSIDE_TEXT.findall(words)):
        # At the end of an address.
        found = list(_readings(inside[-1]))
    return [reading for reading in found if reading.slips == 0] or found


def _likelihood(reading: Reading, words: str) -> tuple[int, bool, int]:
    """The fewest slips, then where the typed space is, then the order of `Part`."""
    before_space = len(words.rpartition(" ")[0].replace(" ", ""))
    split_here = bool(reading.inward) and before_space == len(reading.outward)
    return reading.slips, not split_here, reading.part


def _readings(words: str) -> Iterator[Reading]:
    typed = words.replace(" ", "").upper()
    # A name of letters alone is never taken for a postcode with slips, nor is a number.
    if not 2 <= len(typed) <= 7 or typed.isalpha() or typed.isdigit():
        return
    for part, tails in TAILS.items():
        for outward_form, tail_form in product(OUTWARD_FORMS, tails):
            if len(typed) != len(outward_form) + len(tail_form):
                continue
            for code in _in_the_form(typed, outward_form + tail_form):
                outward, inward = code[: len(outward_form)], code[len(outward_form) :]
                if _is_an_outward_code(outward):
                    slips = sum(a != b for a, b in zip(typed, code, strict=True))
                    yield Reading(part, outward, inward, slips)


def _in_the_form(typed: str, form: str) -> Iterator[str]:
    """What was typed, with letters where the form has A and digits where it has 9."""
    choices = [
        MEANT_LETTERS.get(letter, letter if letter.isalpha() else "")
        if kind == "A"
        else MEANT_DIGITS.get(letter, letter if letter.isdigit() else "")
        for letter, kind in zip(typed, form, strict=True)
    ]
    for code in product(*choices):
        yield "".join(code)


def _is_an_outward_code(outward: str) -> bool:
    area = re.match("[A-Z]+", outward)
    if area is None or area[0] not in AREAS:
        return False
    return outward[-1].isdigit() or area[0] in ENDING_IN_A_LETTER
