"""Mail waits, is claimed, leaves once; what we do not know we say."""

import re
import smtplib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from time_machine import travel

from accounts.models import User
from accounts.outbox import queue, sender
from accounts.outbox.models import MOVES, MailMove, OutgoingMail, Status
from config import settings as as_configured

pytestmark = pytest.mark.django_db

OUR_BACKEND = "accounts.outbox.backend.OutboxBackend"
BACKEND = "tests.accounts.test_outbox.PostOffice"


class PostOffice(BaseEmailBackend):
    """The other side: takes what it is given, or answers as a test told it to."""

    delivered: list[EmailMessage] = []
    answers: list[Exception] = []

    def open(self) -> bool:
        if self.answers and isinstance(self.answers[0], ConnectionRefusedError):
            raise self.answers.pop(0)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if self.answers:
            raise self.answers.pop(0)
        self.delivered.extend(email_messages)
        return 1


@pytest.fixture(autouse=True)
def post_office(settings: LazySettings) -> type[PostOffice]:
    settings.OUTBOX_TRANSPORT = {"BACKEND": BACKEND}
    # Django's test runner puts one of its own here.
    settings.EMAIL_BACKEND = OUR_BACKEND
    PostOffice.delivered, PostOffice.answers = [], []
    return PostOffice


def letter(**given: object) -> OutgoingMail:
    about = {
        "to": "vera@example.com",
        "subject": "Your listing",
        "body": "Is it still right?",
        "reason": "still-right",
        "label": "Still right?",
        "secret": False,
    }
    return queue.put(**(about | given))  # type: ignore[arg-type]


def moves_of(mail: OutgoingMail) -> list[tuple[str, str]]:
    return list(mail.moves.values_list("from_status", "to_status"))


def work() -> None:
    call_command("send_mail")


# --- Sending ---


def test_a_mail_that_waits_is_sent_and_its_way_is_recorded(post_office: type[PostOffice]) -> None:
    mail = letter()
    work()
    mail.refresh_from_db()
    assert [(m.to, m.subject, m.body) for m in post_office.delivered] == [
        (["vera@example.com"], "Your listing", "Is it still right?")
    ]
    assert (mail.status, mail.attempts) == ("sent", 1)
    assert moves_of(mail) == [("queued", "claimed"), ("claimed", "sent")]


def test_a_mail_is_sent_once(post_office: type[PostOffice]) -> None:
    letter()
    work()
    work()
    assert len(post_office.delivered) == 1


def test_a_mail_leaves_only_when_its_transaction_commits() -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == 0


def test_mail_waits_while_no_way_out_is_set_up(
    settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OUTBOX_TRANSPORT = {"BACKEND": ""}
    mail = letter()
    work()
    mail.refresh_from_db()
    assert mail.status == "queued"
    assert capsys.readouterr().out == "Mail is not set up (MAIL_URL), so it waits in the outbox.\n"


def test_mail_can_leave_into_a_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.OUTBOX_TRANSPORT = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": tmp_path},
    }
    letter()
    work()
    text = next(tmp_path.iterdir()).read_text()
    assert "To: vera@example.com" in text
    assert "Message-ID: <outbox." in text
    assert "Auto-Submitted: auto-generated" in text


def test_every_attempt_carries_the_same_message_id(post_office: type[PostOffice]) -> None:
    mail = letter()
    ids = {sender._message(mail).extra_headers["Message-ID"]}
    work()
    ids |= {m.extra_headers["Message-ID"] for m in post_office.delivered}
    assert len(ids) == 1


# --- When the other side says no ---


