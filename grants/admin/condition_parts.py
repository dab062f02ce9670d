"""Conditions on a staff page: added, taken away, ticked and waived, wherever an award is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from grants import conditions
from grants.models import Application, Condition


class ConditionForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What the group does"),
        max_length=500,
        help_text=gettext_lazy("Such as “Show us your new safeguarding policy”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due_on = forms.DateField(
        label=gettext_lazy("By"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@dataclass
class Parts:
    """What was sent, with its errors."""

    form: ConditionForm = field(default_factory=ConditionForm)
    wrong: list[str] = field(default_factory=list)

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or self.form.errors)


def lines_of(application: Application) -> list[Condition]:
    return list(application.conditions.select_related("met_by", "waived_by"))


def do(request: HttpRequest, application: Application, parts: Parts) -> str:
    """What was done, in words; nothing where it was refused, which `parts` then says."""
    try:
        return VERBS[request.POST["do"]](request, application, parts)
    except ValidationError as refused:
        if hasattr(refused, "error_dict"):
            parts.form.is_valid()
            parts.form.add_error(None, refused)
        else:
            parts.wrong = list(refused.messages)
        return ""


def _add(request: HttpRequest, application: Application, parts: Parts) -> str:
    parts.form = ConditionForm(request.POST)
    if not parts.form.is_valid():
        return ""
    conditions.add(application=application, by=who(request), **parts.form.cleaned_data)
    return _("The condition is added.")


def _found(request: HttpRequest, application: Application) -> Condition:
    key = forms.UUIDField(required=False)
    try:
        pk: Any = key.clean(request.POST.get("condition"))
    except ValidationError:
        pk = None
    found = application.conditions.filter(pk=pk).first()
    if found is None:
        raise ValidationError(_("This condition is no longer there."))
    return found


def _drop(request: HttpRequest, application: Application, parts: Parts) -> str:
    conditions.drop(condition=_found(request, application), by=who(request))
    return _("The condition is taken away.")


def _meet(request: HttpRequest, application: Application, parts: Parts) -> str:
    conditions.meet(condition=_found(request, application), by=who(request))
    return _("Ticked.")


def _waive(request: HttpRequest, application: Application, parts: Parts) -> str:
    why = forms.CharField(max_length=300, required=False).clean(request.POST.get("why"))
    conditions.waive(condition=_found(request, application), why=why, by=who(request))
    return _("The condition is waived.")


VERBS: dict[str, Callable[[HttpRequest, Application, Parts], str]] = {
    "condition": _add,
    "drop": _drop,
    "meet": _meet,
    "waive": _waive,
}
