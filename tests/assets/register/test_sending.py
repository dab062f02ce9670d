"""Begin, copy, claim and send, each a hundred times: one row, one receipt, one mail."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import OutgoingMail
from assets.models import Organisation, Proposal
from assets.models.proposals import ProposalStatus
from assets.proposals import links
from tests.assets.make import make_contact, make_organisation, publish
from tests.assets.register.writer import (
    ABOUT,
    JO,
    WHAT,
    Writer,
    begun,
    hidden,
    mails,
    words,
)

pytestmark = pytest.mark.django_db
TIMES = 100
BEGIN = "/list-your-group/begin/"
JO_KITE = {"name": "Jo Kite", "email": JO, "phone": ""}


@pytest.fixture
def wrens(db: None) -> Organisation:
    group = make_organisation(name="Weir Field Wrens")
    make_contact(group, kind="email", value="wrens@example.com")
    return publish(group)


def asker(path: str, **data: Any) -> dict[str, Any]:
    return {"key": hidden(Client().get(path), "key")} | JO_KITE | data


def test_begun_a_hundred_times_is_begun_once() -> None:
    sent = asker(BEGIN)
    answers = [Client().post(BEGIN, sent) for _time in range(TIMES)]
    proposal = Proposal.objects.get()
    there = f"/list-your-group/{links.key_of(proposal)}/"
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, there)}
    assert mails("begun") == [JO]
    assert there in OutgoingMail.objects.get().body


def test_whoever_types_what_another_typed_is_not_led_to_what_that_one_began() -> None:
    first, second = (Client().post(BEGIN, asker(BEGIN)) for _each in range(2))
    assert first["Location"] != second["Location"]


def test_a_corrected_address_gets_its_own_link() -> None:
    sent = asker(BEGIN, email="jo@example.cmo")
    Client().post(BEGIN, sent)
    Client().post(BEGIN, sent | {"email": JO})
    assert sorted(mails("begun")) == ["jo@example.cmo", JO]
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"website": "cheap pills"}, {"key": ""}, {"key": "x"}, {"email": ""}, {"email": "jo"}]
)
def test_junk_and_slips_begin_nothing_and_lose_nothing(wrong: dict[str, str]) -> None:
    answer = Client().post(BEGIN, asker(BEGIN, **wrong))
    assert answer.status_code == 200
    assert "There is a problem" in words(answer)
    assert 'value="Jo Kite"' in answer.content.decode()
    assert (Proposal.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_too_many_from_one_place_are_asked_to_wait() -> None:
    answers = [
        Client().post(BEGIN, asker(BEGIN, email=f"jo{number}@example.com")) for number in range(12)
    ]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert "Wait a minute, then send it again" in words(answers[-1])
    assert 'value="jo11@example.com"' in answers[-1].content.decode()
    assert Proposal.objects.count() == 10


def test_an_activity_added_or_copied_a_hundred_times_is_one_more() -> None:
    proposal = begun()
    jo = Writer.of(proposal)
    for do, part, parts in (("add", "", 2), ("copy", "new-1", 3)):
        expected = hidden(jo.get(), "as")
        answers = [jo.post(do=do, part=part, **{"as": expected}) for _time in range(TIMES)]
        assert {answer["Location"] for answer in answers[1:]} == {jo.form}
        proposal.refresh_from_db()
        assert len(proposal.said) == parts


def test_sent_a_hundred_times_is_sent_once() -> None:
    proposal = begun()
    jo = Writer.of(proposal)
    jo.write_all()
    answers = [jo.post("check/", confirm="on") for _time in range(TIMES)]
    assert {answer["Location"] for answer in answers} == {f"{jo.form}sent/"}
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SENT
    assert proposal.moves.count() == 1
    assert mails("received") == [JO]
    receipt = words(jo.get("sent/"))
    assert f"{proposal.pk.hex[:4].upper()}-{proposal.pk.hex[4:8].upper()}" in receipt
    assert f"We write to {JO}" in receipt
    assert "We have it, and we are looking at it." in words(jo.get())


def test_what_is_missing_is_told_with_the_step_where_it_is_asked() -> None:
    jo = Writer.of(begun())
    jo.save("group/about", name="Kite Club")
    part = jo.add()
    jo.save(f"{part}/what", **WHAT)
    for answer in (jo.get("check/"), jo.post("check/", confirm="on")):
        page = answer.content.decode()
        for step, says in (
            ("group/about", "Kite Club: Say what kind of group it is."),
            ("group/contact", "Kite Club: Give one way to reach you: any one will do."),
            (f"{part}/where", "Kites on the moor: Say where it is, or that it is online, by phone"),
            (f"{part}/who", "Kites on the moor: Say whom it is open to."),
            (f"{part}/coming", "Kites on the moor: Say how to come."),
        ):
            assert f'<a href="{jo.form}{step}/">{says}' in page
    assert mails("received") == []


def test_the_number_of_another_group_is_told_at_once_and_before_sending(
    wrens: Organisation,
) -> None:
    jo = Writer.of(begun())
    jo.write_all()
    jo.save("group/about", **ABOUT, charity_number="123 4567")
    Organisation.objects.filter(pk=wrens.pk).update(charity_number="1234567")
    for answer in (jo.get("check/"), jo.post("check/", confirm="on")):
        assert "Kite Club: Another group already has this charity number." in words(answer)
    late = Writer.of(begun("ben@example.com")).save("group/about", charity_number="1234567")
    assert "A group with this number is here already." in words(late)


def test_it_is_not_sent_without_the_tick() -> None:
    jo = Writer.of(begun())
    jo.write_all()
    assert "Tick this box to go on." in words(jo.post("check/"))
    assert mails("received") == []


def test_what_was_sent_can_be_changed_and_sent_again() -> None:
    proposal = begun()
    jo = Writer.of(proposal)
    jo.write_all()
    jo.post("check/", confirm="on")
    jo.save("group/about", **ABOUT | {"name": "Wind Club"})
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.DRAFT
    jo.post("check/", confirm="on")
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SENT


def test_no_receipt_before_it_is_sent() -> None:
    jo = Writer.of(begun())
    assert jo.get("sent/")["Location"] == jo.form


def test_claimed_a_hundred_times_is_claimed_once(wrens: Organisation) -> None:
    path = f"/list-your-group/this-is-us/{wrens.slug}/"
    sent = asker(path, why="I put out the chairs.")
    answers = [Client().post(path, sent) for _time in range(TIMES)]
    assert {answer["Location"] for answer in answers} == {f"{path}sent/"}
    assert Proposal.objects.get().said == {"group": {"why": "I put out the chairs."}}
    assert (mails("vouch"), mails("received")) == (["wrens@example.com"], [JO])
    for page in (Client().get(path), Client().get(f"{path}sent/")):
        assert "wrens@example.com" not in page.content.decode()


def test_a_claim_is_vouched_for_by_the_button_alone(wrens: Organisation) -> None:
    path = f"/list-your-group/this-is-us/{wrens.slug}/"
    Client().post(path, asker(path, why="I put out the chairs."))
    claim = Proposal.objects.get()
    link = f"/list-your-group/vouch/{links.key_of(claim, links.VOUCHING)}/"
    assert link in OutgoingMail.objects.get(reason="proposal-vouch").body
    for _time in range(3):
        page = words(Client().get(link))
    assert "Is Jo Kite one of you at Weir Field Wrens ?" in page
    assert "I put out the chairs." in page
    claim.refresh_from_db()
    assert claim.vouched_at is None
    for _time in range(3):
        page = words(Client().post(link))
    assert "You have said yes." in page
    claim.refresh_from_db()
    assert claim.vouched_at is not None


def test_a_claim_is_no_form_and_a_form_is_no_claim(wrens: Organisation) -> None:
    path = f"/list-your-group/this-is-us/{wrens.slug}/"
    Client().post(path, asker(path, why="I put out the chairs."))
    claim, form = Proposal.objects.get(), begun("ben@example.com")
    vouching = links.key_of(form, links.VOUCHING)
    assert Client().get(f"/list-your-group/{links.key_of(claim)}/").status_code == 404
    assert Client().get(f"/list-your-group/vouch/{vouching}/").status_code == 404
    assert Client().get(f"/list-your-group/vouch/{links.key_of(claim)}/").status_code == 404


def test_what_is_not_public_cannot_be_claimed(db: None) -> None:
    hidden_group = make_organisation(name="Secret Starlings")
    path = f"/list-your-group/this-is-us/{hidden_group.slug}/"
    assert Client().get(path).status_code == 404
    assert Client().get(f"{path}sent/").status_code == 404
