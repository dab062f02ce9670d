"""What can be asked about by “Something wrong here?”, the two forms, and whom to call first."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.models import Activity, Area, HelpLine, Organisation, Problem, Venue
from assets.models.reports import WORDS_AT_MOST
from assets.problems import Reportable

WORRY = "worry"


class ReportableKind:
    """The part of an address that says what kind of listing something is wrong with."""

    regex = "activity|group|place"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def shown(kind: str) -> QuerySet[Any]:
    """What has a public page now."""
    match kind:
        case "activity":
            return Activity.objects.public().select_related("organisation")
        case "group":
            return Organisation.objects.public()
    return Venue.objects.to_find().select_related("place")


def once_shown(kind: str) -> QuerySet[Any]:
    """What had one: somebody may still be writing about what was taken down meanwhile."""
    match kind:
        case "activity":
            return Activity.objects.for_page()
        case "group":
            return Organisation.objects.once_public()
    return Venue.objects.with_a_page().select_related("place")


class SentOnce(forms.Form):
    """`key` makes a form that is sent twice one report; `website` is hidden, for robots to fill."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    # Set by the view that counts.
    too_often = False

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.data.get("website") or "key" in self.errors:
            # What is hidden nobody can put right: it is made anew, and the rest stays as typed.
            anew: Any = self.data.copy()  # type: ignore[attr-defined]
            anew["website"], anew["key"] = "", str(uuid4())
            self.data = anew
            self.errors.pop("key", None)
            self.errors.pop("website", None)
            again = _("Something went wrong on the way. Please send it once more.")
            self.add_error(None, again)
        return cleaned

    @property
    def carried(self) -> dict[str, Any]:
        """What was typed here, for the other form to begin with."""
        return {"words": self.data.get("words", ""), "contact": self.data.get("email", "")}


class ProblemForm(SentOnce):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[*Problem.Kind.choices, (WORRY, gettext_lazy("A worry about safety"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pick what fits best.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy("In your own words. What should it say instead?"),
        max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Tell us a little, so that we can look.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you want an answer"),
        help_text=gettext_lazy(
            "We write to you once, about this alone. We forget your address 90 days after we "
            "have dealt with it."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    @property
    def is_worry(self) -> bool:
        return self.data.get("kind") == WORRY


class WorryForm(SentOnce):
    words = forms.CharField(
        label=gettext_lazy("What worries you?"),
        help_text=gettext_lazy(
            "What did you see or hear, and when? Please do not write a child’s name."
        ),
        max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Tell us a little, so that we can look.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("How can we reach you, if you want us to?"),
        help_text=gettext_lazy("An e-mail address or a phone number. You can leave it out."),
        required=False,
        max_length=200,
    )


def help_first(listing: Reportable) -> list[HelpLine]:
    """999, then whom to tell where the listing is; where we know nobody there, where we are."""
    here = Area.objects.filter(code=settings.DISTRICT).select_related("parent").first()
    for area in (_district(listing), here):
        names = [one.name for one in (area, area and area.parent) if one]
        lines = list(HelpLine.objects.for_a_child_at_risk(names))
        if any(line.area for line in lines):
            break
    return lines


def _district(listing: Reportable) -> Area | None:
    if isinstance(listing, Activity):
        listing = listing.venue or listing.organisation
    return listing.district
