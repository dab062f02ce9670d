"""Does every job, each by itself: one that fails is told, and stops none of the others."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.models import DailyJob
from assets.models.daily import Job

logger = logging.getLogger(__name__)

# Any number, so long as it is the same everywhere: while one run is on, another one does nothing.
LOCK = 8_350_050

# Does its work, in transactions of its own, and says in words what it did.
Work = Callable[[], str]


class IsOn(Exception):
    """Another process is at it."""


def run(jobs: Mapping[Job, Work]) -> list[DailyJob]:
    """Do all of it, in this order: the record of each job. Raises IsOn while another run is on."""
    with _alone():
        whole = DailyJob.objects.create(name=Job.ALL, begun_at=timezone.now())
        done = [_do(name, work) for name, work in jobs.items()]
        failed = [job for job in done if job.failed]
        said = ngettext("%d job done", "%d jobs done", len(done)) % len(done)
        if failed:
            said = _("%(number)d of %(all)d failed") % {"number": len(failed), "all": len(done)}
        _finish(whole, said, failed=bool(failed))
    return done


def _do(name: Job, work: Work) -> DailyJob:
    job = DailyJob.objects.create(name=name, begun_at=timezone.now())
    try:
        said, failed = work(), False
    except Exception as error:  # whatever it is: the others have to be done
        logger.exception("The daily job “%s” failed.", name)
        # Never the text of an error, which may hold what a person wrote.
        said, failed = _("It did not work: %s.") % type(error).__name__, True
    _finish(job, said, failed=failed)
    return job


def _finish(job: DailyJob, said: str, *, failed: bool) -> None:
    job.finished_at, job.said, job.failed = timezone.now(), said[:500], failed
    job.save()


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise IsOn
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
