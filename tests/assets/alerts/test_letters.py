"""The weekly letter: what is new and fits, once, whatever happens to the nights."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from accounts.models import OutgoingMail
from accounts.outbox import sender
from assets import listings
from assets.alerts import letters, verbs
from assets.alerts.letters import Written
from assets.models import Activity, Alert, Status, Venue
from tests.assets.alerts.followed import JO, follow, links_in, mails
from tests.assets.make import make_activity, make_organisation, make_venue, publish

pytestmark = pytest.mark.django_db

# A Monday, ten at night: clocks change in between, on 28 March.
START = datetime(2027, 3, 22, 22, tzinfo=UTC)


def on_day(day: float) -> travel:
    return travel(START + timedelta(days=day), tick=False)


def nights(first: int, last: int) -> list[tuple[int, str]]:
    """Runs each of these nights: on which there was a letter, and to whom."""
    found = []
    for day in range(first, last + 1):
        with on_day(day):
            letters.write()
            new = OutgoingMail.objects.filter(reason="alert-new", created_at=START + _days(day))
            found += [(day, mail.to) for mail in new.order_by("to")]
    return found


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def told(mail: OutgoingMail, *titles: str) -> list[str]:
    """Which of these titles it tells."""
    return [title for title in titles if f"{title}\n" in mail.body]


@pytest.fixture(autouse=True)
def before() -> None:
    """Something was there before anybody followed anything."""
    with on_day(-1):
        publish(make_activity(title="Old hat"))


def test_a_letter_a_week_with_what_is_new_and_none_where_nothing_is() -> None:
    with on_day(0):
        follow()
    with on_day(3):
        publish(make_activity(title="Bells"))
    with on_day(15):
        publish(make_activity(title="Chimes"))
    assert nights(1, 30) == [(7, JO), (21, JO)]
    letters_told = [told(mail, "Old hat", "Bells", "Chimes") for mail in mails()]
    assert letters_told == [["Bells"], ["Chimes"]]


def test_what_is_told_is_public_and_fits() -> None:
    with on_day(0):
        follow("cost=free&near=Bakewell&within=5")
    with on_day(1):
        publish(make_activity(title="Free bells", cost="free"))
        publish(make_activity(title="Dear bells", cost="paid", price=5))
        make_activity(title="Draft bells", cost="free")
        gone = publish(make_activity(title="Gone bells", cost="free"))
        listings.move(listing=gone, to=Status.WITHDRAWN, by=None, why="It is over.")
    assert nights(7, 7) == [(7, JO)]
    (mail,) = mails()
    titles = ("Free bells", "Dear bells", "Draft bells", "Gone bells", "Old hat")
    assert told(mail, *titles) == ["Free bells"]
    assert "/activities/free-bells/" in mail.body


def test_twice_in_a_night_it_is_sent_once_and_missed_nights_are_made_good() -> None:
    with on_day(0):
        follow()
    with on_day(1):
        publish(make_activity(title="Bells"))
    with on_day(16):
        publish(make_activity(title="Chimes"))
    with on_day(17):
        assert letters.write() == Written(letters=1)
        assert letters.write() == Written()
    (mail,) = mails()
    assert told(mail, "Old hat", "Bells", "Chimes") == ["Bells", "Chimes"]


def test_what_comes_while_a_letter_is_written_is_told_by_the_next() -> None:
    with on_day(0):
        follow()
    with on_day(1):
        publish(make_activity(title="Bells"))
    with travel(START + timedelta(days=7) - timedelta(minutes=1), tick=False):
        publish(make_activity(title="Chimes"))
    assert nights(7, 7) == [(7, JO)]
    assert told(mails()[0], "Bells", "Chimes") == ["Bells"]
    assert nights(8, 14) == [(14, JO)]
    assert told(mails()[1], "Bells", "Chimes") == ["Chimes"]


def test_what_came_back_after_a_break_is_not_new() -> None:
    with on_day(0):
        follow()
    with on_day(2):
        old = Activity.objects.get(title="Old hat")
        for to in (Status.PAUSED, Status.PUBLIC):
            listings.move(listing=old, to=to, by=None, why="A break.")
    assert nights(7, 7) == []


def test_nobody_is_told_before_they_say_yes_or_after_they_stop() -> None:
    with on_day(0):
        verbs.ask(address=JO, search="")
        kim = follow(address="kim@example.com")
    with on_day(1):
        publish(make_activity(title="Bells"))
        verbs.stop(alert=kim)
    assert nights(6, 20) == []
    assert not Alert.objects.exists()


def test_a_letter_holds_no_words_that_somebody_typed() -> None:
    with on_day(0):
        follow("q=zumba&cost=free")
    with on_day(1):
        publish(make_activity(title="Dancing", summary="Zumba for all.", cost="free"))
    assert nights(7, 7) == [(7, JO)]
    (mail,) = mails()
    assert told(mail, "Dancing") == ["Dancing"]
    assert "zumba" not in f"{mail.subject} {mail.body}".lower()
    # Its link leads to where it says it all.
    (path,) = links_in(mail, "stop")
    page = Client().get(path).content.decode()
    assert "“zumba”" in page
    assert "/activities/?q=zumba&amp;cost=free&amp;exact=1" in page


@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_a_hidden_venue_stays_hidden_in_a_letter(shown_as: str) -> None:
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane")
    venue.shown, venue.getting_there = Venue.Shown(shown_as), ""
    listings.save(listing=venue, by=None)
    with on_day(0):
        follow()
    with on_day(1):
        publish(make_activity(title="Sums at home", venue=venue))
    nights(7, 7)
    (mail,) = mails()
    assert told(mail, "Sums at home") == ["Sums at home"]
    assert [one for one in ("Rosie", "Secret", "DE45") if one in mail.body] == []


def test_on_a_real_site_nothing_made_up_is_told(settings: LazySettings) -> None:
    settings.PRIVATE_POSTGRES = False
    with on_day(0):
        follow()
    with on_day(1):
        publish(make_activity(title="Made up", is_example=True))
        publish(make_activity(title="Real"))
    nights(7, 7)
    (mail,) = mails()
    assert told(mail, "Made up", "Made up (Example)", "Real") == ["Real"]


def test_a_search_that_names_what_is_no_more_tells_nothing() -> None:
    with on_day(0):
        follow("theme=dragons")
    with on_day(1):
        publish(make_activity(title="Bells"))
    assert nights(7, 7) == []


def test_after_a_year_it_asks_and_ends_without_an_answer() -> None:
    with on_day(0):
        follow("cost=free")
        follow("cost=free", address="kim@example.com")
    with on_day(350):
        assert letters.write().asked == 0
    with on_day(351):
        assert letters.write() == Written(asked=2)
        assert letters.write() == Written()
        kims = next(mail for mail in mails("alert-still") if mail.to == "kim@example.com")
        (path,) = links_in(kims, "confirm")
        assert b"Yes, tell me" in Client().get(path).content
        Client().post(path)
    with on_day(364):
        assert letters.write().ended == 0
    with on_day(365.1):
        assert letters.write().ended == 1
    (left,) = Alert.objects.all()
    assert left.confirmed_at == START + _days(351)
    assert {mail.to for mail in mails()} == {"kim@example.com"}


def test_a_year_that_was_missed_is_asked_about_before_it_ends() -> None:
    with on_day(0):
        follow()
    with on_day(500):
        assert letters.write() == Written(asked=1)
    with on_day(513):
        assert letters.write().ended == 0
    with on_day(514.1):
        assert letters.write().ended == 1


def test_a_mail_program_can_press_the_button_for_its_reader() -> None:
    with on_day(0):
        follow()
    with on_day(1):
        publish(make_activity(title="Bells"))
    nights(7, 7)
    (mail,) = mails()
    (path,) = links_in(mail, "stop")
    message = sender._message(mail).message()
    assert message["List-Unsubscribe"] == f"<{django_settings.SITE_URL.geturl()}{path}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists()


def test_once_it_has_left_its_links_are_wiped(settings: LazySettings) -> None:
    settings.OUTBOX_TRANSPORT = {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    with on_day(0):
        follow()
    with on_day(1):
        publish(make_activity(title="Bells"))
    nights(7, 7)
    with on_day(7):
        sender.send_due(lambda: False)
    (mail,) = mails()
    assert (mail.status, mail.body, mail.stop_url) == ("sent", "", "")
    with on_day(8):
        publish(make_activity(title="Chimes"))
    # The next one takes its place.
    nights(14, 14)
    assert [told(one, "Bells", "Chimes") for one in mails()] == [["Chimes"]]


def test_as_many_queries_for_one_new_thing_as_for_three() -> None:
    with on_day(0):
        follow()
    counted = []
    # The first letter has none before it to take away.
    for week, more in ((1, 1), (2, 1), (3, 3)):
        with on_day(week * 7 - 3):
            for number in range(more):
                publish(make_activity(title=f"Bells {week} {number}"))
        caches["pieces"].clear()
        with on_day(week * 7), CaptureQueriesContext(connection) as queries:
            assert letters.write() == Written(letters=1)
        counted.append(len(queries))
    assert counted[1] == counted[2]


def test_a_group_that_lists_nothing_yet_is_told_too() -> None:
    with on_day(0):
        follow()
    with on_day(1):
        publish(make_organisation(name="Bell ringers"))
    nights(7, 7)
    assert told(mails()[0], "Bell ringers") == ["Bell ringers"]
