"""Staff add and change listings: through the verbs, with plain words for what is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from accounts.models import User
from assets.models import (
    Activity,
    ActivityNeedsGroup,
    ActivityPartner,
    Membership,
    Organisation,
    Schedule,
    SearchRow,
    Status,
    Venue,
)
from assets.models.venues import HIDDEN_NAMES
from tests.assets.admin.pages import as_shown, errors, messages, opened, save, url
from tests.assets.make import (
    again,
    make_activity,
    make_contact,
    make_organisation,
    make_schedule,
    make_trust_statement,
    make_venue,
    publish,
)

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
ADD_GROUP, ADD_ACTIVITY, ADD_VENUE = (
    f"/admin/assets/{name}/add/" for name in ("organisation", "activity", "venue")
)
GROUP = {"name": "Tansley Kites", "kind": "unincorporated", "summary": "We make and fly kites."}


@pytest.fixture
def editor(client_of: ClientOf) -> Client:
    return client_of("erin")


def an_activity(group: Organisation, at: Venue, **changes: Any) -> dict[str, Any]:
    return {
        "organisation": group.name,
        "title": "Kites",
        "kind": "session",
        "summary": "Fly one.",
        "level": "universal",
        "ways_to_take_part": ["in-person"],
        "venue": str(at),
        "cost": "free",
        "how_to_come": "just-come",
        "newcomers": "not-said",
    } | changes


# --- Groups ---


def test_a_new_group_is_a_draft_with_an_address_and_a_history(editor: Client, erin: User) -> None:
    answer = save(editor, ADD_GROUP, **GROUP)
    group = Organisation.objects.get()
    assert (group.status, group.slug, group.version) == (Status.DRAFT, "tansley-kites", 1)
    assert [record.history_user for record in group.history.all()] == [erin]
    assert answer.redirect_chain == [(url(group, "change"), 302)]
    assert messages(answer)[1] == "It is a draft: nobody can see it until you make it public."


def test_what_is_saved_is_written_down_once(editor: Client) -> None:
    save(editor, ADD_GROUP, **GROUP)
    group = Organisation.objects.get()
    save(editor, url(group, "change"), summary="We fly kites on Sundays.")
    assert [record.version for record in group.history.order_by("version")] == [1, 2]
    assert LogEntry.objects.count() == 0


def test_a_contact_is_added_changed_and_removed_with_its_group(editor: Client) -> None:
    group = make_organisation()
    page = url(group, "change")
    contact = {"contacts-0-kind": "phone", "contacts-0-value": "01632 960001"}
    save(editor, page, **contact)
    assert [str(one) for one in group.contacts.all()] == ["Phone: 01632 960001"]
    save(editor, page, **{"contacts-0-value": "01632 960002"})
    assert [str(one) for one in group.contacts.all()] == ["Phone: 01632 960002"]
    save(editor, page, **{"contacts-0-DELETE": "on"})
    assert group.contacts.count() == 0


def test_a_changed_public_group_is_found_by_its_new_name(editor: Client) -> None:
    group = publish(make_organisation())
    save(editor, url(group, "change"), name="Wye Bank Wrens")
    assert SearchRow.objects.get(organisation=group).sort_key == "wye bank wrens"


def test_who_may_act_for_a_group_is_noted_with_who_confirmed_it(
    editor: Client, erin: User, vera: User
) -> None:
    group = make_organisation()
    member = {"memberships-0-user": "Vera@Example.com", "memberships-0-role": "owner"}
    save(editor, url(group, "change"), **member)
    row = Membership.objects.get()
    assert (row.user, row.confirmed_at, row.confirmed_by) == (vera, None, None)
    save(editor, url(group, "change"), **{"memberships-0-confirmed": "on"})
    row.refresh_from_db()
    assert (row.confirmed_at is not None, row.confirmed_by) == (True, erin)


def test_a_member_without_an_account_is_told_of(editor: Client) -> None:
    group = make_organisation()
    member = {"memberships-0-user": "nobody@example.com", "memberships-0-role": "owner"}
    answer = save(editor, url(group, "change"), **member)
    assert errors(answer) == {
        "memberships-0-user": [
            "Nobody has an account with this address. Ask them to sign up first."
        ]
    }


# --- What is wrong is said beside the field, and what was typed stays ---


def test_a_number_another_group_has_is_told_beside_it(editor: Client) -> None:
    make_organisation(charity_number="1234567")
    answer = save(editor, ADD_GROUP, **GROUP | {"charity_number": "1234567"})
    assert errors(answer) == {"charity_number": ["Another group already has this charity number."]}
    assert as_shown(answer)["summary"] == GROUP["summary"]
    assert Organisation.objects.count() == 1


def test_one_wrong_part_stores_nothing_at_all(editor: Client) -> None:
    contact = {"contacts-0-kind": "phone", "contacts-0-value": "call Jo"}
    answer = save(editor, ADD_GROUP, **GROUP | contact)
    assert errors(answer) == {
        "contacts-0-value": ["Write a phone number with digits and spaces only."]
    }
    assert 'value="call Jo"' in answer.content.decode()
    assert Organisation.objects.count() == 0


def test_the_same_statement_twice_is_told_and_not_a_crash(editor: Client) -> None:
    group = make_organisation()
    twice = {
        f"trust-{row}-{name}": value
        for row in (0, 1)
        for name, value in {"kind": "insurance", "stance": "not-asked"}.items()
    }
    answer = save(editor, url(group, "change"), **twice, **{"trust-TOTAL_FORMS": "2"})
    said = ["That is stated already."]
    assert errors(answer) == {"trust-0-kind": said, "trust-1-kind": said}
    assert group.trust.count() == 0


def test_a_statement_there_is_already_is_told_and_not_a_crash(editor: Client) -> None:
    group = make_organisation()
    make_trust_statement(group, kind="insurance")
    given = {"trust-1-kind": "insurance", "trust-1-stance": "not-asked"}
    answer = save(editor, url(group, "change"), **given)
    said = ["That is stated already."]
    assert errors(answer) == {"trust-1-kind": said}
    assert group.trust.count() == 1


def test_a_statement_without_its_day_is_told_beside_the_day(editor: Client) -> None:
    group = make_organisation()
    answer = save(
        editor, url(group, "change"), **{"trust-0-kind": "insurance", "trust-0-stance": "seen"}
    )
    assert errors(answer) == {"trust-0-stated_on": ["Say when you saw it or were told."]}


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"age_from": "9", "age_before": "7"}, "age_before", "The upper age must be above"),
        ({"cost": "paid"}, "price", "Say how much it costs, or that it is free."),
        ({"venue": ""}, "venue", "Say where people meet in person."),
        ({"how_to_come": "referral"}, "who_can_refer", "Say who can refer."),
        ({"newcomers": "full"}, "newcomers_said_on", "Say when the group told you about room."),
        ({"waiting_weeks": "3"}, "waiting_weeks", "Weeks to wait need a waiting list."),
        ({"age_from": "grown up"}, "age_from", "Write an age such as 7 or 18 months."),
        ({"age_from": "pregnant"}, "age_from", "Tick the box for pregnancy instead."),
        ({"organisation": "Nobody’s Group"}, "organisation", "We have no group called"),
    ],
)
def test_a_rule_of_activities_is_told_beside_its_field(
    editor: Client, changes: dict[str, Any], field: str, says: str
) -> None:
    given = an_activity(make_organisation(), make_venue(), **changes)
    answer = save(editor, ADD_ACTIVITY, **given)
    said = errors(answer)
    assert list(said) == [field]
    assert said[field][0].startswith(says)
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"frequency": "weekly"}, "frequency"),
        ({"frequency": "weekly", "weekday": "1", "ends_at": "09:00"}, "ends_at"),
        ({"frequency": "dates", "dates": "24/11/2026, soon"}, "dates"),
        (
            {"frequency": "weekly", "weekday": "1", "starts_on": "2026-11-24"}
            | {"ends_before": "2026-11-01"},
            "ends_before",
        ),
    ],
)
def test_a_rule_of_schedules_is_told_beside_its_field(
    editor: Client, rule: dict[str, str], field: str
) -> None:
    activity = make_activity()
    whole = {"starts_at": "10:00", "ends_at": "11:30", "time_of_year": "term"} | rule
    given = {f"schedules-0-{name}": value for name, value in whole.items()}
    answer = save(editor, url(activity, "change"), **given)
    assert list(errors(answer)) == [f"schedules-0-{field}"]
    assert Schedule.objects.count() == 0


# --- Activities ---


def test_an_activity_is_added_by_the_names_of_its_group_and_venue(editor: Client) -> None:
    group, venue = make_organisation(), make_venue()
    given = an_activity(group, venue, age_from="18 months", age_before="4")
    answer = save(editor, ADD_ACTIVITY, **given)
    assert answer.redirect_chain
    kites = Activity.objects.get()
    assert (kites.organisation, kites.venue) == (group, venue)
    assert (kites.age_from, kites.age_before) == (18, 60)


def test_its_form_comes_back_as_it_was_typed(editor: Client) -> None:
    group, venue = make_organisation(), make_venue()
    save(editor, ADD_ACTIVITY, **an_activity(group, venue, age_from="18 months", age_before="4"))
    kites = Activity.objects.get()
    form = opened(editor, url(kites, "change"))
    assert {name: form[name] for name in ("organisation", "venue", "age_from", "age_before")} == {
        "organisation": "Weir Field Wrens",
        "venue": "Weir Field Hall, Bakewell",
        "age_from": "18 months",
        "age_before": "4",
    }


def test_the_link_from_a_group_fills_in_the_group(editor: Client) -> None:
    group = make_organisation()
    assert opened(editor, f"{ADD_ACTIVITY}?organisation={group.pk}")["organisation"] == group.name


def test_what_an_example_group_runs_is_an_example(editor: Client) -> None:
    group = make_organisation(is_example=True)
    save(editor, ADD_ACTIVITY, **an_activity(group, make_venue()))
    assert Activity.objects.get().is_example is True


def test_schedules_are_kept_with_their_dates(editor: Client) -> None:
    activity = make_activity()
    make_schedule(activity)
    rule = {
        "frequency": "dates",
        "dates": "24/11/2026, 8/12/2026",
        "starts_at": "16:00",
        "ends_at": "18:00",
        "time_of_year": "all-year",
    }
    given = {f"schedules-1-{name}": value for name, value in rule.items()}
    save(editor, url(activity, "change"), **given)
    form = opened(editor, url(activity, "change"))
    assert activity.schedules.count() == 2
    assert form["schedules-1-dates"] == "24/11/2026, 08/12/2026"


def test_a_tag_says_who_added_it(editor: Client, erin: User) -> None:
    activity = make_activity()
    tag = {"needs_group": "thriving", "source": "group", "reason": "Their form says so."}
    given = {f"activityneedsgroup_set-0-{name}": value for name, value in tag.items()}
    save(editor, url(activity, "change"), **given)
    row = ActivityNeedsGroup.objects.get()
    assert (row.needs_group_id, row.source, row.added_by) == ("thriving", "group", erin)


def test_a_partner_is_found_by_name_and_the_search_knows(editor: Client) -> None:
    activity = publish(make_activity())
    partner = publish(make_organisation(name="Zebra Crossing"))
    save(editor, url(activity, "change"), **{"activitypartner_set-0-organisation": "zebra"})
    assert ActivityPartner.objects.get().organisation == partner
    assert "'zebra':" in SearchRow.objects.get(activity=activity).document


def test_the_group_that_runs_it_is_no_partner(editor: Client) -> None:
    activity = make_activity()
    name = activity.organisation.name
    answer = save(editor, url(activity, "change"), **{"activitypartner_set-0-organisation": name})
    assert errors(answer) == {"activitypartner_set-0-__all__": ["That group runs it already."]}


def test_what_a_verb_refuses_is_told_and_nothing_is_lost(editor: Client) -> None:
    activity = publish(make_activity())
    draft = make_venue(name="Not yet public")
    answer = save(editor, url(activity, "change"), title="Toddlers", venue=str(draft))
    assert errors(answer) == {"__all__": ["Make the venue public first: Not yet public, Bakewell."]}
    assert as_shown(answer)["title"] == "Toddlers"
    assert (again(activity).title, again(activity).version) == ("Toddler group", activity.version)


def test_a_public_group_keeps_a_way_to_reach_it(editor: Client) -> None:
    group = publish(make_organisation())
    answer = save(editor, url(group, "change"), **{"contacts-0-DELETE": "on"})
    assert errors(answer) == {"contacts": ["A group that is public keeps one way to reach it."]}
    assert group.contacts.count() == 1


# --- Venues ---


def test_a_venue_is_found_on_the_map_by_its_postcode(editor: Client) -> None:
    given = {"name": "The Hall", "shown": "public", "postcode": "de45 1dy", "place": "bakewell"}
    save(editor, ADD_VENUE, **given)
    hall = Venue.objects.get()
    assert (hall.postcode, hall.place.slug, hall.district.code) == (
        "DE45 1DY",
        "bakewell",
        "E07000035",
    )


def test_a_postcode_we_do_not_know_is_told_beside_it(editor: Client) -> None:
    given = {"name": "The Hall", "shown": "public", "postcode": "SW1A 1AA", "place": "bakewell"}
    answer = save(editor, ADD_VENUE, **given)
    assert errors(answer) == {
        "postcode": ["We do not know this postcode. Is it in or near the district?"]
    }


def test_a_postcode_far_from_its_village_is_stored_and_asked_about(editor: Client) -> None:
    given = {"name": "The Hall", "shown": "public", "postcode": "DE45 1DY", "place": "matlock"}
    answer = save(editor, ADD_VENUE, **given)
    hall = Venue.objects.get()
    assert "DE45 1DY is 7 miles from Matlock. Are both right?" in messages(answer)
    answer = save(editor, url(hall, "change"), place="bakewell")
    assert [said for said in messages(answer) if "miles" in said] == []


def test_a_home_needs_a_village_and_nothing_else(editor: Client) -> None:
    given = {"shown": "masked", "place": "bakewell", "address": "12 Weir Lane"}
    answer = save(editor, ADD_VENUE, **given)
    home = Venue.objects.get()
    assert (home.name, home.address) == (HIDDEN_NAMES["masked"], "")
    dropped = "Of a hidden place we keep its village. The rest of what you typed is dropped."
    assert dropped in messages(answer)
    answer = save(editor, url(home, "change"), place="matlock")
    assert dropped not in messages(answer)


def test_a_village_we_do_not_know_is_told_once(editor: Client) -> None:
    answer = save(editor, ADD_VENUE, shown="masked", place="Atlantis")
    assert errors(answer) == {
        "place": ["“Atlantis” is not in our list of places. Write the nearest village."]
    }


def test_a_hidden_place_that_is_shown_again_needs_a_name(editor: Client) -> None:
    home = make_venue(shown="masked")
    given = {"shown": "public", "postcode": "DE45 1DY"}
    answer = save(editor, url(home, "change"), **given)
    assert errors(answer) == {"name": ["Write the name that people know the place by."]}


def test_the_form_of_a_venue_does_not_hide_it(editor: Client) -> None:
    hall = make_venue()
    save(editor, url(hall, "change"), shown="masked", summary="A hall.")
    assert (again(hall).shown, again(hall).summary) == ("public", "A hall.")


def test_status_is_no_field_of_the_form(editor: Client) -> None:
    group = make_organisation()
    make_contact(group)
    save(editor, url(group, "change"), status="public", first_public_at="2026-01-01", version="7")
    assert (again(group).status, again(group).version) == (Status.DRAFT, 2)
