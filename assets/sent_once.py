"""A form that anybody may send: twice is once, and what robots fill in is not taken."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def key_of(*said: object) -> UUID:
    """The same for the same words on the same day.

    Whoever goes back and presses once more has the page made anew, with another hidden key, and
    their words still in it.
    """
    words = "\n".join([timezone.localdate().isoformat(), *map(str, said)])
    return UUID(bytes=salted_hmac("said once", words, algorithm="sha256").digest()[:16])


class SentOnce(forms.Form):
    """`key` makes a form that is sent twice one report; `website` is hidden, for robots to fill."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    # Set by the view that counts.
    too_often = False

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.data.get("website") or "key" in self.errors:
            # What is hidden nobody can put right: it is made anew, and the rest stays as typed.
            anew: Any = self.data.copy()  # type: ignore[attr-defined]
            anew["website"], anew["key"] = "", str(uuid4())
            self.data = anew
            self.errors.pop("key", None)
            self.errors.pop("website", None)
            again = _("Something went wrong on the way. Please send it once more.")
            self.add_error(None, again)
        return cleaned
