"""The short forms on the page of one's own group."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Newcomers
from assets.models.proposals import no_web_address


class RoomForm(forms.Form):
    newcomers = forms.ChoiceField(
        label=_("Is there room for new people?"),
        choices=[
            (Newcomers.YES, _("Yes, come along")),
            (Newcomers.WAITING, _("There is a waiting list")),
            (Newcomers.FULL, _("We are full at the moment")),
            (Newcomers.NOT_SAID, _("We would rather not say")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether there is room for new people.")},
    )
    waiting_weeks = forms.IntegerField(
        label=_("About how many weeks to wait?"),
        required=False,
        min_value=1,
        max_value=104,
        help_text=_("If there is a waiting list."),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write the weeks as a number from 1 to 104.")
        ),
    )
    meanwhile = forms.CharField(
        label=_("What could people do meanwhile?"),
        required=False,
        max_length=250,
        help_text=_("Another group, a help line, an open day."),
        error_messages={"max_length": _("Use 250 letters at most.")},
    )

    def clean(self) -> dict[str, Any]:
        """What is typed now is not dropped without a word; what stood there goes by itself."""
        cleaned: dict[str, Any] = super().clean() or {}
        room = cleaned.get("newcomers")
        if room is None:
            return cleaned
        if self._is_typed("waiting_weeks") and room != Newcomers.WAITING:
            says = _("Choose “There is a waiting list” as well, or leave the weeks out.")
            self.add_error("waiting_weeks", says)
        if self._is_typed("meanwhile") and room in (Newcomers.YES, Newcomers.NOT_SAID):
            says = _("Families read this beside a waiting list, or where you are full.")
            self.add_error("meanwhile", says)
        return cleaned

    def _is_typed(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name)) and name in self.changed_data


class CallOffForm(forms.Form):
    on = forms.DateField(error_messages=dict.fromkeys(("required", "invalid"), _("Choose a day.")))


class NotOnForm(forms.Form):
    """Several days at once. `coming` are the days to come, with their words."""

    days = forms.TypedMultipleChoiceField(
        label=_("Which days?"),
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick a day, or go back."),
            "invalid_choice": _("That day is not among those to come. Choose again."),
        },
    )
    note = forms.CharField(
        label=_("Why, in a few words?"),
        help_text=_("Families read it beside the day: “the hall is being painted”, say."),
        required=False,
        max_length=120,
        validators=[no_web_address],
        error_messages={"max_length": _("Use 120 letters at most.")},
    )

    def __init__(self, coming: list[tuple[date, str]], data: Any = None) -> None:
        super().__init__(data)
        self.has_days = bool(coming)
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), words) for day, words in coming
        ]

    def clean_note(self) -> str:
        return " ".join(self.cleaned_data["note"].split())


class WhyForm(forms.Form):
    why = forms.CharField(
        required=False,
        max_length=250,
        error_messages={"max_length": _("Use 250 letters at most.")},
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_length"),
            _("Write an e-mail address such as jo@example.org."),
        ),
    )
    name = forms.CharField(
        label=_("Their name"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Use 100 letters at most.")},
    )
