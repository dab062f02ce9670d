"""“Enter a group for somebody”: on the telephone, from paper, face to face."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from assets.importing.reading import contacts
from assets.models.proposals import Asked
from assets.proposals import links, writing
from assets.register.forms import ReadField


class EntryForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Their name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        required=False,
        help_text=gettext_lazy("We send them what we wrote down. They may have none."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = ReadField(
        contacts.read_phones,
        label=gettext_lazy("Their phone number"),
        nothing="",
        max_length=30,
        help_text=gettext_lazy("For our team alone, to ring them back."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    asked = forms.ChoiceField(
        label=gettext_lazy("How they asked"), choices=[("", gettext_lazy("Choose")), *Asked.choices]
    )

    def clean_phone(self) -> str:
        lines = self.cleaned_data["phone"]
        return str(lines[0]["value"]) if lines else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("email") or cleaned.get("phone") or self.errors):
            self.add_error("phone", _("Write an e-mail address or a phone number."))
        return cleaned


def may_enter(request: HttpRequest) -> bool:
    return who(request).has_perm("assets.add_proposal")


def enter(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The same form as theirs comes next: what they say is written where they would write it."""
    if not may_enter(request):
        raise PermissionDenied
    form = EntryForm(request.POST or None)
    if form.is_valid():
        proposal = writing.begin(**form.cleaned_data, entered_by=who(request), is_example=False)
        return HttpResponseRedirect(reverse("listing_form", args=[links.key_of(proposal)]))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Enter a group for somebody"),
        "opts": model_admin.opts,
        "form": form,
    }
    return TemplateResponse(request, "admin/assets/proposal_enter.html", context)
