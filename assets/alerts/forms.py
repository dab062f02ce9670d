"""“Tell me when something new comes”: an address, and whether words may be kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.register.asking import LimitedForm


class AlertForm(LimitedForm):
    keep_words = forms.BooleanField(required=False)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We use it for this and for nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Any = None, *, words: str) -> None:
        """`words` may be kept, if there are any and whoever typed them says so."""
        super().__init__(data)
        if not words:
            del self.fields["keep_words"]
            return
        self.fields["keep_words"].label = _("Keep my words: “%(words)s”") % {"words": words}
        self.fields["keep_words"].help_text = _(
            "Without a tick your words are left out. Kept, they are locked away with your address."
        )
