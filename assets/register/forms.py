"""What every step's form is: it begins with what was said, and says only what was changed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from assets.importing.problems import NotUnderstood
from assets.importing.reading.dates import read_date
from assets.proposals.fields import GROUP
from assets.saying import Values
from assets.words import long_date

# Value → the sentence that asks for it.
Wanted = dict[str, Any]


class TextField(forms.CharField):
    """Several lines. A browser ends them with two signs, which would look like a change."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").strip()


class LineField(forms.CharField):
    """One line that may be left empty: a draft need not be whole."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class ReadField(LineField):
    """A line that one of our readers understands. What is read is the cleaned value."""

    def __init__(self, read: Callable[[str], Any], *, nothing: Any = None, **kwargs: Any) -> None:
        self.read, self.nothing = read, nothing
        # What is typed already, and what that is: it need not be read again.
        self.as_it_was: tuple[str, Any] = ("", nothing)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return self.nothing
        if typed == self.as_it_was[0]:
            return self.as_it_was[1]
        try:
            return self.read(typed)
        except NotUnderstood as error:
            raise forms.ValidationError(str(error)) from error


class DayField(ReadField):
    """A day as people write it: “3 November 2027”, “3/11/27”."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(lambda typed: read_date(typed, timezone.localdate()), **kwargs)


def as_typed(say: Callable[..., str], *values: Any) -> str:
    """As our readers read it again: they know one language, whatever the page speaks."""
    with override(settings.LANGUAGE_CODE):
        return str(say(*values))


def day_typed(day: str | date | None) -> str:
    """As it stands in the field."""
    return as_typed(long_date, date.fromisoformat(day) if isinstance(day, str) else day)


class ChoicesField(forms.MultipleChoiceField):
    """Boxes to tick, none of them needed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class OneOfField(forms.ChoiceField):
    """One of a few."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.RadioSelect, **kwargs)


class StepForm(forms.Form):
    """A step of one part. `base` is what the part said when the page was made.

    `writes` has for each value the fields that say it; `wanted` those values without which nothing
    can be sent, with the sentence that asks for each.
    """

    of: ClassVar[str] = GROUP
    writes: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    wanted: ClassVar[Wanted] = {}
    template: ClassVar[str] = "assets/register/_fields.html"

    def __init__(self, base: Values, data: Any = None) -> None:
        self.base = base
        super().__init__(data, initial=self.initial_of(base))

    @classmethod
    def missing(cls, values: Values) -> Iterator[tuple[str, str]]:
        """Value and sentence for each thing that is still to be said."""
        for name, says in cls.wanted.items():
            if not values[name]:
                yield name, str(says)

    def initial_of(self, base: Values) -> dict[str, Any]:
        """What stands in each field, from what was said."""
        return {field: base[name] for name, (field, *_rest) in self.writes.items()}

    def value_of(self, name: str) -> Any:
        """One value, as JSON has it, from the cleaned fields."""
        value = self.cleaned_data[self.writes[name][0]]
        return sorted(value) if isinstance(value, list) else value

    def said(self) -> Values:
        """Of a valid form: only what differs from what stood there."""
        changed = {*self.changed_data}
        return {
            name: self.value_of(name)
            for name, fields in self.writes.items()
            if changed.intersection(fields)
        }

    def keep_typed(self, data: Mapping[str, Any]) -> None:
        """Show what was typed without judging it: a button only asked for more to choose from."""
        for name, field in self.fields.items():
            typed = field.widget.value_from_datadict(data, {}, self.add_prefix(name))
            self.initial[name] = typed
        self.is_bound = False
