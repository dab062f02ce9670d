"""The page behind a reminder's link: one tap, no password, and nothing by looking alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import Traveller, travel

from accounts.models import OutgoingMail, User
from assets import listings
from assets.freshness import links
from assets.models import Activity, Membership, Organisation, Proposal
from assets.models.activity_records import ActivityAssurance
from assets.models.lifecycle import CheckedBy
from tests.assets.make import (
    again,
    make_activity,
    make_contact,
    make_organisation,
    make_schedule,
    publish,
)
from tests.people import person

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 3, 9, tzinfo=UTC)
ASKED = datetime(2027, 2, 4, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with travel(BEGAN, tick=False) as clock:
        yield clock


@pytest.fixture
def play(clock: Traveller) -> Activity:
    """Of Vera's group, and due for three months."""
    group = publish(make_organisation())
    vera = person("vera")
    Membership.objects.create(
        organisation=group, user=vera, confirmed_at=timezone.now(), confirmed_by=vera
    )
    play = make_activity(title="Play", organisation=group)
    make_schedule(play)
    publish(play)
    clock.move_to(ASKED)
    return play


def path(email: str = "vera@example.com") -> str:
    return links.url(email).removeprefix("http://localhost:8000")


def value(listing: Activity | Organisation) -> str:
    return f"{listing.pk}.{again(listing).version}"


def test_it_shows_what_families_read_and_looking_changes_nothing(play: Activity) -> None:
    client = Client()
    answer = client.get(path())
    page = answer.content.decode()
    for words in (
        "Play",
        "Tuesdays, 10 am to 11.30 am",
        "Weir Field Hall, Bakewell",
        "01632 960123",
    ):
        assert words in page
    assert client.head(path()).status_code == 200
    assert (answer.status_code, client.cookies) == (200, {})
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert again(play).last_checked_on is None
    assert Proposal.objects.count() == OutgoingMail.objects.count() == 0


def test_still_right_is_a_check_by_the_group_and_twice_is_once(play: Activity) -> None:
    data = {"right": value(play)}
    for _press in range(3):
        assert Client().post(path(), data).status_code == 302
    check = ActivityAssurance.objects.get()
    assert (check.checked_on, check.checked_by) == (date(2027, 2, 4), "group")
    assert check.person == person("vera")
    page = Client().get(path()).content.decode()
    assert "You told us today that this is right" in page
    assert 'Still right<span class="visually-hidden">: <bdi>Weir Field Wrens' in page


def test_all_of_it_in_one_tap(play: Activity) -> None:
    data = {"all": "", "shown": [value(play), value(play.organisation)]}
    Client().post(path(), data)
    assert [again(one).last_checked_on for one in (play, play.organisation)] == [
        date(2027, 2, 4),
        date(2027, 2, 4),
    ]
    assert "There is nothing more to look at" in Client().get(path()).content.decode()


def test_has_ended_waits_for_staff_and_twice_is_once(play: Activity) -> None:
    for _press in range(2):
        Client().post(path(), {"ended": value(play)})
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.status, proposal.activity) == ("ending", "sent", play)
    assert proposal.asker_email == "vera@example.com"
    assert again(play).status == "public"
    assert "You told us that this is over" in Client().get(path()).content.decode()


def test_a_group_can_end_as_a_whole(play: Activity) -> None:
    Client().post(path(), {"ended": value(play.organisation)})
    proposal = Proposal.objects.get()
    assert (proposal.organisation, proposal.activity) == (play.organisation, None)
    page = Client().get(path()).content.decode()
    assert "There is nothing more to look at" in page


def test_what_was_changed_since_it_was_read_is_shown_again(play: Activity) -> None:
    data = {"right": value(play)}
    changed = again(play)
    changed.title = "Play and sing"
    listings.save(listing=changed, by=None)
    answer = Client().post(path(), data, follow=True)
    assert "Somebody has changed one of these" in answer.content.decode()
    assert again(play).last_checked_on is None


@pytest.mark.parametrize("button", ["right", "ended"])
def test_nobody_answers_for_another_group(play: Activity, clock: Traveller, button: str) -> None:
    clock.move_to(BEGAN)
    theirs = publish(make_activity(title="Theirs", organisation=make_organisation(name="Larks")))
    clock.move_to(ASKED)
    page = Client().get(path()).content.decode()
    assert "Theirs" not in page
    assert "Larks" not in page
    Client().post(path(), {button: value(theirs)})
    assert again(theirs).last_checked_on is None
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "banana", ".", "00000000-0000-4000-8000-000000000000.1"])
def test_garbage_is_passed_by(play: Activity, typed: str) -> None:
    data = {"right": typed, "ended": typed, "shown": typed, "all": typed}
    assert Client().post(path(), data).status_code == 302
    assert again(play).last_checked_on is None


def test_by_the_groups_own_address_no_person_is_named(clock: Traveller) -> None:
    group = publish(make_organisation())
    make_contact(group, kind="email", value="wrens@example.com")
    clock.move_to(ASKED)
    Client().post(path("wrens@example.com"), {"right": value(group)})
    check = again(group).checks.get()
    assert (check.checked_by, check.person) == (CheckedBy.GROUP, None)


def test_a_link_is_good_for_one_address_alone(play: Activity) -> None:
    key = path().removesuffix("/").rpartition("/")[2]
    assert Client().get(f"/still-right/{key[:-1]}x/").status_code == 404
    assert Client().get(f"/still-right/{key.replace('p.', 'p.1', 1)}/").status_code == 404
    old = path()
    User.objects.filter(email="vera@example.com").update(email="other@example.com")
    assert Client().get(old).status_code == 404


def test_who_left_the_group_sees_nothing_of_it(play: Activity) -> None:
    link = path()
    Membership.objects.all().delete()
    assert "Play" not in Client().get(link).content.decode()
    Client().post(link, {"right": value(play)})
    assert again(play).last_checked_on is None


def test_after_sixty_days_it_says_so_and_a_new_one_comes_by_mail(
    play: Activity, clock: Traveller
) -> None:
    old = path()
    clock.move_to(datetime(2027, 4, 5, 8, tzinfo=UTC))
    assert Client().get(old).status_code == 200
    clock.move_to(datetime(2027, 4, 5, 10, tzinfo=UTC))
    answer = Client().get(old)
    assert answer.status_code == 410
    assert "Play" not in answer.content.decode()
    Client().post(old, {"right": value(play)})
    for _press in range(2):
        page = Client().post(old, follow=True).content.decode()
    assert "A new link is on its way" in page
    assert again(play).last_checked_on is None
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.secret) == ("vera@example.com", True)
    assert path() in mail.body


def test_the_number_of_queries_does_not_grow(
    play: Activity, clock: Traveller, django_assert_max_num_queries: object
) -> None:
    clock.move_to(BEGAN)
    for number in range(3):
        one = make_activity(title=f"More {number}", organisation=play.organisation)
        make_schedule(one)
        publish(one)
    clock.move_to(ASKED)
    link = path()
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert Client().get(link).content.decode().count('<h2 class="card__title">') == 5
