"""Who writes an application together."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import who
from assets.group_forms import InviteForm
from grants.applying import writing
from grants.views.own import own_application_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def application_people(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        applicant = writing.invite(
            application=own, email=asked["email"], name=asked["name"], by=who(request)
        )
        messages.success(request, _("We have written to %s.") % applicant.person.email)
        return HttpResponseRedirect(reverse("application_people", args=[own.pk]))
    context = {
        "application": own,
        "round": own.round,
        "form": form,
        "applicants": own.applicants.select_related("person"),
    }
    return render(request, "grants/applying/people.html", context)


@require_POST
@never_cache
@login_required
def application_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    applicant = get_object_or_404(own.applicants, person=who(request))
    try:
        writing.leave(applicant=applicant)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("application_people", args=[own.pk]))
    messages.success(request, _("You write this application no more."))
    return HttpResponseRedirect(reverse("applications"))