def refused(code: int) -> Exception:
    return smtplib.SMTPRecipientsRefused({"vera@example.com": (code, b"no vera@example.com")})


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        (refused(550), "failed", "SMTPRecipientsRefused 550"),
        (refused(450), "queued", "SMTPRecipientsRefused 450"),
        (smtplib.SMTPDataError(554, b"spam"), "failed", "SMTPDataError 554"),
        (smtplib.SMTPDataError(451, b"later"), "queued", "SMTPDataError 451"),
        (smtplib.SMTPSenderRefused(530, b"?", "us"), "queued", "SMTPSenderRefused 530"),
        (ConnectionRefusedError("vera@example.com"), "queued", "ConnectionRefusedError"),
        # The line went dead while the mail was on it: it may have arrived.
        (smtplib.SMTPServerDisconnected("gone"), "unknown", "SMTPServerDisconnected"),
        (TimeoutError("slow"), "unknown", "TimeoutError"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_follows_from_each_answer(
    post_office: type[PostOffice], answer: Exception, status: str, error: str
) -> None:
    mail = letter()
    post_office.answers = [answer]
    work()
    mail.refresh_from_db()
    assert (mail.status, mail.last_error) == (status, error)
    notes = " ".join(MailMove.objects.values_list("note", flat=True))
    assert "vera@example.com" not in notes


def test_a_mail_that_met_not_now_is_tried_again_later(post_office: type[PostOffice]) -> None:
    start = timezone.now()
    with travel(start, tick=False):
        mail = letter()
        post_office.answers = [refused(450)]
        work()
        work()
        assert post_office.delivered == []
    with travel(start + timedelta(minutes=1, seconds=1), tick=False):
        work()
        assert len(post_office.delivered) == 1
    assert moves_of(mail) == [
        ("queued", "claimed"),
        ("claimed", "queued"),
        ("queued", "claimed"),
        ("claimed", "sent"),
    ]


def test_after_the_last_attempt_it_has_failed(post_office: type[PostOffice]) -> None:
    mail = letter()
    moment = timezone.now()
    for wait in [*sender.BACK_OFF, timedelta(0)]:
        post_office.answers = [refused(450)]
        with travel(moment, tick=False):
            work()
        moment += wait + timedelta(seconds=1)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("failed", len(sender.BACK_OFF) + 1)


def test_a_code_that_works_no_more_is_not_sent(post_office: type[PostOffice]) -> None:
    mail = letter(secret=True, good_until=timezone.now() - timedelta(seconds=1))
    work()
    mail.refresh_from_db()
    assert post_office.delivered == []
    assert (mail.status, mail.body) == ("failed", "")


# --- When a sender vanishes ---


def abandoned(**given: object) -> OutgoingMail:
    """A mail whose sender was killed eleven minutes ago."""
    with travel(timezone.now() - timedelta(minutes=11), tick=False):
        letter(**given)
        claimed = sender.claim_next()
    assert claimed is not None
    return claimed


def test_a_mail_whose_sender_vanished_is_unknown_and_never_repeated(
    post_office: type[PostOffice],
) -> None:
    mail = abandoned()
    work()
    work()
    mail.refresh_from_db()
    assert mail.status == "unknown"
    assert post_office.delivered == []


def test_a_claim_of_nine_minutes_is_left_to_its_sender() -> None:
    with travel(timezone.now() - timedelta(minutes=9), tick=False):
        letter()
        mail = sender.claim_next()
    work()
    assert mail is not None
    mail.refresh_from_db()
    assert mail.status == "claimed"


def test_a_sender_that_comes_back_says_that_it_was_sent() -> None:
    mail = abandoned()
    sender.tidy()
    sender._finish(mail, sender.Outcome(Status.SENT))
    mail.refresh_from_db()
    assert mail.status == "sent"


def test_a_sender_that_comes_back_leaves_a_newer_attempt_alone(erin: User) -> None:
    mail = abandoned()
    sender.tidy()
    newer = OutgoingMail.objects.get(pk=mail.pk)
    newer.send_again(by=erin)
    sender._finish(mail, sender.Outcome(Status.SENT))
    newer.refresh_from_db()
    assert newer.status == "queued"


# --- Staff ---


def test_staff_can_send_a_doubtful_mail_again_and_are_on_record(
    erin: User, post_office: type[PostOffice]
) -> None:
    mail = abandoned()
    sender.tidy()
    mail.refresh_from_db()
    assert mail.send_again(by=erin)
    work()
    assert len(post_office.delivered) == 1
    assert mail.moves.get(from_status="unknown").by == erin


def test_a_second_press_does_nothing(erin: User) -> None:
    mail = abandoned()
    sender.tidy()
    one, two = OutgoingMail.objects.get(pk=mail.pk), OutgoingMail.objects.get(pk=mail.pk)
    assert one.send_again(by=erin)
    assert not two.send_again(by=erin)
    assert mail.moves.filter(to_status="queued").count() == 1


def test_a_secret_mail_cannot_be_sent_again_for_it_is_gone(erin: User) -> None:
    mail = abandoned(secret=True)
    sender.tidy()
    mail.refresh_from_db()
    assert mail.body == ""
    assert not mail.send_again(by=erin)


def test_a_mail_that_waits_or_was_sent_cannot_be_sent_again(erin: User) -> None:
    mail = letter()
    assert not mail.send_again(by=erin)
    work()
    mail.refresh_from_db()
    assert not mail.send_again(by=erin)


# --- Secrets ---


def test_the_text_of_a_secret_mail_goes_once_it_is_sent() -> None:
    mail = letter(secret=True, body="Your code: 1234-5678")
    work()
    mail.refresh_from_db()
    assert (mail.status, mail.body) == ("sent", "")


def test_other_texts_go_after_a_month() -> None:
    with travel(timezone.now() - timedelta(days=31), tick=False):
        old = letter()
        work()
    new = letter()
    work()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.body, new.body) == ("", "Is it still right?")


