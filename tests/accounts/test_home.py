"""What somebody finds who has signed in, and what the frame of a page says to them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from assets.models import Membership, Organisation
from tests.assets.make import make_organisation, publish

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def join(person: User, group: Organisation, *, by: User | None) -> None:
    when = timezone.now() if by else None
    Membership.objects.create(organisation=group, user=person, confirmed_at=when, confirmed_by=by)


def test_a_volunteer_sees_their_groups_and_what_comes_next(
    client_of: ClientOf, vera: User, erin: User
) -> None:
    join(vera, publish(make_organisation(name="Bell ringers")), by=erin)
    join(vera, make_organisation(name="Kites"), by=None)
    publish(make_organisation(name="Not hers"))
    page = client_of("vera").get("/account/").content.decode()
    assert '<h2 id="groups-heading">Your groups</h2>' in page
    assert '<li><a href="/groups/bell-ringers/"><bdi>Bell ringers</bdi></a></li>' in page
    assert (
        "<li><bdi>Kites</bdi> (not on the site at the moment)"
        " – we still have to ask the group that you act for it</li>"
    ) in page
    assert 'href="/my/">Look after your groups</a>' in page
    assert "Not hers" not in page


def test_who_acts_for_no_group_is_told_nothing_of_groups(client_of: ClientOf) -> None:
    page = client_of("vera").get("/account/").content.decode()
    assert "groups-heading" not in page
    assert "We look after changes" not in page


def test_the_account_takes_as_many_queries_for_many_groups(
    client_of: ClientOf, vera: User, erin: User
) -> None:
    client, counted = client_of("vera"), []
    client.get("/account/")
    for _more in range(2):
        join(vera, publish(make_organisation()), by=erin)
        with CaptureQueriesContext(connection) as queries:
            client.get("/account/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def foot(page: str) -> str:
    return page.partition("<footer")[2]


def test_the_foot_of_a_page_behind_a_sign_in_offers_to_sign_out(client_of: ClientOf) -> None:
    shown = foot(client_of("vera").get("/account/").content.decode())
    assert '<a href="/account/logout/">Sign out</a>' in shown
    assert "Sign in" not in shown


@pytest.mark.parametrize("who", ["visitor", "vera"])
def test_the_foot_of_a_public_page_is_the_same_for_everybody(client_of: ClientOf, who: str) -> None:
    client = client_of(who)
    client.get("/about/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/about/")
    shown = foot(answer.content.decode())
    assert '<a href="/account/">Your account</a>' in shown
    assert "Sign" not in shown
    assert [one["sql"] for one in queries if "session" in one["sql"]] == []
    assert answer.cookies == {}
    assert "Cookie" not in answer.get("Vary", "")


def test_who_is_signed_in_is_told_whom_to_ask_and_not_to_sign_in(client_of: ClientOf) -> None:
    answer = client_of("pam").get("/admin/assets/organisation/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You are signed in as <strong>pam@example.com</strong>" in page
    assert "ask whoever gave you your account" in page
    assert "Sign in" not in page
    assert '<a class="button" href="/admin/">Staff pages</a>' in page
