"""Whether a round was fair: sums of what groups told of themselves, once all letters have gone."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from assets.admin.base import who
from grants import equality, sight
from grants.small_numbers import is_small


def fair(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    person = who(request)
    if not person.has_perm("grants.run_round"):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    round = get_object_or_404(model_admin.get_queryset(request), pk=key)
    told = equality.is_told(round) and sight.may_see_totals(person, round)
    answers = equality.answers_of(round) if told else 0
    sides = (("led_by", _("Who leads the groups")), ("is_for", _("Whom it is for")))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": round,
        "title": _("Was it fair?"),
        "subtitle": str(round),
        "is_decided": equality.is_told(round),
        "is_told": told,
        "answers": answers,
        "are_few": is_small(answers),
        "tables": [(said, equality.sums(round, side)) for side, said in sides] if told else [],
    }
    return TemplateResponse(request, "admin/grants/fair.html", context)
