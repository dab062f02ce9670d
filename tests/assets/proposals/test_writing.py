"""What is written in a proposal, by one and by two, and what stays as it was."""

import pytest

from accounts.models import User
from assets.models import Activity, ProposalEdit
from assets.proposals import differences, sending, writing
from assets.proposals.fields import GROUP
from assets.proposals.parts import values_of
from tests.assets.proposals.made import (
    again,
    changes_of,
    moves,
    new_group,
    of_an_activity,
    public_activity,
    public_group,
    sent_changes,
    sent_new_group,
    wrote,
)
from tests.people import person

pytestmark = pytest.mark.django_db


def test_a_new_group_is_begun_with_nothing_said() -> None:
    proposal = writing.begin(name="Jo", email="Jo@Example.COM", is_example=False)
    assert (proposal.kind, proposal.status, proposal.said) == ("new", "draft", {"group": {}})
    assert proposal.asker_email == "jo@example.com"
    assert str(proposal) == "New group: no name yet"


def test_whoever_begins_says_where_we_can_write_to(erin: User) -> None:
    with pytest.raises(Exception, match="Say where we can write to"):
        writing.begin(name="Jo", email="", is_example=False)
    rung = writing.begin(
        name="Jo", email="", phone="01632 960778", entered_by=erin, is_example=False
    )
    assert rung.entered_by == erin


def test_all_who_act_for_a_group_write_in_one_proposal() -> None:
    group = public_group()
    first = writing.begin_changes(organisation=group, by=person("vera"))
    assert writing.begin_changes(organisation=group, by=person("erin")) == first
    assert first.asker_email == "vera@example.com"


def test_only_what_differs_is_kept_and_told() -> None:
    group = public_group(name="Wrens")
    proposal = changes_of(group, name="Wrens", summary="Songs and tea.")
    assert proposal.said == {"group": {"summary": "Songs and tea."}}
    assert proposal.was == {"group": {"summary": "Play and tea by the river."}}
    (part,) = differences.differences(proposal)
    (difference,) = part.differences
    assert (str(difference.field.label), difference.old, difference.new, difference.moved_on) == (
        "In one or two sentences",
        ["Play and tea by the river."],
        ["Songs and tea."],
        False,
    )
    # Put back as it was: nothing differs.
    assert wrote(proposal, GROUP, summary="Play and tea by the river.").said == {}


def test_what_we_have_changed_meanwhile_is_told() -> None:
    group = public_group()
    proposal = changes_of(group, summary="Songs and tea.")
    sent_and_accepted_elsewhere = type(group).objects.filter(pk=group.pk)
    sent_and_accepted_elsewhere.update(summary="We were faster.")
    (part,) = differences.differences(again(proposal))
    assert [one.moved_on for one in part.differences] == [True]


def test_a_copy_of_an_activity_is_the_same_again_to_be_changed() -> None:
    proposal, key = writing.add_activity(proposal=new_group(), like="new-1", by=None)
    assert (key, proposal.said["new-2"]) == ("new-2", of_an_activity())
    proposal = wrote(proposal, "new-2", title="Kites on Thursday")
    assert proposal.said["new-1"]["title"] == "Kites on Sunday"
    assert writing.drop_part(proposal=proposal, part="new-2", by=None).said.keys() == {
        "group",
        "new-1",
    }


def test_a_group_of_a_new_proposal_cannot_be_left_out() -> None:
    proposal = new_group()
    assert writing.drop_part(proposal=proposal, part=GROUP, by=None).said == proposal.said


def test_two_who_write_different_values_both_keep_them(vera: User, erin: User) -> None:
    mine = changes_of(public_group(), summary="Songs and tea.")
    theirs = again(mine)
    wrote(mine, GROUP, vera, description="We began in a barn.")
    wrote(theirs, GROUP, erin, name="River Wrens")
    assert again(mine).said == {
        "group": {
            "summary": "Songs and tea.",
            "description": "We began in a barn.",
            "name": "River Wrens",
        }
    }


def test_two_who_write_the_same_value_are_told_who_was_first(vera: User, erin: User) -> None:
    proposal = changes_of(public_group())
    before = values_of(proposal, GROUP)
    base = {"summary": before["summary"], "name": before["name"]}
    writing.write(proposal=proposal, part=GROUP, values={"summary": "A"}, base=base, by=vera)
    with pytest.raises(writing.WrittenMeanwhile) as told:
        writing.write(
            proposal=proposal, part=GROUP, values={"summary": "B", "name": "C"}, base=base, by=erin
        )
    assert told.value.theirs == {"summary": writing.Theirs("A", vera)}
    assert again(proposal).said == {"group": {"summary": "A"}}
    # The same words are no quarrel.
    writing.write(proposal=proposal, part=GROUP, values={"summary": "A"}, base=base, by=erin)


def test_every_text_that_was_written_is_on_record() -> None:
    proposal = changes_of(public_group(), summary="One.")
    wrote(proposal, GROUP, summary="Two.")
    writing.drop_part(proposal=proposal, part=GROUP, by=None)
    texts = [(one.said, one.before) for one in ProposalEdit.objects.order_by("version")]
    assert texts == [
        ({"summary": "One."}, {"summary": "Play and tea by the river."}),
        ({"summary": "Two."}, {"summary": "One."}),
        ({}, {"summary": "Two."}),
    ]


def test_what_was_sent_and_is_written_in_again_is_a_draft() -> None:
    proposal = sent_new_group()
    assert wrote(proposal, GROUP, summary="We fly kites, and mend them.").status == "draft"
    assert moves(proposal) == [("sent", ""), ("draft", "")]
    # Nothing changed: it waits on.
    sent = sent_changes(public_group(), summary="Songs.")
    assert wrote(sent, GROUP, summary="Songs.").status == "sent"


def test_nothing_is_written_in_what_is_closed() -> None:
    proposal = new_group()
    writing.drop(proposal=proposal, by=None)
    writing.drop(proposal=proposal, by=None)
    assert moves(proposal) == [("dropped", "")]
    with pytest.raises(writing.NotOpen):
        wrote(proposal, GROUP, summary="Too late.")
    with pytest.raises(writing.NotOpen):
        writing.add_activity(proposal=proposal, by=None)


def test_nobody_writes_in_an_activity_of_another_group() -> None:
    theirs = public_activity(title="Not yours")
    proposal = changes_of(public_group(name="Ours"))
    with pytest.raises(Activity.DoesNotExist):
        wrote(proposal, str(theirs.pk), title="Ours now")


def test_a_move_that_is_not_in_the_table_is_refused() -> None:
    proposal = sent_new_group()
    with pytest.raises(ValueError, match="cannot go from sent to sent"):
        writing.moved(proposal, proposal.status, None)  # type: ignore[arg-type]
    assert sending.send(proposal=proposal, by=None).moves.count() == 1
