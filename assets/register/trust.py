"""What a group tells us about trust. Nobody is asked for a certificate, least of all a DBS one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.models import TrustStatement
from assets.register.forms import DayField, LineField, StepForm, TextField, day_typed
from assets.saying import Values

LONGEST_NAME = 120
TOLD, NOT_ASKED = TrustStatement.Stance.TOLD, TrustStatement.Stance.NOT_ASKED
# Field → what a tick states, and the field that says until when.
TICKS = {
    "safeguarding": "",
    "insurance": "insurance_until",
    "first_aid": "first_aid_until",
    "dbs": "",
}
KINDS = {name: name.replace("_", "-") for name in (*TICKS, "ofsted", "quality_mark")}


class TrustForm(StepForm):
    writes = {"trust": (*TICKS, *filter(None, TICKS.values()), "ofsted", "quality_mark")}
    template = "assets/register/_trust.html"
    safeguarding = forms.BooleanField(
        label=gettext_lazy("We have a safeguarding policy"), required=False
    )
    insurance = forms.BooleanField(label=gettext_lazy("We have insurance"), required=False)
    insurance_until = DayField(
        label=gettext_lazy("Insured until"),
        help_text=gettext_lazy("The last day, such as 31 March 2027."),
        max_length=40,
    )
    first_aid = forms.BooleanField(
        label=gettext_lazy("Somebody with first aid training is there each time"), required=False
    )
    first_aid_until = DayField(
        label=gettext_lazy("First aid training is good until"), max_length=40
    )
    dbs = forms.BooleanField(
        label=gettext_lazy("Everyone whose role needs a DBS check has one"),
        required=False,
    )
    ofsted = LineField(
        label=gettext_lazy("Ofsted number, if you have one"), max_length=LONGEST_NAME
    )
    quality_mark = TextField(
        label=gettext_lazy("Quality marks, if you have any"),
        help_text=gettext_lazy("One on each line."),
        rows=2,
        max_length=500,
    )

    def initial_of(self, base: Values) -> dict[str, Any]:
        held: dict[str, list[Values]] = {name: [] for name in KINDS}
        for one in base["trust"]:
            for name, kind in KINDS.items():
                if one["kind"] == kind and one["stance"] != NOT_ASKED:
                    held[name].append(one)
        initial: dict[str, Any] = {name: bool(held[name]) for name in TICKS}
        for name, until in TICKS.items():
            if until and held[name]:
                initial[until] = _last_day(held[name][0]["expires_on"])
        for name in ("ofsted", "quality_mark"):
            initial[name] = "\n".join(one["name"] for one in held[name])
        return initial

    def clean_quality_mark(self) -> str:
        typed: str = self.cleaned_data["quality_mark"]
        if any(len(line) > LONGEST_NAME for line in typed.splitlines()):
            raise forms.ValidationError(_("Use 120 letters at most for each one."))
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, until in TICKS.items():
            day = cleaned.get(until) if until else None
            if day and not cleaned.get(name):
                self.add_error(name, _("Tick this too, or leave the day out."))
            # A day that stood there and has passed since is no new mistake.
            if day and until in self.changed_data and day < timezone.localdate():
                self.add_error(until, _("That day has passed."))
        return cleaned

    def value_of(self, name: str) -> list[Values]:
        """Those that say the same stay as they are: what we have seen stays seen."""
        wanted = list(self._stated())
        kept = []
        for one in self.base["trust"]:
            key = (one["kind"], one["name"], one["expires_on"])
            if key in wanted and one["stance"] != NOT_ASKED:
                wanted.remove(key)
                kept.append(one)
            elif one["kind"] not in KINDS.values():
                kept.append(one)
        today = timezone.localdate().isoformat()
        told = [
            {"kind": kind, "name": name, "expires_on": expires}
            | {"stance": TOLD.value, "stated_on": today}
            for kind, name, expires in dict.fromkeys(wanted)
        ]
        return kept + told

    def _stated(self) -> Iterator[tuple[str, str, str | None]]:
        """Kind, name, and the first day on which it no longer counts."""
        said = self.cleaned_data
        for name, until in TICKS.items():
            if said[name]:
                last: date | None = said[until] if until else None
                expires = (last + timedelta(days=1)).isoformat() if last else None
                yield KINDS[name], self._name_of(name), expires
        for name in ("ofsted", "quality_mark"):
            for line in filter(None, map(str.strip, said[name].splitlines())):
                yield KINDS[name], line, self._expiry_of(name, line)

    def _name_of(self, field: str) -> str:
        """Of a policy or an insurance that our team has given a name."""
        return next((one["name"] for one in self._held(field)), "")

    def _expiry_of(self, field: str, name: str) -> str | None:
        found = (one["expires_on"] for one in self._held(field) if one["name"] == name)
        return next(found, None)

    def _held(self, field: str) -> list[Values]:
        return [
            one
            for one in self.base["trust"]
            if one["kind"] == KINDS[field] and one["stance"] != NOT_ASKED
        ]


def _last_day(expires_on: str | None) -> str:
    if not expires_on:
        return ""
    return day_typed(date.fromisoformat(expires_on) - timedelta(days=1))
