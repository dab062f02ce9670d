"""“Is this still right?” over a year: to whom, on which days, about what, and never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from time_machine import travel

from accounts.models import OutgoingMail, User
from assets import listings
from assets.freshness import reminders
from assets.models import Activity, Area, FreshnessReminder, Membership, Organisation
from assets.models.lifecycle import CheckedBy
from assets.proposals import claiming
from tests.assets.freshness.year import days, is_school, know_the_terms
from tests.assets.make import make_activity, make_contact, make_organisation, publish
from tests.people import person

pytestmark = pytest.mark.django_db

FIRST = date(2026, 11, 3)
# For each, asking or giving notice falls into holidays: summer, Christmas, Easter.
SEASONS = [date(2026, 9, 20), date(2026, 10, 1), date(2026, 12, 30), date(2027, 1, 5)]


@pytest.fixture(autouse=True)
def real_site(settings: LazySettings) -> None:
    """As on a real site: what is made up has nobody behind it."""
    settings.PRIVATE_POSTGRES = False
    know_the_terms()


def group_of(*emails: str, on: date = FIRST, **fields: object) -> Organisation:
    """A public group, for which these people act."""
    with travel(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), tick=False):
        district = Area.objects.get(code="E07000035")
        group = publish(make_organisation(**{"district": district} | fields))
        for email in emails:
            user, _made = User.objects.get_or_create(email=email)
            Membership.objects.create(
                organisation=group, user=user, confirmed_at=timezone.now(), confirmed_by=user
            )
    return group


def written(first: date, number: int) -> list[tuple[str, date]]:
    """To whom a mail is written on which of these days."""
    found = []
    for day in days(first, number):
        reminders.write()
        new = OutgoingMail.objects.filter(reason="still-right", created_at__date=day)
        found += [(mail.to, day) for mail in new.order_by("to")]
    return found


def test_in_well_over_a_year_of_silence_a_group_is_asked_twice() -> None:
    group_of("jo@example.com")
    # 90 days later is 1 February; 310 days later is 9 September, in term again.
    assert written(FIRST, 420) == [
        ("jo@example.com", date(2027, 2, 1)),
        ("jo@example.com", date(2027, 9, 9)),
    ]
    asked = FreshnessReminder.objects.order_by("sent_on").values_list("asked", "since", "sent_on")
    assert list(asked) == [
        ("still-right", FIRST, date(2027, 2, 1)),
        ("notice", FIRST, date(2027, 9, 9)),
    ]


def test_after_an_answer_the_same_begins_again() -> None:
    group = group_of("jo@example.com")
    assert written(FIRST, 100) == [("jo@example.com", date(2027, 2, 1))]
    listings.check(
        listing=Organisation.objects.get(pk=group.pk),
        checked_by=CheckedBy.GROUP,
        by=None,
        on=date(2026, 11, 20),
    )
    # 90 days after that: 18 February, in the half-term holidays.
    assert written(date(2027, 2, 11), 20) == [("jo@example.com", date(2027, 2, 22))]


@pytest.mark.parametrize("began", SEASONS)
def test_no_mail_leaves_in_the_holidays_and_notice_is_always_given(began: date) -> None:
    group_of("jo@example.com", on=began)
    with_terms = [day for day in [began + timedelta(days=n) for n in range(366)] if is_school(day)]
    notice_from, leaves = began + timedelta(days=310), began + timedelta(days=365)
    first = next(day for day in with_terms if day >= began + timedelta(days=90) and day.month != 8)
    second = next(day for day in with_terms if day >= notice_from and day.month != 8)
    found = written(first - timedelta(days=30), 40) + written(notice_from, 56)
    assert found == [("jo@example.com", first), ("jo@example.com", second)]
    assert second < leaves


def test_a_person_gets_one_mail_for_all_that_is_due_of_all_their_groups() -> None:
    wrens, larks = group_of("jo@example.com"), group_of("jo@example.com", name="Larks")
    with travel(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False):
        publish(make_activity(title="Play", organisation=wrens))
        publish(make_activity(title="Singing", organisation=larks))
    with travel(datetime(2027, 1, 20, 9, tzinfo=UTC), tick=False):
        publish(make_activity(title="New", organisation=larks))
    assert written(date(2027, 2, 1), 2) == [("jo@example.com", date(2027, 2, 1))]
    body = OutgoingMail.objects.get(reason="still-right").body
    for title in ("Weir Field Wrens", "Larks", "Play (Weir Field Wrens)", "Singing (Larks)"):
        assert f"- {title}\n" in body
    assert "New" not in body


def test_all_who_act_for_a_group_are_asked_each_once() -> None:
    group_of("ann@example.com", "jo@example.com")
    group_of("jo@example.com", name="Larks")
    assert written(date(2027, 2, 1), 10) == [
        ("ann@example.com", date(2027, 2, 1)),
        ("jo@example.com", date(2027, 2, 1)),
    ]


def test_where_nobody_acts_for_a_group_its_own_address_is_asked() -> None:
    group = group_of()
    make_contact(group, kind="email", value="Hello@Wrens.example.com")
    assert written(date(2027, 2, 1), 1) == [("hello@wrens.example.com", date(2027, 2, 1))]


def test_who_is_not_confirmed_or_may_not_sign_in_is_not_asked() -> None:
    group = group_of("gone@example.com")
    User.objects.filter(email="gone@example.com").update(is_active=False)
    Membership.objects.create(organisation=group, user=person("vera"))
    assert written(date(2027, 2, 1), 1) == []
    assert FreshnessReminder.objects.count() == 0


def test_nobody_is_asked_about_what_is_not_public_or_has_ended() -> None:
    group = group_of("jo@example.com")
    with travel(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False):
        over = publish(make_activity(title="Over", organisation=group))
        make_activity(title="Draft", organisation=group)
    claiming.has_ended(organisation=group, activity=over, by=None, email="jo@example.com")
    assert written(date(2027, 2, 1), 1) == [("jo@example.com", date(2027, 2, 1))]
    assert [str(one.organisation) for one in FreshnessReminder.objects.all()] == [str(group)]
    claiming.has_ended(organisation=group, activity=None, by=None, email="jo@example.com")
    with travel(datetime(2027, 9, 10, 4, tzinfo=UTC), tick=False):
        assert reminders.all_due() == []


def test_on_a_real_site_what_is_made_up_is_never_mailed(settings: LazySettings) -> None:
    group_of("jo@example.com", is_example=True)
    real = group_of("made-up@example.org", name="Larks")
    User.objects.filter(email="made-up@example.org").update(is_example=True)
    assert written(date(2027, 2, 1), 3) == []
    settings.PRIVATE_POSTGRES = True
    assert {to for to, _day in written(date(2027, 2, 4), 1)} == {
        "jo@example.com",
        "made-up@example.org",
    }
    assert real.memberships.count() == 1


def test_a_missed_day_is_made_good_and_a_second_run_finds_nothing() -> None:
    group_of("jo@example.com")
    with travel(datetime(2027, 3, 4, 4, tzinfo=UTC), tick=False):
        assert reminders.write() == reminders.Written(mails=1, listings=1)
        assert reminders.write() == reminders.Written()
    assert OutgoingMail.objects.filter(reason="still-right").count() == 1


def test_where_terms_are_not_known_the_usual_holidays_are_kept() -> None:
    group_of("jo@example.com", district=Area.objects.get(code="E08000039"), on=date(2026, 5, 1))
    assert written(date(2026, 7, 20), 60) == [("jo@example.com", date(2026, 9, 8))]


def test_the_mail_says_when_it_leaves_and_holds_a_link_that_nobody_else_reads() -> None:
    group_of("jo@example.com")
    with travel(datetime(2027, 9, 10, 4, tzinfo=UTC), tick=False):
        reminders.write()
    mail = OutgoingMail.objects.get()
    assert "- Weir Field Wrens: 3 November 2027\n" in mail.body
    assert "/still-right/p." in mail.body
    assert "jo@example.com" not in mail.body
    assert mail.secret


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: object) -> None:
    for number in range(3):
        group = group_of(f"p{number}@example.com", name=f"Group {number}")
        with travel(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False):
            publish(make_activity(title=f"Play {number}", organisation=group))
    assert Activity.objects.count() == 3
    with (
        travel(datetime(2027, 2, 2, 4, tzinfo=UTC), tick=False),
        django_assert_max_num_queries(30),  # type: ignore[operator]
    ):
        assert reminders.write().mails == 3
