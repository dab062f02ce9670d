"""What can be asked about by “Something wrong here?”, the two forms, and whom to call first."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from assets.models import Activity, Area, HelpLine, Organisation, Problem, Venue
from assets.models.reports import WORDS_AT_MOST
from assets.problems import Reportable
from assets.sent_once import SentOnce

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


class ProblemForm(SentOnce):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[*Problem.Kind.choices, (WORRY, gettext_lazy("A worry about safety"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pick what fits best.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy("In your own words."),
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

    @property
    def carried(self) -> dict[str, Any]:
        """What was typed here, for the other form to begin with."""
        return {"words": self.data.get("words", ""), "contact": self.data.get("email", "")}


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
