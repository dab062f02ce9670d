"""The pages of one's own groups: buttons for what is true today, and nothing of anybody else's."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from assets import listings
from assets.models import Activity, Membership, Organisation, Proposal, Status
from assets.proposals import sending, writing
from tests.assets.make import again, make_schedule
from tests.assets.proposals.made import of_an_activity, wrote
from tests.assets.register.writer import words
from tests.people import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def changed(group: Organisation, part: str, by: User, **values: Any) -> Proposal:
    proposal = writing.begin_changes(organisation=group, by=by)
    return wrote(proposal, part, by, **values)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def do(client: Client, activity: Activity, what: str, **data: str) -> Any:
    path = f"/my/{activity.organisation_id}/do/{what}/"
    return client.post(path, {"activity": str(activity.pk)} | data)


def test_with_one_group_it_opens_at_once(client_of: ClientOf, hers: Activity) -> None:
    answer = client_of("vera").get("/my/")
    assert (answer.status_code, answer["Location"]) == (302, f"/my/{hers.organisation_id}/")


def test_who_acts_for_no_group_is_told_how_to_list_one(
    client_of: ClientOf, theirs: Activity
) -> None:
    page = client_of("vera").get("/my/").content.decode()
    assert "You do not look after a group here yet." in page
    assert "Starling" not in page


def test_ones_own_page_has_the_group_and_nothing_of_others(
    client_of: ClientOf, hers: Activity, theirs: Activity
) -> None:
    page = client_of("vera").get(f"/my/{hers.organisation_id}/").content.decode()
    assert "Toddler group" in page
    assert "Starling" not in page


@pytest.mark.parametrize(
    "path",
    ["", "people/", "room/{activity}/", "not-on/{activity}/"],
)
def test_nobody_sees_the_pages_of_another_group(
    client_of: ClientOf, hers: Activity, theirs: Activity, path: str
) -> None:
    for group in (theirs.organisation_id, uuid4()):
        where = f"/my/{group}/{path}".format(activity=theirs.pk)
        assert client_of("vera").get(where).status_code == 404


@pytest.mark.parametrize("what", ["still-right", "not-this-time", "close", "open", "ended"])
def test_nobody_acts_for_another_group(
    client_of: ClientOf, hers: Activity, theirs: Activity, what: str
) -> None:
    before = again(theirs).version
    mine_with_theirs = f"/my/{hers.organisation_id}/do/{what}/"
    answers = [
        do(client_of("vera"), theirs, what).status_code,
        client_of("vera").post(mine_with_theirs, {"activity": theirs.pk}).status_code,
        client_of("vera").post(mine_with_theirs, {"activity": "banana"}).status_code,
    ]
    assert answers == [404, 404, 404]
    assert (again(theirs).version, Proposal.objects.count()) == (before, 0)


def test_a_membership_that_nobody_confirmed_opens_nothing(
    client_of: ClientOf, vera: User, theirs: Activity
) -> None:
    Membership.objects.create(organisation=theirs.organisation, user=vera)
    assert client_of("vera").get(f"/my/{theirs.organisation_id}/").status_code == 404


def test_the_next_date_is_called_off_in_one_press(client_of: ClientOf, hers: Activity) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_schedule(hers, weekday=tomorrow.weekday())
    listings.refresh(listing=hers)
    client = client_of("vera")
    page = client.get(f"/my/{hers.organisation_id}/").content.decode()
    assert f'name="on" value="{tomorrow:%Y-%m-%d}"' in page
    for _press in range(2):
        answer = do(client, hers, "not-this-time", on=f"{tomorrow:%Y-%m-%d}")
        assert answer.status_code == 302
    called_off = hers.occurrences.filter(cancelled=True).values_list("on", flat=True)
    assert list(called_off.all()) == [tomorrow]
    assert "Called off:" in client.get(f"/my/{hers.organisation_id}/").content.decode()
    for _press in range(2):
        do(client, hers, "on-after-all", on=f"{tomorrow:%Y-%m-%d}")
    assert list(called_off.all()) == []


def weekly(activity: Activity) -> list[date]:
    """From tomorrow on, and the first fourteen days of it."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_schedule(activity, weekday=tomorrow.weekday())
    listings.refresh(listing=activity)
    return [tomorrow + timedelta(weeks=week) for week in range(14)]


