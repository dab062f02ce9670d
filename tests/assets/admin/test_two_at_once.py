"""Two colleagues with the same listing open: neither overwrites the other, nothing is lost."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from assets import listings
from assets.models import Organisation, Status
from tests.assets.admin.pages import as_shown, errors, opened, url
from tests.assets.make import again, make_activity, make_contact, make_organisation, publish

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
CHANGED = (
    "Somebody else changed this while you had it open, so nothing is saved yet. "
    "What you wrote is still here: look through it, then save again."
)


@pytest.fixture
def editor(client_of: ClientOf) -> Client:
    return client_of("erin")


@pytest.fixture
def group() -> Organisation:
    return make_organisation(description="Toys.\n\nTea.")


def changed_by(colleague: User, group: Organisation, **changes: str) -> None:
    theirs = again(group)
    for name, value in changes.items():
        setattr(theirs, name, value)
    listings.save(listing=theirs, by=colleague)


def test_the_second_to_save_overwrites_nothing(
    editor: Client, ada: User, group: Organisation
) -> None:
    form = opened(editor, url(group, "change"))
    changed_by(ada, group, summary="Ada was here.")
    editor.post(url(group, "change"), form | {"summary": "Erin was here."})
    assert again(group).summary == "Ada was here."
    assert again(group).version == 2


def test_the_second_to_save_reads_who_changed_what_and_when(
    editor: Client, ada: User, group: Organisation
) -> None:
    form = opened(editor, url(group, "change"))
    with time_machine.travel(datetime(2027, 1, 5, 14, 2, tzinfo=UTC), tick=False):
        changed_by(ada, group, summary="Ada was here.", kind="charity")
    answer = editor.post(url(group, "change"), form | {"summary": "Erin was here."})
    assert errors(answer)["__all__"] == [
        CHANGED,
        "Ada Wright, 5 Jan 2027, 14:02: changed (Kind, In one or two sentences).",
    ]


def test_what_both_changed_stands_side_by_side(
    editor: Client, ada: User, group: Organisation
) -> None:
    form = opened(editor, url(group, "change"))
    changed_by(ada, group, summary="Ada was here.")
    answer = editor.post(url(group, "change"), form | {"summary": "Erin was here."})
    assert as_shown(answer)["summary"] == "Erin was here."
    assert errors(answer)["summary"] == ["Meanwhile somebody else wrote: “Ada was here.”"]


def test_what_only_the_colleague_changed_is_taken_over(
    editor: Client, ada: User, group: Organisation
) -> None:
    form = opened(editor, url(group, "change"))
    changed_by(ada, group, description="Toys, tea and cake.", kind="charity")
    answer = editor.post(url(group, "change"), form | {"summary": "Erin was here."})
    shown = as_shown(answer)
    assert (shown["summary"], shown["description"], shown["kind"]) == (
        "Erin was here.",
        "Toys, tea and cake.",
        ["charity"],
    )
    assert list(errors(answer)) == ["__all__"]


def test_line_breaks_as_a_browser_sends_them_are_no_change(
    editor: Client, ada: User, group: Organisation
) -> None:
    form = opened(editor, url(group, "change")) | {"description": "Toys.\r\n\r\nTea."}
    editor.post(url(group, "change"), form)
    assert again(group).description == "Toys.\n\nTea."
    changed_by(ada, group, description="Toys, tea and cake.")
    answer = editor.post(url(group, "change"), form | {"opened_version": "2"})
    assert list(errors(answer)) == ["__all__"]
    assert as_shown(answer)["description"] == "Toys, tea and cake."


def test_saving_again_keeps_the_work_of_both(
    editor: Client, ada: User, group: Organisation
) -> None:
    form = opened(editor, url(group, "change"))
    changed_by(ada, group, description="Toys, tea and cake.")
    answer = editor.post(url(group, "change"), form | {"summary": "Erin was here."})
    editor.post(url(group, "change"), as_shown(answer))
    stored = again(group)
    assert (stored.summary, stored.description, stored.version) == (
        "Erin was here.",
        "Toys, tea and cake.",
        3,
    )


def test_ticks_and_ages_of_a_colleague_are_taken_over(editor: Client, ada: User) -> None:
    activity = make_activity(help_with_cost=True, age_before=60)
    form = opened(editor, url(activity, "change"))
    theirs = again(activity)
    theirs.help_with_cost, theirs.age_before, theirs.in_pregnancy = False, 18, True
    theirs.ways_to_take_part = ["in-person", "online"]
    listings.save(listing=theirs, by=ada)
    answer = editor.post(url(activity, "change"), form | {"title": "Toddlers"})
    editor.post(url(activity, "change"), as_shown(answer))
    stored = again(activity)
    assert (stored.title, stored.help_with_cost, stored.age_before, stored.in_pregnancy) == (
        "Toddlers",
        False,
        18,
        True,
    )
    assert stored.ways_to_take_part == ["in-person", "online"]


def test_a_move_meanwhile_is_told_too(editor: Client, ada: User) -> None:
    group = publish(make_organisation())
    form = opened(editor, url(group, "change"))
    moment = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        listings.move(listing=again(group), to=Status.PAUSED, by=ada, why="Half term")
    answer = editor.post(url(group, "change"), form | {"summary": "Erin was here."})
    assert errors(answer)["__all__"][1] == "Ada Wright, 5 Jan 2027, 09:30: Public → Paused."
    assert again(group).status == Status.PAUSED


def test_a_contact_that_a_colleague_removed_is_not_lost(editor: Client, ada: User) -> None:
    group = make_organisation()
    gone, kept = make_contact(group), make_contact(group, value="01632 960456")
    form = opened(editor, url(group, "change"))
    gone.delete()
    changed_by(ada, group)
    changed = form | {"contacts-0-label": "Ask for Jo", "contacts-1-label": "Ask for Bo"}
    answer = editor.post(url(group, "change"), changed)
    rows = [
        (row.instance.pk, row["value"].value(), row["label"].value())
        for row in answer.context["inline_admin_formsets"][0].formset.forms
    ]
    assert rows[:2] == [
        (kept.pk, "01632 960456", "Ask for Bo"),
        (None, "01632 960123", "Ask for Jo"),
    ]
    editor.post(url(group, "change"), as_shown(answer))
    assert sorted(group.contacts.values_list("value", "label")) == [
        ("01632 960123", "Ask for Jo"),
        ("01632 960456", "Ask for Bo"),
    ]


@pytest.mark.parametrize("version", ["", "banana", "-1", "99999999999999999999"])
def test_a_form_without_its_version_saves_nothing(
    editor: Client, group: Organisation, version: str
) -> None:
    form = opened(editor, url(group, "change"))
    answer = editor.post(
        url(group, "change"), form | {"opened_version": version, "summary": "Sneaky."}
    )
    assert CHANGED in errors(answer)["__all__"]
    assert again(group).summary == group.summary
