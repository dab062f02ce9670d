"""What staff see of the outbox: what needs them first, and no secret."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.outbox import queue
from accounts.outbox.models import OutgoingMail, Status

pytestmark = pytest.mark.django_db

OUTBOX = "/admin/accounts/outgoingmail/"
ClientOf = Callable[[str], Client]


def mail_that_is(status: str, *, secret: bool = False) -> OutgoingMail:
    mail = queue.put(
        to="vera@example.com",
        subject="Hello",
        body="The words of the mail",
        reason="test",
        label=f"Mail that is {status}",
        secret=secret,
    )
    if status != "queued":
        now = timezone.now()
        mail.move(Status.CLAIMED, claim=f"00000000-0000-4000-8000-{mail.pk:012}", claimed_at=now)
    if status not in ("queued", "claimed"):
        mail.move(Status(status))
    return mail


def page_of(mail: OutgoingMail) -> str:
    return f"{OUTBOX}{mail.pk}/change/"


def test_what_needs_somebody_comes_first(client_of: ClientOf) -> None:
    for status in ("sent", "queued", "claimed", "failed", "unknown"):
        mail_that_is(status)
    listed = client_of("erin").get(OUTBOX).context["cl"].result_list
    assert [mail.status for mail in listed] == ["unknown", "failed", "claimed", "queued", "sent"]


@pytest.mark.parametrize("who", ["erin", "pam", "ada"])
def test_nobody_reads_a_secret_mail(client_of: ClientOf, who: str) -> None:
    mail = mail_that_is("queued", secret=True)
    page = client_of(who).get(page_of(mail)).content.decode()
    assert "Mail that is queued" in page
    assert "The words of the mail" not in page


def test_an_editor_does_not_read_other_mails_either(client_of: ClientOf) -> None:
    page = client_of("erin").get(page_of(mail_that_is("sent"))).content.decode()
    assert "The words of the mail" not in page


def test_who_may_read_mails_reads_those_that_are_not_secret(
    client_of: ClientOf, erin: User
) -> None:
    erin.user_permissions.add(Permission.objects.get(codename="read_outgoingmail"))
    page = client_of("erin").get(page_of(mail_that_is("sent"))).content.decode()
    assert "The words of the mail" in page


@pytest.mark.parametrize(
    "lookup", ["body__contains=words", "subject__startswith=H", "moves__note=x", "claim__isnull=1"]
)
def test_the_text_cannot_be_asked_about_by_address(client_of: ClientOf, lookup: str) -> None:
    mail_that_is("queued", secret=True)
    assert client_of("ada").get(f"{OUTBOX}?{lookup}").status_code == 400


def test_mails_are_neither_added_changed_nor_deleted(client_of: ClientOf) -> None:
    mail = mail_that_is("failed")
    client = client_of("ada")
    assert client.get(f"{OUTBOX}add/").status_code == 403
    assert client.post(page_of(mail), {"to": "other@example.com"}).status_code == 403
    assert client.post(f"{OUTBOX}{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    mail.refresh_from_db()
    assert mail.to == "vera@example.com"


def test_an_editor_sends_a_doubtful_mail_again_and_it_is_on_record(
    client_of: ClientOf, erin: User
) -> None:
    mail = mail_that_is("unknown")
    client = client_of("erin")
    assert "Send again" in client.get(page_of(mail)).content.decode()
    client.post(f"{OUTBOX}{mail.pk}/send-again/")
    mail.refresh_from_db()
    assert mail.status == "queued"
    assert mail.moves.latest("pk").by == erin
    assert "vera@example.com" not in LogEntry.objects.get().object_repr


def test_sending_again_is_a_press_of_a_button_not_a_link(client_of: ClientOf) -> None:
    mail = mail_that_is("unknown")
    assert client_of("erin").get(f"{OUTBOX}{mail.pk}/send-again/").status_code == 405


def test_those_who_only_look_cannot_send_again(client_of: ClientOf, stefan: User) -> None:
    mail = mail_that_is("unknown")
    stefan.user_permissions.add(Permission.objects.get(codename="view_outgoingmail"))
    client = client_of("stefan")
    assert "Send again" not in client.get(page_of(mail)).content.decode()
    assert client.post(f"{OUTBOX}{mail.pk}/send-again/").status_code == 403
    mail.refresh_from_db()
    assert mail.status == "unknown"


def test_a_sent_mail_has_no_button(client_of: ClientOf) -> None:
    mail = mail_that_is("sent")
    client = client_of("erin")
    assert "Send again" not in client.get(page_of(mail)).content.decode()
    client.post(f"{OUTBOX}{mail.pk}/send-again/")
    mail.refresh_from_db()
    assert mail.status == "sent"


def test_the_list_takes_no_more_queries_for_more_mails(client_of: ClientOf) -> None:
    client = client_of("erin")
    counts = []
    for _more in range(3):
        mail_that_is("sent")
        OutgoingMail.objects.update(created_at=timezone.now() - timedelta(hours=1))
        client.get(OUTBOX)
        with CaptureQueriesContext(connection) as asked:
            client.get(OUTBOX)
        counts.append(len(asked))
    assert len(set(counts)) == 1
