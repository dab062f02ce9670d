"""The bank account of one's own group: typed after we have asked, and never shown again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.people import who
from grants import bank
from grants.views.own import own_application_or_404

DIGITS = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}


class AccountForm(forms.Form):
    account_name = forms.CharField(
        label=gettext_lazy("Name of the account"),
        help_text=gettext_lazy("As the bank writes it. It is the group's own, never a person's."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say in which name the account is.")},
    )
    sort_code = forms.CharField(
        label=gettext_lazy("Sort code"),
        help_text=gettext_lazy("Six digits, such as 00-00-00"),
        max_length=20,
        widget=forms.TextInput(attrs=DIGITS),
        error_messages={"required": gettext_lazy("Write the sort code.")},
    )
    account_number = forms.CharField(
        label=gettext_lazy("Account number"),
        help_text=gettext_lazy("Eight digits. Is it shorter? Put a 0 in front."),
        max_length=20,
        widget=forms.TextInput(attrs=DIGITS),
        error_messages={"required": gettext_lazy("Write the account number.")},
    )
    first_signatory = forms.CharField(
        label=gettext_lazy("Who signs for it?"),
        help_text=gettext_lazy("Their full name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Name the first person who signs.")},
    )
    second_signatory = forms.CharField(
        label=gettext_lazy("Who signs as well?"),
        help_text=gettext_lazy("Somebody who is no relation of the first and shares no home."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Name the second person who signs.")},
    )

    use_required_attribute = False

    def clean_sort_code(self) -> str:
        return bank.read_digits(self.cleaned_data["sort_code"], 6)

    def clean_account_number(self) -> str:
        return bank.read_digits(self.cleaned_data["account_number"], 8)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        names = [said.get(one, "").casefold() for one in ("first_signatory", "second_signatory")]
        if names[0] and names[0] == names[1]:
            self.add_error("second_signatory", _("Name somebody else: two people sign."))
        return said


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def application_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    own = own_application_or_404(request, pk)
    if own.entered_by_id == who(request).pk:
        # The group's own to say, not ours.
        raise Http404
    may_give = bank.may_be_given(own)
    form = AccountForm(request.POST if request.method == "POST" and may_give else None)
    if form.is_valid():
        said = dict(form.cleaned_data)
        signatories = (said.pop("first_signatory"), said.pop("second_signatory"))
        try:
            bank.give(application=own, signatories=signatories, by=who(request), **said)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("We have it. We ring your group before we pay."))
            return HttpResponseRedirect(reverse("application_account", args=[own.pk]))
    given = own.bank_details.select_related("call", "given_by").last()
    context = {
        "application": own,
        "round": own.round,
        "form": form,
        "may_give": may_give,
        "given": given,
        "call": getattr(given, "call", None),
    }
    return render(request, "grants/applying/account.html", context)
