"""What staff decide: all of it, a part, back with a question, no; and who was faster."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from assets.models import Activity, Membership, Organisation, Proposal, ProposalEdit, Venue
from assets.proposals import claiming, confirming, deciding, sending, writing
from assets.proposals.fields import GROUP
from assets.proposals.parts import values_of
from assets.saying import Values
from tests.assets.make import make_activity, publish
from tests.assets.proposals.made import (
    JO,
    again,
    changes_of,
    claimed,
    mails,
    moves,
    new_group,
    of_an_activity,
    public_activity,
    public_group,
    sent_changes,
    sent_new_group,
    wrote,
    wrote_all,
)

pytestmark = pytest.mark.django_db


def accept(proposal: Proposal, by: User, **more: object) -> Proposal:
    return deciding.accept(proposal=proposal, version=proposal.version, by=by, **more)  # type: ignore[arg-type]


def test_a_new_group_comes_in_whole_and_whoever_asked_owns_it(erin: User) -> None:
    sent = sent_new_group()
    done = accept(sent, erin)
    group = Organisation.objects.get()
    activity = Activity.objects.get()
    assert (done.status, done.organisation, done.said) == ("accepted", group, sent.said)
    assert (group.name, group.status, str(group.district)) == (
        "Larch Lane Kites",
        "public",
        "Derbyshire Dales",
    )
    assert (activity.title, activity.status) == ("Kites on Sunday", "public")
    assert [str(one) for one in group.contacts.all()] == ["Phone: 01632 960777"]
    assert group.last_checked_by == activity.last_checked_by == "group"
    member = Membership.objects.get()
    assert (member.user.email, member.user.name, member.role) == (JO, "Jo Kite", "owner")
    assert member.confirmed_by == erin
    assert not member.user.has_usable_password()
    assert mails() == [("proposal-received", JO), ("proposal-accepted", JO)]
    assert "Kites on Sunday" in Client().get("/activities/").content.decode()


def test_a_new_place_comes_in_with_its_activity(erin: User) -> None:
    place = {"name": "Larch Barn", "address": "Larch Lane", "postcode": "DE45 1DY"}
    hall = place | {"place": "bakewell", "shown": "public"}
    proposal = wrote(new_group(), "new-1", ways_to_take_part=["in-person"], new_venue=hall)
    accept(sending.send(proposal=proposal, by=None), erin)
    venue = Venue.objects.get()
    assert (str(venue), venue.status) == ("Larch Barn, Bakewell", "public")
    assert Activity.objects.get().venue == venue


@pytest.mark.parametrize(
    "place",
    [
        {"name": "Larch Barn", "address": "", "postcode": "DE45 1DY", "shown": "public"},
        {"shown": "masked"},
    ],
)
def test_a_new_place_of_two_activities_is_one_place(erin: User, place: dict[str, str]) -> None:
    new_venue = place | {"place": "bakewell"}
    wrote(new_group(), "new-1", ways_to_take_part=["in-person"], new_venue=new_venue)
    proposal, _key = writing.add_activity(proposal=Proposal.objects.get(), like="new-1", by=None)
    wrote(proposal, "new-2", title="Kites on Monday")
    accept(sending.send(proposal=proposal, by=None), erin)
    assert {one.venue for one in Activity.objects.all()} == {Venue.objects.get()}
    assert Activity.objects.count() == 2


def test_the_village_of_a_new_place_is_put_right_and_makes_no_second_one(erin: User) -> None:
    hall = {"name": "Scout Hut", "address": "", "postcode": "DE45 1DY", "shown": "public"}
    said = hall | {"place": "bakewell"}
    proposal = wrote(new_group(), "new-1", ways_to_take_part=["in-person"], new_venue=said)
    accept(sending.send(proposal=proposal, by=None), erin)
    activity = Activity.objects.get()
    for village in ("matlock", "bakewell"):
        changes = writing.begin_changes(organisation=activity.organisation, by=erin)
        said = hall | {"place": village}
        changes = wrote(changes, str(activity.pk), venue=None, new_venue=said)
        accept(sending.send(proposal=changes, by=None), erin)
        assert [str(one) for one in Venue.objects.all()] == [f"Scout Hut, {village.title()}"]
    # What others use too is not theirs to move.
    other = publish(make_activity(title="Other", venue=Venue.objects.get()))
    changes = writing.begin_changes(organisation=activity.organisation, by=erin)
    changes = wrote(changes, str(activity.pk), venue=None, new_venue=hall | {"place": "eyam"})
    accept(sending.send(proposal=changes, by=None), erin)
    assert other.venue == Venue.objects.get()
    assert str(Venue.objects.get()) == "Scout Hut, Bakewell"


def test_a_new_group_is_never_accepted_by_halves(erin: User) -> None:
    sent = sent_new_group()
    for only in ({"new-1": set(sent.said["new-1"])}, {"group": {"name"}}, {}):
        with pytest.raises(ValidationError):
            accept(sent, erin, only=only)
    assert (again(sent).status, Organisation.objects.count()) == ("sent", 0)


def test_changes_are_accepted_and_the_page_says_them(erin: User) -> None:
    group = public_group()
    sent = sent_changes(group, summary="Songs and tea.", name="River Wrens")
    page = f"/groups/{group.slug}/"
    assert "Play and tea by the river." in Client().get(page).content.decode()
    done = accept(sent, erin, message="Lovely.")
    assert (done.status, done.said, done.was) == ("accepted", {}, {})
    said = Client().get(page, follow=True).content.decode()
    assert ("Songs and tea." in said, "River Wrens" in said) == (True, True)
    assert moves(done) == [("sent", ""), ("accepted", "Lovely.")]
    assert done.moves.last().took == {  # type: ignore[union-attr]
        "group": {"summary": "Songs and tea.", "name": "River Wrens"}
    }


def test_accepted_in_part_the_rest_goes_back_and_can_be_sent_again(erin: User) -> None:
    group = public_group()
    sent = sent_changes(group, summary="Songs and tea.", name="The best wrens")
    back = accept(sent, erin, only={"group": {"summary"}}, message="Is that your name?")
    assert (back.status, back.said) == ("returned", {"group": {"name": "The best wrens"}})
    group.refresh_from_db()
    assert (group.name, group.summary) == ("Weir Field Wrens", "Songs and tea.")
    assert mails()[-1] == ("proposal-accepted-in-part", "vera@example.com")
    assert list(writing.begin_changes(organisation=group, by=erin).said) == ["group"]
    resent = sending.send(proposal=wrote(back, GROUP, name="River Wrens"), by=None)
    assert accept(resent, erin).status == "accepted"
    group.refresh_from_db()
    assert group.name == "River Wrens"


def test_nothing_ticked_is_nothing_accepted(erin: User) -> None:
    sent = sent_changes(public_group(), summary="Songs and tea.")
    with pytest.raises(ValidationError, match="Tick what you accept"):
        accept(sent, erin, only={"group": {"name"}})
    assert again(sent).status == "sent"


def test_half_a_new_activity_is_not_accepted_but_all_of_it_alone_is(erin: User) -> None:
    proposal, part = writing.add_activity(proposal=changes_of(public_group(), name="W"), by=None)
    wrote_all(proposal, part, of_an_activity())
    sent = sending.send(proposal=proposal, by=None)
    with pytest.raises(ValidationError, match="A new activity comes in whole"):
        accept(sent, erin, only={part: {"title", "summary"}})
    back = accept(sent, erin, only={part: set(sent.said[part])})
    assert (back.said, Activity.objects.get().title) == (
        {"group": {"name": "W"}},
        "Kites on Sunday",
    )


def test_what_breaks_a_rule_by_now_is_told_and_nothing_is_taken(erin: User) -> None:
    sent = sent_new_group(charity_number="1234567")
    public_group(charity_number="1234567")
    with pytest.raises(ValidationError, match="already has this charity number"):
        accept(sent, erin)
    assert (again(sent).status, Activity.objects.count()) == ("sent", 0)


def test_given_back_with_a_question_all_is_still_there(erin: User) -> None:
    sent = sent_new_group()
    with pytest.raises(ValidationError, match="Write a line to whoever asked"):
        deciding.give_back(proposal=sent, version=sent.version, by=erin, message="  ")
    back = deciding.give_back(proposal=sent, version=sent.version, by=erin, message="What age?")
    assert (back.status, back.said) == ("returned", sent.said)
    assert mails()[-1] == ("proposal-returned", JO)
    resent = sending.send(proposal=wrote(back, "new-1", age_from=60), by=None)
    assert moves(resent) == [("sent", ""), ("returned", "What age?"), ("sent", "")]


def test_declined_with_a_reason_it_is_over(erin: User) -> None:
    sent = sent_new_group()
    done = deciding.decline(proposal=sent, version=sent.version, by=erin, message="It is a shop.")
    assert (done.status, done.said, Organisation.objects.count()) == ("declined", sent.said, 0)
    assert mails()[-1] == ("proposal-declined", JO)
    with pytest.raises(writing.NotOpen):
        wrote(done, GROUP, name="Not a shop")
    with pytest.raises(writing.NotOpen):
        sending.send(proposal=done, by=None)


def test_of_two_moderators_the_second_is_told_who_was_first(erin: User, ada: User) -> None:
    sent = sent_new_group()
    accept(sent, ada)
    with pytest.raises(deciding.DecidedMeanwhile) as told:
        deciding.decline(proposal=sent, version=sent.version, by=erin, message="No.")
    assert told.value.messages == [
        "“New group: Larch Lane Kites” is now: accepted, by Ada Wright. Nothing of yours was done."
    ]
    assert mails()[-1] == ("proposal-accepted", JO)


def test_who_has_it_open_while_it_is_sent_again_is_told(erin: User) -> None:
    sent = sent_new_group()
    written = wrote(sent, GROUP, summary="We fly kites, and mend them.")
    sending.send(proposal=written, by=None)
    with pytest.raises(deciding.DecidedMeanwhile, match="changed while you had it open"):
        accept(sent, erin)
    assert accept(again(sent), erin).status == "accepted"


def test_the_first_of_a_group_owns_it_and_the_next_may_edit(erin: User) -> None:
    group = public_group()
    done = accept(claimed(group), erin)
    assert (done.status, mails()[-1]) == ("accepted", ("proposal-accepted", JO))
    assert list(group.memberships.order_by("pk").values_list("user__email", "role")) == [
        ("vera@example.com", "owner"),
        (JO, "editor"),
    ]


def test_who_was_asked_in_already_and_not_confirmed_is_so_now(erin: User, vera: User) -> None:
    group = public_group()
    group.memberships.update(confirmed_at=None, confirmed_by=None)
    claim = claiming.claim(
        organisation=group, name="Vera", email=vera.email, phone="", why="I run it."
    )
    accept(claim, erin)
    member = group.memberships.get()
    assert (member.role, member.confirmed_by) == ("owner", erin)


def test_an_ending_ends_one_activity_or_the_group(erin: User) -> None:
    activity = public_activity()
    asked: Values = {"organisation": activity.organisation, "by": None, "email": JO}
    accept(claiming.has_ended(activity=activity, **asked), erin)
    activity.refresh_from_db()
    assert (activity.status, activity.organisation.status) == ("ended", "public")
    accept(claiming.has_ended(activity=None, **asked), erin)
    assert Organisation.objects.get().status == "ended"
    assert activity.moves.last().why == "the group told us"  # type: ignore[union-attr]


def test_there_is_nothing_to_write_in_a_claim_so_it_does_not_go_back(erin: User) -> None:
    claim = claimed(public_group())
    with pytest.raises(ValidationError, match="Accept this or decline it"):
        deciding.give_back(proposal=claim, version=1, by=erin, message="Who are you?")


def test_what_went_live_is_looked_at_once(erin: User, ada: User) -> None:
    live = sent_changes(public_group(is_trusted=True), summary="Songs and tea.")
    assert deciding.look_at(proposal=live, by=erin)
    assert not deciding.look_at(proposal=live, by=ada)
    assert again(live).looked_by == erin


def test_nothing_is_lost_of_a_proposal_that_is_decided(erin: User) -> None:
    group = public_group()
    sent = sent_changes(group, summary="One.")
    sent = sending.send(proposal=wrote(sent, GROUP, summary="Two."), by=None)
    accept(sent, erin)
    assert [one.said["summary"] for one in ProposalEdit.objects.order_by("version")] == [
        "One.",
        "Two.",
    ]
    assert values_of(again(sent), GROUP)["summary"] == "Two."


def test_what_we_entered_for_somebody_they_confirm_later(erin: User) -> None:
    proposal = writing.begin(name="Jo", email=JO, entered_by=erin, is_example=False)
    new = new_group()
    for part, values in new.said.items():
        wrote_all(proposal, part, values, erin)
    sent = sending.send(proposal=proposal, by=erin)
    assert not confirming.confirm(proposal=sent)
    done = accept(sent, erin)
    assert mails()[-1] == ("proposal-entered", JO)
    group, activity = Organisation.objects.get(), Activity.objects.get()
    assert group.last_checked_by == activity.last_checked_by == "team"
    assert confirming.confirm(proposal=again(done))
    assert not confirming.confirm(proposal=again(done))
    for listing in (group, activity):
        listing.refresh_from_db()
        assert (listing.last_checked_by, listing.checks.count()) == ("group", 2)


def test_who_has_no_address_is_entered_without_a_mail_and_without_a_member(erin: User) -> None:
    proposal = writing.begin(
        name="Jo", email="", phone="01632 960778", entered_by=erin, is_example=False
    )
    for part, values in new_group().said.items():
        wrote_all(proposal, part, values, erin)
    accept(sending.send(proposal=proposal, by=erin), erin)
    assert (mails(), Membership.objects.count()) == ([], 0)


def test_what_a_group_sent_itself_needs_no_confirming(erin: User) -> None:
    done = accept(sent_new_group(), erin)
    assert confirming.to_confirm(done) == []
