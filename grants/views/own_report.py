"""One's own report: written, kept as one goes, checked, sent; and a story taken back."""

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
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import who
from grants.models import Award, Report
from grants.reporting import stories, writing
from grants.reporting.form import ReportForm
from grants.views.application import base_of, clashes_of
from grants.views.own_award import own_award_or_404

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


def _report_or_404(request: HttpRequest, pk: UUID) -> tuple[Award, Report]:
    award = own_award_or_404(request, pk)
    report = getattr(award, "report", None)
    if report is None:
        raise Http404
    report.award = award
    return award, report


@read_and_send
@never_cache
@login_required
def own_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    award, report = _report_or_404(request, pk)
    if request.method == "POST":
        return _keep(request, award, report)
    if not report.is_open:
        return HttpResponseRedirect(reverse("own_report_check", args=[award.pk]))
    if "wrong" in request.GET:
        return _show(request, award, report, ReportForm(report, data=report.said))
    return _show(request, award, report, ReportForm(report, typed=report.said))


def _keep(request: HttpRequest, award: Award, report: Report) -> HttpResponse:
    """What was typed is kept, right or wrong; then it is told what is wrong."""
    do = request.POST.get("do", "")
    form = ReportForm(report, data=request.POST)
    # “Keep theirs” is said of what two have changed: the rest of what was typed is kept.
    theirs = request.POST.getlist("clash") if do == "theirs" else []
    typed = {name: value for name, value in form.typed(request.POST).items() if name not in theirs}
    try:
        kept = writing.write(report=report, typed=typed, base=base_of(request), by=who(request))
    except writing.WrittenMeanwhile as error:
        if do == "keep":
            return JsonResponse({"clash": True}, status=409)
        report.refresh_from_db()
        again = ReportForm(report, typed=typed)
        return _show(request, award, report, again, clashes=clashes_of(form, error))
    except writing.NotOpen:
        answers = ReportForm(report, data=typed).answers()
        context = {"award": award, "application": award.application, "answers": answers}
        return render(request, "grants/own/report_too_late.html", context, status=409)
    kept.award = award
    if do == "keep":
        return JsonResponse({"base": json.dumps(writing.signs_of(kept, form.fields))})
    if do == "check":
        judged = ReportForm(kept, data=kept.said)
        if not judged.is_valid():
            return _show(request, award, kept, judged)
        return HttpResponseRedirect(reverse("own_report_check", args=[award.pk]))
    return HttpResponseRedirect(reverse("own_award", args=[award.pk]))


def _show(
    request: HttpRequest,
    award: Award,
    report: Report,
    form: ReportForm,
    clashes: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    context = {
        "award": award,
        "application": award.application,
        "report": report,
        "form": form,
        "base": json.dumps(writing.signs_of(report, form.fields)),
        "clashes": clashes,
        "missing": _last_word(report),
    }
    return render(request, "grants/own/report.html", context, status=409 if clashes else 200)


def _last_word(report: Report) -> str:
    """What we said was missing, while it is."""
    last = report.moves.filter(to_status=report.status).last()
    return last.why if last and report.status == "returned" else ""


@read_and_send
@never_cache
@login_required
def own_report_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    award, report = _report_or_404(request, pk)
    if request.method == "POST":
        try:
            writing.send(report=report, by=who(request))
        except writing.NotWhole:
            wrong = reverse("own_report", args=[award.pk], query={"wrong": 1})
            return HttpResponseRedirect(wrong)
        messages.success(request, _("Thank you. We have your report."))
        return HttpResponseRedirect(reverse("own_award", args=[award.pk]))
    form = ReportForm(report, data=report.said)
    context = {
        "award": award,
        "application": award.application,
        "report": report,
        "answers": form.answers(),
        "is_whole": form.is_valid(),
    }
    return render(request, "grants/own/report_check.html", context)


@require_POST
@never_cache
@login_required
def own_story_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    award, report = _report_or_404(request, pk)
    if story := getattr(report, "story", None):
        stories.withdraw(story=story, by=who(request))
        messages.success(request, _("The story is gone from every page of ours, and from here."))
    return HttpResponseRedirect(reverse("own_award", args=[award.pk]))
