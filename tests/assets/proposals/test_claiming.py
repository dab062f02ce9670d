"""“This is us”: the group's own address is asked, and staff decide."""

import pytest
from django.core.exceptions import ValidationError

from assets.models import Proposal
from assets.proposals import claiming, deciding
from tests.assets.make import make_contact
from tests.assets.proposals.made import JO, again, claimed, mails, public_group
from tests.people import person

pytestmark = pytest.mark.django_db


def test_a_claim_is_sent_as_it_is_said_and_the_group_is_asked() -> None:
    group = public_group()
    make_contact(group, kind="email", value="wrens@example.com")
    claim = claimed(group)
    assert (claim.status, claim.said) == ("sent", {"group": {"why": "I run it."}})
    assert mails() == [("proposal-vouch", "wrens@example.com"), ("proposal-received", JO)]


def test_a_second_press_finds_the_first_claim() -> None:
    group = public_group()
    assert claimed(group) == claimed(group)
    assert (Proposal.objects.count(), mails()) == (1, [("proposal-received", JO)])


def test_two_people_may_say_it_of_one_group() -> None:
    group = public_group()
    claimed(group)
    other = claiming.claim(
        organisation=group, name="Al", email="al@example.com", phone="", why="I help."
    )
    assert list(Proposal.objects.to_decide())[-1] == other


def test_a_claim_without_an_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        claiming.claim(
            organisation=public_group(), name="Jo", email="not one", phone="", why="I run it."
        )


def test_the_group_says_yes_once_and_staff_still_decide() -> None:
    claim = claimed(public_group())
    assert claiming.vouch(proposal=claim)
    assert not claiming.vouch(proposal=claim)
    vouched = again(claim)
    assert (vouched.vouched_at is not None, vouched.status) == (True, "sent")
    assert vouched.organisation is not None
    assert vouched.organisation.memberships.count() == 1


def test_what_is_decided_is_not_vouched_for_any_more() -> None:
    claim = claimed(public_group())
    deciding.decline(proposal=claim, version=1, by=person("erin"), message="We rang: no.")
    assert not claiming.vouch(proposal=claim)
    # Somebody who was declined may say it again.
    assert claimed(public_group(name="Others")).status == "sent"
