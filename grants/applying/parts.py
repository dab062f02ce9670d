"""What a part of the form is. It keeps what was typed, as typed, and reads it when it is sent.

So nothing that somebody wrote is ever refused: what is wrong or missing is said, and stays.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.importing.problems import NotUnderstood
from assets.importing.reading.dates import read_date
from assets.words import long_date
from grants.models import Application
from grants.money import MoneyNotUnderstood, in_pounds, read_money

if TYPE_CHECKING:
    from datetime import date

# What was typed into each field of a part: a text, or of boxes those that are ticked.
Typed = dict[str, Any]


class Lines(forms.CharField):
    """Several lines; `most_words` is told by the page and held to by the server."""

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DayField(forms.CharField):
    """A day as people write it: “3 November 2027”, “3/11/27”. The cleaned value is a date."""

    def clean(self, value: Any) -> "date | None":
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_date(typed, timezone.localdate())
        except NotUnderstood as error:
            raise forms.ValidationError(str(error)) from error


class MoneyField(forms.CharField):
    """Pounds as people write them. The cleaned value is a Decimal."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=20, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_money(typed)
        except MoneyNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error


class Ticks(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)


class PartForm(forms.Form):
    """`application` may be a mere preview, never saved."""

    template: ClassVar[str] = "grants/applying/_fields.html"

    def __init__(self, application: Application, data: Any = None, typed: Any = None) -> None:
        """`data` is judged; `typed` is only shown."""
        self.application = application
        super().__init__(data, initial=typed, use_required_attribute=False)

    def typed(self, data: Mapping[str, Any]) -> Typed:
        """What a page sent, as it is kept: line ends as one sign, boxes in their order."""
        said: Typed = {}
        for name, field in self.fields.items():
            value = field.widget.value_from_datadict(data, {}, name)
            if isinstance(value, list):
                said[name] = [str(one)[:100] for one in value[:100]]
            else:
                # A null cannot be stored, and nobody typed one.
                text = str(value or "").replace("\r\n", "\n").replace("\0", "").strip()
                said[name] = text[: field.widget.attrs.get("data-most", 20_000)]
        return said

    def answers(self) -> list[tuple[str, str]]:
        """Label and words of all that was said; as it was typed where it is not understood."""
        return self.answers_of(self.fields)

    def answers_to_score(self) -> list[tuple[str, str]]:
        """What partners who score and decide read of it."""
        return self.answers()

    def answers_of(self, names: Iterable[str]) -> list[tuple[str, str]]:
        self.is_valid()
        return [
            (str(self.fields[name].label), words)
            for name in names
            if (words := self._words(name, self.fields[name]))
        ]

    def _words(self, name: str, field: forms.Field) -> str:
        value = self.cleaned_data.get(name)
        if value is None:
            kept = self.data.get(name, "")
            return ", ".join(kept) if isinstance(kept, list) else str(kept)
        if isinstance(value, Decimal):
            return in_pounds(value)
        if isinstance(field, DayField):
            return long_date(value)
        if isinstance(field, forms.MultipleChoiceField | forms.ChoiceField):
            choices = cast(list[tuple[Any, Any]], field.choices)
            labels = {str(key): str(label) for key, label in choices}
            chosen = value if isinstance(value, list) else [value]
            return "; ".join(labels[one] for one in chosen if one and one in labels)
        if isinstance(value, bool):
            return str(_("Yes")) if value else ""
        return str(value)


@dataclass(frozen=True)
class Part:
    """`slug` is its address; `lead` says in a sentence what it is for."""

    slug: str
    title: str | Promise
    make: Callable[..., PartForm]
    lead: str | Promise = ""
    # Tells of people: young scorers do not get to see it.
    is_personal: bool = False

    def shown(self, application: Application) -> PartForm:
        """With what was typed in it, and no judgement."""
        return self.make(application, typed=application.said.get(self.slug, {}))

    def judged(self, application: Application) -> PartForm:
        """As it would be sent."""
        return self.make(application, data=application.said.get(self.slug, {}))
