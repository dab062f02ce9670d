"""Whom an activity is for: ages, people, and what it would help with, in plain words."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.ages import age_in_words
from assets.importing.problems import NotUnderstood
from assets.importing.reading.ages import Ages, read_ages
from assets.models import Audience
from assets.models.activities import Level
from assets.proposals.fields import ACTIVITY
from assets.register.forms import ChoicesField, LineField, OneOfField, StepForm, as_typed
from assets.saying import Values
from thrive.models import NeedsGroup

LEVELS = {
    Level.UNIVERSAL: gettext_lazy("For everyone"),
    Level.TARGETED: gettext_lazy("For people who share something: young carers, say"),
    Level.SPECIALIST: gettext_lazy("Specialist help, from people trained for it"),
}
# A volunteer-run club is one of the first two: see the framework's own words in thrive/reference.
LOCAL_EXAMPLES = {
    "thriving": gettext_lazy(
        "a Scout troop, a choir, a stay and play: something to join, and no reason needed"
    ),
    "getting-advice": gettext_lazy(
        "a help line, a drop-in with somebody to ask, a talk for parents: good facts, or a pointer "
        "to other help"
    ),
    "getting-help": gettext_lazy(
        "only where a paid professional answers for a goal that you agree: a counsellor, say"
    ),
    "getting-more-help": gettext_lazy(
        "only for longer help from a team of specialists, such as CAMHS in the NHS"
    ),
    "getting-risk-support": gettext_lazy(
        "only where trained staff keep somebody safe who is at risk now, with a plan"
    ),
}


class WhoForm(StepForm):
    of = ACTIVITY
    template = "assets/register/_who.html"
    writes = {
        "age_from": ("from_age", "to_age"),
        "age_before": ("from_age", "to_age"),
        "in_pregnancy": ("in_pregnancy",),
        "audiences": ("audiences",),
        "level": ("level",),
        "needs_groups": ("needs_groups",),
    }
    wanted = {"level": gettext_lazy("Say whom it is open to.")}
    from_age = LineField(
        label=gettext_lazy("From what age?"),
        help_text=gettext_lazy("“6 months” or “11”. Leave it empty for “from birth”."),
        max_length=20,
    )
    to_age = LineField(
        label=gettext_lazy("Up to what age?"),
        help_text=gettext_lazy("The last age that counts. Leave it empty if there is none."),
        max_length=20,
    )
    in_pregnancy = forms.BooleanField(
        label=gettext_lazy("It is for people who are pregnant, too"), required=False
    )
    level = OneOfField(label=gettext_lazy("Who may come?"), choices=LEVELS.items())
    audiences = ChoicesField(label=gettext_lazy("Made for some people above all?"))
    needs_groups = ChoicesField(
        label=gettext_lazy("What would it help with?"),
        help_text=gettext_lazy(
            "Choose one or more. If volunteers run it, one of the first two fits, or both: a Scout "
            "troop is “Staying well”, a help line is “Advice”. Our team looks at this as well."
        ),
    )

    def __init__(self, base: Values, data: Any = None) -> None:
        super().__init__(base, data)
        audiences = [(one.pk, one.name) for one in Audience.objects.all()]
        self.fields["audiences"].choices = audiences  # type: ignore[attr-defined]
        self.fields["needs_groups"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one} – {LOCAL_EXAMPLES.get(one.pk, one.description)}")
            for one in NeedsGroup.objects.all()
        ]

    def initial_of(self, base: Values) -> dict[str, Any]:
        ages = {
            "from_age": as_typed(age_in_words, base["age_from"]) if base["age_from"] else "",
            "to_age": as_typed(_last, base["age_before"]) if base["age_before"] else "",
        }
        return ages | {name: base[name] for name in self.writes if not name.startswith("age_")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            self.ages = _read(cleaned.get("from_age", ""), cleaned.get("to_age", ""))
        except NotUnderstood:
            wrong = next(self._wrong_ones(cleaned), "")
            if wrong:
                self.add_error(wrong, _("Write an age such as 11, 18 months or 4½."))
            else:
                self.add_error("to_age", _("The upper age must be above the lower one."))
        return cleaned

    @staticmethod
    def _wrong_ones(cleaned: dict[str, Any]) -> Iterator[str]:
        for name in ("from_age", "to_age"):
            try:
                _read("", cleaned.get(name, ""))
            except NotUnderstood:
                yield name

    def value_of(self, name: str) -> Any:
        if name in ("age_from", "age_before"):
            return getattr(self.ages, name)
        return super().value_of(name)


def _read(low: str, high: str) -> Ages:
    """NotUnderstood for what is no age, and for ages that are not in order."""
    if low and high:
        return read_ages(f"{low} to {high}")
    if low:
        return read_ages(f"{low} and over")
    return read_ages(f"up to {high}") if high else Ages()


def _last(age_before: int) -> str:
    """The last age that counts, as it is typed: before 60 months is “4 years”."""
    if age_before % 12 == 0 and age_before >= 24:
        return age_in_words(age_before - 12)
    return age_in_words(age_before - 1) if age_before > 1 else _("0 months")
