"""Worries about safety: whom to call comes first; nobody but lead and deputy learns of one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, User
from assets import listings, safety
from assets.models import (
    Activity,
    Area,
    BankHoliday,
    HelpLine,
    Organisation,
    SafetyRecord,
    SafetyWorry,
    Status,
)
from assets.reporting import help_first
from tests.assets.admin.pages import url
from tests.assets.make import (
    again,
    make_activity,
    make_organisation,
    make_venue,
    publish,
)
from tests.people import EVERYBODY, VISITOR

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]

WORDS = "The quarry gate stands open."
# A Friday in February, about noon.
FRIDAY = datetime(2026, 2, 20, 12, tzinfo=UTC)


def page_of(activity: Activity) -> str:
    return reverse("report_worry", args=["activity", activity.slug])


def sent(**changes: Any) -> dict[str, Any]:
    return {"key": uuid4(), "words": WORDS, "contact": "", "website": ""} | changes


def worry_about(listing: Any, **changes: Any) -> SafetyWorry:
    return safety.report(**{"key": uuid4(), "listing": listing, "words": WORDS} | changes)


def came_at(worry: SafetyWorry, when: datetime) -> None:
    SafetyWorry.objects.filter(pk=worry.pk).update(reported_at=when)


def mails() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


@pytest.fixture
def activity(gwen: User) -> Activity:
    """A public one; and there is a safeguarding lead."""
    return publish(make_activity(title="Zebra club"))


@pytest.fixture
def deputy(gwen: User) -> User:
    made = User.objects.create_user("deputy@example.com", is_staff=True)
    made.groups.add(Group.objects.get(name="Safeguarding lead"))
    return made


# --- Whom to call first ---


def test_whom_to_call_stands_before_the_form(activity: Activity) -> None:
    page = Client().get(page_of(activity)).content.decode()
    at = [page.index(sign) for sign in ('href="tel:999"', "Starting Point", "LADO", "<textarea")]
    assert at == sorted(at)


def test_the_numbers_come_from_the_help_lines(activity: Activity) -> None:
    HelpLine.objects.filter(slug="starting-point").update(
        phone="01632 960999", phone_tel="01632960999"
    )
    assert 'href="tel:01632960999"' in Client().get(page_of(activity)).content.decode()


def test_they_are_those_of_where_it_is_and_else_of_where_we_are() -> None:
    names = {
        one: [line.slug for line in help_first(Organisation(district=area))]
        for one, area in {
            "sheffield": Area.objects.get(name="Sheffield"),
            "devon": Area.objects.filter(parent__name="Devon").first(),
            "nowhere": None,
        }.items()
    }
    ours = ["999", "starting-point", "lado-derbyshire"]
    assert names == {
        "sheffield": ["999", "sheffield-safeguarding-hub"],
        "devon": ours,
        "nowhere": ours,
    }


def test_where_no_officer_is_known_the_page_says_whom_to_ask(activity: Activity) -> None:
    said = "Ask the council for them."
    assert said not in Client().get(page_of(activity)).content.decode()
    HelpLine.objects.filter(slug="lado-derbyshire").delete()
    assert said in Client().get(page_of(activity)).content.decode()


def test_chosen_among_the_problems_it_shows_them_too_and_keeps_what_was_typed(
    activity: Activity,
) -> None:
    form = sent(kind="worry", email="jo@example.com")
    page = Client().post(reverse("report", args=["activity", activity.slug]), form)
    html = page.content.decode()
    assert html.index('href="tel:999"') < html.index(WORDS)
    assert 'value="jo@example.com"' in html
    assert f'action="{page_of(activity)}"' in html
    assert not SafetyWorry.objects.exists()
    assert mails() == []


# --- Telling us ---


def test_a_hundred_sends_are_one_worry_and_one_alert_each(
    activity: Activity, deputy: User, erin: User, ada: User
) -> None:
    form = sent(contact="01632 960123")
    answers = [Client().post(page_of(activity), form) for _time in range(100)]
    assert {one["Location"] for one in answers} == {reverse("worry_received")}
    worry = SafetyWorry.objects.get()
    assert (worry.listing, worry.words, worry.contact) == (activity, WORDS, "01632 960123")
    assert mails() == ["deputy@example.com", "gwen@example.com"]


def test_an_alert_says_that_there_is_one_and_where(activity: Activity) -> None:
    worry = worry_about(activity)
    mail = OutgoingMail.objects.get()
    assert f"/admin/assets/safetyworry/{worry.pk}/change/" in mail.body
    for telling in ("Zebra", "quarry", "Weir Field"):
        assert telling not in mail.subject + mail.body
    for seen_in_the_outbox in (mail.subject, mail.label, mail.reason):
        assert "safe" not in seen_in_the_outbox.lower()
        assert "worry" not in seen_in_the_outbox.lower()


def test_without_a_lead_administrators_are_alerted(ada: User, erin: User) -> None:
    worry_about(publish(make_activity()))
    assert mails() == ["ada@example.com"]


def test_who_has_left_is_not_alerted(activity: Activity, deputy: User) -> None:
    User.objects.filter(pk=deputy.pk).update(is_active=False)
    worry_about(activity)
    assert mails() == ["gwen@example.com"]


# --- When nobody opens it ---


def escalated(on: str) -> int:
    return safety.escalate_unseen(datetime.fromisoformat(f"{on}T07:00+00:00"))


def test_what_nobody_opened_is_told_to_all_again_on_the_next_working_day(
    activity: Activity, ada: User
) -> None:
    worry = worry_about(activity)
    came_at(worry, FRIDAY)
    BankHoliday.objects.create(day="2026-02-23", name="Holiday of zebras")
    before = mails()
    days = ("2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23", "2026-02-24", "2026-02-24")
    assert [escalated(day) for day in days] == [0, 0, 0, 0, 1, 0]
    assert mails() == sorted([*before, "ada@example.com", "gwen@example.com"])
    assert "nobody has opened it" in OutgoingMail.objects.latest("pk").body
    assert "Zebra" not in OutgoingMail.objects.latest("pk").body
    record = worry.records.get()
    assert (record.what, record.recorded_by) == ("escalated", None)


def test_it_is_told_again_each_working_day_until_somebody_opens_it(
    activity: Activity, gwen: User
) -> None:
    worry = worry_about(activity)
    came_at(worry, FRIDAY)
    # A day that was missed does no harm.
    assert [escalated(day) for day in ("2026-02-24", "2026-02-25")] == [1, 1]
    assert safety.take(worry=worry, by=gwen)
    assert escalated("2026-02-26") == 0


# --- Looking after it ---


def test_each_step_is_written_down_and_a_second_click_loses(
    activity: Activity, gwen: User, deputy: User
) -> None:
    worry = worry_about(activity)
    same = again(worry)
    assert safety.take(worry=worry, by=gwen)
    assert not safety.take(worry=same, by=deputy)
    passed_on = SafetyWorry.Outcome.PASSED_ON
    assert safety.close(worry=worry, outcome=passed_on, why="Rang them.", by=gwen)
    assert safety.reopen(worry=worry, why="They rang back.", by=deputy)
    assert (worry.outcome, worry.closed_at) == ("", None)
    assert [(str(one), one.recorded_by, one.why) for one in worry.records.all()] == [
        ("Nobody has opened it → Being looked after", gwen, ""),
        ("Being looked after → Closed", gwen, "Rang them."),
        ("Closed → Being looked after", deputy, "They rang back."),
    ]


def test_it_is_never_closed_unread(activity: Activity, gwen: User) -> None:
    worry = worry_about(activity)
    with pytest.raises(ValueError, match="cannot go from new to closed"):
        safety.close(worry=worry, outcome=SafetyWorry.Outcome.NOTHING, why="", by=gwen)


def test_the_record_is_only_added_to(activity: Activity, gwen: User) -> None:
    worry = worry_about(activity)
    safety.take(worry=worry, by=gwen)
    for change in (
        lambda: SafetyRecord.objects.update(recorded_by=None),
        lambda: SafetyRecord.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="who did what"), transaction.atomic():
            change()


def test_a_year_after_it_is_closed_its_dates_and_its_outcome_are_left(
    activity: Activity, gwen: User
) -> None:
    closed, open_ = worry_about(activity, contact="Jo"), worry_about(activity)
    safety.take(worry=open_, by=gwen)
    safety.take(worry=closed, by=gwen)
    safety.close(worry=closed, outcome=SafetyWorry.Outcome.PUT_RIGHT, why="The quarry.", by=gwen)
    now = timezone.now()
    assert safety.wipe_words(now + timedelta(days=364)) == 0
    later = now + timedelta(days=365, minutes=1)
    assert (safety.wipe_words(later), safety.wipe_words(later)) == (1, 0)
    left = again(closed)
    assert (left.words, left.contact, left.outcome, left.wiped_at) == ("", "", "put-right", later)
    assert left.closed_at
    assert [one.why for one in left.records.all()] == ["", ""]
    assert again(open_).words == WORDS
    assert not safety.reopen(worry=left, why="", by=gwen)


# --- Hiding the listing ---


@pytest.mark.parametrize("to", [Status.PAUSED, Status.WITHDRAWN])
def test_the_lead_hides_a_listing_at_once_and_its_records_tell_nothing(
    activity: Activity, gwen: User, to: Status
) -> None:
    worry = worry_about(activity)
    safety.hide(worry=worry, listing=activity, to=to, by=gwen)
    assert again(activity).status == to
    move = activity.moves.last()
    assert move is not None
    assert (move.moved_by, move.why) == (None, "Hidden by our team")
    record = activity.history.latest()
    assert (record.history_user, record.history_change_reason) == (None, "Hidden by our team")
    mine = worry.records.get()
    assert (mine.what, mine.recorded_by) == ("hidden", gwen)
    assert "Zebra club" not in Client().get("/activities/").content.decode()


def test_the_group_can_be_hidden_from_a_worry_about_what_it_runs(
    activity: Activity, gwen: User
) -> None:
    worry = worry_about(activity)
    assert safety.may_be_hidden(worry) == [activity, activity.organisation]
    safety.hide(worry=worry, listing=activity.organisation, to=Status.PAUSED, by=gwen)
    assert not Activity.objects.public().exists()
    assert safety.may_be_hidden(worry_about(publish(make_organisation(name="Other")))) != []


def test_with_a_place_goes_what_is_on_there(activity: Activity, gwen: User) -> None:
    venue = activity.venue
    assert venue is not None
    elsewhere = publish(make_activity(title="Elsewhere", venue=make_venue(name="Other hall")))
    safety.hide(worry=worry_about(venue), listing=venue, to=Status.WITHDRAWN, by=gwen)
    found = [again(one).status for one in (venue, activity, elsewhere)]
    assert found == ["withdrawn", "withdrawn", "public"]


def test_what_was_moved_meanwhile_is_not_hidden_and_nothing_is_written(
    activity: Activity, gwen: User
) -> None:
    worry, old = worry_about(activity), again(activity)
    listings.move(listing=activity, to=Status.WITHDRAWN, by=None)
    with pytest.raises(listings.MoveRefused):
        safety.hide(worry=worry, listing=old, to=Status.PAUSED, by=gwen)
    assert not worry.records.exists()


KEPT = "Our team keeps “%s” hidden for now. Please ask an administrator."


@pytest.mark.parametrize("to", [Status.PAUSED, Status.WITHDRAWN])
def test_nobody_else_makes_public_what_the_lead_hid(
    activity: Activity, client_of: ClientOf, gwen: User, erin: User, to: Status
) -> None:
    group = activity.organisation
    worry = worry_about(activity)
    for listing in (activity, group):
        safety.hide(worry=worry, listing=listing, to=to, by=gwen)
    for listing in (group, activity):
        kept = again(listing)
        if to == Status.WITHDRAWN:
            listings.move(listing=kept, to=Status.DRAFT, by=erin)
        with pytest.raises(listings.MoveRefused) as refused:
            listings.move(listing=kept, to=Status.PUBLIC, by=erin)
        assert refused.value.messages == [KEPT % listing]
        data = {"to": "public", "version": again(listing).version, "why": ""}
        page = client_of("erin").post(url(listing, "move"), data, follow=True).content.decode()
        assert KEPT % listing in page
        assert again(listing).status != "public"


def test_it_stays_hidden_whatever_has_happened_to_it_since(
    activity: Activity, gwen: User, erin: User
) -> None:
    safety.hide(worry=worry_about(activity), listing=activity, to=Status.PAUSED, by=gwen)
    ended = again(activity)
    listings.move(listing=ended, to=Status.ENDED, by=erin)
    with pytest.raises(listings.MoveRefused):
        listings.move(listing=ended, to=Status.PUBLIC, by=erin)


@pytest.mark.parametrize("to", [Status.PAUSED, Status.WITHDRAWN])
def test_the_lead_shows_it_again_and_its_records_tell_nothing(
    activity: Activity, client_of: ClientOf, gwen: User, to: Status
) -> None:
    worry = worry_about(activity)
    safety.take(worry=worry, by=gwen)
    safety.hide(worry=worry, listing=activity, to=to, by=gwen)
    hidden = worry.hidings.get()
    client = client_of("gwen")
    assert "Hidden because of this" in client.get(url(worry, "change")).content.decode()
    for pressed in ("banana", "0", str(hidden.pk), str(hidden.pk)):
        client.post(url(worry, "show"), {"show": pressed})
    assert again(activity).status == "public"
    move = activity.moves.last()
    assert move is not None
    assert (move.moved_by, move.why) == (None, "Shown again by our team")
    assert [one.what for one in worry.records.all()] == ["moved", "hidden", "shown"]
    with pytest.raises(listings.MoveRefused, match="is shown again already"):
        safety.show_again(worry=worry, listing=activity, by=gwen)


def test_what_another_worry_hid_too_stays_hidden(activity: Activity, gwen: User) -> None:
    one, other = worry_about(activity), worry_about(activity)
    safety.hide(worry=one, listing=activity, to=Status.PAUSED, by=gwen)
    safety.hide(worry=other, listing=activity, to=Status.WITHDRAWN, by=gwen)
    with pytest.raises(listings.MoveRefused):
        safety.show_again(worry=one, listing=again(activity), by=gwen)
    assert one.hidings.on().count() == 1


def test_with_a_place_what_is_on_there_stays_hidden(
    activity: Activity, gwen: User, erin: User
) -> None:
    venue = activity.venue
    assert venue is not None
    worry = worry_about(venue)
    safety.hide(worry=worry, listing=venue, to=Status.PAUSED, by=gwen)
    safety.show_again(worry=worry, listing=venue, by=gwen)
    with pytest.raises(listings.MoveRefused):
        listings.move(listing=again(activity), to=Status.PUBLIC, by=erin)
    safety.show_again(worry=worry, listing=activity, by=gwen)
    assert again(activity).status == "public"


# --- Nobody else learns of it ---


def test_no_page_of_anybody_else_tells_of_a_worry(
    activity: Activity, client_of: ClientOf, gwen: User, vera: User
) -> None:
    group = activity.organisation
    group.memberships.create(user=vera, confirmed_at=timezone.now(), confirmed_by=gwen)
    worry = worry_about(activity, contact="quarry@example.com")
    safety.take(worry=worry, by=gwen)
    safety.close(worry=worry, outcome=SafetyWorry.Outcome.PUT_RIGHT, why="Quarry shut.", by=gwen)
    safety.hide(worry=worry, listing=activity, to=Status.PAUSED, by=gwen)
    public = ["/", "/activities/?q=quarry", "/activities.csv", "/groups/", "/account/"]
    public += [reverse("activity", args=[activity.slug])]
    staff = ["/admin/", "/admin/assets/", "/admin/accounts/outgoingmail/"]
    staff += [url(one, page) for one in (activity, group) for page in ("change", "history")]
    staff += [url(OutgoingMail.objects.get(), "change")]
    for who in set(EVERYBODY) - {"gwen", "ada"}:
        for path in public + staff:
            page = client_of(who).get(path, follow=True).content.decode()
            for telling in ("uarry gate", "uarry shut", "quarry@", "safetyworry", "Gwen Rowe"):
                assert telling not in page, (who, path)


@pytest.mark.parametrize("who", ["erin", "stefan", "pam", "vera", VISITOR])
def test_nobody_else_opens_lists_or_presses(
    activity: Activity, client_of: ClientOf, who: str
) -> None:
    worry = worry_about(activity)
    refused = 302 if who in ("vera", VISITOR) else 403
    for page in ("change", "history"):
        assert client_of(who).get(url(worry, page)).status_code == refused
    assert client_of(who).get(url(SafetyWorry, "changelist")).status_code == refused
    for verb in ("take", "close", "reopen", "hide", "show"):
        data = {"outcome": "nothing", "hide": "activity-paused"}
        assert client_of(who).post(url(worry, verb), data).status_code == refused
    assert (again(worry).status, again(activity).status) == ("new", "public")
