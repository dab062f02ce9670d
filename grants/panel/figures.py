"""The results as a table for a spreadsheet: exact where the page rounds."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from io import StringIO

from django.utils.translation import gettext as _

from assets.export.files import BYTE_ORDER_MARK, as_text, harmless
from grants.panel.scored import Line, Scored
from grants.results.sheets import Criterion

PLACES = Decimal("0.0001")


def as_csv(found: Scored) -> bytes:
    """Points out of 100, to four places. Nothing that somebody wrote becomes a formula."""
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(one) for one in _heads(found)])
    for line in found.by_rank:
        writer.writerow([harmless(as_text(one)) for one in _cells(found, line)])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _heads(found: Scored) -> list[str]:
    about = [_("Reference"), _("Group"), _("Title"), _("Asked"), _("Least"), _("Award")]
    total = [_("Rank"), _("Scored by"), _("Raw"), _("Standard deviation"), _("Lowest")]
    more = [_("Highest"), _("Adjusted"), _("Its error"), _("Expected rank"), _("By the panel")]
    each = [head for one in found.criteria for head in _criterion(found, one)]
    return [*about, *total, *more, *each]


def _criterion(found: Scored, one: Criterion) -> tuple[str, str]:
    """With its weight, and what share of the differences it really made."""
    name = found.names[one.key]
    weight = f"{one.weight.normalize():f}"
    words = {"name": name, "weight": weight, "share": _number((found.effective or {}).get(one.key))}
    said = _("%(name)s (weight %(weight)s, share of the differences %(share)s)")
    return said % words, _("%s: standard deviation") % name


def _cells(found: Scored, line: Line) -> Iterator[str]:
    one, result = line.application, line.result
    yield from (one.reference, one.group_name, one.title)
    yield from (_exact(amount) for amount in (one.ideal, one.minimum, one.award))
    yield str(line.rank or "")
    yield str(result.total.counted if result else 0)
    total = result.total if result else None
    yield _number(line.raw)
    yield _number(total.deviation if total else None)
    yield _number(total.lowest if total else None)
    yield _number(total.highest if total else None)
    adjusted = line.adjusted
    for number in (adjusted.adjusted, adjusted.error, adjusted.rank) if adjusted else (None,) * 3:
        yield _number(number)
    yield _number(line.agreed.points if line.agreed else None)
    for criterion in found.criteria:
        figure = result.by_criterion[criterion.key] if result else None
        yield _number(figure.mean if figure else None)
        yield _number(figure.deviation if figure else None)


def _exact(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _number(number: Fraction | Decimal | float | None) -> str:
    if number is None:
        return ""
    exact = Fraction(number)
    return str((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(PLACES))