def test_several_days_are_called_off_at_once_and_families_read_why(
    client_of: ClientOf, hers: Activity
) -> None:
    days = weekly(hers)
    client, path = client_of("vera"), f"/my/{hers.organisation_id}/not-on/{hers.pk}/"
    page = client.get(path).content.decode()
    assert [f'value="{day}"' in page for day in days] == [True] * 12 + [False] * 2
    chosen = [str(days[1]), str(days[3])]
    for _press in range(2):
        client.post(path, {"days": chosen, "note": "The hall is  being painted"})
    called_off = hers.occurrences.filter(cancelled=True).values_list("on", "note")
    why = "The hall is being painted"
    assert list(called_off) == [(days[1], why), (days[3], why)]
    public = client_of("visitor").get(f"/activities/{hers.slug}/").content.decode()
    assert public.count(f"not on ({why})") == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Tick a day, or go back."),
        ({"days": ["2020-01-01"]}, "That day is not among those to come."),
        ({"days": ["banana"]}, "That day is not among those to come."),
        ({"days": "first", "note": "see www.example.org"}, "web address"),
        ({"days": "first", "note": "x" * 121}, "Use 120 letters at most."),
    ],
)
def test_days_that_cannot_be_called_off(
    client_of: ClientOf, hers: Activity, typed: dict[str, Any], says: str
) -> None:
    first = str(weekly(hers)[0])
    data = {name: first if value == "first" else value for name, value in typed.items()}
    path = f"/my/{hers.organisation_id}/not-on/{hers.pk}/"
    answer = client_of("vera").post(path, data)
    assert (answer.status_code, says in answer.content.decode()) == (200, True)
    assert not hers.occurrences.filter(cancelled=True).exists()


def test_what_waits_is_told_in_words(client_of: ClientOf, hers: Activity, vera: User) -> None:
    group = hers.organisation
    proposal = changed(group, "group", vera, summary="We play.", description="For long.")
    changed(group, str(hers.pk), vera, level="targeted")
    proposal, part = writing.add_activity(proposal=proposal, by=vera)
    changed(group, part, vera, **of_an_activity(title="Story time"))
    client, path = client_of("vera"), f"/my/{group.pk}/"
    page = words(client.get(path))
    assert "You have not sent this yet" in page
    sending.send(proposal=proposal, by=vera)
    page = words(client.get(path))
    today = timezone.localdate()
    assert f"These changes wait for us since {today.day} {today:%B}." in page
    assert f"{group} : About the group {hers} : Who it is for Story time : new" in page


def test_the_list_of_groups_says_where_changes_wait(
    client_of: ClientOf, hers: Activity, theirs: Activity, vera: User, erin: User
) -> None:
    Membership.objects.create(
        organisation=theirs.organisation,
        user=vera,
        confirmed_at=timezone.now(),
        confirmed_by=erin,
    )
    sending.send(proposal=changed(hers.organisation, "group", vera, summary="New."), by=vera)
    assert words(client_of("vera").get("/my/")).count("changes wait for us since") == 1


def test_the_check_shows_first_what_differs_and_the_rest_behind(
    client_of: ClientOf, hers: Activity, vera: User
) -> None:
    group = hers.organisation
    before = group.summary
    changed(group, "group", vera, summary="We play in the rain.")
    page = client_of("vera").get(f"/my/{group.pk}/edit/check/").content.decode()
    first, rest = page.split("<details", 1)
    assert ("We play in the rain." in first, before in first) == (True, True)
    assert (str(group.name) in first, "How to reach you" in first) == (True, False)
    assert "How to reach you" in rest


def test_still_right_can_be_said_at_any_time(client_of: ClientOf, hers: Activity) -> None:
    client = client_of("vera")
    for _time in range(2):
        page = client.get(f"/my/{hers.organisation_id}/").content.decode()
        assert page.count(f"/my/{hers.organisation_id}/do/still-right/") == 2
        do(client, hers, "still-right")
    assert again(hers).last_checked_on == timezone.localdate()


def test_few_looks_are_told_once(client_of: ClientOf, hers: Activity) -> None:
    page = words(client_of("vera").get(f"/my/{hers.organisation_id}/"))
    assert page.count("fewer than 5 times") == 1


def test_a_colleague_who_has_not_come_is_shown_as_invited(
    client_of: ClientOf, hers: Activity
) -> None:
    client, path = client_of("vera"), f"/my/{hers.organisation_id}/people/"
    client.post(path, {"email": "jo@example.com", "name": "Jo"})
    page = words(client.get(path))
    assert "and has not signed in since Take back the invitation" in page
    assert page.count("Make an owner") == 0
    User.objects.filter(email="jo@example.com").update(last_login=timezone.now())
    page = words(client.get(path))
    assert ("Invited" in page, "Make an owner" in page) == (False, True)
    User.objects.filter(email="jo@example.com").update(last_login=None)
    member = hers.organisation.memberships.get(user__email="jo@example.com")
    client.post(f"{path}{member.pk}/leave/")
    assert not hers.organisation.memberships.filter(user__email="jo@example.com").exists()


def test_closed_for_now_and_open_again(client_of: ClientOf, hers: Activity) -> None:
    client = client_of("vera")
    do(client, hers, "close")
    assert again(hers).status == Status.PAUSED
    assert (
        "Closed for now: its page says so."
        in client.get(f"/my/{hers.organisation_id}/").content.decode()
    )
    do(client, hers, "open")
    assert again(hers).status == Status.PUBLIC


