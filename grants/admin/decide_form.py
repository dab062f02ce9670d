"""What the chair writes of one application: a decision, or a score that the panel agrees on."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.fields import Lines
from grants.models import Decision
from grants.money import MoneyNotUnderstood, read_money

LONGEST = 2000
# A key is no longer: beyond it is no row of ours.
BIGGEST_KEY = 2**63 - 1


class SeenForm(forms.Form):
    """`seen`: the key of the last row that the page showed, empty for none."""

    seen = forms.IntegerField(
        required=False, min_value=1, max_value=BIGGEST_KEY, widget=forms.HiddenInput
    )

    def put(self, **said: str) -> None:
        """Say something else in a form that was sent; all that was typed stays."""
        self.data = {name: self.data[name] for name in self.data} | said


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=Lines(attrs={"rows": 3}),
        help_text=gettext_lazy("It goes into the minutes, and may be read by the group."),
    )


class DecideForm(SeenForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What the panel decides"),
        choices=[
            *((one.value, one.label) for one in Decision.Outcome if one != "open"),
            (Decision.Outcome.OPEN.value, gettext_lazy("Take it back: not decided")),
        ],
        widget=forms.RadioSelect,
    )
    amount = forms.CharField(
        label=gettext_lazy("Amount, in pounds"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("Of an award only. It may be part of what was asked for."),
    )
    reason = _reason()

    def clean_amount(self) -> Decimal | None:
        """Of an award only; beside any other outcome it says nothing."""
        typed = self.cleaned_data["amount"]
        if self.cleaned_data.get("outcome") != Decision.Outcome.AWARD:
            return None
        if not typed:
            raise ValidationError(_("Write how much they get."))
        try:
            return read_money(typed)
        except MoneyNotUnderstood as wrong:
            raise ValidationError(str(wrong)) from None


class AgreeForm(SeenForm):
    prefix = "agree"
    points = forms.DecimalField(
        label=gettext_lazy("The panel's score, of 100"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=1,
        max_digits=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("Leave it empty to let the scorers' mean count again."),
    )
    reason = _reason()

    def put(self, **said: str) -> None:
        super().put(**{self.add_prefix(name): words for name, words in said.items()})

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data
