"""One's own award: its money, its agreement as it stands, and asking to change it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import who
from grants import bank, changing
from grants.applying.parts import DayField, Lines, MoneyField
from grants.models import Application, Award, Variation


class ChangeForm(forms.Form):
    """What is to change. The last day is the group's word for it; `ends_before` is ours."""

    use_required_attribute = False

    purpose = Lines(
        label=gettext_lazy("What is the money for, from now on?"),
        required=False,
        rows=4,
        max_length=2_000,
        help_text=gettext_lazy("Leave it empty if that stays as it is."),
    )
    last_day = DayField(
        label=gettext_lazy("What is to be the last day?"),
        required=False,
        help_text=gettext_lazy("Such as 31 July 2028. Leave it empty if that stays as it is."),
    )
    amount = MoneyField(
        label=gettext_lazy("How much do you need now, in pounds?"),
        required=False,
        help_text=gettext_lazy("Less than you have. Leave it empty if that stays as it is."),
    )
    why = Lines(
        label=gettext_lazy("Why?"),
        rows=4,
        max_length=2_000,
        error_messages={"required": gettext_lazy("Say why, in a sentence or two.")},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        names = ("purpose", "last_day", "amount")
        if not self.errors and not any(said.get(name) for name in names):
            raise ValidationError(_("Say what is to change."))
        return said

    @property
    def asked(self) -> changing.Asked:
        said = self.cleaned_data
        last = said["last_day"]
        return changing.Asked(
            purpose=said["purpose"],
            ends_before=last + timedelta(days=1) if last else None,
            amount=said["amount"],
        )


def own_award_or_404(request: HttpRequest, pk: UUID) -> Award:
    """An award that was accepted, of a group that this person writes or acts for."""
    own = Application.objects.of_applicant(who(request))
    found = Award.objects.filter(application__in=own, accepted_at__isnull=False)
    return get_object_or_404(
        found.select_related("application__round", "organisation", "report"), pk=pk
    )


@require_safe
@never_cache
@login_required
def own_award(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_award_or_404(request, pk)
    payments = list(own.payments.order_by("number"))
    for one in payments:
        one.award = own
    variations = list(own.variations.all())
    report = getattr(own, "report", None)
    context = {
        "award": own,
        "application": own.application,
        "round": own.application.round,
        "last_day": own.ends_before - timedelta(days=1),
        "payments": payments,
        "asks_account": not own.paid and bank.may_be_given(own.application),
        "variations": variations,
        "amended": [one for one in variations if one.amends],
        "may_ask": own.status in changing.MAY_ASK
        and not any(one.answer == Variation.Answer.ASKED for one in variations),
        "repayments": list(own.repayments.all()),
        "report": report,
        "story": getattr(report, "story", None),
    }
    return render(request, "grants/own/award.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def own_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_award_or_404(request, pk)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            changing.ask(award=own, asked=form.asked, why=form.cleaned_data["why"], by=who(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("We have it, and answer you by e-mail."))
            return HttpResponseRedirect(reverse("own_award", args=[own.pk]))
    context = {"award": own, "application": own.application, "form": form}
    return render(request, "grants/own/change.html", context)


@require_POST
@never_cache
@login_required
def own_change_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_award_or_404(request, pk)
    if waiting := own.variations.filter(answer=Variation.Answer.ASKED).first():
        try:
            changing.take_back(variation=waiting, by=who(request))
            messages.success(request, _("You no longer ask for it."))
        except changing.AnsweredMeanwhile as refused:
            messages.error(request, " ".join(refused.messages))
    return HttpResponseRedirect(reverse("own_award", args=[own.pk]))
