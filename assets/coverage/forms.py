"""What the page of gaps is asked: rows and columns, what it keeps to, and what it counts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assets.coverage.cells import MILES, Asked, Dim, Measure, keys_of
from assets.places.parts import NO_JOURNEY, WORDS, By, ways
from assets.understanding.distances import MILES as DISTANCES

LABELS = {
    Dim.NEEDS: _("What would help?"),
    Dim.THEME: _("Theme"),
    Dim.AGES: _("Ages"),
    Dim.PLACE: _("Place"),
}
MEASURES = [
    (Measure.NUMBER, _("How many activities")),
    (Measure.HOURS, _("How many hours a week")),
    (Measure.REACH, _("How many within reach")),
]
WAYS = {
    By.TOWN: _("Towns and what is near them"),
    By.WARD: _("Wards"),
    By.PARISH: _("Parishes"),
}
ROWS, COLUMNS = Dim.THEME, Dim.PLACE
NOT_THERE = _("Choose from the list.")


class CoverageForm(forms.Form):
    """Nothing is required. What a grid is laid out by is not narrowed, too."""

    rows = forms.ChoiceField(label=_("Rows"), required=False, choices=LABELS.items)
    columns = forms.ChoiceField(label=_("Columns"), required=False, choices=LABELS.items)
    measure = forms.ChoiceField(label=_("Count"), required=False, choices=MEASURES)
    within = forms.TypedChoiceField(
        label=_("Reach"),
        required=False,
        coerce=int,
        empty_value=MILES,  # type: ignore[arg-type]  # any value will do
        choices=lambda: [(m, ngettext("%d mile", "%d miles", m) % m) for m in DISTANCES],
    )
    by = forms.ChoiceField(label=_("Cut into"), required=False)
    needs = forms.ChoiceField(label=LABELS[Dim.NEEDS], required=False)
    theme = forms.ChoiceField(label=LABELS[Dim.THEME], required=False)
    ages = forms.ChoiceField(label=LABELS[Dim.AGES], required=False)
    place = forms.ChoiceField(label=LABELS[Dim.PLACE], required=False)

    def __init__(self, data: Any) -> None:
        given = data.copy()
        usual = {"rows": ROWS, "columns": COLUMNS, "measure": Measure.NUMBER, "within": MILES}
        for name, value in usual.items():
            # So that a list shows what is counted, though nobody chose it.
            given[name] = given.get(name) or str(value)
        there = ways()
        by = given.get("by")
        self.cut = By(by) if by in there else By.TOWN
        given["by"] = by or By.TOWN.value
        super().__init__(given)
        self.keys = {dim: keys_of(dim, self.cut) for dim in Dim}
        self._choices("by", [(one.value, WAYS[one]) for one in there])
        for dim in Dim:
            more = [(NO_JOURNEY, WORDS[NO_JOURNEY])] if dim == Dim.PLACE else []
            self._choices(dim, [("", _("All")), *self.keys[dim].items(), *more])
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = NOT_THERE

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if values.get("rows") and values.get("rows") == values.get("columns"):
            self.add_error("columns", _("Rows and columns must show two different things."))
        return values

    def asked(self) -> Asked:
        """Of a form that is valid."""
        values = self.cleaned_data
        dims = (Dim(values["rows"]), Dim(values["columns"]))
        measure = Measure(values["measure"])
        only = {dim: values[dim] for dim in Dim if values[dim] and dim not in dims}
        if measure == Measure.REACH and only.get(Dim.PLACE) == NO_JOURNEY:
            # What is online is within reach of everywhere.
            del only[Dim.PLACE]
        return Asked(dims, only, self.cut, measure, values["within"])
