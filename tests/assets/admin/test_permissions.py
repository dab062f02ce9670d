"""Who may press what in the staff pages of the directory. Who may open what: tests/guards."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.models import (
    Activity,
    Audience,
    HelpLine,
    Organisation,
    Place,
    Status,
    Venue,
)
from tests.assets.admin.pages import messages, opened, url
from tests.assets.make import again, at

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def one_of(model: type[Any]) -> Any:
    return model._default_manager.first() or at(model, Status.DRAFT)


@pytest.mark.parametrize("who", ["stefan", "pam", "vera", "visitor"])
@pytest.mark.parametrize("model", [Organisation, Activity, Venue, HelpLine, Audience, Place])
def test_who_may_not_change_cannot_by_sending_a_form(
    client_of: ClientOf, model: type[Any], who: str
) -> None:
    row = one_of(model)
    form = opened(client_of("erin"), url(row, "change"))
    stored = model._default_manager.filter(pk=row.pk).values().get()
    answer = client_of(who).post(url(row, "change"), form)
    assert answer.status_code == (302 if who in ("vera", "visitor") else 403)
    assert client_of(who).post(url(model, "add"), form).status_code == answer.status_code
    assert model._default_manager.filter(pk=row.pk).values().get() == stored


@pytest.mark.parametrize("who", ["stefan", "pam", "vera", "visitor"])
@pytest.mark.parametrize("verb", ["move", "check", "hide"])
def test_who_may_not_change_cannot_press_the_buttons(
    client_of: ClientOf, who: str, verb: str
) -> None:
    venue = at(Venue, Status.DRAFT)
    data = {"to": "public", "version": 1, "checked_by": "team", "shown": "masked"}
    answer = client_of(who).post(url(venue, verb), data)
    assert answer.status_code == (302 if who in ("vera", "visitor") else 403)
    same = again(venue)
    assert (same.status, same.shown, same.last_checked_on) == ("draft", "public", None)


@pytest.mark.parametrize("model", [Organisation, Activity, Venue])
def test_who_only_looks_sees_no_field_and_no_button(client_of: ClientOf, model: type[Any]) -> None:
    page = client_of("stefan").get(url(at(model, Status.DRAFT), "change"))
    html = page.content.decode().partition("<main")[2]
    html = re.sub(r'<input type="hidden"[^>]*>', "", html)
    assert [tag for tag in ("<input", "<select", "<textarea", "<button") if tag in html] == []
    assert page.context["moves"] == []


def test_who_only_looks_reads_words_not_codes(client_of: ClientOf) -> None:
    activity = at(Activity, Status.DRAFT)
    html = client_of("stefan").get(url(activity, "change")).content.decode()
    assert ("All ages" in html, "In person" in html, "in-person" in html) == (True, True, False)


def test_addresses_of_members_are_for_those_who_look_after_the_group(
    client_of: ClientOf, vera: Any
) -> None:
    group = at(Organisation, Status.DRAFT)
    group.memberships.create(user=vera)
    pages = {who: client_of(who).get(url(group, "change")) for who in ("erin", "stefan")}
    assert [vera.email in page.content.decode() for page in pages.values()] == [True, False]


def test_not_even_an_administrator_deletes_a_listing(client_of: ClientOf) -> None:
    group = at(Organisation, Status.PUBLIC)
    ada = client_of("ada")
    assert ada.post(url(group, "delete"), {"post": "yes"}).status_code == 403
    several = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    ada.post(url(Organisation, "changelist"), several)
    assert Organisation.objects.count() == 1


def test_a_listing_that_is_not_there_is_told_of(client_of: ClientOf) -> None:
    page = "/admin/assets/organisation/banana/change/"
    answer = client_of("erin").get(page, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert len(messages(answer)) == 1
