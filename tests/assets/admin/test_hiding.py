"""Hiding a venue: what will be forgotten is said first, and then it is."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from assets.models import Place, Venue
from assets.models.venues import HIDDEN_NAMES
from tests.assets.admin.pages import errors_of, messages, save, url
from tests.assets.make import again, make_venue, publish

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
WORDS = ("Weir Field", "DE45 1DY")


@pytest.fixture
def editor(client_of: ClientOf) -> Client:
    return client_of("erin")


@pytest.fixture
def hall(editor: Client) -> Venue:
    """With a history of its own, made by staff."""
    venue = publish(make_venue())
    save(editor, url(venue, "change"), summary="Behind Weir Field church.")
    venue.refresh_from_db()
    return venue


def test_the_page_says_what_will_be_forgotten(editor: Client, hall: Venue) -> None:
    page = editor.get(url(hall, "hide")).content.decode()
    assert [word in page for word in (*WORDS, "Behind Weir Field church.", "3 records")] == [
        True
    ] * 4
    assert again(hall).shown == "public"


@pytest.mark.parametrize("shown", ["masked", "told"])
def test_pressing_the_button_hides_it(editor: Client, hall: Venue, shown: str) -> None:
    answer = editor.post(url(hall, "hide"), {"shown": shown}, follow=True)
    hidden = again(hall)
    assert (hidden.shown, hidden.name, hidden.address) == (shown, HIDDEN_NAMES[shown], "")
    assert messages(answer) == ["It is hidden now, and where it was is forgotten."]


def test_no_staff_page_knows_where_it_was(editor: Client, hall: Venue) -> None:
    editor.post(url(hall, "hide"), {"shown": "masked"}, follow=True)
    pages = [url(hall, "history"), url(hall, "change"), url(Venue, "changelist"), "/admin/"]
    texts = [editor.get(page).content.decode() for page in pages]
    assert [word for text in texts for word in WORDS if word in text] == []
    assert hall.history.count() == 1
    assert LogEntry.objects.filter(object_id=str(hall.pk)).count() == 0


def test_without_saying_why_nothing_is_hidden(editor: Client, hall: Venue) -> None:
    for given in ({}, {"shown": "public"}):
        answer = editor.post(url(hall, "hide"), given)
        assert list(answer.context["form"].errors) == ["shown"]
    assert again(hall).shown == "public"


def test_in_a_hamlet_the_page_says_what_to_do_first(editor: Client, hall: Venue) -> None:
    Place.objects.filter(pk=hall.place_id).update(kind="hamlet")
    answer = editor.post(url(hall, "hide"), {"shown": "masked"})
    assert errors_of(answer.context["form"]) == {
        "__all__": ["In a hamlet everybody would know the house. Choose the nearest village."]
    }
    assert again(hall).address == "Weir Field Lane"


def test_what_is_hidden_is_not_hidden_again(editor: Client, hall: Venue) -> None:
    editor.post(url(hall, "hide"), {"shown": "masked"})
    answer = editor.get(url(hall, "hide"), follow=True)
    assert answer.redirect_chain == [(url(hall, "change"), 302)]
    assert answer.context["may_hide"] is False
