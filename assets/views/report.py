"""“Something wrong here?”: telling us, and a worry about safety, which first says whom to call."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assets import problems, safety
from assets.models import HelpLine, Problem, SafetyWorry
from assets.problems import Reportable
from assets.reporting import ProblemForm, WorryForm, help_first, once_shown, shown
from assets.sent_once import SentOnce, key_of
from assets.views.listings import find_listing

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


@read_and_send
def report(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    listing = _listing(request, kind, slug)
    form = ProblemForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_worry:
        # Nothing is kept yet: first the numbers to call, with what was typed in the other form.
        return _worry_page(request, listing, WorryForm(initial=form.carried), kind)
    if form.is_bound and form.is_valid() and _may_send(request, form, listing, Problem):
        said = form.cleaned_data
        problems.report(
            key=_key(listing, form),
            listing=listing,
            kind=Problem.Kind(said["kind"]),
            words=said["words"],
            email=said["email"],
        )
        return HttpResponseRedirect(reverse("report_received"))
    context = {"form": form, "listing": listing, "back_url": _page_of(listing)}
    return render(request, "assets/report.html", context, status=_status(form))


@read_and_send
def report_worry(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    listing = _listing(request, kind, slug)
    form = WorryForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _may_send(request, form, listing, SafetyWorry):
        said = form.cleaned_data
        safety.report(
            key=_key(listing, form),
            listing=listing,
            words=said["words"],
            contact=said["contact"],
        )
        return HttpResponseRedirect(reverse("worry_received"))
    return _worry_page(request, listing, form, kind)


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    return render(request, "assets/report_received.html")


@require_safe
def worry_received(request: HttpRequest) -> HttpResponse:
    return render(request, "assets/worry_received.html")


def _listing(request: HttpRequest, kind: str, slug: str) -> Reportable:
    """404 for what has no public page. What was taken down since the form was opened is taken."""
    found = once_shown(kind) if request.method == "POST" else shown(kind)
    listing: Reportable = find_listing(found, slug)
    return listing


def _key(listing: Reportable, form: SentOnce) -> UUID:
    said = form.cleaned_data
    names = ("kind", "words", "email", "contact")
    return key_of(listing.pk, *(said.get(name, "") for name in names))


def _may_send(request: HttpRequest, form: SentOnce, listing: Reportable, model: Any) -> bool:
    """Limits against junk. What we have already is no second report."""
    if model.objects.filter(key=_key(listing, form)).exists():
        return True
    if ratelimit.consume(request, action="report"):
        return True
    form.too_often = True
    form.add_error(None, _("That was quick. Wait a minute, then send it again. It is all here."))
    return False


def _status(form: SentOnce) -> int:
    return 429 if form.too_often else 200


def _worry_page(
    request: HttpRequest, listing: Reportable, form: WorryForm, kind: str
) -> HttpResponse:
    lines = help_first(listing)
    context = {
        "form": form,
        "listing": listing,
        "send_url": reverse("report_worry", args=[kind, listing.slug]),
        "back_url": _page_of(listing),
        "danger": [line for line in lines if not line.area],
        "tell": [line for line in lines if line.area],
        "has_officer": any(line.audience == HelpLine.For.GROUP_LEADERS for line in lines),
    }
    return render(request, "assets/report_worry.html", context, status=_status(form))


def _page_of(listing: Reportable) -> str:
    """Where the page of it is; nowhere, once it was taken down."""
    name = listing._meta.model_name
    return reverse(str(name), args=[listing.slug]) if listing.is_public else ""
