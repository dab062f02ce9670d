"""What somebody saw of one thing that is checked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.checking import MAY_HAVE_A_HOST
from grants.models import Application, ApplicationDocument, CheckKind
from grants.models.checks import Outcome


class CheckForm(forms.Form):
    """`kind` is what is checked: fields that say nothing of it are not asked."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[("", gettext_lazy("Choose")), *Outcome.choices],
        error_messages={"required": gettext_lazy("Say what came of it.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What we saw, or why"),
        max_length=400,
        help_text=gettext_lazy("The group may ask to read this."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say what you saw, or why.")},
    )
    two_sign = forms.BooleanField(
        label=gettext_lazy("In the group's own name, and two people sign who are not related"),
        required=False,
    )
    host = forms.CharField(
        label=gettext_lazy("Or the group that looks after their money"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Holds until"),
        required=False,
        help_text=gettext_lazy("The first day on which it does not. Empty: it does not run out."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    document = forms.ModelChoiceField(
        ApplicationDocument.objects.none(),
        label=gettext_lazy("Seen in"),
        required=False,
        empty_label=gettext_lazy("no document here"),
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, kind: str, application: Application) -> None:
        super().__init__(data, prefix=kind)
        self.kind = kind
        files: Any = self.fields["document"]
        files.queryset = application.documents.defer("data")
        left_out = {
            "two_sign": kind != CheckKind.ACCOUNT,
            "host": kind not in MAY_HAVE_A_HOST,
            # Whether they may apply is asked anew in each round.
            "expires_on": kind == CheckKind.ELIGIBLE,
        }
        for name, is_out in left_out.items():
            if is_out:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        passed = said.get("outcome") == Outcome.PASSED
        if passed and "two_sign" in self.fields and bool(said["two_sign"]) == bool(said["host"]):
            self.add_error(
                "two_sign",
                _("Say one of them: it is their own and two sign, or who looks after the money."),
            )
        return said

    def tell(self, refused: ValidationError) -> None:
        """Beside the field where there is one."""
        beside = getattr(refused, "message_dict", {None: refused.messages})
        for name, said in beside.items():
            self.add_error(name if name in self.fields else None, said)
