"""“To ring”: what nobody has told us of for long, whom we cannot reach, and proofs that run out."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from time_machine import travel

from accounts.models import User
from accounts.outbox import queue
from accounts.outbox.models import Status as MailStatus
from assets.freshness import calls, to_ring
from assets.models import Activity, Call, Membership, Organisation, Place
from tests.assets.admin.pages import messages
from tests.assets.make import (
    again,
    make_activity,
    make_contact,
    make_organisation,
    make_trust_statement,
    make_venue,
    publish,
    tag,
)

pytestmark = pytest.mark.django_db

PAGE = "/admin/assets/freshnessreminder/to-ring/"
NOW = datetime(2027, 12, 1, 9, tzinfo=UTC)
ClientOf = Callable[[str], Client]


@pytest.fixture(autouse=True)
def now() -> object:
    with travel(NOW, tick=False):
        yield


def ago(days: int, **fields: object) -> Activity:
    """Known to be right so many days ago, of a group that was checked today."""
    group = publish(make_organisation(name=str(fields.get("title", "Wrens"))))
    with travel(NOW - timedelta(days=days), tick=False):
        made: Activity = make_activity(**{"organisation": group} | fields)
    Activity.objects.filter(pk=made.pk).update(
        status="public", first_public_at=NOW - timedelta(days=days)
    )
    made.refresh_from_db()
    return made


def titles(**asked: object) -> list[str]:
    return [str(one) for one in to_ring.activities(to_ring.Asked(**asked))]  # type: ignore[arg-type]


def test_what_is_old_comes_oldest_first() -> None:
    for days in (309, 310, 500):
        ago(days, title=f"Play {days}")
    assert titles() == ["Play 500", "Play 310"]
    assert list(to_ring.organisations(to_ring.Asked())) == []


def test_it_is_narrowed_by_place_and_needs_group(client_of: ClientOf) -> None:
    matlock = Place.objects.get(slug="matlock")
    hall = publish(make_venue(place=matlock, postcode="DE4 3AB"))
    here, there = ago(400, title="Here"), ago(400, title="There", venue=hall)
    tag(here, "needs_groups", "thriving")
    assert titles(place=matlock.pk) == ["There"]
    assert titles(needs="thriving") == ["Here"]
    page = client_of("erin").get(f"{PAGE}?place=matlock").content.decode()
    assert ("There</a>" in page, "Here</a>" in page) == (True, False)
    assert client_of("erin").get(f"{PAGE}?place=atlantis&needs=x&p=banana").status_code == 200
    assert there.venue == hall


def test_who_rang_writes_down_what_was_said(client_of: ClientOf, erin: User) -> None:
    right, over = ago(400, title="Right"), ago(400, title="Over")
    client = client_of("erin")
    page = client.get(PAGE).content.decode()
    assert "tel:01632960123" in page
    done = client.post(PAGE, {"of": "activity", "key": right.pk, "said": "right"}, follow=True)
    assert messages(done) == ["“Right” is checked as of today."]
    check = right.checks.get()
    assert (check.checked_by, check.person, check.checked_on) == ("group", erin, date(2027, 12, 1))
    done = client.post(PAGE, {"of": "activity", "key": over.pk, "said": "ended"}, follow=True)
    assert messages(done) == ["“Over” has ended."]
    assert again(over).status == "ended"
    assert titles() == []


def test_who_rang_writes_down_what_came_of_it(client_of: ClientOf, erin: User) -> None:
    group = ago(400, title="Play").organisation
    client = client_of("erin")
    data = {"of": "group", "key": group.pk, "said": "rang", "note": "Nobody there."}
    for _press in range(2):
        done = client.post(PAGE, data, follow=True)
    assert messages(done) == ["Written down: you rang “Play”."]
    call = group.calls.get()
    assert (call.called_by, call.called_at, call.note) == (erin, NOW, "Nobody there.")
    page = client.get(PAGE).content.decode()
    # Beside what is old, and in the list of those without an address.
    assert page.count("Erin Marsh rang on 1 Dec 2027, 09:00: <q>Nobody there.</q>") == 2
    with travel(NOW + timedelta(hours=2), tick=False):
        client.post(PAGE, data | {"note": "They go on."})
    assert [one.note for one in group.calls.all()] == ["They go on.", "Nobody there."]


def test_who_only_looks_writes_down_no_call(client_of: ClientOf) -> None:
    group = ago(400, title="Play").organisation
    data = {"of": "group", "key": group.pk, "said": "rang"}
    assert "I rang" not in client_of("stefan").get(PAGE).content.decode()
    assert client_of("stefan").post(PAGE, data).status_code == 403
    assert not group.calls.exists()


def test_a_call_is_written_down_for_good(erin: User) -> None:
    group = publish(make_organisation())
    calls.rang(organisation=group, by=erin, note="Nobody there.")
    for change in (lambda: Call.objects.update(note="Ha."), lambda: Call.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_list_with_nobody_in_it_is_not_shown(client_of: ClientOf) -> None:
    page = client_of("erin").get(PAGE).content.decode()
    for title in ("Mail does not reach them", "No e-mail address", "A proof has run out"):
        assert title not in page


def test_who_only_looks_has_no_buttons_and_cannot_press_them(client_of: ClientOf) -> None:
    play = ago(400, title="Play")
    client = client_of("stefan")
    assert "It has ended" not in client.get(PAGE).content.decode()
    data = {"of": "activity", "key": play.pk, "said": "ended"}
    assert client.post(PAGE, data).status_code == 403
    assert again(play).status == "public"
    assert client_of("pam").get(PAGE).status_code == 403


@pytest.mark.parametrize(
    "data", [{}, {"of": "banana"}, {"of": "group", "key": "x", "said": "right"}, {"said": "sung"}]
)
def test_garbage_is_told(client_of: ClientOf, data: dict[str, str]) -> None:
    answer = client_of("erin").post(PAGE, data, follow=True)
    assert messages(answer) == ["That did not work. Try again."]


def mail_to(address: str, status: MailStatus) -> None:
    mail = queue.put(to=address, subject="Hi", body="Hi", reason="test", label="Test", secret=False)
    if status == MailStatus.SENT:
        key = f"00000000-0000-4000-8000-{mail.pk:012}"
        mail.move(MailStatus.CLAIMED, claim=key, claimed_at=timezone.now())
    mail.move(status)


def test_groups_are_here_whose_last_mail_did_not_arrive() -> None:
    own, members, fine = (publish(make_organisation(name=name)) for name in ("A", "B", "C"))
    make_contact(own, kind="email", value="A@example.com")
    make_contact(fine, kind="email", value="c@example.com")
    ben = User.objects.create_user("b@example.com")
    Membership.objects.create(
        organisation=members, user=ben, confirmed_at=timezone.now(), confirmed_by=ben
    )
    for address in ("a@example.com", "b@example.com", "c@example.com", "nobody@example.com"):
        mail_to(address, MailStatus.FAILED)
    with travel(NOW + timedelta(hours=1), tick=False):
        mail_to("c@example.com", MailStatus.SENT)
    assert to_ring.bounced() == [(own, "a@example.com"), (members, "b@example.com")]


def test_groups_are_here_that_nobody_can_write_to() -> None:
    silent, written, looked_after = (
        publish(make_organisation(name=name)) for name in ("A", "B", "C")
    )
    make_contact(written, kind="email", value="b@example.com")
    ben = User.objects.create_user("b@example.com")
    Membership.objects.create(
        organisation=looked_after, user=ben, confirmed_at=timezone.now(), confirmed_by=ben
    )
    make_organisation(name="Draft")
    assert list(to_ring.out_of_reach()) == [silent]
    calls.rang(organisation=silent, by=ben, note="Nobody there.")
    assert list(to_ring.out_of_reach()) == [silent]


def test_who_was_rung_and_said_that_it_is_right_is_rung_again_when_it_is_due(
    client_of: ClientOf,
) -> None:
    silent = publish(make_organisation(name="A"))
    page = client_of("erin").get(PAGE).content.decode()
    assert f'value="right">It is right<span class="visually-hidden">: {silent}' in page
    client_of("erin").post(PAGE, {"of": "group", "key": silent.pk, "said": "right"})
    assert list(to_ring.out_of_reach()) == []
    with travel(NOW + timedelta(days=91), tick=False):
        assert list(to_ring.out_of_reach()) == [silent]


def test_proofs_are_here_that_run_out_and_were_not_said_anew() -> None:
    group = publish(make_organisation())
    soon = {"stated_on": "2027-01-01", "expires_on": "2027-12-31"}
    make_trust_statement(group, kind="insurance", **soon)
    make_trust_statement(group, kind="first-aid", **soon | {"expires_on": "2028-01-01"})
    make_trust_statement(group, kind="quality-mark", name="Old", **soon)
    make_trust_statement(
        group, kind="quality-mark", name="New", **soon | {"expires_on": "2029-01-01"}
    )
    make_trust_statement(make_organisation(name="Draft"), kind="insurance", **soon)
    assert [one.kind for one in to_ring.proofs()] == ["insurance"]


def test_all_of_it_stands_on_one_page(client_of: ClientOf) -> None:
    group = publish(make_organisation())
    make_trust_statement(group, kind="insurance", stated_on="2027-01-01", expires_on="2027-11-30")
    page = client_of("erin").get(PAGE).content.decode()
    assert "Insurance, until 30 November 2027" in page
    assert "No e-mail address, and nobody who acts for them" in page
    assert Organisation.objects.count() == 1


def test_the_number_of_queries_does_not_grow(
    client_of: ClientOf, django_assert_max_num_queries: object
) -> None:
    client = client_of("erin")
    client.get(PAGE)
    for number in range(4):
        make_trust_statement(
            ago(400, title=f"Play {number}").organisation,
            kind="insurance",
            stated_on="2027-01-01",
            expires_on="2027-11-30",
        )
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        # Of each activity, and of its group, which has no e-mail address.
        assert client.get(PAGE).content.decode().count("It is right") == 8
