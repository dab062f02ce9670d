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

    def __init__(self, data: Any = None, *, words: str, narrowed: bool) -> None:
        """`words` may be kept, if there are any and whoever typed them says so.

        `narrowed`: without them the search is of something still, and not of everything.
        """
        super().__init__(data)
        self._is_all_without = bool(words) and not narrowed
        if not words:
            del self.fields["keep_words"]
            return
        self.fields["keep_words"].label = _("Keep my words: “%(words)s”") % {"words": words}
        self.fields["keep_words"].help_text = _(
            "Tick this, and your words are locked away with your address. Else we leave them out."
        )

    def clean_keep_words(self) -> bool:
        """Whoever looked for football is not to be told of everything unasked."""
        kept: bool = self.cleaned_data["keep_words"]
        if self._is_all_without and not kept:
            raise forms.ValidationError(
                _(
                    "Without your words we would tell you of everything. Tick this to keep them, "
                    "or go back and choose a place, an age or a theme."
                )
            )
        return kept
