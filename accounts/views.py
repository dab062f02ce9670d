"""Our own account pages. The rest are allauth's, listed in urls.py."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import people
from accounts.forms import SecondStepForm
from accounts.second_factor import (
    gave_password,
    needs_second_step,
    redirect_to_second_step,
    renewing_the_session,
    safe_next,
)
from accounts.second_step import SecondStepCode


@require_safe
@never_cache
@login_required
def account_home(request: HttpRequest) -> HttpResponse:
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    theirs = people.who(request).memberships.select_related("organisation")
    context = {"kinds": kinds, "memberships": theirs.order_by("organisation__name")}
    return render(request, "account/home.html", context)


@require_safe
@never_cache
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Explains the second step of the staff pages, and offers the ways this person has."""
    came_for = safe_next(request, otherwise=reverse("admin:index"))
    if not needs_second_step(request):
        return HttpResponseRedirect(came_for if request.user.is_staff else reverse("account_home"))
    ways = get_adapter().get_reauthentication_methods(request.user)
    stronger = [way for way in ways if way["id"] != "reauthenticate"]
    context = {
        "came_for": came_for,
        "stronger": stronger,
        "password_first": not stronger and not gave_password(request),
    }
    return render(request, "account/second_step.html", context)


@require_POST
@login_required
def send_second_step_code(request: HttpRequest) -> HttpResponse:
    came_for = safe_next(request, otherwise=reverse("admin:index"))
    if not _may_use_code(request):
        return redirect_to_second_step(came_for)
    if SecondStepCode.begin(request) is None:
        messages.error(request, get_adapter().error_messages["rate_limited"])
        return redirect_to_second_step(came_for)
    return HttpResponseRedirect(reverse("account_second_step_code", query={"next": came_for}))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@renewing_the_session
def second_step_code(request: HttpRequest) -> HttpResponse:
    came_for = safe_next(request, otherwise=reverse("admin:index"))
    process = SecondStepCode.resume(request) if _may_use_code(request) else None
    if process is None:
        return redirect_to_second_step(came_for)
    form = SecondStepForm(request.POST or None, code=process.code)
    if form.is_valid():
        process.finish()
        return HttpResponseRedirect(came_for)
    if form.is_bound and not process.record_invalid_attempt():
        messages.error(request, _("That was three wrong codes. Ask for a new one."))
        return redirect_to_second_step(came_for)
    context = {"form": form, "came_for": came_for, "email": people.who(request).email}
    return render(request, "account/second_step_code.html", context)


def _may_use_code(request: HttpRequest) -> bool:
    """Beside a password, and for those who have no app or passkey."""
    return (
        needs_second_step(request)
        and gave_password(request)
        and not Authenticator.objects.filter(user=request.user).exists()
    )
