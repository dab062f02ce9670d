"""What it costs, line by line. The lines add up to what is asked for, to the penny."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.applying.parts import MoneyField, PartForm
from grants.money import in_pounds

FEWEST_ROWS, MORE_ROWS, MOST_ROWS = 4, 3, 40
COLUMNS = ("heading", "what", "cost", "asked")


@dataclass(frozen=True)
class Row:
    """One line on the page: its fields."""

    number: int
    heading: forms.BoundField
    what: forms.BoundField
    cost: forms.BoundField
    asked: forms.BoundField


@dataclass(frozen=True)
class Line:
    """One line as it was understood: None where it was not."""

    heading: str
    what: str
    cost: Decimal | None
    asked: Decimal | None


class BudgetForm(PartForm):
    template = "grants/applying/_budget.html"

    minimum = MoneyField(
        label=gettext_lazy("What is the least that would still work?"),
        help_text=gettext_lazy("If we cannot give all of it, could you do a part?"),
        error_messages={"required": gettext_lazy("Say what is the least that would still work.")},
    )
    ideal = MoneyField(
        label=gettext_lazy("How much do you ask for?"),
        error_messages={"required": gettext_lazy("Say how much you ask for.")},
    )

    def __init__(self, application: Any, data: Any = None, typed: Any = None) -> None:
        super().__init__(application, data, typed)
        its_round = application.round
        self.fields["ideal"].help_text = _("This round gives %(smallest)s to %(largest)s.") % {
            "smallest": in_pounds(its_round.smallest_award),
            "largest": in_pounds(its_round.largest_award),
        }
        headings = [(str(one.number), one.name) for one in _headings(application)]
        self.rows = _rows_in(data if data is not None else typed or {})
        for row in range(self.rows):
            for name, field in _row_fields(headings).items():
                self.fields[f"{row}-{name}"] = field

    def lines(self) -> Iterator[Row]:
        for row in range(self.rows):
            yield Row(row + 1, *(self[f"{row}-{name}"] for name in COLUMNS))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for row in range(self.rows):
            self._clean_row(row, said)
        if not self.errors:
            self._clean_sums(said)
        return said

    def _clean_row(self, row: int, said: dict[str, Any]) -> None:
        if not any(self.data.get(f"{row}-{name}") for name in COLUMNS):
            return
        for name in COLUMNS:
            key = f"{row}-{name}"
            if said.get(key) in (None, "") and key not in self.errors:
                self.add_error(key, _ROW_NEEDS[name])
        cost, asked = said.get(f"{row}-cost"), said.get(f"{row}-asked")
        if cost is not None and asked is not None and asked > cost:
            self.add_error(f"{row}-asked", _("That is more than it costs."))

    def _clean_sums(self, said: dict[str, Any]) -> None:
        its_round, least, ideal = self.application.round, said["minimum"], said["ideal"]
        asked = self.total("asked")
        if not asked:
            self.add_error(None, _("Say in at least one line what the money is for."))
        elif asked != ideal:
            self.add_error(
                "ideal",
                _("Your lines add up to %(lines)s, and you ask for %(ideal)s here.")
                % {"lines": in_pounds(asked), "ideal": in_pounds(ideal)},
            )
        if least > ideal:
            self.add_error("minimum", _("That is more than you ask for."))
        elif least < its_round.smallest_award:
            smallest = in_pounds(its_round.smallest_award)
            self.add_error("minimum", _("The smallest grant is %s.") % smallest)
        if ideal > its_round.largest_award:
            largest = in_pounds(its_round.largest_award)
            self.add_error("ideal", _("The largest grant is %s.") % largest)

    def total(self, column: str) -> Decimal:
        """Of the lines as far as they are understood."""
        keys = [f"{row}-{column}" for row in range(self.rows)]
        return sum((self.cleaned_data.get(key) or Decimal(0) for key in keys), Decimal(0))

    def table(self) -> list[Line]:
        """Every line that says something, for those who read it."""
        self.is_valid()
        said = self.cleaned_data
        return [
            Line(
                self._words(f"{row}-heading", self.fields[f"{row}-heading"]),
                said.get(f"{row}-what") or "",
                said.get(f"{row}-cost"),
                said.get(f"{row}-asked"),
            )
            for row in range(self.rows)
            if any(self.data.get(f"{row}-{name}") for name in COLUMNS)
        ]

    def answers(self) -> list[tuple[str, str]]:
        self.is_valid()
        said = []
        for row in range(self.rows):
            heading, what, cost, asked = (
                self._words(f"{row}-{name}", self.fields[f"{row}-{name}"]) for name in COLUMNS
            )
            if any((heading, what, cost, asked)):
                words = _("%(what)s: costs %(cost)s, you ask for %(asked)s")
                said.append((heading, words % {"what": what, "cost": cost, "asked": asked}))
        said.append((_("All of it costs"), in_pounds(self.total("cost"))))
        for name in ("ideal", "minimum"):
            said.append((str(self.fields[name].label), self._words(name, self.fields[name])))
        return [(label, words) for label, words in said if words]


_ROW_NEEDS = {
    "heading": gettext_lazy("Choose what kind of cost it is."),
    "what": gettext_lazy("Say what it is."),
    "cost": gettext_lazy("Say what it costs."),
    "asked": gettext_lazy("Say how much of it you ask for; 0 if nothing."),
}


def _headings(application: Any) -> list[Any]:
    return list(application.round.budget_headings.all())


def _row_fields(headings: list[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        "heading": forms.ChoiceField(
            label=_("Kind of cost"), required=False, choices=[("", _("Choose")), *headings]
        ),
        "what": forms.CharField(label=_("What is it?"), required=False, max_length=120),
        "cost": MoneyField(label=_("What does it cost, in pounds?"), required=False),
        "asked": MoneyField(label=_("How much of that do you ask for?"), required=False),
    }


def _rows_in(data: Mapping[str, Any]) -> int:
    """As many as are filled in and some to spare; a button asks for more."""
    used = [
        int(number)
        for name in data
        for number, dash, column in [str(name).partition("-")]
        if dash and column in COLUMNS and number.isascii() and number.isdigit() and len(number) < 3
    ]
    asked = max(used, default=-1) + 1
    if data.get("do") == "more":
        asked += MORE_ROWS
    return min(max(asked, FEWEST_ROWS), MOST_ROWS)
