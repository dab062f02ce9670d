"""“May we apply?”, and beginning an application."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import who
from grants.applying import writing
from grants.applying.eligible import BeginForm, EligibleForm, seal, unseal
from grants.applying.sending import groups_to_apply_for
from grants.models import Application, Round


@require_safe
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions are asked by address: nothing is kept of somebody who only looks."""
    its_round = get_object_or_404(Round.objects.public(), slug=slug)
    form = EligibleForm(its_round, request.GET or None)
    context = {"round": its_round, "form": form}
    if not its_round.takes_applications:
        return render(request, "grants/applying/not_now.html", context)
    if form.questions and not (form.is_bound and form.is_valid()):
        status = 400 if form.errors else 200
        return render(request, "grants/applying/eligible.html", context, status=status)
    answered = form.answered if form.questions else {}
    if form.questions and form.against:
        return render(request, "grants/applying/not_for_you.html", context)
    sealed = seal(its_round, answered)
    begin = reverse("begin_application", args=[slug], query={"fits": sealed})
    return HttpResponseRedirect(begin)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def begin_application(request: HttpRequest, slug: str) -> HttpResponse:
    its_round = get_object_or_404(Round.objects.public(), slug=slug)
    eligible = unseal(its_round, request.GET.get("fits", ""))
    if eligible is None or not its_round.takes_applications:
        return HttpResponseRedirect(reverse("apply", args=[slug]))
    person = who(request)
    form = BeginForm(
        groups_to_apply_for(person, its_round), request.POST if request.method == "POST" else None
    )
    already = None
    if form.is_bound and form.is_valid():
        try:
            application = writing.begin(
                round=its_round,
                organisation=form.organisation,
                group_name=form.cleaned_data["name"],
                eligible=eligible,
                by=person,
                once=str(form.cleaned_data["key"]),
            )
            return HttpResponseRedirect(reverse("application", args=[application.pk]))
        except writing.AlreadyApplying as error:
            already = error.application
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {
        "round": its_round,
        "form": form,
        "already": already,
        "own": Application.objects.of_applicant(person).live().filter(round=its_round),
    }
    return render(request, "grants/applying/begin.html", context)
