"""What others read of a listing, its dates and search rows: written anew once it has changed."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q

from assets.dates import occurrences
from assets.models import Activity, Listing, Organisation, Venue
from assets.search import rows

# Changes, after which the tables are not what they were.
MANY = 1_000
# What is still to be refreshed; None outside `all_at_once`.
_waiting: ContextVar[list[Listing] | None] = ContextVar("waiting", default=None)


def is_one_of_many() -> bool:
    """Whether this happens inside `all_at_once`."""
    return _waiting.get() is not None


def refresh(*, listing: Listing) -> None:
    """Write anew what others read of this listing: the dates, and the search rows."""
    refresh_each([listing])


def refresh_each(changed: Sequence[Listing]) -> None:
    waiting = _waiting.get()
    if waiting is not None:
        waiting.extend(changed)
    elif changed:
        _refresh(changed)


@contextmanager
def all_at_once() -> Iterator[None]:
    """Change many listings in one transaction, and refresh them all once, at its end.

    For loading many: most of the work of a change is to ask beforehand what the database will say,
    and to write anew what others read. Raises IntegrityError for what breaks a rule of a table.
    """
    waiting: list[Listing] = []
    with transaction.atomic():
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        # What is to be taken back needs no more writing.
        if not connection.needs_rollback:
            _refresh(waiting)


def _refresh(changed: Collection[Listing]) -> None:
    activities, organisations, venues = (
        _keys(changed, model) for model in (Activity, Organisation, Venue)
    )
    own = Q(pk__in=activities) | Q(organisation__in=organisations) | Q(venue__in=venues)
    occurrences.write(own)
    if len(changed) > MANY:
        _count_anew()
    rows.refresh(
        activities=own | Q(partners__in=organisations),
        organisations=Q(activities__in=activities) | Q(pk__in=organisations),
    )


def _count_anew() -> None:
    """PostgreSQL plans by what it has counted, and that is not what has only just been stored."""
    models = apps.get_app_config("assets").get_models(include_auto_created=True)
    names = [connection.ops.quote_name(one._meta.db_table) for one in models]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(names)}")


def _keys(changed: Collection[Listing], model: type[Listing]) -> list[UUID]:
    return list({listing.pk for listing in changed if isinstance(listing, model)})
