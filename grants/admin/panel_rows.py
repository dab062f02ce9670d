"""The rows of the board, as its page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from grants.models import Application
from grants.panel import words
from grants.panel.board import Row
from grants.panel.scored import Line

WIDEST_BAR = 100


@dataclass(frozen=True)
class Shown:
    """A row of the board. `bar` is how wide the scorers' spread is drawn, of 100."""

    row: Row
    place: str
    url: str
    about: str
    asked: str
    minimum: str
    award: str
    raw: str
    agreed: str
    adjusted: str
    spread: str
    bar: int
    status: str
    fills: str
    beyond: str
    aimed: str


def shown_rows(rows: Iterable[Row], *, lines: Iterable[Line]) -> list[Shown]:
    widest = max((one.spread for one in lines if one.spread), default=Decimal(1))
    return [_shown(row, widest) for row in rows]


def _shown(row: Row, widest: Decimal) -> Shown:
    line, one = row.line, row.line.application
    agreed = line.agreed.points if line.agreed else None
    return Shown(
        row=row,
        place=words.NOTHING if line.place is None else str(line.place),
        url=decide_url(one),
        about=words.about(one),
        asked=words.pounds(one.ideal),
        minimum=words.pounds(one.minimum),
        award=words.pounds(row.award),
        raw=words.points(line.raw),
        agreed="" if agreed is None else words.points(agreed),
        adjusted=words.adjusted_words(line.adjusted),
        spread=words.plus_minus(line.spread),
        bar=int(WIDEST_BAR * (line.spread or 0) / widest),
        status=words.status_words(one),
        fills=words.first_few(row.fills),
        beyond=", ".join(row.beyond),
        aimed="; ".join(row.aimed),
    )


def decide_url(one: Application) -> str:
    return reverse("admin:grants_round_decide", args=[one.round_id, one.pk])
