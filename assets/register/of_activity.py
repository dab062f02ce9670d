"""Steps about one activity: what it is, what it costs and how to come, the first visit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.models import AccessFeature, Language
from assets.models.activities import Cost, HowToCome, Kind, Newcomers, Referrer
from assets.proposals.fields import ACTIVITY
from assets.register.forms import ChoicesField, LineField, OneOfField, StepForm, TextField
from assets.saying import Values

KINDS = {
    Kind.SESSION: gettext_lazy("Session: something you come to on the day"),
    Kind.CLUB: gettext_lazy("Club: the same people, week by week"),
    Kind.DROP_IN: gettext_lazy("Drop-in: come and go as you like"),
    Kind.SERVICE: gettext_lazy("Service: somebody helps you"),
    Kind.HELPLINE: gettext_lazy("Helpline: somebody to call or text"),
    Kind.ONLINE: gettext_lazy("Online help"),
    Kind.VOLUNTEERING: gettext_lazy("Volunteering: young people help"),
    Kind.WORK_EXPERIENCE: gettext_lazy("Work experience"),
    Kind.SPACE: gettext_lazy("A space to use: a pitch, a library, a room"),
}


class WhatForm(StepForm):
    of = ACTIVITY
    writes = {name: (name,) for name in "title kind summary description".split()}
    wanted = {
        "title": gettext_lazy("Say what it is called."),
        "kind": gettext_lazy("Say what kind of activity it is."),
        "summary": gettext_lazy("Say in one or two sentences what it is."),
    }
    title = LineField(
        label=gettext_lazy("What is it called?"),
        help_text=gettext_lazy("As people know it: “Little Lapwings toddler group”."),
        max_length=120,
    )
    kind = OneOfField(label=gettext_lazy("What kind of thing is it?"), choices=KINDS.items())
    summary = TextField(
        label=gettext_lazy("What is it, in one or two sentences?"),
        help_text=gettext_lazy("This stands in lists. 250 letters at most."),
        max_length=250,
        rows=3,
    )
    description = TextField(
        label=gettext_lazy("What happens there?"),
        help_text=gettext_lazy("From coming in to going home. Write as you would tell a friend."),
        max_length=5000,
        rows=7,
    )

    def clean_summary(self) -> str:
        return " ".join(self.cleaned_data["summary"].split())


class ComingForm(StepForm):
    of = ACTIVITY
    template = "assets/register/_coming.html"
    writes = {
        name: (name,)
        for name in (
            "cost price cost_note help_with_cost how_to_come who_can_refer newcomers "
            "waiting_weeks meanwhile"
        ).split()
    } | {"newcomers_said_on": ("newcomers",)}
    wanted = {
        "cost": gettext_lazy("Say whether it is free."),
        "how_to_come": gettext_lazy("Say how to come."),
    }
    cost = OneOfField(label=gettext_lazy("What does it cost?"), choices=Cost.choices)
    price = forms.DecimalField(
        label=gettext_lazy("Price in pounds"),
        help_text=gettext_lazy("If there is one price for all, such as 2.50."),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=7,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    cost_note = LineField(
        label=gettext_lazy("About the cost"),
        help_text=gettext_lazy("“a family”, “a term”, “first time free”."),
        max_length=120,
    )
    help_with_cost = forms.BooleanField(
        label=gettext_lazy("We help those who cannot pay"), required=False
    )
    how_to_come = OneOfField(
        label=gettext_lazy("How do people come the first time?"), choices=HowToCome.choices
    )
    who_can_refer = ChoicesField(
        label=gettext_lazy("If somebody has to refer: who can?"), choices=Referrer.choices
    )
    newcomers = OneOfField(
        label=gettext_lazy("Is there room for new people?"),
        choices=[
            (Newcomers.NOT_SAID, gettext_lazy("I would rather not say")),
            (Newcomers.YES, gettext_lazy("Yes")),
            (Newcomers.WAITING, gettext_lazy("There is a waiting list")),
            (Newcomers.FULL, gettext_lazy("We are full just now")),
        ],
    )
    waiting_weeks = forms.IntegerField(
        label=gettext_lazy("About how many weeks do people wait?"),
        required=False,
        min_value=0,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    meanwhile = LineField(
        label=gettext_lazy("What can they do meanwhile?"),
        help_text=gettext_lazy("“Come to the open evening”, say."),
        max_length=250,
    )

    def initial_of(self, base: Values) -> dict[str, Any]:
        price = Decimal(base["price"]) if base["price"] else None
        return super().initial_of(base) | {"newcomers": base["newcomers"], "price": price}

    @classmethod
    def missing(cls, values: Values) -> Iterator[tuple[str, str]]:
        yield from super().missing(values)
        if values["cost"] == Cost.PAID and not (values["price"] or values["cost_note"]):
            yield "price", _("Say how much it costs.")
        if values["how_to_come"] == HowToCome.REFERRAL and not values["who_can_refer"]:
            yield "who_can_refer", _("Say who can refer.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("price") and cleaned.get("cost") != Cost.PAID:
            self.add_error("price", _("Choose “There is a charge”, or leave the price out."))
        if cleaned.get("waiting_weeks") and cleaned.get("newcomers") != Newcomers.WAITING:
            self.add_error("waiting_weeks", _("Choose “There is a waiting list” as well."))
        return cleaned

    def value_of(self, name: str) -> Any:
        match name:
            case "price":
                price: Decimal | None = self.cleaned_data["price"]
                return None if price is None else f"{price:.2f}"
            case "newcomers":
                return self.cleaned_data["newcomers"] or Newcomers.NOT_SAID.value
            case "newcomers_said_on":
                said = self.value_of("newcomers") != Newcomers.NOT_SAID
                return timezone.localdate().isoformat() if said else None
            case "waiting_weeks":
                return self.cleaned_data["waiting_weeks"] or None
        return super().value_of(name)


class FirstVisitForm(StepForm):
    of = ACTIVITY
    template = "assets/register/_first_visit.html"
    writes = {name: (name,) for name in "first_visit access_features languages".split()}
    first_visit = TextField(
        label=gettext_lazy("What is a first visit like?"),
        help_text=gettext_lazy(
            "Who will meet me? Where do I go in? What do I bring? May I just watch? For many "
            "families this is what helps them through the door."
        ),
        max_length=1500,
        rows=7,
    )
    access_features = ChoicesField(label=gettext_lazy("What makes it easy to come?"))
    languages = ChoicesField(label=gettext_lazy("Languages that somebody speaks there"))

    def __init__(self, base: Values, data: Any = None) -> None:
        super().__init__(base, data)
        features = AccessFeature.objects.filter(of_activity=True)
        self._choices("access_features", [(one.pk, one.name) for one in features])
        self._choices("languages", [(one.pk, one.name) for one in Language.objects.all()])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
