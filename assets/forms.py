"""The search form: list, feeds and exports all read the same parameters."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assets import offered
from assets.ages import BANDS, Age, AgeNotUnderstood, band_in_words, read_age
from assets.basemap.drawing import Spot
from assets.basemap.window import CLOSEST, read_spot
from assets.pages import LAST_PAGE
from assets.places.parts import Inside, of_key
from assets.search.query import Sort
from assets.search.when import NAMES
from assets.understanding.distances import MILES

DEFAULT_MILES = 10
LONGEST_WORDS = 200
# Their labels are made where the days are known.
WHEN = [(name, name) for name in NAMES]


def distances() -> list[tuple[int | str, str]]:
    """The usual one has no value of its own: whoever leaves it has not chosen it."""
    return [
        (
            "" if miles == DEFAULT_MILES else miles,
            ngettext("%d mile", "%d miles", miles) % miles,
        )
        for miles in MILES
    ]


def without_the_usual(parameters: QueryDict) -> QueryDict:
    """The same question; the usual distance, in an address made by hand, needs no saying."""
    changed = parameters.copy()
    if changed.get("within") in ("", str(DEFAULT_MILES)):
        changed.pop("within")
    return changed


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


class SpotField(forms.CharField):
    """A point of the grid, “429800,360200”. The cleaned value is a pair of metres or None."""

    def clean(self, value: Any) -> Spot | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_spot(typed)
        except ValueError:
            raise forms.ValidationError(
                _("There is no such place on the map."), code="spot"
            ) from None


class PartField(forms.CharField):
    """A part of the district by its name in addresses. The cleaned value is an Inside or None."""

    def clean(self, value: Any) -> Inside | None:
        typed = super().clean(value)
        if not typed:
            return None
        if not (inside := of_key(typed)):
            raise forms.ValidationError(_("We do not know that part of the district."), code="part")
        return inside


class WindowForm(forms.Form):
    """Which part of the land to draw: asked by the map itself, never typed by a person."""

    at = SpotField(required=False)
    zoom = forms.IntegerField(required=False, min_value=0, max_value=CLOSEST)


class ActivitySearchForm(forms.Form):
    """What, where, how far, what age, and every filter. Nothing is required."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=LONGEST_WORDS,
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
        initial="",
        error_messages={"invalid_choice": _("Choose a distance from the list.")},
    )
    age = AgeField(
        label=_("Age"),
        required=False,
        max_length=20,
        help_text=_("Such as 7 or 18 months"),
        error_messages={"max_length": _("Write an age such as 7, 18 months or pregnant.")},
    )
    # These two come from the page of gaps: nobody types them.
    ages = forms.ChoiceField(
        label=_("Ages"),
        required=False,
        choices=lambda: [(name, band_in_words(name)) for name in BANDS],
        error_messages={"invalid_choice": _("Choose ages from the list.")},
    )
    part = PartField(label=_("Part of the district"), required=False)
    on = forms.DateField(
        label=_("On a day"),
        required=False,
        # It stands among the filters, outside the form that it belongs to.
        widget=forms.DateInput(attrs={"type": "date", "form": "finder"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day such as 5/12/2026.")},
    )
    sort = forms.ChoiceField(
        label=_("In what order"),
        required=False,
        choices=[
            (Sort.BEST, _("Best match")),
            (Sort.NEAREST, _("Nearest")),
            (Sort.NEXT, _("On next")),
            (Sort.CHECKED, _("Last checked")),
            (Sort.NAME, _("A to Z")),
        ],
        error_messages={"invalid_choice": _("Choose an order from the list.")},
    )
    view = forms.ChoiceField(
        required=False,
        choices=[(view, view) for view in ("", "list", "map", "dates", "print", "text")],
        error_messages={"invalid_choice": _("There is no such view.")},
    )
    starting = forms.DateField(
        required=False, error_messages={"invalid": _("There is no such day.")}
    )
    # The middle of the map, and how close.
    at = SpotField(
        label=_("The middle of the map"),
        required=False,
        max_length=20,
        error_messages={"max_length": _("There is no such place on the map.")},
    )
    zoom = forms.IntegerField(
        label=_("How close"),
        required=False,
        min_value=0,
        max_value=CLOSEST,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("The map does not go that close.")
        ),
    )
    # To search there, rather than to look there.
    around = forms.BooleanField(required=False)
    exact = forms.BooleanField(required=False)
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        legends = offered.legends()
        for name, choices in (offered.choices() | {"when": WHEN}).items():
            self.fields[name] = forms.MultipleChoiceField(
                label=legends[name],
                required=False,
                choices=choices,
                widget=forms.MultipleHiddenInput,
                error_messages={"invalid_choice": _("Choose from the list.")},
            )

    def clean_on(self) -> date | None:
        """A day of the coming year: nothing is known of any other."""
        on: date | None = self.cleaned_data["on"]
        today = timezone.localdate()
        if on and not today <= on < today + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day from today to a year ahead."), code="day")
        return on
