"""What a group may send us, who may read it, and how soon it goes."""

from datetime import date
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image

from accounts.models import User
from assets.documents import verbs
from assets.documents.checking import NotTaken, check
from assets.models import Document, Organisation
from tests.assets import documents
from tests.assets.make import make_organisation, make_trust_statement

ZIP = BytesIO()
with ZipFile(ZIP, "w") as archive:
    archive.writestr("policy.pdf", b"0" * 1_000_000)
TOO_LARGE = documents.a_pdf() + b"\n" * 11_000_000
NOT_SO = "This is not what its name says. Send a PDF, a JPEG or a PNG."
NOT_THESE = "We can only take a PDF, a JPEG or a PNG."
TWO = "This name has two endings. Save the file under a plain name."
FOLDER = "There is a folder in the name of this file. Save it under a plain name."
LARGE = "This file is larger than 10 MB. Send fewer pages, or a smaller picture."
PROGRAM = "This PDF holds a program or other files. Print it to a new PDF first."
WIDE = "This picture is too large. Send a smaller one."


@pytest.mark.parametrize(
    ("name", "data", "kept_as"),
    [
        ("Policy 2026.pdf", documents.a_pdf(), ("Policy 2026.pdf", "application/pdf")),
        ("v1.2 policy.PDF", documents.a_pdf(), ("v1.2 policy.PDF", "application/pdf")),
        (
            "long.pdf",
            documents.a_pdf_that_opens_at_its_first_page(),
            ("long.pdf", "application/pdf"),
        ),
        ("scan.jpeg", documents.a_picture(), ("scan.jpeg", "image/jpeg")),
        ("<b>scan.png", documents.a_picture("PNG"), ("bscan.png", "image/png")),
        ("scan.png", documents.a_picture("PNG"), ("scan.png", "image/png")),
    ],
)
def test_a_pdf_or_a_picture_is_taken(name: str, data: bytes, kept_as: tuple[str, str]) -> None:
    kept = check(name, data)
    assert (kept.name, kept.media_type) == kept_as


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("policy.pdf", b"#!/bin/sh\nrm -rf /\n", NOT_SO, id="a script named .pdf"),
        pytest.param("policy.pdf", b"<script>alert(1)</script>", NOT_SO, id="a page named .pdf"),
        pytest.param("logo.svg", b"<svg onload='x()'/>", NOT_THESE, id="an SVG"),
        pytest.param("logo.png", b"<svg onload='x()'/>", NOT_SO, id="an SVG named .png"),
        pytest.param("policy.zip", ZIP.getvalue(), NOT_THESE, id="an archive"),
        pytest.param("policy.pdf", ZIP.getvalue(), NOT_SO, id="an archive named .pdf"),
        pytest.param("scan.png", documents.a_bomb(), WIDE, id="a picture that is a bomb"),
        pytest.param("policy.pdf", TOO_LARGE, LARGE, id="11 MB"),
        pytest.param("policy.pdf.exe", documents.a_pdf(), NOT_THESE, id="ends as a program"),
        pytest.param("policy.exe.pdf", documents.a_pdf(), TWO, id="two endings"),
        pytest.param("policy.php.jpg", documents.a_picture(), TWO, id="two endings, a picture"),
        pytest.param("../../etc/policy.pdf", documents.a_pdf(), FOLDER, id="a path"),
        pytest.param("C:\\policy.pdf", documents.a_pdf(), FOLDER, id="a path of Windows"),
        pytest.param("scan.jpg", documents.a_picture("PNG"), NOT_SO, id="another type"),
        pytest.param("policy", documents.a_pdf(), NOT_THESE, id="no ending"),
        pytest.param("policy.pdf", b"", "This file is empty.", id="empty"),
        pytest.param(
            "policy.pdf", b"%PDF-1.7 ...", "We cannot open this PDF. Is it whole?", id="half a PDF"
        ),
        pytest.param(
            "scan.jpg",
            documents.a_picture()[:200],
            "We cannot open this picture. Is it whole?",
            id="half a picture",
        ),
        pytest.param("policy.pdf", documents.a_pdf_with_a_script(), PROGRAM, id="a script inside"),
        pytest.param(
            "policy.pdf", documents.a_pdf_that_starts_a_program(), PROGRAM, id="starts a program"
        ),
        pytest.param("policy.pdf", documents.a_pdf_with_a_file_in_it(), PROGRAM, id="a file in it"),
        pytest.param(
            "policy.pdf",
            documents.a_locked_pdf(),
            "This PDF is locked. Save it without a password.",
            id="locked",
        ),
    ],
)
def test_anything_else_is_refused_in_words(name: str, data: bytes, says: str) -> None:
    with pytest.raises(NotTaken) as refused:
        check(name, data)
    assert refused.value.messages == [says]


