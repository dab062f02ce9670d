"""What is asked: of a small award how many children came, and a story; else a little more.

Of children only numbers. A story says who said yes to it, and never a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.applying.parts import DayField, Lines, MoneyField, PartForm, Ticks
from grants.models import BudgetHeading, Outcome, Report, Story
from grants.money import in_pounds

MOST_OUTCOMES = 3
MOST_COUNTED = 100_000
ON_PAGES, TO_FUNDERS = "pages", "funders"
USES = [
    (ON_PAGES, gettext_lazy("On this website")),
    (TO_FUNDERS, gettext_lazy("In what we tell funders and partners")),
]
CHILD, PARENT = "child", "parent"
SAID_YES = [
    (CHILD, gettext_lazy("The child or young person said yes")),
    (PARENT, gettext_lazy("A parent or carer said yes")),
]


class CountField(forms.CharField):
    """A whole number as people write it. The cleaned value is an int, or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=10, **kwargs)

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value).replace(",", "")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()) or int(typed) > MOST_COUNTED:
            raise forms.ValidationError(_("Write a whole number, such as 25."))
        return int(typed)


@dataclass(frozen=True)
class OutcomeRow:
    number: int
    outcome: forms.BoundField
    before: forms.BoundField
    after: forms.BoundField


class ReportForm(PartForm):
    """Made with what was typed, to be shown or to be judged. See `PartForm`."""

    children = CountField(
        label=gettext_lazy("How many children and young people took part?"),
        help_text=gettext_lazy("Count each of them once, however often they came."),
        error_messages={"required": gettext_lazy("Say how many took part.")},
    )
    story = Lines(
        label=gettext_lazy("Tell us a story of it"),
        rows=8,
        max_length=5_000,
        help_text=gettext_lazy(
            "What changed for somebody? No names, and nothing by which a child could be known. "
            "Please send no pictures of children: we neither ask for them nor keep them."
        ),
        error_messages={"required": gettext_lazy("Tell us a story, in a few sentences.")},
    )
    uses = Ticks(
        label=gettext_lazy("Where may we tell this story?"),
        help_text=gettext_lazy("Tick nothing, and only our team reads it."),
        required=False,
        choices=USES,
    )
    said_yes = Ticks(
        label=gettext_lazy("Who said yes to that?"),
        help_text=gettext_lazy("We need both. Do not tell us who they are."),
        required=False,
        choices=SAID_YES,
    )
    agreed_how = forms.ChoiceField(
        label=gettext_lazy("How did they say yes?"),
        required=False,
        widget=forms.RadioSelect,
        choices=Story.How.choices,
    )
    agreed_on = DayField(
        label=gettext_lazy("When did they say yes?"),
        required=False,
        help_text=gettext_lazy("Such as 3 November 2027."),
    )

    def __init__(self, report: Report, data: Any = None, typed: Any = None) -> None:
        super().__init__(report.award.application, data, typed)
        self.report = report
        self.headings: list[BudgetHeading] = []
        self.rows = 0
        if not report.is_short:
            self._add_the_rest()
        if getattr(report, "story", None) and report.story.withdrawn_at:
            for name in ("story", "uses", "said_yes", "agreed_how", "agreed_on"):
                del self.fields[name]

    def _add_the_rest(self) -> None:
        self.fields["sessions"] = CountField(
            label=_("How many sessions were there?"),
            error_messages={"required": _("Say how many sessions there were.")},
        )
        choices = [("", _("Choose")), *((one.pk, one.name) for one in Outcome.objects.all())]
        self.rows = MOST_OUTCOMES
        for row in range(1, MOST_OUTCOMES + 1):
            self.fields[f"outcome-{row}"] = forms.ChoiceField(
                label=_("What changed?"), required=False, choices=choices
            )
            self.fields[f"before-{row}"] = CountField(
                label=_("True of how many before?"), required=False
            )
            self.fields[f"after-{row}"] = CountField(
                label=_("True of how many after?"), required=False
            )
        self.headings = list(self.application.round.budget_headings.all())
        for one in self.headings:
            self.fields[f"spent-{one.number}"] = MoneyField(
                label=one.name, required=False, help_text=one.help
            )
        self.fields["unspent"] = Lines(
            label=_("If some of it is left: why?"), rows=3, required=False, max_length=1_000
        )
        self.order_fields(
            [
                "children",
                "sessions",
                *(name for name in self.fields if name.startswith(("outcome", "before", "after"))),
                *(f"spent-{one.number}" for one in self.headings),
                "unspent",
            ]
        )

    # --- For the page ---

    def outcome_rows(self) -> Iterator[OutcomeRow]:
        for row in range(1, self.rows + 1):
            yield OutcomeRow(
                row, self[f"outcome-{row}"], self[f"before-{row}"], self[f"after-{row}"]
            )

    def spending(self) -> list[forms.BoundField]:
        return [self[f"spent-{one.number}"] for one in self.headings]

    def story_fields(self) -> list[forms.BoundField]:
        names = ("story", "uses", "said_yes", "agreed_how", "agreed_on")
        return [self[name] for name in names if name in self.fields]

    # --- What is right ---

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("children") == 0:
            self.add_error("children", _("Say how many took part."))
        if said.get("sessions") == 0:
            self.add_error("sessions", _("Say how many sessions there were."))
        for row in range(1, self.rows + 1):
            self._clean_outcome(row, said)
        if self.rows and not self.errors and not self.outcomes():
            self.add_error("outcome-1", _("Choose at least one thing that changed."))
        if self.headings:
            self._clean_money(said)
        self._clean_consent(said)
        return said

    def _clean_outcome(self, row: int, said: dict[str, Any]) -> None:
        chosen = said.get(f"outcome-{row}")
        counts = {name: said.get(f"{name}-{row}") for name in ("before", "after")}
        if chosen and chosen in [said.get(f"outcome-{one}") for one in range(1, row)]:
            self.add_error(f"outcome-{row}", _("You have chosen this already."))
        for name, count in counts.items():
            field = f"{name}-{row}"
            if field in self.errors:
                continue
            if chosen and count is None:
                self.add_error(field, _("Write a number; 0 if it was true of nobody."))
            elif count is not None and not chosen:
                self.add_error(f"outcome-{row}", _("Choose what you counted."))
            elif count is not None and count > (said.get("children") or MOST_COUNTED):
                self.add_error(field, _("That is more than took part."))

    def _clean_money(self, said: dict[str, Any]) -> None:
        names = [f"spent-{one.number}" for one in self.headings]
        if any(name in self.errors for name in names):
            return
        if all(said.get(name) is None for name in names):
            self.add_error(names[0], _("Say what you spent."))
            return
        had = self.report.award.kept
        if self.spent > had:
            self.add_error(
                names[0],
                _("Your lines add up to %(lines)s, and the grant is %(grant)s.")
                % {"lines": in_pounds(self.spent), "grant": in_pounds(had)},
            )
        elif self.spent < had and not said.get("unspent"):
            left = in_pounds(had - self.spent)
            self.add_error("unspent", _("%s are left. Say why, in a sentence.") % left)

    def _clean_consent(self, said: dict[str, Any]) -> None:
        if not said.get("uses"):
            return
        if set(said.get("said_yes") or []) != {CHILD, PARENT} and "said_yes" not in self.errors:
            self.add_error("said_yes", _("We can only tell it where both said yes."))
        if not said.get("agreed_how") and "agreed_how" not in self.errors:
            self.add_error("agreed_how", _("Say how they said yes."))
        if "agreed_on" in self.errors:
            return
        if said.get("agreed_on") is None:
            self.add_error("agreed_on", _("Say when they said yes."))
        elif said["agreed_on"] > timezone.localdate():
            self.add_error("agreed_on", _("That day is still to come."))

    # --- What was said, once it is right ---

    @property
    def spent(self) -> Decimal:
        names = [f"spent-{one.number}" for one in self.headings]
        return sum((self.cleaned_data.get(name) or Decimal(0) for name in names), Decimal(0))

    def outcomes(self) -> list[tuple[str, int, int]]:
        """Outcome, before, after: the rows that are filled in."""
        said = self.cleaned_data
        return [
            (said[f"outcome-{row}"], said[f"before-{row}"], said[f"after-{row}"])
            for row in range(1, self.rows + 1)
            if said.get(f"outcome-{row}")
        ]

    def consent(self) -> dict[str, Any]:
        """The columns of its `Story`."""
        said = self.cleaned_data
        return {
            "text": said["story"],
            "on_pages": ON_PAGES in said["uses"],
            "to_funders": TO_FUNDERS in said["uses"],
            "child_agreed": CHILD in said["said_yes"],
            "parent_agreed": PARENT in said["said_yes"],
            "agreed_how": said["agreed_how"] or "",
            "agreed_on": said["agreed_on"],
        }
