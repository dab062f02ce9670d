"""What all staff pages of the directory share."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst

from accounts.models import User
from assets.admin.fields import Lines
from assets.admin.finding import Finder, FindField


def who(request: HttpRequest) -> User:
    """The member of staff whose request this is: the staff site lets nobody else come here."""
    return cast(User, request.user)


class DirectoryForm(forms.ModelForm):
    """Says beside the field what breaks a rule of the table: `beside` is constraint → field."""

    beside: ClassVar[dict[str, str]] = {}

    def _update_errors(self, errors: ValidationError) -> None:
        """What is wrong with a field is said once: the form has its own word before the table."""
        if hasattr(errors, "error_dict"):
            for name in self._errors or {}:  # type: ignore[attr-defined]
                errors.error_dict.pop(name, None)
        super()._update_errors(errors)  # type: ignore[misc]

    def _post_clean(self) -> None:
        # Django says it at the top of the form, and leaves out rules that name the parent of a
        # part: the table would refuse with a crash.
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()  # type: ignore[misc]
        finally:
            del self.instance.validate_constraints
        self._keep_the_rules()

    def _keep_the_rules(self) -> None:
        exclude = self._get_validation_exclusions()  # type: ignore[attr-defined]
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=exclude)
                except ValidationError as error:
                    field = self.beside.get(constraint.name)
                    self.add_error(field if field in self.fields else None, error)


class PlainFields(admin.options.BaseModelAdmin):
    """Fields that work without scripts: the browser's own dates, ticks instead of long lists.

    `finders` names the relations that are written instead of chosen.
    """

    finders: ClassVar[dict[str, Finder]] = {}
    formfield_overrides = {
        models.DateField: {
            "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        },
        models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
        models.TextField: {"widget": Lines(attrs={"rows": 4})},
        models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"},
    }

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        # Django's buttons beside a relation open windows by script.
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name not in self.finders:
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        return FindField(
            self.finders[db_field.name],
            label=capfirst(db_field.verbose_name),
            required=not db_field.blank,
            help_text=db_field.help_text,
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class StaffAdmin(PlainFields, admin.ModelAdmin):
    """Nothing of the directory is deleted here: listings end, reference data is in use."""

    form = DirectoryForm
    # What the list is for, where its name does not say it.
    about: Any = ""
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What the filters of the list ask for, and nothing that somebody types into its address.

        Through a relation to many, Django would add DISTINCT, which points cannot have.
        """
        asked = {_parameter(one) for one in self.get_list_filter(request)}
        return lookup.split("__")[0] in asked


def _parameter(of_filter: Any) -> str:
    """A filter of the list is a field, a field with its class, or a class of ours."""
    if isinstance(of_filter, tuple):
        return str(of_filter[0])
    return str(getattr(of_filter, "parameter_name", of_filter))


class ReadOnlyAdmin(StaffAdmin):
    """To look things up: the rows come from a command."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
