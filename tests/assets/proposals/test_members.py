"""Who may act for a group: invited, made an owner, gone."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import OutgoingMail, User
from assets import members
from assets.models import Membership
from tests.assets.proposals.made import public_group

pytestmark = pytest.mark.django_db


def who(group: object) -> list[tuple[str, str]]:
    return [(one.user.email, one.role) for one in members.of_group(group)]  # type: ignore[arg-type]


def test_a_colleague_is_invited_once_and_may_come_in_by_code(vera: User) -> None:
    group = public_group()
    for _press in range(2):
        invited = members.invite(organisation=group, email="Al@example.com", name="Al", by=vera)
    assert who(group) == [("vera@example.com", "owner"), ("al@example.com", "editor")]
    assert (invited.confirmed_by, invited.user.name) == (vera, "Al")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (
        "al@example.com",
        "You can now look after “Weir Field Wrens”",
    )
    assert "Vera Holt has asked you to help" in mail.body


def test_who_was_not_confirmed_is_so_by_the_invitation(vera: User, erin: User) -> None:
    group = public_group()
    Membership.objects.create(organisation=group, user=erin, role="editor")
    assert who(group) == [("vera@example.com", "owner")]
    members.invite(organisation=group, email=erin.email, name="", by=vera)
    assert len(who(group)) == 2


def test_the_last_owner_hands_over_before_leaving(vera: User) -> None:
    group = public_group()
    mine = group.memberships.get()
    with pytest.raises(ValidationError, match="Make a colleague an owner first"):
        members.leave(member=mine)
    other = members.invite(organisation=group, email="al@example.com", name="Al", by=vera)
    members.hand_over(member=other)
    members.leave(member=mine)
    assert who(group) == [("al@example.com", "owner")]


def test_who_is_not_confirmed_is_not_made_an_owner(erin: User) -> None:
    group = public_group()
    waiting = Membership.objects.create(organisation=group, user=erin, role="editor")
    members.hand_over(member=waiting)
    waiting.refresh_from_db()
    assert waiting.role == "editor"


def test_an_editor_leaves_as_they_like(vera: User) -> None:
    group = public_group()
    members.leave(member=members.invite(organisation=group, email="al@x.org", name="", by=vera))
    assert who(group) == [("vera@example.com", "owner")]
