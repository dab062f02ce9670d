"""Sent once; what is missing is told; a trusted group's words and times go live at once."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from assets.models import Activity, Organisation, Proposal
from assets.proposals import claiming, deciding, sending, writing
from assets.proposals.applying import CannotBeTaken
from assets.proposals.fields import GROUP
from assets.saying import Values
from tests.assets.make import make_schedule
from tests.assets.proposals.made import (
    JO,
    again,
    changes_of,
    claimed,
    mails,
    moves,
    new_group,
    of_a_group,
    public_activity,
    public_group,
    sent_changes,
    sent_new_group,
    wrote,
)
from tests.assets.test_export import csv_rows
from tests.people import person

pytestmark = pytest.mark.django_db

TUESDAYS = {
    "frequency": "weekly",
    "starts_at": "10:00:00",
    "ends_at": "11:30:00",
    "weekday": 1,
    "week_of_month": None,
    "dates": [],
    "time_of_year": "all-year",
    "on_bank_holidays": "ask",
    "starts_on": None,
    "ends_before": None,
}


def test_sent_twice_is_sent_once() -> None:
    proposal = new_group()
    for _press in range(2):
        assert sending.send(proposal=proposal, by=None).status == "sent"
    assert moves(proposal) == [("sent", "")]
    assert mails() == [("proposal-received", JO)]


def test_what_is_missing_is_told_part_by_part() -> None:
    proposal = new_group(name="", **{"contacts.phone": []})
    with pytest.raises(CannotBeTaken) as told:
        sending.send(proposal=proposal, by=None)
    assert [(one.part, one.field) for one in told.value.problems] == [("group", "name")]
    proposal = wrote(proposal, GROUP, name="Larch Lane Kites")
    with pytest.raises(CannotBeTaken) as told:
        sending.send(proposal=proposal, by=None)
    assert [one.says for one in told.value.problems] == ["Add a way to reach the group first."]
    assert (again(proposal).status, Organisation.objects.count(), mails()) == ("draft", 0, [])


def test_a_problem_of_an_activity_is_told_beside_it() -> None:
    proposal = wrote(new_group(), "new-1", cost="paid")
    with pytest.raises(CannotBeTaken) as told:
        sending.send(proposal=proposal, by=None)
    assert [(one.part, one.says) for one in told.value.problems] == [
        ("new-1", "Say how much it costs, or that it is free.")
    ]
    assert Activity.objects.count() == 0


def test_a_number_that_another_group_has_is_told() -> None:
    public_group(charity_number="1234567")
    with pytest.raises(CannotBeTaken, match="Another group already has this charity number"):
        sent_new_group(charity_number="1234567")


def test_nothing_changed_is_not_sent() -> None:
    with pytest.raises(CannotBeTaken, match="Nothing has been changed yet"):
        sent_changes(public_group())


def test_a_claim_is_sent_when_it_is_said_and_never_again() -> None:
    with pytest.raises(ValueError, match="sent when it is said"):
        sending.send(proposal=claimed(public_group()), by=None)


@pytest.mark.parametrize("trusted", [False, True])
def test_nothing_of_what_waits_is_seen_anywhere(client_of: object, trusted: bool) -> None:
    activity = public_activity(title="Toddler group")
    Organisation.objects.update(is_trusted=trusted)
    group = activity.organisation
    proposal = changes_of(group, name="Zebrafinch")
    proposal = wrote(proposal, str(activity.pk), age_from=12)
    proposal, _key = writing.add_activity(proposal=proposal, like=str(activity.pk), by=None)
    proposal = wrote(proposal, "new-1", title="Zebrafinch songs")
    sending.send(proposal=proposal, by=None)
    sent_new_group(name="Zebrafinch too")
    client = Client()
    pages = ["/groups/", "/activities/", "/activities/?q=toddler", f"/groups/{group.slug}/"]
    pages += ["/activities/?q=zebrafinch", f"/activities/{activity.slug}/", "/groups/?name=zebra"]
    for page in pages:
        said = client.get(page).content.decode().replace("zebrafinch", "").replace('"zebra"', "")
        assert "Zebrafinch" not in said, page
    assert [row["Name"] for row in csv_rows()] == ["Toddler group"]
    # The row that could leak does, once it is accepted.
    deciding.accept(proposal=proposal, version=proposal.version, by=person("erin"))
    assert sorted(row["Name"] for row in csv_rows()) == ["Toddler group", "Zebrafinch songs"]
    assert "Zebrafinch" in client.get("/groups/").content.decode()


def test_a_trusted_groups_words_and_times_go_live_at_once() -> None:
    activity = public_activity()
    make_schedule(activity)
    group = activity.organisation
    Organisation.objects.update(is_trusted=True)
    proposal = changes_of(group, summary="Songs and tea.", description="In a barn.")
    thursdays = TUESDAYS | {"weekday": 3}
    proposal = wrote(proposal, str(activity.pk), title="Thursday group", schedules=[thursdays])
    sent = sending.send(proposal=proposal, by=person("vera"))
    assert (sent.status, sent.said, sent.looked_at) == ("accepted", {}, None)
    group = Organisation.objects.get()
    activity = Activity.objects.get()
    assert (group.summary, group.description) == ("Songs and tea.", "In a barn.")
    assert (activity.title, activity.schedules.get().weekday) == ("Thursday group", 3)
    assert group.last_checked_by == activity.last_checked_by == "group"
    assert group.history.latest().history_user == person("vera")
    # On record, and listed to be looked at.
    assert sent.moves.get(to_status="sent").took == {
        "group": {"summary": "Songs and tea.", "description": "In a barn."},
        str(activity.pk): {"title": "Thursday group", "schedules": [thursdays]},
    }
    assert list(Proposal.objects.to_look_at()) == [sent]
    assert list(Proposal.objects.to_decide()) == []


def test_place_contact_ages_and_trust_of_a_trusted_group_wait() -> None:
    activity = public_activity()
    Organisation.objects.update(is_trusted=True)
    waits: Values = {
        "contacts.phone": [{"kind": "phone", "value": "01632 960999", "label": ""}],
        "trust": [
            {
                "kind": "insurance",
                "name": "",
                "stance": "told",
                "stated_on": date.today().isoformat(),  # noqa: DTZ011 (a day, as the form has it)
                "expires_on": None,
            }
        ],
    }
    of_activity: Values = {"ways_to_take_part": ["online"], "venue": None, "age_from": 12}
    proposal = changes_of(activity.organisation, summary="Songs.", **waits)
    proposal = wrote(proposal, str(activity.pk), meanwhile="Ring us.", **of_activity)
    sent = sending.send(proposal=proposal, by=person("vera"))
    assert sent.status == "sent"
    assert sent.said == {"group": waits, str(activity.pk): of_activity}
    assert sent.was.keys() == sent.said.keys()
    same = Activity.objects.get()
    assert (same.meanwhile, same.age_from, same.venue_id) == ("Ring us.", 0, activity.venue_id)
    assert list(Proposal.objects.to_look_at()) == list(Proposal.objects.to_decide()) == [sent]


def test_what_goes_live_again_is_to_be_looked_at_again(erin: User) -> None:
    group = public_group(is_trusted=True)
    sent = sent_changes(group, summary="Songs.", name="River Wrens")
    assert deciding.look_at(proposal=sent, by=erin)
    assert list(Proposal.objects.to_look_at()) == []
    wrote(sent, GROUP, summary="Songs and tea.")
    again_sent = sending.send(proposal=sent, by=person("vera"))
    assert list(Proposal.objects.to_look_at()) == [again_sent]


def test_what_a_group_that_is_not_trusted_says_waits() -> None:
    group = public_group()
    sent = sent_changes(group, summary="Songs and tea.")
    assert (sent.status, Organisation.objects.get().summary) == (
        "sent",
        "Play and tea by the river.",
    )


def test_an_ending_is_said_once_however_often() -> None:
    activity = public_activity()
    asked: Values = {"organisation": activity.organisation, "by": person("vera"), "email": JO}
    first = claiming.has_ended(activity=activity, **asked)
    assert claiming.has_ended(activity=activity, **asked) == first
    assert claiming.has_ended(activity=None, **asked) != first
    assert Activity.objects.get().status == "public"


def test_what_is_over_cannot_end() -> None:
    activity = public_activity()
    asked: Values = {"organisation": activity.organisation, "by": None, "email": JO}
    deciding.accept(
        proposal=claiming.has_ended(activity=activity, **asked), version=1, by=person("erin")
    )
    activity = Activity.objects.get()
    assert activity.status == "ended"
    with pytest.raises(Exception, match="not on the board any more"):
        claiming.has_ended(activity=activity, **asked)


def test_the_makers_of_these_tests_say_what_a_group_says() -> None:
    assert new_group().said["group"] == of_a_group()
