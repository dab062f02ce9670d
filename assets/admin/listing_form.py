"""The form of a listing, in which two colleagues cannot overwrite each other."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext as _

from assets.admin import history
from assets.admin.base import DirectoryForm

OPENED = "opened_version"


class ListingForm(DirectoryForm):
    """Carries the version it was opened with.

    Somebody else has saved since: nothing is stored, the form comes back with what was typed, and
    says who changed what. Fields that only they changed show their words; where both changed the
    same field, theirs are quoted beside it. Saving again is then a choice made knowingly.
    """

    # Of a QueryDict's own kind, which `_bring_together` copies and changes.
    data: Any
    # Who tells what was there before, and who changed it.
    told_by: ClassVar[Any] = history
    refused: ValidationError | None = None
    opened_version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[OPENED].initial = self.initial[OPENED] = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.instance._state.adding and cleaned.get(OPENED) != self.instance.version:
            self._bring_together(cleaned.get(OPENED))
        if self.refused is not None:
            self.add_error(None, ValidationError(self.refused.messages))
        return cleaned

    def _bring_together(self, opened: int | None) -> None:
        """`self.instance` still holds what is stored now: it gets the form's values later."""
        now = self.instance
        self.add_error(None, _changed_meanwhile(self.told_by.since(now, opened)))
        before = self.told_by.as_it_was(now, opened)
        self.data = self.data.copy()
        for name, field in self.fields.items():
            if name != OPENED and _is_column(now, name):
                self._bring_together_field(name, field, now, before)
        self.data[self.add_prefix(OPENED)] = str(now.version)

    def _bring_together_field(self, name: str, field: forms.Field, now: Model, before: Any) -> None:
        column = now._meta.get_field(name).attname  # type: ignore[union-attr]
        theirs, mine = getattr(now, column), self[name].data
        if before is not None and getattr(before, column) == theirs:
            return
        if not field.has_changed(theirs, mine):
            return
        if before is not None and not field.has_changed(getattr(before, column), mine):
            self._take(name, theirs)
            return
        quoted = self.told_by.in_words(now, name)
        self.add_error(name, _("Meanwhile somebody else wrote: “%(theirs)s”") % {"theirs": quoted})

    def _take(self, name: str, value: Any) -> None:
        """Shows a stored value in place of the one that was posted."""
        key, field = self.add_prefix(name), self.fields[name]
        shown = field.widget.format_value(field.prepare_value(value))
        self.data.pop(key, None)
        if isinstance(field.widget, forms.CheckboxInput):
            if value:
                self.data[key] = "on"
        elif isinstance(shown, list):
            self.data.setlist(key, shown)
        else:
            self.data[key] = "" if shown is None else shown


def _is_column(row: Model, name: str) -> bool:
    field = next((one for one in row._meta.get_fields() if one.name == name), None)
    return isinstance(field, models.Field) and not field.many_to_many


def _changed_meanwhile(what: list[str]) -> ValidationError:
    return ValidationError(
        [
            _(
                "Somebody else changed this while you had it open, so nothing is saved yet. "
                "What you wrote is still here: look through it, then save again."
            ),
            *what,
        ],
        code="changed_meanwhile",
    )
