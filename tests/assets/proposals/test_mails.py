"""Each mail about a proposal: what it says, where it leads, why somebody gets it."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from accounts.models import OutgoingMail, User
from accounts.outbox import sender
from accounts.outbox.models import Status
from assets import members
from assets.models import Proposal
from assets.proposals import claiming, deciding, links, mails, writing
from tests.assets.proposals.made import (
    JO,
    claimed,
    new_group,
    public_activity,
    public_group,
    sent_changes,
    sent_new_group,
)
from tests.guards.test_reading_age import HIGHEST_GRADE, NEVER, grade
from tests.people import person

pytestmark = pytest.mark.django_db
SIGNATURE = "\n-- \n"


def body_of(kind: str, proposal: Proposal, **more: str) -> str:
    mails.send(kind, proposal, **more)
    return OutgoingMail.objects.latest("pk").body


def of_each_kind() -> list[Proposal]:
    activity = public_activity()
    group = activity.organisation
    ended = claiming.has_ended(organisation=group, activity=activity, by=None, email=JO)
    return [new_group(), sent_changes(group, summary="Songs."), claimed(group), ended]


def page_of(mail: OutgoingMail) -> str:
    return f"/admin/accounts/outgoingmail/{mail.pk}/change/"


def sentences(body: str) -> list[str]:
    text = re.sub(r"https?://\S+", "", body)
    parts = re.split(r"(?<=[.!?:])\s+|\n", text)
    return [one for one in parts if re.search("[A-Za-z]", one)]


@pytest.mark.parametrize("kind", mails.MAILS)
def test_it_is_easy_to_read_and_says_why_it_comes(kind: str) -> None:
    for proposal in of_each_kind():
        body = body_of(kind, proposal, message="Is it for all ages?")
        text, _dashes, foot = body.partition(SIGNATURE)
        assert text.startswith("Hello,\n\n")
        assert "\n\n\n" not in body
        assert "You get this mail because " in foot
        assert "account with us" not in foot
        assert grade(sentences(text)) <= HIGHEST_GRADE, text
        assert [word for word in NEVER if re.search(rf"\b{word}s?\b", body.lower())] == []


@pytest.mark.parametrize(
    "kind", ["accepted", "accepted_in_part", "returned", "declined", "entered"]
)
def test_what_we_wrote_stands_in_it_as_we_wrote_it(kind: str) -> None:
    said = "Is it for <all> ages & “everyone”?"
    assert said in body_of(kind, sent_new_group(), message=said)


def test_a_link_opens_the_form_again() -> None:
    proposal = new_group()
    form = links.url("listing_form", links.key_of(proposal))
    for kind in ("begun", "received", "returned"):
        assert f"\n{form}\n" in body_of(kind, proposal, message="Which?")
    assert links.found_by(form.split("/")[-2]) == proposal


def test_who_looks_after_a_group_goes_on_in_its_pages() -> None:
    sent = sent_changes(public_group(), summary="Songs.")
    mine = links.url("my_groups")
    for kind in ("received", "accepted", "accepted_in_part", "returned"):
        body = body_of(kind, sent, message="Which?")
        assert f"\n{mine}" in body
        assert "/list-your-group/" not in body


def test_what_is_accepted_is_linked(erin: User) -> None:
    sent = sent_new_group()
    deciding.accept(proposal=sent, version=sent.version, by=erin)
    mail = OutgoingMail.objects.get(reason="proposal-accepted")
    assert mail.subject.startswith("It is on the board – ")
    assert f"\n{links.url('organisation', 'larch-lane-kites')}\n" in mail.body


def test_the_subject_says_what_was_accepted(erin: User) -> None:
    activity = public_activity()
    asked = [
        claimed(activity.organisation),
        claiming.has_ended(
            organisation=activity.organisation, activity=activity, by=None, email=JO
        ),
    ]
    for proposal in asked:
        deciding.accept(proposal=proposal, version=1, by=erin)
    subjects = OutgoingMail.objects.filter(reason="proposal-accepted").order_by("pk")
    assert [mail.subject.partition(" – ")[0] for mail in subjects] == [
        "You look after it now",
        "It says that it has ended",
    ]


def test_the_group_is_asked_by_a_link_that_does_that_alone() -> None:
    claim = claimed(public_group())
    body = body_of("vouch", claim, to="wrens@example.com")
    (key,) = re.findall(r"/list-your-group/vouch/([^/]+)/", body)
    assert links.found_by(key, links.VOUCHING) == claim
    assert links.found_by(key) is None
    assert links.found_by(key, links.CONFIRMING) is None
    assert "Jo Kite told us" in body
    assert JO not in body


def test_what_we_entered_is_confirmed_by_a_link_that_does_that_alone(erin: User) -> None:
    entered = writing.begin(name="Jo", email=JO, entered_by=erin, is_example=False)
    body = body_of("entered", entered)
    (key,) = re.findall(r"/list-your-group/confirm/([^/]+)/", body)
    assert links.found_by(key, links.CONFIRMING) == entered
    assert links.found_by(key) is None


def test_a_link_that_somebody_has_changed_opens_nothing() -> None:
    key = links.key_of(new_group())
    for wrong in ("", "banana", key[:-1], f"0{key[1:]}x", key.partition(":")[0]):
        assert links.found_by(wrong) is None


def test_staff_read_every_mail_about_a_proposal_but_for_its_links(
    client_of: Callable[[str], Client],
) -> None:
    proposal = sent_new_group()
    for kind in mails.MAILS:
        mails.send(kind, proposal, message="Is it for all ages?")
    found = OutgoingMail.objects.order_by("pk")
    assert {mail.label: mail.secret for mail in found} == {
        "Link to a form": True,
        "Receipt": True,
        "Given back": True,
        "Is this person one of you?": True,
        "Entered for you": True,
        "Accepted": False,
        "Accepted in part": False,
        "Declined": False,
    }
    keys = [links.key_of(proposal, use) for use in (links.WRITING, links.VOUCHING)]
    keys.append(links.key_of(proposal, links.CONFIRMING))
    client = client_of("ada")
    for mail in found:
        page = client.get(page_of(mail)).content.decode()
        assert [key for key in keys if key in page] == []
        assert "Hello," in page
        assert ("(a link for them alone)" in page) == mail.secret
    for label in ("Given back", "Declined"):
        mail = found.get(label=label)
        page = client.get(page_of(mail)).content.decode()
        assert "Is it for all ages?" in page
        page = client_of("erin").get(page_of(mail)).content.decode()
        assert ("Is it for all ages?" in page, "Your role sees that a mail left" in page) == (
            False,
            True,
        )


def test_a_link_goes_to_its_group_alone_when_it_is_in_our_own_words() -> None:
    proposal = sent_new_group()
    said = f"Come here: {mails.go_on_url(proposal)}?a=1."
    mails.send("declined", proposal, message=said)
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.secret, "Come here: (a link for them alone)" in mail.shown) == (True, True)


def test_what_is_shown_of_a_secret_mail_stays_when_it_is_sent_and_goes_in_a_month() -> None:
    proposal = sent_new_group()
    mails.send("returned", proposal, message="Which?")
    mail = OutgoingMail.objects.latest("pk")
    mail.move(Status.CLAIMED, claim=uuid4(), claimed_at=timezone.now())
    mail.move(Status.SENT)
    stored = OutgoingMail.objects.get(pk=mail.pk)
    assert (stored.body, "Which?" in stored.shown) == ("", True)
    with travel(timezone.now() + timedelta(days=31), tick=False):
        sender.tidy()
    assert OutgoingMail.objects.get(pk=mail.pk).shown == ""


def test_one_move_gives_one_mail() -> None:
    proposal = sent_new_group()
    for _press in range(2):
        mails.send("received", proposal)
    assert OutgoingMail.objects.count() == 1


def test_a_colleague_is_told_who_asked_them() -> None:
    members.invite(organisation=public_group(), email="al@x.org", name="Al", by=person("vera"))
    body = OutgoingMail.objects.get().body
    text, _dashes, foot = body.partition(SIGNATURE)
    assert "Vera Holt has asked you to help look after “Weir Field Wrens”." in text
    assert f"\n{links.url('my_groups')}\n" in text
    assert "because somebody who looks after this group gave us your address" in foot
    assert grade(sentences(text)) <= HIGHEST_GRADE
