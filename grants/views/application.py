"""One's own applications: the list of steps, a step, the check, the receipt."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import who
from grants import bank
from grants.applying import sending, writing
from grants.applying.form import part_after, part_of
from grants.applying.parts import Part, PartForm
from grants.applying.reading import read
from grants.applying.writing import NotOpen, WrittenMeanwhile, signs_of
from grants.models import Application
from grants.models.application_status import TOLD
from grants.views.own import own_application_or_404

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@login_required
def applications(request: HttpRequest) -> HttpResponse:
    own = Application.objects.of_applicant(who(request)).select_related("round", "its_award")
    context = {"applications": own.order_by("-begun_at"), "told": TOLD}
    return render(request, "grants/applying/applications.html", context)


@require_safe
@never_cache
@login_required
def application(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    parts = read(own)
    context = {
        "application": own,
        "round": own.round,
        "parts": parts,
        "is_whole": all(one.state == "done" for one in parts),
        "last_move": own.moves.last(),
        "is_told": own.status in TOLD,
        "asks_account": bank.may_be_given(own),
    }
    return render(request, "grants/applying/application.html", context)


@read_and_send
@never_cache
@login_required
def application_part(request: HttpRequest, pk: UUID, part: str) -> HttpResponse:
    own = own_application_or_404(request, pk)
    if (asked := part_of(own, part)) is None:
        raise Http404
    if request.method != "POST":
        if not own.is_draft:
            return HttpResponseRedirect(reverse("application", args=[own.pk]))
        judged = "wrong" in request.GET
        form = asked.judged(own) if judged else asked.shown(own)
        return _show(request, own, asked, form)
    return _keep(request, own, asked)


def _keep(request: HttpRequest, own: Application, asked: Part) -> HttpResponse:
    """What was typed is kept, right or wrong; then it is told what is wrong."""
    do = request.POST.get("do", "")
    form = asked.make(own, data=request.POST)
    # “Keep theirs” is said of what two have changed: the rest of what was typed is kept.
    theirs = request.POST.getlist("clash") if do == "theirs" else []
    typed = {name: value for name, value in form.typed(request.POST).items() if name not in theirs}
    try:
        own = writing.write(
            application=own, part=asked.slug, typed=typed, base=base_of(request), by=who(request)
        )
    except WrittenMeanwhile as error:
        if do == "keep":
            return JsonResponse({"clash": True}, status=409)
        again = asked.make(own, typed=typed)
        own.refresh_from_db()
        return _show(request, own, asked, again, clashes=clashes_of(form, error))
    except NotOpen:
        answers = asked.make(own, data=typed).answers()
        context = {"application": own, "round": own.round, "answers": answers}
        return render(request, "grants/applying/too_late.html", context, status=409)
    if do == "keep":
        return JsonResponse({"base": json.dumps(signs_of(own, asked.slug, form.fields))})
    if do in ("next", "check"):
        form = asked.judged(own)
        if form.is_valid():
            return HttpResponseRedirect(_after(own, asked, do))
        return _show(request, own, asked, form)
    if do == "more":
        return _show(request, own, asked, asked.shown(own))
    return HttpResponseRedirect(reverse("application", args=[own.pk]))


def base_of(request: HttpRequest) -> dict[str, str]:
    """What stood in each field, as the page said. Garbage is nothing: then nothing stood there."""
    try:
        said = json.loads(request.POST.get("base", ""))
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}


def clashes_of(form: PartForm, error: WrittenMeanwhile) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": form.fields[name].label, "words": theirs.value, "by": theirs.by}
        for name, theirs in error.theirs.items()
    ]


def _after(own: Application, asked: Part, do: str) -> str:
    after = part_after(own, asked.slug)
    if do == "check" or after is None:
        return reverse("application_check" if do == "check" else "application", args=[own.pk])
    return reverse("application_part", args=[own.pk, after.slug])


def _show(
    request: HttpRequest,
    own: Application,
    asked: Part,
    form: PartForm,
    clashes: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    context = {
        "application": own,
        "round": own.round,
        "part": asked,
        "form": form,
        "base": json.dumps(signs_of(own, asked.slug, form.fields)),
        "clashes": clashes,
        "came_from_check": "from" in request.GET,
    }
    return render(request, "grants/applying/part.html", context, status=409 if clashes else 200)


@read_and_send
@never_cache
@login_required
def application_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    missing, too_late = None, False
    if request.method == "POST":
        try:
            sending.submit(application=own, by=who(request))
            return HttpResponseRedirect(reverse("application_sent", args=[own.pk]))
        except sending.NotWhole as error:
            missing = error.missing
        except sending.TooLate:
            too_late = True
        except NotOpen:
            return HttpResponseRedirect(reverse("application", args=[own.pk]))
    parts = read(own)
    if missing is None and own.is_draft:
        missing = [one for part in parts for one in part.missing()]
    context = {
        "application": own,
        "round": own.round,
        "parts": parts,
        "documents": own.documents.defer("data"),
        "missing": missing,
        "too_late": too_late,
    }
    return render(request, "grants/applying/check.html", context, status=409 if too_late else 200)


@require_safe
@never_cache
@login_required
def application_sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    if own.submitted_at is None:
        return HttpResponseRedirect(reverse("application", args=[own.pk]))
    context = {"application": own, "round": own.round}
    return render(request, "grants/applying/sent.html", context)


@require_POST
@never_cache
@login_required
def application_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    if not request.POST.get("sure"):
        context = {"application": own, "round": own.round}
        return render(request, "grants/applying/sure.html", context)
    if sending.withdraw(application=own, by=who(request), why=request.POST.get("why", "")[:2000]):
        messages.success(request, _("It is taken back."))
    return HttpResponseRedirect(reverse("applications"))
