"""Lists of the staff pages: what needs doing first, and found by what people know."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets import listings
from assets.admin.urgency import CHECK_AFTER
from assets.models import (
    Activity,
    ActivityNeedsGroup,
    HelpLine,
    Listing,
    Membership,
    Organisation,
    Status,
    Venue,
)
from assets.models.lifecycle import CheckedBy
from tests.assets.admin.pages import url
from tests.assets.make import (
    at,
    make_activity,
    make_contact,
    make_organisation,
    make_partner,
    make_schedule,
    make_trust_statement,
    make_venue,
    publish,
)
from tests.people import CAST, person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.fixture
def editor(client_of: ClientOf) -> Client:
    return client_of("erin")


def checked(listing: Any, days_ago: int) -> Any:
    on = timezone.localdate() - timedelta(days=days_ago)
    listings.check(listing=listing, checked_by=CheckedBy.TEAM, by=None, on=on)
    return listing


def listed(client: Client, model: type[Listing], **asked: str) -> list[str]:
    answer = client.get(url(model, "changelist"), asked)
    assert answer.status_code == 200
    return [
        row.title if isinstance(row, Activity) else row.name
        for row in answer.context["cl"].result_list
    ]


def some_groups() -> None:
    """One of each urgency, made in an order that is not theirs."""
    for name, status in [("Ended", Status.ENDED), ("Due", Status.PUBLIC), ("New", Status.DRAFT)]:
        group = make_organisation(name=name)
        make_contact(group)
        if status != Status.DRAFT:
            publish(group)
        if status == Status.ENDED:
            listings.move(listing=group, to=status, by=None)
    checked(publish(make_organisation(name="Fine")), 180)
    checked(publish(make_organisation(name="Almost")), 181)


def test_drafts_come_first_then_what_nobody_has_checked(editor: Client) -> None:
    some_groups()
    assert listed(editor, Organisation) == ["New", "Almost", "Due", "Fine", "Ended"]


def test_the_filters_show_what_is_to_do(editor: Client) -> None:
    some_groups()
    assert listed(editor, Organisation, do="publish") == ["New"]
    assert listed(editor, Organisation, do="check") == ["Almost", "Due"]


def test_a_group_is_found_whatever_the_accents(editor: Client) -> None:
    make_organisation(name="Café Zoë")
    make_organisation(name="Bell ringers")
    assert listed(editor, Organisation, q="cafe zoe") == ["Café Zoë"]


@pytest.mark.parametrize("words", ["kites", "tansley", "weir field", "bakewell", "kites bakewell"])
def test_an_activity_is_found_by_name_group_venue_and_village(editor: Client, words: str) -> None:
    make_activity(title="Kites", organisation=make_organisation(name="Tansley Sky"))
    online = {"title": "Chess", "ways_to_take_part": ["online"]}
    make_activity(organisation=make_organisation(name="Knights"), **online)
    assert listed(editor, Activity, q=words) == ["Kites"]


def test_the_activities_of_one_group(editor: Client) -> None:
    ours = make_activity(title="Ours")
    make_activity(title="Theirs")
    assert listed(editor, Activity, group=str(ours.organisation_id)) == ["Ours"]
    assert sorted(listed(editor, Activity, group="banana")) == ["Ours", "Theirs"]


def test_activities_are_found_by_needs_group(editor: Client) -> None:
    ActivityNeedsGroup.objects.create(activity=make_activity(), needs_group_id="thriving")
    make_activity(title="Untagged")
    assert listed(editor, Activity, needs="thriving") == ["Toddler group"]


def test_hidden_venues_are_found_by_their_village_only(editor: Client) -> None:
    make_venue(shown="masked")
    assert listed(editor, Venue, q="bakewell") == ["A home"]
    assert listed(editor, Venue, q="DE45") == []


def test_help_lines_to_be_checked_again_come_first(editor: Client) -> None:
    HelpLine.objects.filter(slug="shout").update(
        checked_on="2025-01-01", check_again_by="2025-07-01"
    )
    answer = editor.get(url(HelpLine, "changelist"))
    assert answer.context["cl"].result_list[0].slug == "shout"
    due = editor.get(url(HelpLine, "changelist"), {"do": "check"})
    assert [line.slug for line in due.context["cl"].result_list] == ["shout"]


def test_help_lines_are_checked_from_their_list(editor: Client) -> None:
    HelpLine.objects.filter(slug="shout").update(
        checked_on="2025-01-01", check_again_by="2025-07-01"
    )
    data = {"action": "checked_today", "_selected_action": ["shout"], "index": "0"}
    editor.post(url(HelpLine, "changelist"), data)
    line, today = HelpLine.objects.get(slug="shout"), timezone.localdate()
    assert (line.checked_on, line.check_again_by) == (today, today + CHECK_AFTER)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\x00"},
        {"o": "99.-99.x"},
        {"p": "banana"},
        {"p": "999999"},
        {"status__exact": "gone"},
        {"district__id__exact": "banana"},
        {"name__contains": "x"},
        {"needs_groups": "thriving"},
        {"needs": "banana"},
        {"do": "banana"},
        {"e": "1"},
        {"_facets": "x"},
        {"id__exact": "\ud83d"},
    ],
)
@pytest.mark.parametrize("model", [Organisation, Venue, Activity])
def test_garbage_in_the_address_of_a_list_is_no_crash(
    editor: Client, model: type[Listing], asked: dict[str, str]
) -> None:
    at(model, Status.DRAFT)
    values = {name: value.encode("utf-8", "surrogatepass") for name, value in asked.items()}
    answer = editor.get(url(model, "changelist"), values, follow=True)
    assert answer.status_code in {200, 400}


# --- A page's number of queries does not grow with its rows ---


def a_full_group(number: int) -> None:
    """One more of everything that a group and its first activity have."""
    group = Organisation.objects.filter(name="Full").first() or make_organisation(name="Full")
    make_contact(group, value=f"01632 96000{number}")
    make_trust_statement(group, kind="quality-mark", name=f"Mark {number}")
    member = list(CAST)[number]
    Membership.objects.create(organisation=group, user=person(member))
    make_activity(title=f"Bells {number}", organisation=group)
    full = Activity.objects.filter(title="Bells 0").get()
    make_schedule(full)
    make_contact(full, value=f"01632 97000{number}")
    make_partner(full, make_organisation())
    listings.save(listing=Organisation.objects.get(pk=group.pk), by=None)


def queries(client: Client, path: str) -> int:
    client.get(path)  # What the process keeps for all pages is there now.
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/assets/organisation/",
        "/admin/assets/organisation/?q=full&do=publish",
        "/admin/assets/activity/",
        "/admin/assets/activity/?q=bells",
        "/admin/assets/venue/",
        "/admin/assets/helpline/",
        "/admin/assets/place/",
        "/admin/assets/area/",
        "/admin/assets/postcode/",
        "/admin/assets/organisation/find/?q=f",
        "/admin/assets/venue/find/?q=w",
        "the group",
        "the group’s history",
        "the activity",
        "the activity’s history",
    ],
)
def test_one_row_and_three_rows_take_as_many_queries(editor: Client, path: str) -> None:
    a_full_group(0)
    group = Organisation.objects.get(name="Full")
    activity = Activity.objects.get(title="Bells 0")
    page = {
        "the group": url(group, "change"),
        "the group’s history": url(group, "history"),
        "the activity": url(activity, "change"),
        "the activity’s history": url(activity, "history"),
    }
    counted = [queries(editor, page.get(path, path))]
    a_full_group(1)
    a_full_group(2)
    counted.append(queries(editor, page.get(path, path)))
    assert counted[0] == counted[1]
