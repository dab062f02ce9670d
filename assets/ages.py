"""Ages, kept in months: read from what a person types, and said in words."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

OLDEST = 120 * 12
# Ages that end in the middle of a year are said in months up to here: “18 to 29 months”.
IN_MONTHS_UNTIL = 36


@dataclass(frozen=True)
class Age:
    """One age: months since birth, or pregnancy."""

    months: int = 0
    in_pregnancy: bool = False


# Ages that are planned for together, in months, half-open; each by its name in addresses.
BANDS = {
    "0-4": (0, 60),
    "5-10": (60, 132),
    "11-15": (132, 192),
    "16-17": (192, 216),
    "18-25": (216, 312),
}


def band_in_words(name: str) -> str:
    """“11 to 15”."""
    return _("%(first)s to %(last)s") % dict(zip(("first", "last"), name.split("-"), strict=True))


class AgeNotUnderstood(ValueError):
    """What was typed is not an age we can read."""


NUMBER = re.compile(
    r"^(?:age(?:d)?\s*)?(\d{1,4})\s*"
    r"(m|mo|mos|mths?|months?|w|wks?|weeks?|y|yrs?|years?|yo)?\s*(?:olds?)?$"
)
EXPECTING = frozenset({"pregnant", "pregnancy", "expecting", "bump", "unborn"})
# A word stands for an age in the middle of those it is said of.
SPOKEN = {"toddler": 2, "teenager": 14, "teen": 14, "young person": 15} | {
    word: years
    for years, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen".split(),
        start=1,
    )
}
NEWBORN = frozenset({"newborn", "new born", "new baby", "baby"})


def read_age(typed: str) -> Age:
    """“3”, “18 months”, “8 weeks”, “age 11”, “newborn”, “pregnant”.

    Raises AgeNotUnderstood for anything else, and for ages over 120 years.
    """
    words = " ".join(typed.lower().replace(".", " ").split())
    # “18-months”, but not “-3”.
    words = re.sub(r"(?<=\w)-(?=[a-z])", " ", words)
    if words in EXPECTING:
        return Age(in_pregnancy=True)
    if words in NEWBORN:
        return Age(months=0)
    if words in SPOKEN:
        return Age(months=SPOKEN[words] * 12)
    found = NUMBER.match(words)
    if not found or not found[1].isascii():
        raise AgeNotUnderstood(typed)
    number, unit = int(found[1]), found[2] or "y"
    months = {"m": number, "w": number * 12 // 52, "y": number * 12}[unit[0]]
    if months > OLDEST:
        raise AgeNotUnderstood(typed)
    return Age(months=months)


def ages_in_words(age_from: int, age_before: int | None, *, in_pregnancy: bool = False) -> str:
    """Half-open months, said to the last age that counts: 6 and 60 are “6 months to 4 years”."""
    if in_pregnancy and age_from == 0 and age_before is not None:
        if age_before == 1:
            return _("Pregnancy")
        return _("Pregnancy to %s") % last_age_in_words(age_before)
    words = _span(age_from, age_before)
    return _("%s, and in pregnancy") % words if in_pregnancy else words


def _span(age_from: int, age_before: int | None) -> str:
    if age_before is None:
        return _("All ages") if age_from == 0 else _("%s and over") % age_in_words(age_from)
    if age_from == 0:
        return _("Newborn") if age_before == 1 else _("Birth to %s") % last_age_in_words(age_before)
    a_year_or_more = age_from <= age_before - 12
    if age_before % 12 == 0 and a_year_or_more and _in_years(age_from):
        return _range_of_years(age_from, age_before // 12 - 1)
    in_months_until = 24 if a_year_or_more and age_before % 12 == 0 else IN_MONTHS_UNTIL
    if age_before <= in_months_until:
        return _range_of_months(age_from, age_before - 1)
    if age_before % 12 == 0 and not a_year_or_more:
        return _("%(first)s to under %(age)s") % {
            "first": age_in_words(age_from),
            "age": age_in_words(age_before),
        }
    return _("%(first)s to %(last)s") % {
        "first": age_in_words(age_from),
        "last": last_age_in_words(age_before),
    }


def _range_of_years(age_from: int, last: int) -> str:
    if age_from == last * 12:
        return age_in_words(age_from)
    words = ngettext("%(first)s to %(last)d year", "%(first)s to %(last)d years", last)
    return words % {"first": _years(age_from), "last": last}


def _range_of_months(first: int, last: int) -> str:
    if first == last:
        return _months(first)
    words = ngettext("%(first)d to %(last)d month", "%(first)d to %(last)d months", last)
    return words % {"first": first, "last": last}


def last_age_in_words(age_before: int) -> str:
    """The last age that still counts: before 60 months is “4 years”."""
    if age_before % 12 == 0 and age_before > 24:
        return age_in_words(age_before - 12)
    if age_before <= IN_MONTHS_UNTIL:
        return _months(age_before - 1)
    return _("under %s") % age_in_words(age_before)


def _in_years(months: int) -> bool:
    """Under two, months say more than half years."""
    return months % 12 == 0 or (months > 24 and months % 6 == 0)


def age_in_words(months: int) -> str:
    """“18 months”, “7 years”."""
    if not _in_years(months):
        return _months(months)
    return ngettext("%s year", "%s years", months // 12 + bool(months % 12)) % _years(months)


def _years(months: int) -> str:
    return f"{months // 12}½" if months % 12 else str(months // 12)


def _months(months: int) -> str:
    return ngettext("%d month", "%d months", months) % months
