"""“Enter an application for somebody”: on the telephone, from paper, face to face."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.admin.base import who
from assets.admin.finding import GROUPS, FindField
from grants.applying import writing
from grants.applying.eligible import EligibleForm
from grants.models import Round
from grants.models.applications import HowEntered


class EnterForm(EligibleForm):
    """Whom it is for, how they asked, and what the round asks before anything is written."""

    def __init__(self, round: Round, data: Any = None) -> None:
        super().__init__(round, data)
        questions = self.fields
        self.fields = {
            "whom": forms.CharField(
                label=_("Whom do you write it for?"),
                max_length=100,
                error_messages={"required": _("Say whom you write it for.")},
            ),
            "how": forms.ChoiceField(
                label=_("How did they ask, and say yes to our keeping it?"),
                choices=[("", _("Choose")), *HowEntered.choices],
                error_messages={"required": _("Say how they asked.")},
            ),
            "email": forms.EmailField(
                label=_("Their e-mail address"),
                required=False,
                help_text=_("They get the receipt, and can read and write it. They may have none."),
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            ),
            "group": FindField(
                GROUPS,
                label=_("Their group, if we list it"),
                required=False,
            ),
            "name": forms.CharField(
                label=_("Or the name of a group that we do not list"),
                max_length=120,
                required=False,
            ),
            **questions,
            "once": forms.UUIDField(widget=forms.HiddenInput, initial=uuid4),
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(said.get("group")) == bool(said.get("name")):
            self.add_error("group", _("Name one group: here, or below."))
        return said


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    """The pages on which groups write come next: the same form, under the same rules."""
    form = EnterForm(round, request.POST if request.method == "POST" else None)
    against: list[str] = []
    if form.is_valid():
        against = [one.why_not for one in form.against]
        if not against:
            try:
                begun = _begin(request, round, form)
                return HttpResponseRedirect(reverse("application", args=[begun.pk]))
            except writing.AlreadyApplying:
                form.add_error("group", _("This group is applying to this round already."))
            except ValidationError as refused:
                form.add_error(None, refused.messages)
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/enter.html",
        _("Enter an application for somebody"),
        round=round,
        form=form,
        against=against,
    )
    return shown


def _begin(request: HttpRequest, round: Round, form: EnterForm) -> Any:
    said = form.cleaned_data
    by = who(request)
    return writing.begin(
        round=round,
        organisation=said["group"],
        group_name=said["name"],
        eligible=form.answered,
        by=by,
        once=str(said["once"]),
        entered=writing.Entered(by=by, whom=said["whom"], how=said["how"], email=said["email"]),
    )
