"""What was decided of one's own application, and saying yes or no to an offer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.outbox.html import SIGNATURE
from accounts.people import who
from grants import agreeing, bank, offers
from grants.models import Application, Award, AwardStatus, Letter
from grants.money import in_pounds
from grants.views.own import told_application_or_404

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


class AgreeForm(forms.Form):
    """`sign` is that of the agreement on the page."""

    sign = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    is_minimal = forms.BooleanField(
        label=_("We confirm it: we get no more than £315,000 of such money in these three years."),
        required=False,
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=100,
        help_text=_("Writing it here is your signature, for your group."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if award.subsidy != Award.Subsidy.MINIMAL:
            del self.fields["is_minimal"]


class RefuseForm(forms.Form):
    why = forms.CharField(
        label=_("Why, if you would like to tell us"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@read_and_send
@never_cache
@login_required
def application_decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = told_application_or_404(request, pk)
    award = Award.objects.filter(application=own).select_related("organisation").first()
    if request.method != "POST":
        return _show(request, own, award)
    if award is None:
        raise Http404
    form = AgreeForm(request.POST, award=award)
    if not form.is_valid():
        return _show(request, own, award, form)
    said = {"is_minimal": False} | form.cleaned_data
    try:
        agreeing.agree(award=award, by=who(request), **said)
    except offers.TooLate as late:
        return _show(request, own, late.award, too_late=True, status=409)
    except agreeing.AgreementChanged:
        return _show(request, own, award, form, has_changed=True, status=409)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _show(request, own, award, form)
    return HttpResponseRedirect(reverse("application_agreed", args=[own.pk]))


@read_and_send
@never_cache
@login_required
def application_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks first. What is refused goes to somebody else at once."""
    own = told_application_or_404(request, pk)
    award = get_object_or_404(Award, application=own)
    decision = HttpResponseRedirect(reverse("application_decision", args=[own.pk]))
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            agreeing.refuse(award=award, why=form.cleaned_data["why"], by=who(request))
        except offers.TooLate as late:
            return _show(request, own, late.award, too_late=True, status=409)
        return decision
    if award.status != AwardStatus.OFFERED:
        return decision
    context = {"application": own, "amount": in_pounds(award.amount), "form": form}
    return render(request, "grants/applying/refuse.html", context)


@require_safe
@never_cache
@login_required
def application_agreed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To print: word for word what was agreed, when and by whom."""
    own = told_application_or_404(request, pk)
    award = get_object_or_404(Award.objects.exclude(accepted_at=None), application=own)
    context = {
        "application": own,
        "award": award,
        "amount": in_pounds(award.amount),
        "agreement": agreeing.blocks_of(award.agreement),
        "asks_account": not award.paid and bank.may_be_given(own),
    }
    return render(request, "grants/applying/agreed.html", context)


def _show(
    request: HttpRequest,
    own: Application,
    award: Award | None,
    form: AgreeForm | None = None,
    *,
    status: int = 200,
    **said: bool,
) -> HttpResponse:
    is_open = award is not None and award.status == AwardStatus.OFFERED
    has_lapsed = is_open and award is not None and award.offer_ends_on < timezone.localdate()
    agreement = agreeing.agreement_of(award) if award and is_open else ""
    if award and form is None:
        form = AgreeForm(award=award)
    context: dict[str, Any] = {
        "application": own,
        "round": own.round,
        "award": award,
        "amount": in_pounds(award.amount) if award else "",
        "letter": _letter(own),
        "may_answer": is_open and not has_lapsed,
        "has_lapsed": has_lapsed or (award is not None and award.status == AwardStatus.LAPSED),
        "agreement": agreeing.blocks_of(agreement) if agreement else [],
        "sign": agreeing.sign_of(agreement),
        "conditions": list(own.conditions.all()) if award and award.accepted_at else [],
        "form": form,
        **said,
    }
    return render(request, "grants/applying/decision.html", context, status=status)


def _letter(own: Application) -> str:
    """The last that was sent, without what stands beneath every mail."""
    sent = Letter.objects.filter(application=own, sent_at__isnull=False).order_by("sent_at").last()
    return sent.body.partition(SIGNATURE)[0].strip() if sent else ""
