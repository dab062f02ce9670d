"""The first steps about the group itself: what it is, and how to reach it."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.importing.reading import contacts
from assets.models import Organisation
from assets.models.organisations import CHARITY_NUMBER, COMPANY_NUMBER
from assets.proposals.fields import ACTIVITY
from assets.register.forms import LineField, OneOfField, ReadField, StepForm, TextField
from assets.saying import Values

# Of the first of these, the name to ask for stands in a field of its own.
ANSWERED = ("phone", "text", "email")


class AboutForm(StepForm):
    writes = {
        name: (name,)
        for name in "name kind summary description charity_number company_number".split()
    }
    wanted = {
        "name": gettext_lazy("Say what the group is called."),
        "kind": gettext_lazy("Say what kind of group it is."),
        "summary": gettext_lazy("Say in one or two sentences who you are."),
    }
    name = LineField(label=gettext_lazy("Name of the group"), max_length=120)
    kind = OneOfField(
        label=gettext_lazy("What kind of group is it?"), choices=Organisation.Kind.choices
    )
    summary = TextField(
        label=gettext_lazy("Who are you, in one or two sentences?"),
        help_text=gettext_lazy("This stands in lists. 250 letters at most."),
        max_length=250,
        rows=3,
    )
    description = TextField(
        label=gettext_lazy("More about the group, if you like"),
        help_text=gettext_lazy("How it began, who runs it, what you care about."),
        max_length=5000,
    )
    charity_number = LineField(
        label=gettext_lazy("Charity number, if you have one"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    company_number = LineField(
        label=gettext_lazy("Company number, if you have one"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_summary(self) -> str:
        # One line, wherever somebody has pressed “enter”.
        return " ".join(self.cleaned_data["summary"].split())

    def clean_charity_number(self) -> str:
        says = _("A charity number has 6 or 7 figures. Leave this empty if you have none.")
        return self._number("charity_number", CHARITY_NUMBER, says)

    def clean_company_number(self) -> str:
        says = _("A company number has 8 letters and figures: keep the zeros.")
        return self._number("company_number", COMPANY_NUMBER, says)

    def _number(self, name: str, pattern: str, says: str) -> str:
        number = "".join(self.cleaned_data[name].split()).upper()
        if number and not re.search(pattern, number):
            raise forms.ValidationError(says)
        is_new = number not in ("", self.base[name])
        if is_new and Organisation.objects.filter(**{name: number}).exists():
            raise forms.ValidationError(
                _("A group with this number is here already. Is it yours? Look for it first.")
            )
        return number


class ContactForm(StepForm):
    writes = {f"contacts.{kind}": (kind, "ask_for") for kind in ANSWERED} | {
        "contacts.web": ("web",)
    }
    phone = ReadField(
        contacts.read_phones,
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("Everybody can see it. Two numbers? Put a ; between them."),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    text = ReadField(
        contacts.read_texts,
        label=gettext_lazy("Number for text messages"),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = ReadField(
        contacts.read_emails,
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Everybody can see it, and it is the one that we ask."),
        max_length=250,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    ask_for = LineField(
        label=gettext_lazy("Whom to ask for"),
        help_text=gettext_lazy("“Jo, on weekday evenings”, say."),
        max_length=80,
    )
    web = ReadField(
        contacts.read_webs,
        label=gettext_lazy("Website or social media page"),
        max_length=250,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )

    def __init__(self, base: Values, data: Any = None) -> None:
        super().__init__(base, data)
        first = self._first_of(base)
        for kind in (*ANSWERED, "web"):
            # A label may hold any sign: whoever changes nothing is not asked to mend it.
            lines = [
                one | {"label": "" if one is first else one["label"]}
                for one in base[f"contacts.{kind}"]
            ]
            self.fields[kind].as_it_was = (self.initial[kind], lines)  # type: ignore[attr-defined]

    @staticmethod
    def _first_of(base: Values) -> Values | None:
        """The line whose name to ask for stands in a field of its own."""
        kinds = (base[f"contacts.{kind}"] for kind in ANSWERED)
        return next((lines[0] for lines in kinds if lines), None)

    @classmethod
    def missing(cls, values: Values) -> Iterator[tuple[str, str]]:
        if not any(values[name] for name in cls.writes):
            yield "contacts.phone", _("Give one way to reach you: any one will do.")

    def initial_of(self, base: Values) -> dict[str, Any]:
        lines = {kind: base[f"contacts.{kind}"] for kind in (*ANSWERED, "web")}
        first = self._first_of(base)
        typed = {
            kind: "; ".join(_typed(one, aside=one is not first) for one in lines[kind])
            for kind in lines
        }
        return typed | {"ask_for": first["label"] if first else ""}

    def value_of(self, name: str) -> Any:
        kind = name.partition(".")[2]
        lines = [dict(one) for one in self.cleaned_data[kind] or []]
        if lines and kind == self._asked_first and self.cleaned_data["ask_for"]:
            lines[0]["label"] = self.cleaned_data["ask_for"]
        return lines

    @property
    def _asked_first(self) -> str:
        return next((kind for kind in ANSWERED if self.cleaned_data[kind]), "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        numbers = not any(kind in self.errors for kind in ANSWERED)
        if numbers and cleaned.get("ask_for") and not self._asked_first:
            self.add_error("phone", _("Give the number or address of the person to ask for."))
        return cleaned


def _typed(line: Values, *, aside: bool) -> str:
    """“01632 960123 (ask for Jo)”."""
    return f"{line['value']} ({line['label']})" if aside and line["label"] else str(line["value"])


class ActivityContactForm(ContactForm):
    """Only where this activity has a phone or an address of its own."""

    of = ACTIVITY

    @classmethod
    def missing(cls, values: Values) -> Iterator[tuple[str, str]]:
        return iter(())
