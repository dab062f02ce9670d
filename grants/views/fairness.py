"""Two questions to a group that has applied: who leads it, and whom it is for."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grants import equality
from grants.models import EqualityAnswer
from grants.models.equality import Community
from grants.views.own import own_application_or_404


def _ticks(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=Community.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick what fits, or nothing at all."),
    )


class FairForm(forms.Form):
    led_by = _ticks(gettext_lazy("Who are most of those who lead your group?"))
    is_for = _ticks(gettext_lazy("Whom is what you applied for mainly meant for?"))


def _ticked(before: EqualityAnswer | None) -> dict[str, Any]:
    return {"led_by": before.led_by, "is_for": before.is_for} if before else {}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def application_fair(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    if not own.submitted_at:
        raise Http404
    before = EqualityAnswer.objects.filter(application=own).first()
    form = FairForm(request.POST if request.method == "POST" else None, initial=_ticked(before))
    if form.is_bound and form.is_valid():
        equality.answer(application=own, **form.cleaned_data)
        messages.success(request, _("Thank you. Nobody reads it beside your name."))
        return HttpResponseRedirect(reverse("application", args=[own.pk]))
    context = {"application": own, "round": own.round, "form": form}
    return render(request, "grants/applying/fair.html", context)
