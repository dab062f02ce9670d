"""The checks to do in one round, and giving all of it to the scorers."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.admin.base import who
from grants import checking, sight
from grants.checking import Looked
from grants.models import Application, Round


@dataclass(frozen=True)
class Line:
    application: Application
    to_do: list[Looked]


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    person = who(request)
    wrong: list[str] = []
    if request.method == "POST":
        try:
            number = len(checking.hand_to_scorers(round=round, by=person))
        except ValidationError as refused:
            wrong = list(refused.messages)
        else:
            said = ngettext(
                "%(number)d application is with the scorers now.",
                "%(number)d applications are with the scorers now.",
                number,
            )
            messages.success(request, said % {"number": number})
            here = reverse("admin:grants_application_round", args=[round.pk])
            return HttpResponseRedirect(here)
    lines = [Line(one, todo) for one, todo in checking.to_do(round, person).items()]
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/checks.html",
        _("Checks to do"),
        round=round,
        lines=lines,
        to_do=[line for line in lines if line.to_do],
        wrong=wrong,
        drafts=sight.being_written(person, round),
        hides_some=sight.has_interest_in(person, round),
    )
    return shown