def test_what_has_ended_waits_for_us_and_is_told_once(client_of: ClientOf, hers: Activity) -> None:
    asked = do(client_of("vera"), hers, "ended").content.decode()
    assert ("Yes, it has ended" in asked, Proposal.objects.count()) == (True, 0)
    for _press in range(3):
        do(client_of("vera"), hers, "ended", sure="1")
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.status, proposal.activity) == ("ending", "sent", hers)
    assert again(hers).status == Status.PUBLIC


def test_room_is_said_on_a_page_of_its_own(client_of: ClientOf, hers: Activity) -> None:
    client, path = client_of("vera"), f"/my/{hers.organisation_id}/room/{hers.pk}/"
    wrong = client.post(path, {"newcomers": "waiting", "waiting_weeks": "many"})
    assert "Write the weeks as a number from 1 to 104." in wrong.content.decode()
    assert 'value="many"' in wrong.content.decode()
    assert client.post(path, {"newcomers": "waiting", "waiting_weeks": "6"}).status_code == 302
    assert (again(hers).newcomers, again(hers).waiting_weeks) == ("waiting", 6)


def test_what_is_typed_beside_the_wrong_answer_is_not_dropped_without_a_word(
    client_of: ClientOf, hers: Activity
) -> None:
    client, path = client_of("vera"), f"/my/{hers.organisation_id}/room/{hers.pk}/"
    weeks = client.post(path, {"newcomers": "full", "waiting_weeks": "6"}).content.decode()
    assert "Choose “There is a waiting list” as well, or leave the weeks out." in weeks
    words = client.post(path, {"newcomers": "yes", "meanwhile": "The fair."}).content.decode()
    assert "Families read this beside a waiting list, or where you are full." in words
    assert again(hers).newcomers == "not-said"
    client.post(path, {"newcomers": "waiting", "waiting_weeks": "6", "meanwhile": "The fair."})
    # What stood there before, and is not true any more, is in nobody's way.
    left = {"newcomers": "yes", "waiting_weeks": "6", "meanwhile": "The fair."}
    assert client.post(path, left).status_code == 302
    assert (again(hers).waiting_weeks, again(hers).meanwhile) == (None, "")


def test_an_owner_invites_a_colleague_once(client_of: ClientOf, hers: Activity) -> None:
    client, path = client_of("vera"), f"/my/{hers.organisation_id}/people/"
    said = {"email": "Jo@Example.com", "name": "Jo"}
    pages = [client.post(path, said, follow=True).content.decode() for _press in range(2)]
    assert ["We have written to jo@example.com." in page for page in pages] == [True, False]
    assert "Jo looks after it with you already." in pages[1]
    jo = User.objects.get(email="jo@example.com")
    assert list(jo.memberships.values_list("organisation", "role", "confirmed_by")) == [
        (hers.organisation_id, "editor", person("vera").pk)
    ]
    assert [mail.reason for mail in OutgoingMail.objects.filter(to="jo@example.com")] == ["invited"]


def test_an_editor_invites_nobody(client_of: ClientOf, hers: Activity, vera: User) -> None:
    Membership.objects.update(role=Membership.Role.EDITOR)
    client_of("vera").post(f"/my/{hers.organisation_id}/people/", {"email": "jo@example.com"})
    assert not User.objects.filter(email="jo@example.com").exists()


def test_the_last_owner_stays_until_a_colleague_takes_over(
    client_of: ClientOf, hers: Activity, vera: User, erin: User
) -> None:
    group = hers.organisation
    own = group.memberships.get(user=vera)
    other = Membership.objects.create(
        organisation=group, user=erin, confirmed_at=timezone.now(), confirmed_by=vera
    )
    client = client_of("vera")
    people = f"/my/{group.pk}/people"
    refused = client.post(f"{people}/{own.pk}/leave/")
    assert said(refused) == ["Somebody must look after the group. Make a colleague an owner first."]
    client.post(f"{people}/{other.pk}/owner/")
    client.post(f"{people}/{own.pk}/leave/")
    assert list(group.memberships.values_list("user", "role")) == [(erin.pk, "owner")]


def test_an_editor_takes_nobody_off(
    client_of: ClientOf, hers: Activity, vera: User, erin: User
) -> None:
    group = hers.organisation
    group.memberships.update(role=Membership.Role.EDITOR)
    other = Membership.objects.create(
        organisation=group, user=erin, confirmed_at=timezone.now(), confirmed_by=vera
    )
    answer = client_of("vera").post(f"/my/{group.pk}/people/{other.pk}/leave/")
    assert answer.status_code == 404
    assert group.memberships.filter(pk=other.pk).exists()


def test_what_a_closed_group_offers_has_a_break_with_it(
    client_of: ClientOf, hers: Activity
) -> None:
    client_of("vera").post(f"/my/{hers.organisation_id}/do/close/", {"activity": ""})
    page = client_of("visitor").get(f"/activities/{hers.slug}/")
    assert page.status_code == 200
    assert "may well be back" in page.content.decode()
