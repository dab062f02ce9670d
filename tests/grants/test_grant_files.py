"""Others' grants through the staff pages: brought, looked at, loaded, taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from grants.models import GrantFile, GrantUpload, PublishedGrant
from tests.assets.admin.pages import messages
from tests.grants.awarded import LICENCE, as_file, load_theirs, make_ours, make_theirs, said

pytestmark = pytest.mark.django_db

BRING = "/admin/grants/grantfile/bring/"
Clients = Callable[[str], Client]


def brought(client: Client, data: bytes, **typed: str) -> Any:
    form = {"fetched_on": "2026-11-01", "licence": LICENCE, **typed}
    return client.post(
        BRING, {"file": SimpleUploadedFile("theirs.json", data), **form}, follow=True
    )


def test_a_file_is_looked_at_loaded_and_taken_back(client_of: Clients, mona: User) -> None:
    client = client_of("mona")
    page = brought(client, as_file(said(1), said(2)))
    assert "2 grants to add" in page.content.decode()
    assert not PublishedGrant.objects.exists()
    done = client.post(page.request["PATH_INFO"], follow=True)
    assert messages(done) == ["2 added, 0 changed, 0 as before."]
    file = GrantFile.objects.get()
    assert (file.publisher, file.licence, file.loaded_by) == ("Garden Trust", LICENCE, mona)
    assert not GrantUpload.objects.exists()
    undone = client.post(f"/admin/grants/grantfile/{file.pk}/undo/", follow=True)
    assert messages(undone) == ["2 grants were taken back."]
    again = client.post(f"/admin/grants/grantfile/{file.pk}/undo/", follow=True)
    assert messages(again) == ["This file has been taken back already."]


def test_the_same_file_again_says_that_it_is_here(client_of: Clients) -> None:
    load_theirs(said(1))
    client = client_of("mona")
    page = brought(client, as_file(said(1)))
    done = client.post(page.request["PATH_INFO"], follow=True)
    assert messages(done) == ["Nothing has changed: all of it was here already."]


def test_six_thousand_errors_are_one_row_of_a_table(client_of: Clients) -> None:
    client = client_of("mona")
    page = brought(client, as_file(*(said(n, currency="£") for n in range(6_000))))
    shown = page.content.decode()
    assert "6000 things are wrong with it" in shown
    assert shown.count("<tr>") == 2
    assert client.post(page.request["PATH_INFO"]).status_code == 200
    assert not PublishedGrant.objects.exists()


def test_what_cannot_be_loaded_says_why(client_of: Clients) -> None:
    client = client_of("mona")
    page = brought(client, as_file(said(1)), licence="")
    assert "Say under which licence we may use it." in page.content.decode()
    page = brought(client, as_file(make_ours().said))
    assert "1 grant of it is our own" in page.content.decode()
    assert not PublishedGrant.objects.theirs().exists()


@pytest.mark.parametrize(
    ("data", "typed", "says"),
    [
        (b"{}", {}, "There is no list of grants in it."),
        (b"[1", {}, "This is not JSON that we can read."),
        (b"[]", {"fetched_on": "2999-01-01"}, "It cannot have been fetched in the future."),
        (b"[]", {"fetched_on": "soon"}, "Write a date, such as 24/11/2026."),
    ],
)
def test_what_is_no_file_of_grants_is_told_beside_the_field(
    client_of: Clients, data: bytes, typed: dict[str, str], says: str
) -> None:
    answer = brought(client_of("mona"), data, **typed)
    assert says in answer.content.decode()
    assert not GrantUpload.objects.exists()


def test_an_upload_is_its_owners_alone_and_forgotten_in_a_week(
    client_of: Clients, ada: User
) -> None:
    page = brought(client_of("mona"), as_file(said(1)))
    path = page.request["PATH_INFO"]
    assert client_of("ada").get(path).status_code == 404
    old = timezone.now() - timedelta(days=8)
    GrantUpload.objects.update(uploaded_at=old)
    brought(client_of("mona"), as_file(said(2)))
    assert GrantUpload.objects.count() == 1


def test_only_the_grants_manager_brings_files(client_of: Clients) -> None:
    file = make_theirs().file
    assert file is not None
    for who in ("cora", "sal", "stefan", "erin", "finn"):
        client = client_of(who)
        assert client.get(BRING).status_code == 403
        assert client.post(f"/admin/grants/grantfile/{file.pk}/undo/").status_code == 403
        assert client.get("/admin/grants/publishedgrant/").status_code == 403
    assert client_of("mona").get(f"/admin/grants/grantfile/{file.pk}/undo/").status_code == 405


def test_staff_see_whose_a_grant_is(client_of: Clients) -> None:
    make_ours()
    make_theirs()
    client = client_of("mona")
    shown = client.get("/admin/grants/publishedgrant/?q=garden").content.decode()
    assert "Another funder’s" in shown
    assert "Bells 1" not in shown
    theirs = PublishedGrant.objects.theirs().get()
    page = client.get(f"/admin/grants/publishedgrant/{theirs.pk}/change/").content.decode()
    assert "Garden Trust" in page