def test_a_mail_that_waited_for_a_month_is_not_sent(post_office: type[PostOffice]) -> None:
    with travel(timezone.now() - timedelta(days=31), tick=False):
        mail = letter()
    work()
    mail.refresh_from_db()
    assert post_office.delivered == []
    assert (mail.status, mail.moves.get().note) == (
        "failed",
        "It waited until it was of no use.",
    )


def test_a_mail_shows_nothing_of_itself_in_logs() -> None:
    mail = letter(subject="About Vera", body="Code 1234-5678")
    for shown in (repr(mail), str(mail)):
        assert not {"vera", "Vera", "1234-5678"} & set(shown.replace(">", " ").split())
        assert "vera@example.com" not in shown


# --- Django's own way of sending ---


def test_mail_sent_the_usual_way_waits_too_one_row_an_address() -> None:
    EmailMessage("Hello", "Text", to=["a@example.com"], bcc=["b@example.com"]).send()
    assert list(OutgoingMail.objects.values_list("to", "status", "secret").order_by("to")) == [
        ("a@example.com", "queued", True),
        ("b@example.com", "queued", True),
    ]


def test_a_subject_is_one_line() -> None:
    assert letter(subject="One\r\nBcc: all@example.com").subject == "One Bcc: all@example.com"


@pytest.mark.parametrize("kind", ["html", "attachment", "alternative"])
def test_anything_but_plain_text_is_refused(kind: str) -> None:
    message = EmailMultiAlternatives("Hello", "Text", to=["a@example.com"])
    if kind == "html":
        message.content_subtype = "html"
    elif kind == "attachment":
        message.attach("list.csv", "a,b", "text/csv")
    else:
        message.attach_alternative("<p>Text</p>", "text/html")
    with pytest.raises(ValueError, match="plain text only"):
        message.send()


# --- What the database holds to ---


def test_only_the_moves_in_the_table_are_made() -> None:
    mail = letter()
    for status in set(Status) - MOVES[Status.QUEUED]:
        with pytest.raises(ValueError, match="cannot go from"):
            mail.move(status)


