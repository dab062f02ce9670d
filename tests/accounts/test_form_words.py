"""What a form says of a wrong value is in our words, whoever made the form."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.test import Client

from tests.assets.admin.pages import errors, opened, url
from tests.assets.make import make_activity, make_organisation

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
FIELDS: dict[str, tuple[forms.Field, Any, str]] = {
    "nothing": (forms.CharField(), "", "Fill this in."),
    "too long": (
        forms.CharField(max_length=3),
        "letters",
        "Use 3 letters at most. There are 7 now.",
    ),
    "too short": (forms.CharField(min_length=3), "a", "Use 3 letters or more. There are 1 now."),
    "null": (
        forms.CharField(),
        "a\x00",
        "There is a letter in this that we cannot keep. Type it instead of pasting it.",
    ),
    "address": (forms.EmailField(), "jo", "Write an e-mail address, such as jo@example.org."),
    "web": (
        forms.URLField(assume_scheme="https"),
        "no web",
        "Write a web address, such as https://example.org.",
    ),
    "slug": (forms.SlugField(), "a b", "Use letters, figures and hyphens only."),
    "number": (forms.IntegerField(), "x", "Write a whole number, such as 12."),
    "low": (forms.IntegerField(min_value=1), "0", "Write 1 or more."),
    "high": (forms.IntegerField(max_value=9), "10", "Write 9 or less."),
    "money": (forms.DecimalField(), "x", "Write a number, such as 3 or 2.50."),
    "pence": (
        forms.DecimalField(max_digits=7, decimal_places=2),
        "1.234",
        "Use 2 figures after the point at most.",
    ),
    "day": (forms.DateField(), "2026-13-45", "Write a date, such as 24/11/2026."),
    "time": (forms.TimeField(), "25:00", "Write a time, such as 18:30."),
    "choice": (forms.ChoiceField(choices=[("a", "A")]), "b", "Choose from the list."),
    "choices": (forms.MultipleChoiceField(choices=[("a", "A")]), [], "Choose one or more."),
    "tick": (forms.BooleanField(), False, "Tick this box to go on."),
}


@pytest.mark.parametrize(("field", "value", "says"), FIELDS.values(), ids=FIELDS)
def test_a_field_says_what_to_do(field: forms.Field, value: Any, says: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)
    assert refused.value.messages == [says]


def test_the_summary_names_the_field(client: Client) -> None:
    page = client.post("/account/login/", {}).content.decode()
    assert '<a href="#id_login">E-mail address – Fill this in.</a>' in page


def test_staff_forms_say_it_too(client_of: ClientOf) -> None:
    page, editor = url(make_organisation(), "change"), client_of("erin")
    answer = editor.post(page, opened(editor, page) | {"name": "", "summary": "x" * 251})
    assert errors(answer) == {
        "name": ["Fill this in."],
        "summary": ["Use 250 letters at most. There are 251 now."],
    }


def test_no_word_of_djangos_is_left_in_an_empty_staff_form(client_of: ClientOf) -> None:
    page, editor = url(make_activity(), "change"), client_of("erin")
    shown = opened(editor, page)
    emptied = {name: value for name, value in shown.items() if "-" in name or "opened" in name}
    said = {one for some in errors(editor.post(page, emptied)).values() for one in some}
    assert said == {
        "Fill this in.",
        "Choose one.",
        "Choose one or more.",
    }
