"""Read another directory: all that it has, or what has changed, and write down what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from assets.harvesting import pages
from assets.harvesting.asking import Asks, asker
from assets.harvesting.files import read_file
from assets.harvesting.loading import Loading
from assets.harvesting.refused import FeedRefused, Limits
from assets.harvesting.spool import Spool, spool
from assets.importing.table import tidy
from assets.models import Harvest, Source
from assets.turns import take_turn

# All of it at least so often, where else only changes are read: what was deleted without a word is
# missed only then.
WHOLE_EVERY = timedelta(days=7)
# Clocks differ, and a row may be stored a while after the time that it bears.
OVERLAP = timedelta(days=1)
LIMITS = Limits()
Fetch = Callable[[Spool], None]


def read(
    *,
    source: Source,
    by: User | None,
    whole: bool = False,
    many_gone: bool = False,
    limits: Limits = LIMITS,
    asks: Asks | None = None,
) -> Harvest:
    """From its address. What is wrong with the feed is told in the record, and nothing is loaded.

    `many_gone`: so many may go at once. `asks` asks an address, where it is not over the network.
    """
    since = None if whole else _since(source)
    ask = asks or asker(limits).ask

    def fetch(kept: Spool) -> None:
        if not source.address:
            raise FeedRefused(_("It has no address: bring a file."))
        pages.fetch(source.address, ask, kept.add, kept.clear, since)

    harvest = _begun(source, by, is_whole=since is None)
    return _read(harvest, fetch, many_gone, limits)


def read_from(
    *,
    source: Source,
    by: User | None,
    name: str,
    file: IO[bytes],
    many_gone: bool = False,
    limits: Limits = LIMITS,
) -> Harvest:
    """From a file that has all of it."""

    def fetch(kept: Spool) -> None:
        read_file(name, file, kept.add, limits)

    return _read(_begun(source, by, file_name=tidy(name)[:100]), fetch, many_gone, limits)


def _begun(source: Source, by: User | None, **how: Any) -> Harvest:
    return Harvest(source=source, read_by=by, begun_at=timezone.now(), **how)


def _since(source: Source) -> datetime | None:
    """From when on changes are asked for; None for all of it, as after a file, which may be old."""
    if not source.takes_modified_after:
        return None
    done = source.harvests.filter(outcome=Harvest.Outcome.READ)
    whole = done.filter(is_whole=True, begun_at__gt=timezone.now() - WHOLE_EVERY).first()
    last = done.first()
    return last.begun_at - OVERLAP if whole and last and not last.file_name else None


def _read(harvest: Harvest, fetch: Fetch, many_gone: bool, limits: Limits) -> Harvest:
    try:
        # What is written down is read by all of our team, and words of ours are known by it.
        with translation.override(settings.LANGUAGE_CODE), spool(limits) as kept:
            # Nothing is locked while we wait for another machine.
            fetch(kept)
            with transaction.atomic():
                take_turn()
                _load(harvest, kept, many_gone)
    except FeedRefused as refused:
        return _refused(harvest, str(refused))
    except (IntegrityError, DataError, ValidationError):
        return _refused(harvest, _("There is something in it that we cannot keep."))
    return harvest


def _load(harvest: Harvest, kept: Spool, many_gone: bool) -> None:
    loading = Loading(harvest.source, harvest.read_by, timezone.localdate())
    loading.load(kept, is_whole=harvest.is_whole, many_gone=many_gone)
    harvest.outcome = Harvest.Outcome.READ
    harvest.counts, harvest.told = dict(+loading.told.counts), loading.told.lines
    harvest.batch = loading.batch
    _finish(harvest)


def _refused(harvest: Harvest, why: str) -> Harvest:
    harvest.outcome, harvest.why = Harvest.Outcome.REFUSED, tidy(why)[:500]
    harvest.counts, harvest.told, harvest.batch = {}, [], None
    _finish(harvest)
    return harvest


def _finish(harvest: Harvest) -> None:
    harvest.finished_at = timezone.now()
    # A record that was to be stored and was not has a key by now.
    harvest.pk = None
    harvest.save(force_insert=True)
