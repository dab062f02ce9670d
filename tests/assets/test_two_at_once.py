"""Two who change the directory at the same moment, each over a connection of their own."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import Q
from psycopg import sql
from pytest_django import DjangoDbBlocker

from assets import listings, venues
from assets.models import Activity, Organisation, SearchRow, Status, Venue
from assets.search import rows
from tests.assets.make import again, make_activity, make_organisation, make_venue, publish
from tests.assets.test_search_rows import assert_as_if_rebuilt

Work = Callable[[], Any]


@pytest.fixture
def committed(
    databases: tuple[str, str, str], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the database in which changes are really stored, thrown away afterwards.

    Two connections see nothing of each other inside the transaction that other tests are rolled
    back by, and emptying the tables instead would take the reference data with it.
    """
    plain, copy = databases[0], f"{databases[0]}_committed"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(copy))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
        sql.Identifier(copy), sql.Identifier(plain)
    )
    connection.close()
    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server,
        django_db_blocker.unblock(),
    ):
        server.execute(drop)
        # A thread of an earlier test may have left its connection open: nothing can be copied then.
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [plain]
        )
        server.execute(create)
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = plain
            server.execute(drop)


def in_a_thread(work: Work, failures: list[BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def at_once(*works: Work) -> list[BaseException]:
    """Runs them side by side; what they raised."""
    failures: list[BaseException] = []
    ready = threading.Barrier(len(works))

    def started(work: Work) -> Work:
        def start() -> None:
            connection.ensure_connection()
            ready.wait(10)
            work()

        return start

    threads = [in_a_thread(started(work), failures) for work in works]
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return failures


def somebody_waits() -> bool:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        found = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'",
            [connection.settings_dict["NAME"]],
        ).fetchone()
    assert found is not None
    return bool(found[0])


def wait_until(happened: Callable[[], bool]) -> None:
    for _try in range(1000):
        if happened():
            return
        threading.Event().wait(0.01)
    raise AssertionError("It did not happen within 10 seconds.")


def while_open(first: Work, second: Work) -> list[BaseException]:
    """`second` begins after `first` and before the transaction of `first` has ended."""
    failures: list[BaseException] = []
    with transaction.atomic():
        first()
        thread = in_a_thread(second, failures)
        wait_until(somebody_waits)
    thread.join(60)
    assert not thread.is_alive()
    return failures


def refresh(activity: Activity) -> Work:
    return lambda: rows.refresh(
        activities=Q(pk=activity.pk), organisations=Q(activities=activity.pk)
    )


def test_two_refreshes_of_one_activity_give_one_row(committed: None) -> None:
    activity = publish(make_activity())
    assert while_open(refresh(activity), refresh(activity)) == []
    assert SearchRow.objects.filter(activity=activity).count() == 1
    assert_as_if_rebuilt()


def test_the_second_refresh_sees_what_the_first_has_changed(committed: None) -> None:
    activity = publish(make_activity())

    def renamed() -> None:
        group = again(activity.organisation)
        group.name = "Kingfishers"
        listings.save(listing=group, by=None)

    assert while_open(renamed, refresh(activity)) == []
    assert_as_if_rebuilt()


def test_an_activity_saved_while_its_venue_is_hidden_does_not_show_the_house(
    committed: None,
) -> None:
    """Its row is written from the venue as it is after the hiding, not as it was before."""
    house = publish(make_venue(name="Zanzibar Cottage"))
    activity = publish(make_activity())
    activity.venue = house

    def hidden() -> None:
        venues.hide(venue=again(house), shown=Venue.Shown.MASKED, by=None)

    assert while_open(hidden, lambda: listings.save(listing=activity, by=None)) == []
    assert SearchRow.objects.get(activity=activity).point == house.place.point
    assert_as_if_rebuilt()


def test_of_two_who_move_at_once_one_is_refused(committed: None) -> None:
    group = publish(make_organisation())

    def moved(to: Status) -> Work:
        mine = again(group)
        return lambda: listings.move(listing=mine, to=to, by=None)

    (refused,) = at_once(moved(Status.PAUSED), moved(Status.ENDED))
    assert isinstance(refused, listings.MoveRefused)
    assert group.moves.count() == 2


def test_of_two_who_save_at_once_one_is_told(committed: None) -> None:
    group = make_organisation()
    copies = [again(group), again(group)]
    (refused,) = at_once(
        *(lambda mine=mine: listings.save(listing=mine, by=None) for mine in copies)
    )
    assert isinstance(refused, listings.ChangedMeanwhile)
    assert again(group).version == group.version + 1


def test_two_of_one_name_saved_at_once_get_different_addresses(committed: None) -> None:
    groups = [Organisation(name="Wrens", summary="Songs.") for _ in range(4)]
    works = [lambda one=one: listings.save(listing=one, by=None) for one in groups]
    assert at_once(*works) == []
    slugs = sorted(Organisation.objects.values_list("slug", flat=True))
    assert slugs == ["wrens", "wrens-2", "wrens-3", "wrens-4"]


def test_a_group_its_activity_and_its_venue_saved_at_once_never_block_each_other_for_good(
    committed: None,
) -> None:
    activity = publish(make_activity())
    publish(make_activity(venue=activity.venue))

    def saved_often(listing: Any) -> Work:
        mine = again(listing)

        def work() -> None:
            for _time in range(12):
                mine.summary = f"{mine.summary[:20]}."
                listings.save(listing=mine, by=None)

        return work

    assert (
        at_once(
            saved_often(activity.organisation),
            saved_often(activity),
            saved_often(activity.venue),
            rows.rebuild,
        )
        == []
    )
    assert_as_if_rebuilt()
