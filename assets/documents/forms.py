"""The forms of documents: one for the group, two for staff."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.models import TrustStatement
from assets.models.documents import KINDS


class BringForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What does it show?"),
        choices=[(one.value, one.label) for one in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the document shows.")},
    )
    file = forms.FileField(
        label=_("The document"),
        help_text=_("A PDF, or a photograph of it (JPEG or PNG). 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
            "invalid": _("Choose a file."),
        },
    )
    # One for each time the page is shown, so that two presses are one document.
    once = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Please try that again.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["once"] = uuid4()


class SeenForm(forms.Form):
    """What the page will say: a mark or registration has a name or number, most run out."""

    name = forms.CharField(
        label=_("Name or number"),
        required=False,
        max_length=120,
        help_text=_("Of a mark or registration."),
    )
    expires_on = forms.DateField(
        label=_("Runs out on"),
        required=False,
        help_text=_("The first day on which it no longer counts. Empty if it does not run out."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    elsewhere = forms.CharField(
        label=_("Seen elsewhere? Say where"),
        required=False,
        max_length=250,
        help_text=_("Only if you did not open the file here: “on paper, in their hall”."),
    )
    keep = forms.BooleanField(
        label=_("Keep the file"),
        required=False,
        help_text=_("Only where there is a reason to read it again. Otherwise it goes now."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = (
            TrustStatement.Kind.OFSTED,
            TrustStatement.Kind.CHARITY,
            TrustStatement.Kind.QUALITY_MARK,
        )
        self.fields["name"].required = kind in numbered

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("It has run out already: say so to the group instead."))
        return day


class RefuseForm(forms.Form):
    why = forms.CharField(
        label=_("What is missing? The group reads this"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say to the group what is missing.")},
    )
