"""Documents of one's own group, and of nobody else's; staff read them and say what they saw."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from assets.documents import verbs
from assets.models import Activity, Document
from tests.assets import documents
from tests.assets.make import make_trust_statement

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def brought(activity: Activity, by: User) -> Document:
    return verbs.bring(
        organisation=activity.organisation,
        kind="insurance",
        name="policy.pdf",
        data=documents.a_pdf(),
        once=uuid4(),
        by=by,
    )


def test_a_document_is_brought_once_however_often_the_button_is_pressed(
    client_of: ClientOf, hers: Activity
) -> None:
    client, path = client_of("vera"), f"/my/{hers.organisation_id}/documents/"
    once = str(uuid4())
    for _press in range(3):
        file = SimpleUploadedFile("../../policy.pdf", documents.a_pdf())
        client.post(path, {"kind": "insurance", "file": file, "once": once})
    assert list(Document.objects.values_list("name", "status")) == [("policy.pdf", "waiting")]
    page = client.get(path).content.decode()
    assert "Waits for us" in page


def test_what_is_refused_is_told_beside_the_field(client_of: ClientOf, hers: Activity) -> None:
    file = SimpleUploadedFile("policy.pdf", b"#!/bin/sh")
    answer = client_of("vera").post(
        f"/my/{hers.organisation_id}/documents/",
        {"kind": "insurance", "file": file, "once": str(uuid4())},
    )
    page = answer.content.decode()
    assert page.count("This is not what its name says. Send a PDF, a JPEG or a PNG.") == 2
    assert Document.objects.count() == 0


def test_a_file_is_served_to_be_kept_and_not_to_be_shown(
    client_of: ClientOf, hers: Activity, vera: User
) -> None:
    document = brought(hers, vera)
    answer = client_of("vera").get(f"/my/documents/{document.pk}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{document.pk}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == documents.a_pdf()


def test_nobody_reads_or_drops_a_document_of_another_group(
    client_of: ClientOf, hers: Activity, theirs: Activity, erin: User
) -> None:
    document = brought(theirs, erin)
    client = client_of("vera")
    answers = [
        client.get(f"/my/{theirs.organisation_id}/documents/").status_code,
        client.get(f"/my/documents/{document.pk}/").status_code,
        client.post(f"/my/documents/{document.pk}/drop/").status_code,
        client.get(f"/my/documents/{uuid4()}/").status_code,
    ]
    assert answers == [404, 404, 404, 404]
    assert Document.objects.get().status == "waiting"


def test_a_document_taken_back_is_gone(client_of: ClientOf, hers: Activity, vera: User) -> None:
    document = brought(hers, vera)
    client = client_of("vera")
    for _press in range(2):
        client.post(f"/my/documents/{document.pk}/drop/")
    assert client.get(f"/my/documents/{document.pk}/").status_code == 404
    assert bytes(Document.objects.get().data) == b""


def test_staff_read_it_and_say_what_they_saw(
    client_of: ClientOf, hers: Activity, vera: User
) -> None:
    document = brought(hers, vera)
    staff, look = client_of("erin"), f"/admin/assets/document/{document.pk}/look/"
    assert staff.get(f"/admin/assets/document/{document.pk}/change/")["Location"] == look
    assert staff.get(f"/admin/assets/document/{document.pk}/file/").content == documents.a_pdf()
    assert "Opened by Erin Marsh on" in staff.get(look).content.decode()
    late = staff.post(look, {"expires_on": "2020-01-01"}).content.decode()
    assert "It has run out already: say so to the group instead." in late
    staff.post(look, {"expires_on": "2031-01-01"})
    stated = hers.organisation.trust.get()
    assert (stated.kind, stated.stance, str(stated.expires_on)) == (
        "insurance",
        "seen",
        "2031-01-01",
    )
    assert staff.get(f"/admin/assets/document/{document.pk}/file/").status_code == 404


def test_what_was_seen_cannot_be_taken_back_where_no_file_is_left(
    client_of: ClientOf, hers: Activity, vera: User
) -> None:
    document = brought(hers, vera)
    page = f"/my/{hers.organisation_id}/documents/"
    assert "Take the file back" in client_of("vera").get(page).content.decode()
    look = f"/admin/assets/document/{document.pk}/look/"
    unread = client_of("erin").post(look, {"expires_on": ""}).content.decode()
    assert "Open the file first. Or say where else you saw the document." in unread
    client_of("erin").post(look, {"expires_on": "", "elsewhere": "On paper, in their hall."})
    assert (
        "Seen elsewhere: On paper, in their hall." in client_of("erin").get(look).content.decode()
    )
    said = client_of("vera").get(page).content.decode()
    assert ("The file is gone." in said, "Take the file back" in said) == (True, False)


def test_what_a_group_has_told_stands_in_the_form_for_staff(
    client_of: ClientOf, hers: Activity, vera: User
) -> None:
    make_trust_statement(
        hers.organisation, kind="insurance", stance="told", expires_on="2031-03-01"
    )
    document = brought(hers, vera)
    page = client_of("erin").get(f"/admin/assets/document/{document.pk}/look/").content.decode()
    assert 'value="2031-03-01"' in page


def test_staff_say_what_is_missing_and_the_group_reads_it(
    client_of: ClientOf, hers: Activity, vera: User
) -> None:
    document = brought(hers, vera)
    client_of("erin").post(
        f"/admin/assets/document/{document.pk}/look/", {"refuse": "1", "why": "It ended in May."}
    )
    page = client_of("vera").get(f"/my/{hers.organisation_id}/documents/").content.decode()
    assert "It ended in May." in page


def test_who_only_looks_reads_no_document(client_of: ClientOf, hers: Activity, vera: User) -> None:
    document = brought(hers, vera)
    for page in ("look", "file"):
        answer = client_of("stefan").get(f"/admin/assets/document/{document.pk}/{page}/")
        assert answer.status_code == 403
