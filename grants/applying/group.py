"""Who asks. What the directory knows of a group already is not asked again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models import Organisation
from grants.applying.parts import Lines, PartForm


class GroupForm(PartForm):
    contact_name = forms.CharField(
        label=_("Whom can we talk to about this?"),
        help_text=_("Those who score do not see name and number."),
        max_length=100,
        error_messages={"required": _("Give us a name.")},
    )
    contact_phone = forms.CharField(
        label=_("On which number?"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Give us a phone number.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.application.organisation_id is None:
            self.fields |= {
                "kind": forms.ChoiceField(
                    label=_("What kind of group is it?"),
                    choices=Organisation.Kind.choices,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Say what kind of group it is.")},
                ),
                "does": Lines(
                    label=_("What does it do, in two or three sentences?"),
                    rows=4,
                    max_length=600,
                    error_messages={"required": _("Say what the group does.")},
                ),
            }

    def answers_to_score(self) -> list[tuple[str, str]]:
        """Without whom to ring: that is between the group and those who run the round."""
        return self.answers_of(
            name for name in self.fields if name not in ("contact_name", "contact_phone")
        )

    def clean_contact_phone(self) -> str:
        typed: str = self.cleaned_data["contact_phone"]
        if sum(sign.isdigit() for sign in typed) < 6:
            raise forms.ValidationError(_("That is too short for a phone number."))
        return typed
