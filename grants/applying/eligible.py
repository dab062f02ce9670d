"""“May we apply?”: asked before anything else, of anybody, with a kind no."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.models import Organisation
from assets.sent_once import SentOnce
from grants.models import EligibilityQuestion, Round

SALT = "grants.eligible"
YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
ANOTHER = "another"


class EligibleForm(forms.Form):
    """One question after the other; valid whatever the answers are, once all are given."""

    def __init__(self, round: Round, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.questions = list(round.eligibility_questions.all())
        for one in self.questions:
            self.fields[f"q{one.number}"] = forms.ChoiceField(
                label=one.text,
                help_text=one.help,
                choices=YES_OR_NO,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer yes or no.")},
            )

    @property
    def answered(self) -> dict[str, bool]:
        """Number of a question → whether the answer was yes. Of a valid form."""
        return {str(q.number): self.cleaned_data[f"q{q.number}"] == "yes" for q in self.questions}

    @property
    def against(self) -> list[EligibilityQuestion]:
        """Those whose answers mean that this round is not for them."""
        return [q for q in self.questions if self.answered[str(q.number)] != q.right_answer]


def seal(round: Round, answered: Mapping[str, bool]) -> str:
    """The answers, for the way through signing in. They hold nothing that is secret."""
    return signing.dumps([str(round.pk), json.dumps(answered)], salt=SALT)


def unseal(round: Round, sealed: str) -> dict[str, bool] | None:
    """None for anything that is not ours, or of another round, or older than a month."""
    try:
        of_round, answered = signing.loads(sealed, salt=SALT, max_age=31 * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found: dict[str, bool] = json.loads(answered)
    return found if of_round == str(round.pk) else None


class BeginForm(SentOnce):
    """For which group: one that they act for, or one that we do not know yet."""

    group = forms.ChoiceField(
        label=gettext_lazy("Which group is it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say which group it is for.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the group"), max_length=120, required=False, strip=True
    )

    def __init__(self, groups: list[Organisation], data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.groups = {str(one.pk): one for one in groups}
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            *((key, one.name) for key, one in self.groups.items()),
            (ANOTHER, _("Another group") if groups else _("A group that is not listed here yet")),
        ]
        if not groups:
            self.fields["group"].widget = forms.HiddenInput()
            self.fields["group"].initial = ANOTHER
            self.fields["group"].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.groups:
            said["group"] = ANOTHER
        if said.get("group") == ANOTHER and not said.get("name"):
            self.add_error("name", _("Write the name of the group."))
        return said

    @property
    def organisation(self) -> Organisation | None:
        return self.groups.get(self.cleaned_data["group"])
