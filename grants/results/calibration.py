"""Where not everybody scored everything: raw, adjusted and uncertainty side by side.

Somebody strict who reads ten of thirty applications pulls those ten down. `calibrate` tells what
each would have had if all scorers were alike, as far as the sheets know, and how sure that is. What
is adjusted stands beside the raw result and never replaces it. Expected ranks are those of Heyard
and others (2022; see `severity`): an application's rank, on average over all that may be true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.results.averaging import averaged
from grants.results.connected import circles
from grants.results.means import results, sheet_total
from grants.results.severity import Scored
from grants.results.sheets import Criterion, Sheet

# Sheets, beyond what it takes to place each application and each scorer: they tell how much is
# chance.
SPARE_SHEETS = 5
FEWEST_APPLICATIONS = 3
# An application and its scorer; its total; how much the scorer counts.
Totals = dict[tuple[str, str], tuple[Fraction, Decimal]]


@dataclass(frozen=True)
class NotEnough:
    """There is too little to go by. `why` says so in words for the panel."""

    why: str


@dataclass(frozen=True)
class Adjusted:
    """One application, out of 100.

    `error` is the standard error of how far `adjusted` is from the average application. `rank` is
    the expected rank: 1.0 for what is certainly the best.
    """

    application: str
    raw: Fraction
    adjusted: float
    error: float
    rank: float


@dataclass(frozen=True)
class Calibration:
    """Each application by its key, and how many points each scorer gives below the average scorer.

    Where everybody scored everything, strictness cancels out: `is_complete`, the order stays as it
    is, and only errors and expected ranks tell more than the raw results.
    """

    applications: dict[str, Adjusted]
    strictness: dict[str, float]
    is_complete: bool


def calibrate(sheets: Sequence[Sheet], criteria: Sequence[Criterion]) -> Calibration | NotEnough:
    """Raw, adjusted, error and expected rank of each application, or why there is none of it.

    Sheets on which nothing applied are left out. The average of all applications stays what it is.
    Raises SheetNotWhole.
    """
    raw = {
        key: one.total.mean
        for key, one in results(sheets, criteria).items()
        if one.total.mean is not None
    }
    totals: Totals = {
        (one.application, one.scorer): (total, one.weight)
        for one in sorted(sheets, key=lambda one: (one.application, one.scorer))
        if (total := sheet_total(one, criteria)) is not None
    }
    if why := _too_little(totals):
        return NotEnough(why)
    scorers = sorted({scorer for _application, scorer in totals})
    middle = sum(raw.values(), Fraction(0)) / len(raw)
    found = averaged(_as_numbers(totals, list(raw), scorers, middle))
    return Calibration(
        applications={
            key: Adjusted(
                key, its, float(middle) + found.quality[at], found.error[at], found.rank[at]
            )
            for at, (key, its) in enumerate(raw.items())
        },
        strictness={who: -found.kindness[at] for at, who in enumerate(scorers)},
        is_complete=len(totals) == len(raw) * len(scorers),
    )


def _as_numbers(totals: Totals, keys: list[str], scorers: list[str], middle: Fraction) -> Scored:
    weights = sum((Fraction(weight) for _total, weight in totals.values()), Fraction(0))
    average = weights / len(totals)
    return Scored(
        applications=len(keys),
        scorers=len(scorers),
        sheets=[
            (
                keys.index(key),
                scorers.index(who),
                float(total - middle),
                float(Fraction(weight) / average),
            )
            for (key, who), (total, weight) in totals.items()
        ],
    )


def _too_little(totals: Totals) -> str:
    """Why, in words; empty where there is enough."""
    applications = {application for application, _scorer in totals}
    scorers = {scorer for _application, scorer in totals}
    needed = len(applications) + len(scorers) - 1 + SPARE_SHEETS
    if len(applications) < FEWEST_APPLICATIONS:
        return _("Not enough data: fewer than three applications have been scored.")
    if len(scorers) < 2:
        return _("Not enough data: only one person has scored.")
    if len(applications) == len(totals):
        return _("Not enough data: no application has been scored by two people.")
    apart = circles(totals)
    if len(apart) > 1:
        return _(
            "Not enough data: the scorers fall into %(number)d circles that have no application "
            "in common, so nobody can tell strict scorers from weak applications."
        ) % {"number": len(apart)}
    if len(totals) < needed:
        return ngettext(
            "Not enough data: there is %(number)d score sheet, and it takes %(needed)d.",
            "Not enough data: there are %(number)d score sheets, and it takes %(needed)d.",
            len(totals),
        ) % {"number": len(totals), "needed": needed}
    if len({total for total, _weight in totals.values()}) == 1:
        return _("Not enough data: every score sheet comes to the same total.")
    return ""
