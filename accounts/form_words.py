"""What any form says of a wrong value, in our words: set once, in place of Django's own.

Forms that know better say so in their own `error_messages`. The label stands beside it or, in the
list above the form, before it.
"""

from typing import Any

from django import forms
from django.core import validators
from django.db import models
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

FILL_IN = _("Fill this in.")
CHOOSE = _("Choose from the list.")
WHOLE_NUMBER = _("Write a whole number, such as 12.")
NUMBER = _("Write a number, such as 3 or 2.50.")
DAY = _("Write a date, such as 24/11/2026.")
TIME = _("Write a time, such as 18:30.")
E_MAIL = _("Write an e-mail address, such as jo@example.org.")
WEB = _("Write a web address, such as https://example.org.")

OF_FORM_FIELDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": FILL_IN},
    forms.BooleanField: {"required": _("Tick this box to go on.")},
    forms.IntegerField: {"invalid": WHOLE_NUMBER},
    forms.FloatField: {"invalid": NUMBER},
    forms.DecimalField: {"invalid": NUMBER},
    forms.DateField: {"invalid": DAY},
    forms.TimeField: {"invalid": TIME},
    forms.DateTimeField: {"invalid": _("Write a date and a time, such as 24/11/2026 18:30.")},
    forms.SplitDateTimeField: {"invalid_date": DAY, "invalid_time": TIME},
    forms.EmailField: {"invalid": E_MAIL},
    forms.URLField: {"invalid": WEB},
    forms.SlugField: {"invalid": _("Use letters, figures and hyphens only.")},
    forms.ChoiceField: {"required": _("Choose one."), "invalid_choice": CHOOSE},
    forms.MultipleChoiceField: {
        "required": _("Choose one or more."),
        "invalid_choice": CHOOSE,
        "invalid_list": CHOOSE,
    },
    forms.ModelChoiceField: {"required": _("Choose one."), "invalid_choice": CHOOSE},
    forms.ModelMultipleChoiceField: {
        "required": _("Choose one or more."),
        "invalid_choice": CHOOSE,
        "invalid_list": CHOOSE,
        "invalid_pk_value": CHOOSE,
    },
}
OF_VALIDATORS: dict[Any, Any] = {
    validators.MaxLengthValidator: _(
        "Use %(limit_value)d letters at most. There are %(show_value)d now."
    ),
    validators.MinLengthValidator: _(
        "Use %(limit_value)d letters or more. There are %(show_value)d now."
    ),
    validators.MaxValueValidator: _("Write %(limit_value)s or less."),
    validators.MinValueValidator: _("Write %(limit_value)s or more."),
    validators.ProhibitNullCharactersValidator: _(
        "There is a letter in this that we cannot keep. Type it instead of pasting it."
    ),
    validators.EmailValidator: E_MAIL,
    validators.URLValidator: WEB,
}
OF_DECIMALS: dict[str, Any] = {
    "invalid": NUMBER,
    "max_digits": _("Use %(max)s figures at most."),
    "max_decimal_places": _("Use %(max)s figures after the point at most."),
    "max_whole_digits": _("Use %(max)s figures before the point at most."),
}
OF_COLUMNS = {
    "blank": FILL_IN,
    "null": FILL_IN,
    "invalid_choice": CHOOSE,
    "unique": _("There is one with this already."),
}

OF_PARTS = {
    "missing_management_form": _("A part of this page was lost on the way. Open it again."),
    "too_many_forms": _("There can be %(num)d at most."),
}


def use() -> None:
    """Before any form is made: fields take their words along when they are."""
    for field, words in OF_FORM_FIELDS.items():
        # A class of its own words, lest those of its parent change too.
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **words}
    for validator, said in OF_VALIDATORS.items():
        validator.message = said
    validators.DecimalValidator.messages = OF_DECIMALS
    models.Field.default_error_messages = {**models.Field.default_error_messages, **OF_COLUMNS}
    BaseFormSet.default_error_messages |= OF_PARTS
