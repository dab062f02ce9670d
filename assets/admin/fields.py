"""Form fields for what the directory keeps in a form that people do not write."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets.ages import AgeNotUnderstood, read_age

COUNTED_IN_MONTHS = re.compile(r"\d\s*-?\s*[mw]|born|baby", re.IGNORECASE)


class Lines(forms.Textarea):
    """Text of several lines. Browsers send other line breaks than were stored."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed


class Sentences(Lines):
    """A line too long for one row of the screen."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return " ".join(typed.splitlines()) if isinstance(typed, str) else typed


class AgeField(forms.CharField):
    """The youngest age, as people say it; the cleaned value is months, 0 for nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return self.in_words(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return self.without_age()
        try:
            age = read_age(typed)
        except AgeNotUnderstood:
            raise ValidationError(_("Write an age such as 7 or 18 months."), code="age") from None
        if age.in_pregnancy:
            raise ValidationError(_("Tick the box for pregnancy instead."), code="age")
        return self.months(typed, age.months)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()

    def without_age(self) -> int | None:
        return 0

    def months(self, typed: str, months: int) -> int:
        return months

    def in_words(self, months: int) -> str:
        return str(months // 12) if months % 12 == 0 else _("%d months") % months


class OldestAgeField(AgeField):
    """The oldest age that still counts; the cleaned value is the first month that does not."""

    def without_age(self) -> int | None:
        return None

    def months(self, typed: str, months: int) -> int:
        return months + (1 if COUNTED_IN_MONTHS.search(typed) else 12)

    def in_words(self, months: int) -> str:
        if months > 12 and months % 12 == 0:
            return str(months // 12 - 1)
        return _("%d months") % (months - 1)


class DatesField(SimpleArrayField):
    """Dates with commas between them."""

    default_error_messages = {"item_invalid": gettext_lazy("Date %(nth)s cannot be read:")}

    def __init__(self, **kwargs: Any) -> None:
        invalid = gettext_lazy("write it like 24/11/2026.")
        base = forms.DateField(error_messages={"invalid": invalid})
        super().__init__(base, required=False, max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(f"{day:%d/%m/%Y}" for day in value if isinstance(day, date))
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


class PersonField(forms.EmailField):
    """Somebody by their e-mail address, which is the initial value too."""

    def clean(self, value: Any) -> User | None:
        typed = super().clean(value)
        if not typed:
            return None
        person = User.objects.filter(email=User.objects.normalize_email(typed)).first()
        if person is None:
            raise ValidationError(
                _("Nobody has an account with this address. Ask them to sign up first."),
                code="nobody",
            )
        return person
