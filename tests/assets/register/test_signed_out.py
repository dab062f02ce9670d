"""A sign-in that runs out in the middle of a step loses nothing, and shows it to nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from assets.models import Membership, Organisation, Proposal
from assets.register.signed_out import KEPT
from tests.assets.proposals.made import public_group
from tests.assets.register.writer import ABOUT, hidden, words
from tests.people import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TYPED = "We fly kites in any weather."


@pytest.fixture
def group() -> Organisation:
    return public_group()


@pytest.fixture
def browser(group: Organisation, client_of: ClientOf) -> Client:
    """Vera opened a step, was signed out, and has just pressed “save”."""
    browser, path = client_of("vera"), step_of(group)
    page = browser.get(path)
    fields = {name: hidden(page, name) for name in ("base", "writer")}
    browser.logout()
    answer = browser.post(path, ABOUT | {"summary": TYPED, "do": "next"} | fields)
    assert answer["Location"] == f"/account/login/?next={path}"
    return browser


def step_of(group: Organisation) -> str:
    return f"/my/{group.pk}/edit/group/about/"


def come_in(browser: Client, name: str) -> None:
    """With the same session, as a sign-in in that browser does it."""
    browser.force_login(person(name))


def test_what_was_typed_is_there_after_signing_in_and_can_be_saved(
    browser: Client, group: Organisation
) -> None:
    come_in(browser, "vera")
    page = browser.get(step_of(group))
    assert TYPED in page.content.decode()
    assert "You were signed out while you wrote." in words(page)
    fields = {name: hidden(page, name) for name in ("base", "writer")}
    saved = browser.post(step_of(group), ABOUT | {"summary": TYPED, "do": "next"} | fields)
    assert saved.status_code == 302
    assert Proposal.objects.get().said["group"]["summary"] == TYPED


def test_it_is_shown_once(browser: Client, group: Organisation) -> None:
    come_in(browser, "vera")
    browser.get(step_of(group))
    assert TYPED not in browser.get(step_of(group)).content.decode()


def test_a_colleague_at_the_same_computer_does_not_see_it(
    browser: Client, group: Organisation
) -> None:
    Membership.objects.create(
        organisation=group,
        user=person("pam"),
        confirmed_at=timezone.now(),
        confirmed_by=person("vera"),
    )
    come_in(browser, "pam")
    page = browser.get(step_of(group))
    assert (page.status_code, TYPED in page.content.decode()) == (200, False)
    assert KEPT not in browser.session


def test_it_does_not_lie_there_for_days(browser: Client, group: Organisation) -> None:
    with travel(timezone.now() + timedelta(hours=13)):
        come_in(browser, "vera")
        assert TYPED not in browser.get(step_of(group)).content.decode()


def test_a_form_that_we_never_gave_to_anybody_is_not_kept(group: Organisation) -> None:
    nobody = Client()
    for data in ({"summary": TYPED}, {"summary": TYPED, "writer": str(person("vera").pk)}):
        nobody.post(step_of(group), data)
        assert dict(nobody.session) == {}
