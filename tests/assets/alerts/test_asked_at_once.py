"""Who asks for an alert waits for nobody but themselves."""

from django.db import transaction

from assets.alerts import verbs
from assets.models import Alert
from assets.models.alerts import MOST
from assets.turns import take_turn
from tests.assets.alerts.followed import JO
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
