"""What the money is for, when, and for whom."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.ages import AgeNotUnderstood, read_age
from assets.forms import AgeField
from assets.models import Activity, Place
from assets.places.resolve import Kind, NotResolved, resolve
from assets.words import long_date
from grants.applying.parts import DayField, Lines, PartForm, Ticks
from thrive.models import Theme

SOMETHING_NEW = "new"
MOST_PEOPLE = 100_000
MOST_PLACES = 60


class ProjectForm(PartForm):
    title = forms.CharField(
        label=gettext_lazy("What do you call it?"),
        help_text=gettext_lazy("A few words, such as “Saturday bike workshop”."),
        max_length=120,
        error_messages={"required": gettext_lazy("Give it a name.")},
    )
    summary = Lines(
        label=gettext_lazy("What is it, in one or two sentences?"),
        help_text=gettext_lazy("If we say yes, everybody can read this."),
        rows=3,
        max_length=300,
        error_messages={
            "required": gettext_lazy("Say in one or two sentences what it is."),
            "max_length": gettext_lazy("Use 300 letters at most."),
        },
    )
    starts_on = DayField(
        label=gettext_lazy("First day"),
        max_length=40,
        error_messages={"required": gettext_lazy("Say when it starts.")},
    )
    ends_on = DayField(
        label=gettext_lazy("Last day"),
        max_length=40,
        error_messages={"required": gettext_lazy("Say when it ends.")},
    )
    grows = forms.ChoiceField(
        label=gettext_lazy("Is it more of something that you do already?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it is something new.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        its_round = self.application.round
        self.fields["starts_on"].help_text = _(
            "Such as 3 May 2027. The money is for %(first)s to %(last)s."
        ) % {
            "first": long_date(its_round.spend_from),
            "last": long_date(its_round.spend_before - timedelta(days=1)),
        }
        group = self.application.organisation_id
        listed = (
            Activity.objects.public().filter(organisation=group)
            if group
            else Activity.objects.none()
        )
        self.fields["grows"].choices = [  # type: ignore[attr-defined]
            *((str(one.pk), one.title) for one in listed),
            (SOMETHING_NEW, _("It is something new")),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        its_round = self.application.round
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        if first and first < its_round.spend_from:
            self.add_error(
                "starts_on",
                _("The money can be spent from %s.") % long_date(its_round.spend_from),
            )
        elif last and last >= its_round.spend_before:
            self.add_error(
                "ends_on",
                _("The money has to be spent before %s.") % long_date(its_round.spend_before),
            )
        return said

    @property
    def ends_before(self) -> date:
        """Of a valid form: the day after the last."""
        last: date = self.cleaned_data["ends_on"]
        return last + timedelta(days=1)

    @property
    def grown(self) -> str:
        """The key of an activity, or nothing for something new."""
        chosen: str = self.cleaned_data["grows"]
        return "" if chosen == SOMETHING_NEW else chosen


class PeopleForm(PartForm):
    people = forms.CharField(
        label=gettext_lazy("How many children and young people, about?"),
        help_text=gettext_lazy("Count each of them once."),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Say about how many.")},
    )
    age_from = AgeField(
        label=gettext_lazy("How old are the youngest?"),
        help_text=gettext_lazy("Such as 7, or 18 months"),
        max_length=20,
        error_messages={"required": gettext_lazy("Say how old the youngest are.")},
    )
    age_to = AgeField(
        label=gettext_lazy("And the oldest?"),
        max_length=20,
        error_messages={"required": gettext_lazy("Say how old the oldest are.")},
    )
    places = forms.CharField(
        label=gettext_lazy("Which towns and villages do they come from?"),
        help_text=gettext_lazy("With commas between them, such as Matlock, Youlgrave"),
        max_length=500,
        error_messages={"required": gettext_lazy("Name at least one place.")},
    )
    needs_groups = Ticks(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("Tick all that fit. This round can pay for these."),
        error_messages={"required": gettext_lazy("Tick what it is for.")},
    )
    themes = Ticks(
        label=gettext_lazy("Which of these does it help with?"),
        help_text=gettext_lazy("Tick none if none fits."),
        required=False,
    )

    # Of a valid form.
    found: list[Place]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = self.application.round.needs_groups.all()
        self.fields["needs_groups"].choices = [(one.pk, str(one)) for one in needs]  # type: ignore[attr-defined]
        self.fields["themes"].choices = [  # type: ignore[attr-defined]
            (one.pk, one.name) for one in Theme.objects.all()
        ]

    def clean_people(self) -> int:
        typed = self.cleaned_data["people"].replace(",", "")
        if not typed.isascii() or not typed.isdigit() or not 0 < int(typed) <= MOST_PEOPLE:
            raise forms.ValidationError(_("Write how many, as a number."))
        return int(typed)

    def clean_places(self) -> str:
        typed = self.cleaned_data["places"].replace("\n", ",").replace(" and ", ",")
        names = [one.strip() for one in typed.split(",") if one.strip()]
        if len(names) > MOST_PLACES:
            raise forms.ValidationError(_("That is more than %d places.") % MOST_PLACES)
        self.found = list(map(_place, names))
        return ", ".join(dict.fromkeys(place.name for place in self.found))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        youngest, oldest = said.get("age_from"), said.get("age_to")
        if youngest and oldest and _before(self.data.get("age_to", "")) <= youngest.months:
            self.add_error("age_to", _("The oldest are younger than the youngest."))
        return said

    @property
    def age_before(self) -> int:
        """In months, of a valid form: those who are “11” are so until their next birthday."""
        return _before(self.data["age_to"])

    def _words(self, name: str, field: forms.Field) -> str:
        if name in ("age_from", "age_to"):
            return str(self.data.get(name, ""))
        return super()._words(name, field)


def _place(typed: str) -> Place:
    """Of our list. ValidationError for anything else, with what may have been meant."""
    answer = resolve(typed)
    if isinstance(answer, NotResolved):
        says = _("We do not know “%s”. Write the nearest town or village.") % typed[:60]
        if answer.suggestions:
            says = _("Which one is “%(typed)s”: %(meant)s?") % {
                "typed": typed[:60],
                "meant": ", ".join(answer.suggestions),
            }
        raise forms.ValidationError(says)
    place = Place.objects.filter(name=answer.label, district=answer.district).first()
    if answer.kind != Kind.PLACE or place is None:
        raise forms.ValidationError(_("Write the name of a town or village, not a postcode."))
    return place


def _before(typed: str) -> int:
    try:
        age = read_age(typed)
    except AgeNotUnderstood:
        return 0
    in_months = any(sign.isalpha() for sign in typed) and age.months % 12
    return age.months + (1 if in_months else 12)
