"""The search form: list, feeds and exports all read the same parameters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assets.ages import Age, AgeNotUnderstood, read_age
from assets.pages import LAST_PAGE
from thrive.models import NeedsGroup, Theme

MILES = [1, 3, 5, 10, 20]
DEFAULT_MILES = 10


def distances() -> list[tuple[int, str]]:
    return [(miles, ngettext("%d mile", "%d miles", miles) % miles) for miles in MILES]


class AgeField(forms.CharField):
    """An age as a person types it. The cleaned value is an Age or None."""

    def clean(self, value: Any) -> Age | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_age(typed)
        except AgeNotUnderstood:
            raise forms.ValidationError(
                _("Write an age such as 7, 18 months or pregnant."), code="age"
            ) from None


class ActivitySearchForm(forms.Form):
    """What, where, how far, what age. Nothing is required."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Use fewer words: 200 letters at most.")},
    )
    near = forms.CharField(
        label=_("Near"),
        required=False,
        max_length=100,
        help_text=_("Postcode, town or village"),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"max_length": _("That is too long for a postcode or a village.")},
    )
    within = forms.TypedChoiceField(
        label=_("Within"),
        required=False,
        choices=distances,
        coerce=int,
        empty_value=DEFAULT_MILES,  # type: ignore[arg-type]  # any value will do
        initial=DEFAULT_MILES,
        error_messages={"invalid_choice": _("Choose a distance from the list.")},
    )
    age = AgeField(
        label=_("Age"),
        required=False,
        max_length=20,
        help_text=_("Such as 7 or 18 months"),
        error_messages={"max_length": _("Write an age such as 7, 18 months or pregnant.")},
    )
    needs = forms.ModelMultipleChoiceField(
        label=_("What would help?"),
        queryset=NeedsGroup.objects.all(),
        required=False,
        widget=forms.MultipleHiddenInput,
        error_messages={"invalid_choice": _("Choose from the list."), "invalid_pk_value": ""},
    )
    theme = forms.ModelMultipleChoiceField(
        label=_("Theme"),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.MultipleHiddenInput,
        error_messages={"invalid_choice": _("Choose from the list."), "invalid_pk_value": ""},
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_PAGE,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("There is no such page."),
            "min_value": _("There is no such page."),
            "max_value": _("There is no such page."),
        },
    )