def test_a_mail_that_somebody_else_moved_is_not_moved_again() -> None:
    mail = letter()
    sender.claim_next()
    assert not mail.move(Status.FAILED)
    assert mail.moves.count() == 1


NOW = timezone.now()
CLAIM = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("mail_", {"status": "posted"}),
        ("mail_claim_and_its_time", {"status": "failed", "claim": CLAIM, "finished_at": NOW}),
        ("mail_claimed_when_its_status_says_so", {"claim": CLAIM, "claimed_at": NOW}),
        ("mail_claimed_when_its_status_says_so", {"status": "claimed"}),
        ("mail_claimed_when_its_status_says_so", {"status": "unknown", "finished_at": NOW}),
        ("mail_finished_when_its_status_says_so", {"finished_at": NOW}),
        (
            "mail_finished_when_its_status_says_so",
            {"status": "sent", "claim": CLAIM, "claimed_at": NOW},
        ),
        (
            "mail_times_in_order",
            {"status": "claimed", "claim": CLAIM, "claimed_at": NOW - timedelta(days=1)},
        ),
        (
            "mail_times_in_order",
            {"status": "sent", "claim": CLAIM, "claimed_at": NOW + timedelta(hours=1)}
            | {"finished_at": NOW},
        ),
        ("mail_secret_is_wiped", {"status": "failed", "finished_at": NOW, "secret": True}),
        ("mail_shown_of_a_secret_one", {"shown": "Text"}),
        ("mail_has_text_while_waiting", {"body": ""}),
    ],
)
def test_the_database_refuses_impossible_mails(constraint: str, row: dict[str, object]) -> None:
    whole: dict[str, object] = {"to": "a@example.com", "body": "Text", "created_at": NOW}
    with pytest.raises(IntegrityError, match=constraint):
        OutgoingMail.objects.create(**(whole | {"secret": False} | row))


def test_a_move_goes_somewhere() -> None:
    with pytest.raises(IntegrityError, match="mailmove_goes_somewhere"):
        MailMove.objects.create(mail=letter(), from_status="sent", to_status="sent")


def test_closing_badly_does_not_undo_a_mail(
    post_office: type[PostOffice], monkeypatch: pytest.MonkeyPatch
) -> None:
    def close(self: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(PostOffice, "close", close, raising=False)
    mail = letter()
    work()
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert len(post_office.delivered) == 1


def test_the_site_sends_all_its_mail_through_the_outbox() -> None:
    assert as_configured.EMAIL_BACKEND == OUR_BACKEND


# --- Once, and in two forms ---


def test_what_is_to_be_said_once_is_queued_once() -> None:
    first = letter(once="still-right:1")
    assert letter(once="still-right:1", body="Again") == first
    assert letter(once="still-right:2") != first
    assert sorted(OutgoingMail.objects.values_list("body", "once")) == [
        ("Is it still right?", "still-right:1"),
        ("Is it still right?", "still-right:2"),
    ]


def test_a_mail_leaves_as_text_and_as_html_with_the_same_words(
    post_office: type[PostOffice],
) -> None:
    letter(body="Is <b>it</b> right?\n\nhttps://example.org/yes\n\n-- \nThe board\n")
    work()
    (sent,) = post_office.delivered
    assert isinstance(sent, EmailMultiAlternatives)
    assert sent.body == "Is <b>it</b> right?\n\nhttps://example.org/yes\n\n-- \nThe board\n"
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    shown = re.findall(r"<p>(.*?)</p>", str(html))
    assert shown == [
        "Is &lt;b&gt;it&lt;/b&gt; right?",
        '<a href="https://example.org/yes" rel="nofollow">https://example.org/yes</a>',
        "The board",
    ]


def test_the_database_holds_one_mail_for_one_reason() -> None:
    letter(once="still-right:1")
    with pytest.raises(IntegrityError, match="mail_once"), transaction.atomic():
        OutgoingMail.objects.create(to="a@example.com", body="Again", once="still-right:1")
