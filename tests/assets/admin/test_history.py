"""The history of a listing tells who, when, what and why."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assets import listings
from assets.admin import history
from assets.models import Status
from tests.assets.admin.pages import save, url
from tests.assets.make import (
    again,
    make_activity,
    make_contact,
    make_organisation,
    make_venue,
    publish,
)

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def told(listing: object) -> list[tuple[str, str]]:
    return [
        (str(entry.who or "a command"), entry.what)
        for entry in reversed(history.timeline(listing))  # type: ignore[arg-type]
    ]


def test_everything_that_happened_is_told_in_order(client_of: ClientOf, erin: User) -> None:
    group = make_organisation()
    contact = {"contacts-0-kind": "phone", "contacts-0-value": "01632 960001"}
    save(client_of("erin"), url(group, "change"), summary="On Fridays.", **contact)
    listings.move(listing=again(group), to=Status.PUBLIC, by=erin, why="Rang them")
    assert told(group) == [
        ("a command", "added"),
        ("Erin Marsh", "changed"),
        ("Erin Marsh", "Contact “Phone: 01632 960001” added"),
        ("Erin Marsh", "Draft → Public"),
    ]


def test_a_change_shows_what_was_and_what_is(client_of: ClientOf) -> None:
    group = make_organisation()
    save(client_of("erin"), url(group, "change"), summary="On Fridays.", kind="charity")
    page = client_of("stefan").get(url(group, "history")).content.decode()
    for shown in (
        "<dt>Kind</dt><dd><del>Community group</del> <ins>Charity</ins></dd>",
        "<del>Play and tea by the river.</del> <ins>On Fridays.</ins>",
    ):
        assert shown in page


def test_codes_and_keys_are_told_in_words(erin: User) -> None:
    activity = make_activity()
    activity.ways_to_take_part = ["in-person", "phone"]
    activity.in_pregnancy = True
    activity.venue = make_venue(name="Old School")
    listings.save(listing=activity, by=erin)
    changes = history.timeline(activity)[0].changes
    assert [(change.label, change.before, change.after) for change in changes] == [
        ("How to take part", "In person", "In person and By phone"),
        ("Venue", "Weir Field Hall, Bakewell", "Old School, Bakewell"),
        ("For people who are pregnant", "no", "yes"),
    ]


def test_the_reason_of_a_move_is_told_whole(client_of: ClientOf, erin: User) -> None:
    group = publish(make_organisation())
    why = "They moved to Buxton and will be back. " * 5
    listings.move(listing=group, to=Status.PAUSED, by=erin, why=why.strip())
    assert (
        f"<q>{why.strip()}</q>" in client_of("stefan").get(url(group, "history")).content.decode()
    )


def test_a_removed_contact_is_told(client_of: ClientOf) -> None:
    group = make_organisation()
    make_contact(group)
    save(client_of("erin"), url(group, "change"), **{"contacts-0-DELETE": "on"})
    assert told(group)[-1] == ("Erin Marsh", "Contact “Phone: 01632 960123” removed")


def test_what_one_press_of_save_did_stands_together(client_of: ClientOf) -> None:
    group = make_organisation()
    contact = {"contacts-0-kind": "phone", "contacts-0-value": "01632 960001"}
    save(client_of("erin"), url(group, "change"), summary="On Fridays.", **contact)
    newest = history.moments(group)[0]
    assert [entry.what for entry in newest.entries] == [
        "Contact “Phone: 01632 960001” added",
        "changed",
    ]


def test_garbage_in_the_address_of_a_history_is_no_crash(client_of: ClientOf) -> None:
    editor = client_of("erin")
    group = make_organisation()
    page = url(group, "history")
    assert editor.get(f"{page}?p=banana").status_code == 200
    assert editor.get(page.replace(str(group.pk), "banana")).status_code == 404
