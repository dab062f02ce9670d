"""The forms around the steps: search first, begin, “this is us”, the last look."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.importing.reading import contacts
from assets.models.proposals import no_web_address
from assets.register.forms import ReadField
from assets.register.found import LONGEST
from assets.sent_once import SentOnce


class SearchFirstForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Name of your group, postcode or website"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Use fewer words: 120 letters at most.")},
    )


class LimitedForm(SentOnce):
    """Of which one person can only send so many."""

    @property
    def status(self) -> int:
        """Of the answer."""
        return 429 if self.too_often else 200

    def may_send(self, request: HttpRequest, action: str, key: str) -> bool:
        """Limits against junk, for each computer and for `key`."""
        if ratelimit.consume(request, action=action, key=key):
            return True
        self.too_often = True
        says = _("That was quick. Wait a minute, then send it again. It is all here.")
        self.add_error(None, says)
        return False


class LinkAgainForm(LimitedForm):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("The one that you gave us when you began."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AskerForm(LimitedForm):
    """Who writes."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        validators=[no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = ReadField(
        contacts.read_phones,
        label=gettext_lazy("Your phone number, if you like"),
        help_text=gettext_lazy("Only our team sees it. It helps if there is a question."),
        nothing="",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        lines = self.cleaned_data["phone"]
        return str(lines[0]["value"]) if lines else ""


class BeginForm(AskerForm):
    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["email"].help_text = _(
            "We send you a link there, so that you can stop and go on whenever you like."
        )


class ClaimForm(AskerForm):
    why = forms.CharField(
        label=gettext_lazy("What do you do there?"),
        help_text=gettext_lazy("“I run it with my sister”, say."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConfirmForm(forms.Form):
    confirm = forms.BooleanField(
        label=gettext_lazy("The group wants this on the board, and it is right as far as I know")
    )
