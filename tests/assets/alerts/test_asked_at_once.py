"""Who asks for an alert waits for nobody but themselves."""

import threading

from django.db import connection, transaction

from accounts.models import OutgoingMail
from assets.alerts import letters, verbs
from assets.models import Alert
from assets.models.alerts import MOST
from assets.turns import take_turn
from tests.assets.alerts.followed import JO, follow
from tests.assets.test_two_at_once import at_once, committed, in_a_thread

__all__ = ["committed"]


def test_eight_searches_at_once_take_no_more_places_than_there_are(committed: None) -> None:
    searches = [f"within={miles}" for miles in (1, 2, 3, 4, 6, 7, 8, 9)]
    asked = [lambda one=one: verbs.ask(address=JO, search=one) for one in searches]
    assert at_once(*asked) == []
    assert Alert.objects.count() == MOST


def test_a_long_change_of_the_directory_holds_nobody_up(committed: None) -> None:
    failures: list[BaseException] = []
    with transaction.atomic():
        take_turn()
        thread = in_a_thread(lambda: verbs.ask(address=JO, search="within=1"), failures)
        thread.join(60)
        assert (thread.is_alive(), failures, Alert.objects.count()) == (False, [], 1)


def waits_for_us(thread: threading.Thread) -> bool:
    """Whether it stands before a row that this connection has locked."""
    with connection.cursor() as cursor:
        for _again in range(1_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return True
            thread.join(0.01)
            if not thread.is_alive():
                return False
    return False


def test_asking_again_does_not_undo_a_yes_that_is_just_being_said(committed: None) -> None:
    verbs.ask(address=JO, search="within=1")
    alert, failures = Alert.objects.get(), list[BaseException]()
    with transaction.atomic():
        verbs.confirm(alert=alert)
        thread = in_a_thread(lambda: verbs.ask(address=JO, search="within=1"), failures)
        assert waits_for_us(thread)
    thread.join(60)
    alert.refresh_from_db()
    assert (failures, alert.confirmed_at is None) == ([], False)


def test_asking_again_while_it_is_stopped_is_a_new_question(committed: None) -> None:
    alert, failures = follow("within=1"), list[BaseException]()
    with transaction.atomic():
        verbs.stop(alert=alert)
        thread = in_a_thread(lambda: verbs.ask(address=JO, search="within=1"), failures)
        assert waits_for_us(thread)
    thread.join(60)
    assert (failures, Alert.objects.get().confirmed_at) == ([], None)


def test_a_letter_that_is_written_while_it_is_stopped_does_not_leave(committed: None) -> None:
    alert, failures = follow("within=1"), list[BaseException]()
    with transaction.atomic():
        locked = Alert.objects.select_for_update().get()
        letters.put_known(locked, JO)
        thread = in_a_thread(lambda: verbs.stop(alert=alert), failures)
        assert waits_for_us(thread)
    thread.join(60)
    assert (failures, Alert.objects.count(), OutgoingMail.objects.count()) == ([], 0, 0)
