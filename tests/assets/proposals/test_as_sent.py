"""What was sent waits as it was sent, whatever is written meanwhile; and what is left of it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from assets.models import Activity, Organisation, Proposal, ProposalEdit
from assets.proposals import deciding, sending, writing
from assets.proposals.differences import differences, since_sent_before
from assets.proposals.fields import GROUP
from assets.proposals.parts import values_of
from tests.assets.proposals.made import (
    JO,
    again,
    changes_of,
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


def accept(proposal: Proposal, by: User, **how: Any) -> Proposal:
    version = proposal.sent_version or 0
    return deciding.accept(proposal=proposal, version=version, by=by, **how)


def two_activities() -> Proposal:
    """A new group with “Kites on Sunday” and “Kites on Monday”, sent."""
    proposal, part = writing.add_activity(proposal=new_group(), by=None)
    wrote_all(proposal, part, of_an_activity(title="Kites on Monday"))
    return sending.send(proposal=proposal, by=None)


def left() -> Proposal:
    """What the group goes on with."""
    return Proposal.objects.open().get(kind="change")


def test_what_is_written_in_again_waits_as_it_was_sent() -> None:
    sent = sent_changes(public_group(), summary="Songs.")
    touched = wrote(sent, GROUP, summary="Songs and dances.")
    assert (touched.status, touched.said) == ("draft", {GROUP: {"summary": "Songs and dances."}})
    assert list(Proposal.objects.to_decide()) == [touched]
    assert touched.as_sent().said == {GROUP: {"summary": "Songs."}}
    assert touched.staff_words == "Waits for us; they are changing it"
    assert "you have not sent your changes" in touched.group_words


def test_what_was_never_sent_does_not_wait() -> None:
    draft = changes_of(public_group(), summary="Songs.")
    assert (list(Proposal.objects.to_decide()), draft.waits) == ([], False)


def test_a_part_that_is_left_out_again_stays_in_what_was_sent() -> None:
    sent = sent_changes(public_group(), summary="Songs.")
    dropped = writing.drop_part(proposal=sent, part=GROUP, by=None)
    assert (dropped.said, dropped.as_sent().said) == ({}, {GROUP: {"summary": "Songs."}})


def test_accepted_as_it_was_sent_what_was_written_since_stays_theirs(erin: User) -> None:
    group = public_group()
    sent = sent_changes(group, summary="Songs.", name="The best wrens")
    touched = wrote(sent, GROUP, summary="Songs and dances.", description="On Tuesdays.")
    done = accept(touched, erin)
    group.refresh_from_db()
    assert (group.summary, group.name, group.description) == ("Songs.", "The best wrens", "")
    assert (done.status, done.said) == ("accepted", {})
    assert left().said == {GROUP: {"summary": "Songs and dances.", "description": "On Tuesdays."}}
    assert (left().status, left().was[GROUP]["summary"]) == ("draft", "Songs.")


def test_what_was_taken_back_while_we_accepted_it_is_asked_to_go_back(erin: User) -> None:
    group = public_group()
    sent = sent_changes(group, summary="Songs.")
    accept(wrote(sent, GROUP, summary=group.summary), erin)
    assert left().said == {GROUP: {"summary": group.summary}}


def test_a_new_group_comes_in_as_it_was_sent_and_goes_on_with_the_rest(erin: User) -> None:
    sent = sent_new_group()
    wrote(sent, "new-1", summary="Bring two coats.", first_visit="Ask for Jo.")
    done = accept(wrote(sent, GROUP, name="Larch Kites"), erin)
    group, activity = Organisation.objects.get(), Activity.objects.get()
    assert (group.name, activity.summary) == ("Larch Lane Kites", "Bring a coat.")
    assert (done.status, done.said) == ("accepted", sent.said)
    assert left().said == {
        GROUP: {"name": "Larch Kites"},
        str(activity.pk): {"summary": "Bring two coats.", "first_visit": "Ask for Jo."},
    }
    assert left().organisation == group
    kept = ProposalEdit.objects.filter(proposal=left()).values_list("part", "said")
    assert dict(kept) == left().said
    later = sending.send(proposal=left(), by=None)
    accept(later, erin)
    activity.refresh_from_db()
    assert (activity.summary, activity.first_visit) == ("Bring two coats.", "Ask for Jo.")


@pytest.mark.parametrize(("verb", "status"), [("give_back", "returned"), ("decline", "declined")])
def test_what_is_written_in_again_is_answered_as_it_was_sent(
    erin: User, verb: str, status: str
) -> None:
    sent = sent_changes(public_group(), summary="Songs.")
    touched = wrote(sent, GROUP, summary="Songs and dances.")
    seen: dict[str, Any] = {"proposal": sent, "version": touched.sent_version, "by": erin}
    done = getattr(deciding, verb)(**seen, message="Which?")
    assert (done.status, done.said) == (status, {GROUP: {"summary": "Songs and dances."}})


def test_sent_again_staff_are_told_what_has_changed(erin: User) -> None:
    sent = sent_changes(public_group(), summary="Songs.", name="The best wrens")
    assert since_sent_before(sent) == []
    second = sending.send(proposal=wrote(sent, GROUP, summary="Songs and dances."), by=None)
    assert since_sent_before(second) == ["The best wrens, In one or two sentences"]
    (part,) = differences(second.as_sent())
    told = {one.field.name: (one.is_other, one.read) for one in part.differences}
    assert told == {"name": (False, ["The best wrens"]), "summary": (True, ["Songs."])}


def test_given_back_and_sent_again_staff_are_told_what_has_changed(erin: User) -> None:
    sent = sent_new_group()
    back = deciding.give_back(proposal=sent, version=sent.version, by=erin, message="Which age?")
    resent = sending.send(proposal=wrote(back, "new-1", age_from=60), by=None)
    assert since_sent_before(resent) == ["Kites on Sunday, From age"]
    # And what they touch before we have looked counts from what we have read.
    third = sending.send(proposal=wrote(resent, GROUP, summary="We mend kites."), by=None)
    assert since_sent_before(third) == [
        "Larch Lane Kites, In one or two sentences",
        "Kites on Sunday, From age",
    ]


def test_what_was_taken_is_no_change_since(erin: User) -> None:
    sent = sent_changes(public_group(), summary="Songs.", name="The best wrens")
    back = accept(sent, erin, only={GROUP: {"summary"}}, message="Is it?")
    resent = sending.send(proposal=wrote(back, GROUP, name="Good wrens"), by=None)
    assert since_sent_before(resent) == ["Good wrens, Name of the group"]


def test_of_a_new_group_one_activity_comes_in_and_the_other_goes_back(erin: User) -> None:
    sent = two_activities()
    only = {part: set(sent.said[part]) for part in (GROUP, "new-1")}
    done = accept(sent, erin, only=only, message="Is Monday on as well?")
    assert [one.title for one in Activity.objects.all()] == ["Kites on Sunday"]
    assert (done.status, set(done.said)) == ("accepted", {GROUP, "new-1"})
    assert (left().status, left().said) == ("returned", {"new-2": sent.said["new-2"]})
    assert moves(left()) == [("sent", ""), ("returned", "Is Monday on as well?")]
    assert mails()[-1] == ("proposal-accepted-in-part", JO)
    accept(sending.send(proposal=left(), by=None), erin)
    assert {one.title for one in Activity.objects.all()} == {"Kites on Sunday", "Kites on Monday"}


def test_a_group_itself_never_comes_in_by_halves(erin: User) -> None:
    sent = two_activities()
    with pytest.raises(ValidationError, match="A new group comes in whole"):
        accept(sent, erin, only={GROUP: {"name"}, "new-1": set(sent.said["new-1"])})


def test_an_activity_that_is_new_and_written_in_since_stays_one(erin: User) -> None:
    activity = public_activity()
    proposal = changes_of(activity.organisation, summary="Songs.")
    proposal, part = writing.add_activity(proposal=proposal, by=None)
    sent = sending.send(proposal=wrote_all(proposal, part, of_an_activity()), by=None)
    accept(wrote(sent, part, title="Kites at noon"), erin)
    made = Activity.objects.exclude(pk=activity.pk).get()
    assert left().said == {str(made.pk): {"title": "Kites at noon"}}
    assert values_of(left(), str(made.pk))["summary"] == "Bring a coat."


def test_who_was_too_late_is_told_so_and_not_that_a_line_is_missing(erin: User, ada: User) -> None:
    sent = sent_new_group()
    accept(sent, ada)
    for verb in (deciding.decline, deciding.give_back):
        with pytest.raises(deciding.DecidedMeanwhile, match="by Ada Wright"):
            verb(proposal=sent, version=sent.version, by=erin, message="")
    assert again(sent).status == "accepted"
