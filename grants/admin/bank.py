"""Bank details in the staff pages: for finance alone, who are not administrators as such."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from accounts.models import User
from assets.admin.base import who
from grants import bank
from grants.admin.own_pages import OwnPages
from grants.models import Award, BankCall, BankDetails


class CallForm(forms.Form):
    number = forms.ChoiceField(
        label=gettext_lazy("Which number did you ring?"),
        error_messages={"required": gettext_lazy("Say which number you rang.")},
    )
    spoke_to = forms.CharField(
        label=gettext_lazy("Whom did you speak to?"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say whom you spoke to.")},
    )
    is_right = forms.TypedChoiceField(
        label=gettext_lazy("Is it right?"),
        choices=[
            ("", gettext_lazy("Choose")),
            ("yes", gettext_lazy("Yes: they read it out, and it is the same")),
            ("no", gettext_lazy("No")),
        ],
        coerce=lambda said: said == "yes",
        error_messages={"required": gettext_lazy("Say whether it is right.")},
    )
    note = forms.CharField(
        label=gettext_lazy("What is not right"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Never write digits of an account here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    use_required_attribute = False

    def __init__(self, data: Any, numbers: list[bank.KnownNumber]) -> None:
        super().__init__(data)
        self.fields["number"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((one.value, f"{one.value} {one.label}".strip()) for one in numbers),
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("is_right") is False and not said.get("note"):
            self.add_error("note", _("Say what is not right."))
        return said


@dataclass(frozen=True)
class Line:
    """An award whose money may go out, and the account that its group gave last."""

    award: Award
    details: BankDetails | None
    call: BankCall | None


@admin.register(BankDetails, site=staff_site)
class BankDetailsAdmin(OwnPages):
    """Pages of our own throughout: each fetches by `grants.bank`."""

    def may_see(self, person: User) -> bool:
        return bank.is_finance(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankDetails]:
        return bank.readable(who(request))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Who is to be paid, and how far their account is."""
        self.guard(request)
        awards = bank.awards_to_pay(who(request)).select_related(
            "organisation", "application__round"
        )
        if request.method == "POST":
            return self._ask(request, awards)
        rows = list(awards.order_by("organisation__name", "pk"))
        last = bank.last_of([one.organisation for one in rows])
        lines = [_line(one, last.get(one.organisation_id)) for one in rows]
        # What waits for us first, then what waits for them.
        lines.sort(key=lambda line: (line.call is not None, line.details is None))
        return self.show(request, "admin/grants/accounts.html", _("Bank details"), lines=lines)

    def _ask(self, request: HttpRequest, awards: QuerySet[Award]) -> HttpResponse:
        key = request.POST.get("award", "")
        try:
            award = awards.filter(pk=key).first()
        except ValidationError:
            award = None
        if award is None:
            messages.error(request, _("Look again: nothing is to be paid there now."))
        else:
            bank.ask(application=award.application, by=who(request))
            messages.success(request, _("We have written to “%s”.") % award.organisation)
        return HttpResponseRedirect(reverse("admin:grants_bankdetails_changelist"))

    def page_of(self, request: HttpRequest, row: BankDetails) -> HttpResponse:
        numbers = bank.known_numbers(row)
        call = BankCall.objects.filter(details=row).select_related("rung_by").first()
        form = CallForm(request.POST if request.method == "POST" else None, numbers)
        if form.is_valid() and self._ring(request, row, form):
            return HttpResponseRedirect(reverse("admin:grants_bankdetails_changelist"))
        earlier = row.organisation.bank_details.select_related("call", "given_by")
        answer = self.show(
            request,
            "admin/grants/account.html",
            str(row.organisation),
            details=row,
            numbers=numbers,
            form=form,
            call=call,
            may_ring=call is None and row.given_by_id != who(request).pk,
            versions=earlier.order_by("-version"),
        )
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _ring(self, request: HttpRequest, details: BankDetails, form: CallForm) -> bool:
        try:
            call = bank.ring(details=details, by=who(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        said = _("It may be paid to now.") if call.is_right else _("Nothing is paid to it.")
        messages.success(request, said)
        return True


def _line(award: Award, details: BankDetails | None) -> Line:
    return Line(award, details, getattr(details, "call", None))