def test_a_picture_forgets_where_it_was_taken() -> None:
    sent = documents.a_picture(taken_at="at 3 Testing Lane")
    assert b"Testing Lane" in sent
    kept = check("scan.jpg", sent).data
    assert b"Testing Lane" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


@pytest.fixture
def group(db: None) -> Organisation:
    return make_organisation()


def brought(group: Organisation, by: User, **changes: object) -> Document:
    fields = {"kind": "insurance", "name": "policy.pdf", "data": documents.a_pdf()}
    return verbs.bring(organisation=group, once=uuid4(), by=by, **fields | changes)  # type: ignore[arg-type]


def test_a_second_press_finds_the_first_document(group: Organisation, vera: User) -> None:
    once = uuid4()
    first, second = (
        verbs.bring(
            organisation=group,
            kind="insurance",
            name="policy.pdf",
            data=documents.a_pdf(),
            once=once,
            by=vera,
        )
        for _press in range(2)
    )
    assert first == second == Document.objects.get()


def test_a_certificate_of_the_dbs_is_never_taken(group: Organisation, vera: User) -> None:
    with pytest.raises(ValidationError) as refused:
        brought(group, vera, kind="dbs")
    assert list(refused.value.message_dict) == ["kind"]
    assert not Document.objects.exists()


@pytest.mark.parametrize("keep", [True, False])
def test_once_seen_it_is_stated_and_dated_and_the_file_goes_unless_kept(
    group: Organisation, vera: User, erin: User, keep: bool
) -> None:
    make_trust_statement(group, kind="insurance", stance="told")
    document = brought(group, vera)
    verbs.opened(document=document, by=erin)
    expires = date(2030, 1, 1)
    assert verbs.seen(document=document, name="", expires_on=expires, keep=keep, by=erin)
    assert not verbs.seen(document=document, name="", expires_on=expires, keep=keep, by=erin)
    stated = group.trust.get()
    assert (stated.kind, stated.stance, stated.stated_on, stated.expires_on) == (
        "insurance",
        "seen",
        timezone.localdate(),
        expires,
    )
    assert bool(Document.objects.get().data) == keep
    assert list(document.moves.values_list("to_status", "moved_by")) == [("seen", erin.pk)]


def test_who_has_not_opened_it_cannot_say_that_we_saw_it(
    group: Organisation, vera: User, erin: User, ada: User
) -> None:
    document = brought(group, vera)
    for _time in range(2):
        verbs.opened(document=document, by=ada)
    with pytest.raises(ValidationError, match="Open the file first") as refused:
        verbs.seen(document=document, name="", expires_on=None, keep=False, by=erin)
    assert list(refused.value.message_dict) == ["elsewhere"]
    stored = Document.objects.get()
    assert (stored.status, bool(stored.data), group.trust.count()) == ("waiting", True, 0)
    assert [one.opened_by for one in stored.openings.all()] == [ada]


def test_who_saw_it_elsewhere_says_where(group: Organisation, vera: User, erin: User) -> None:
    document = brought(group, vera)
    assert verbs.seen(
        document=document, name="", expires_on=None, keep=False, by=erin, elsewhere="In their hall."
    )
    assert document.moves.get().why == "In their hall."


def test_what_is_refused_goes_with_a_reason(group: Organisation, vera: User, erin: User) -> None:
    document = brought(group, vera)
    with pytest.raises(ValidationError, match="Say to the group what is missing"):
        verbs.refuse(document=document, why=" ", by=erin)
    assert verbs.refuse(document=document, why="It ended in May.", by=erin)
    stored = Document.objects.get()
    assert (stored.status, bytes(stored.data)) == ("refused", b"")
    assert stored.moves.get().why == "It ended in May."


def test_a_group_takes_back_what_we_have_seen(group: Organisation, vera: User, erin: User) -> None:
    document = brought(group, vera)
    verbs.opened(document=document, by=erin)
    verbs.seen(document=document, name="", expires_on=None, keep=True, by=erin)
    assert verbs.drop(document=document, by=vera)
    assert bytes(Document.objects.get().data) == b""


def test_ten_wait_at_most(group: Organisation, vera: User) -> None:
    for _document in range(10):
        brought(group, vera)
    with pytest.raises(ValidationError, match="Ten documents wait for us already"):
        brought(group, vera)
