"""Where the money went: pounds by place, to draw and to read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    Func,
    IntegerField,
    Q,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Greatest
from django.http import QueryDict
from django.utils.translation import gettext as _

from assets.pages import with_parameter
from assets.slugs import in_an_address
from grants.awards.filters import Unnest
from grants.models.published import PublishedGrantQuerySet
from grants.money import in_pounds

# So many places have a bar of their own; the rest share one.
BARS = 8
# Of a bar's name, so many letters fit beside its amount on the narrowest phone.
LETTERS = 24
ROW, BAR_AT = 46, 24
NOWHERE = ""


@dataclass(frozen=True)
class Bar:
    """`share` of the longest, in hundredths; `url` narrows the list to this place."""

    name: str
    short: str
    money: str
    grants: int
    share: str
    text_at: int
    bar_at: int
    url: str


@dataclass(frozen=True)
class Drawing:
    bars: list[Bar]

    @property
    def height(self) -> int:
        return ROW * len(self.bars)


def drawing_of(grants: PublishedGrantQuerySet, parameters: QueryDict) -> Drawing | None:
    """Of grants in pounds. What is for several places is shared among them in equal parts."""
    rows = _by_place(grants)
    if not rows:
        return None
    first, rest = rows[:BARS], rows[BARS:]
    longest = max(Decimal(1), *(money for _name, money, _grants in first))
    if rest:
        sums = sum((one[1] for one in rest), Decimal(0)), sum(one[2] for one in rest)
        longest = max(longest, sums[0])
    bars = [
        _bar(at, name or _("No place named"), money, grants_there, longest, url)
        for at, (name, money, grants_there) in enumerate(first)
        for url in [_narrowed(parameters, name)]
    ]
    if rest:
        bars.append(_bar(len(bars), _("Other places"), *sums, longest, ""))
    return Drawing(bars)


def _narrowed(parameters: QueryDict, name: str) -> str:
    address = in_an_address(name)
    return with_parameter(parameters, "place", address) if address else ""


def _bar(at: int, name: str, money: Any, grants: int, longest: Decimal, url: str) -> Bar:
    return Bar(
        name=name,
        short=name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…",
        money=in_pounds(money.quantize(Decimal(1))),
        grants=grants,
        share=f"{max(Decimal(0), 100 * money / longest):.1f}",
        text_at=at * ROW + BAR_AT - 8,
        bar_at=at * ROW + BAR_AT,
        url=url,
    )


def _by_place(grants: PublishedGrantQuerySet) -> list[tuple[str, Decimal, int]]:
    """Name, pounds, number of grants: the most first."""
    names = Case(
        When(Q(place_names=[]), then=Value([NOWHERE], ArrayField(TextField()))),
        default="place_names",
        output_field=ArrayField(TextField()),
    )
    parts = Greatest(Func("place_names", function="cardinality", output_field=IntegerField()), 1)
    rows = (
        grants.filter(currency="GBP")
        .order_by()
        .annotate(
            place=Unnest(names),
            part=Func(
                F("amount_awarded"),
                parts,
                template="(%(expressions)s)",
                arg_joiner=" / ",
                output_field=DecimalField(),
            ),
        )
        .values("place")
        .annotate(money=Sum("part"), grants=Count("pk"))
        .order_by("-money", "place")
    )
    return [(row["place"], row["money"], row["grants"]) for row in rows]
