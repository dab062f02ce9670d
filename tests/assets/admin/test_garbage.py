"""Anything may be sent to a form: the answer is clear, and never a crash."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.models import HelpLine, Place, Status
from tests.assets.admin.pages import opened, url
from tests.assets.make import MAKERS, at, make_contact, make_organisation, make_schedule

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
GARBAGE = ["\x00", "9" * 40, "-1", "banana", "²", "<b>", "x" * 10_000, "2026-13-45", "[]", "٣"]


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda text: ascii(text)[:12])
@pytest.mark.parametrize("model", [*MAKERS, HelpLine, Place])
def test_garbage_in_any_field_of_a_form(
    client_of: ClientOf, model: type[Any], garbage: str
) -> None:
    row = at(model, Status.PUBLIC) if model in MAKERS else model._default_manager.first()
    if hasattr(row, "schedules"):
        make_schedule(row)
    editor, page = client_of("erin"), url(row, "change")
    form = opened(editor, page)
    assert editor.post(page, dict.fromkeys(form, garbage)).status_code == 200
    assert editor.post(page, {}).status_code == 200
    # By itself, in a form that is right otherwise: every tenth field, so that together the ten
    # kinds of garbage reach them all.
    for name in list(form)[GARBAGE.index(garbage) :: len(GARBAGE)]:
        answer = editor.post(page, form | {name: garbage})
        assert answer.status_code in {200, 302}, name


@pytest.mark.parametrize(
    "sent",
    [
        {"contacts-INITIAL_FORMS": "99999"},
        {"contacts-TOTAL_FORMS": "99999"},
        {"contacts-INITIAL_FORMS": "-1"},
        {"contacts-0-id": "99999999999999999999"},
        {"contacts-0-organisation": "banana"},
        {"contacts-1-id": "1", "contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "2"},
    ],
)
def test_garbage_in_the_rows_of_a_form(client_of: ClientOf, sent: dict[str, str]) -> None:
    group = make_organisation()
    make_contact(group)
    editor, page = client_of("erin"), url(group, "change")
    assert editor.post(page, opened(editor, page) | sent).status_code in {200, 302, 400}


def test_a_contact_of_another_group_cannot_be_taken_or_removed(client_of: ClientOf) -> None:
    mine, theirs = make_organisation(), make_organisation(name="Theirs")
    make_contact(mine)
    other = make_contact(theirs, value="01632 960999")
    editor, page = client_of("erin"), url(mine, "change")
    form = opened(editor, page) | {"contacts-0-id": str(other.pk), "contacts-0-DELETE": "on"}
    editor.post(page, form)
    other.refresh_from_db()
    assert (other.organisation, other.value) == (theirs, "01632 960999")
