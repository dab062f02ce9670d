"""Who comes to the pages of the panel, and what the others are told."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin.base import who
from grants import interests, sight
from grants.admin.score_words import may_score
from grants.admin.seat_page import SeatForm
from grants.models import Declaration, Meeting, Round, RoundStatus, Seat

View = Callable[..., HttpResponse]


def of_the_panel(view: View, *, takes_posts: bool) -> View:
    """The view gets the round; whoever may not read its scores gets a page that says why."""

    def page(model_admin: Any, request: HttpRequest, round: UUID, **more: Any) -> HttpResponse:
        person = who(request)
        if not may_score(person):
            raise PermissionDenied
        found = _with_meeting(sight.rounds_with_results(person)).filter(pk=round).first()
        if found is None:
            return _closed(model_admin, request, round)
        if request.method not in ("GET", "HEAD") and not takes_posts:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return view(model_admin, request, found, **more)

    return page


def show(
    model_admin: Any, request: HttpRequest, round: Round, template: str, **context: Any
) -> TemplateResponse:
    shared = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "round": round,
        "subtitle": str(round),
    }
    return TemplateResponse(request, f"admin/grants/{template}", shared | context)


def _with_meeting(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """`there`: how many are at the meeting; None while there is none."""
    now = Meeting.objects.filter(round=OuterRef("pk"), ended_at=None).order_by()
    here = Count("attendances", filter=Q(attendances__left_at=None))
    return rounds.annotate(there=Subquery(now.annotate(here=here).values("here")))


def _closed(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    """No word of scores or money; a chair who has an interest can hand over here."""
    person = who(request)
    round = get_object_or_404(Round.objects.exclude(status=RoundStatus.DRAFT), pk=key)
    chair = Seat.objects.taken().filter(round=round, person=person, is_chair=True).first()
    wrong: list[str] = []
    if chair and request.method == "POST" and request.POST.get("do") == "hand-over":
        form = SeatForm(request.POST, round=round)
        try:
            if not form.is_valid():
                raise ValidationError(_("Choose who takes the chair."))
            seat = form.cleaned_data["seat"]
            interests.hand_over(to=seat, by=person, why=form.cleaned_data["why"])
        except ValidationError as refused:
            wrong = list(refused.messages)
        else:
            messages.success(request, _("%s chairs the round now.") % seat)
            return HttpResponseRedirect(reverse("admin:grants_scoresheet_changelist"))
    shown = show(
        model_admin,
        request,
        round,
        "panel_closed.html",
        title=_("The panel's board"),
        why=why_closed(person, round),
        wrong=wrong,
        others=_others(round, person) if chair else [],
    )
    shown.status_code = 403
    return shown


def _others(round: Round, person: User) -> list[Seat]:
    return list(round.seats.taken().exclude(person=person).select_related("person"))


def why_closed(person: User, round: Round) -> str:
    """“interest”, “seat”, “declare”, “own” or “later”: the first that holds."""
    if sight.has_interest_in(person, round):
        return "interest"
    if not person.has_perm("grants.run_round"):
        if not Seat.objects.taken().filter(round=round, person=person).exists():
            return "seat"
        if not Declaration.objects.filter(round=round, person=person).exists():
            return "declare"
        if round.status not in sight.TALKED_ABOUT:
            return "later"
    return "own"
