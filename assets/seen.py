"""How often a page was seen: counted without asking who looks; a group sees no count under five."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.models import Activity, Organisation, SeenInMonth

# Fewer than this could be told apart, and are nobody's business.
LEAST_SHOWN = 5
# Programs that say what they are. What pretends to be a person is counted as one.
PROGRAM = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|http", re.I)


ONE_MORE = """
INSERT INTO assets_seeninmonth (organisation_id, activity_id, month, times) VALUES (%s, %s, %s, 1)
ON CONFLICT (organisation_id, activity_id, month)
DO UPDATE SET times = assets_seeninmonth.times + 1
"""


@transaction.atomic
def count(request: HttpRequest, listing: Activity | Organisation) -> None:
    """One more, unless a program asks."""
    if request.method != "GET" or PROGRAM.search(request.headers.get("User-Agent", "")):
        return
    is_group = isinstance(listing, Organisation)
    of = (listing.pk, None) if is_group else (None, listing.pk)
    with connection.cursor() as cursor:
        # The page need not wait for the disk: a count lost with the machine is no harm.
        cursor.execute("SET LOCAL synchronous_commit TO OFF")
        cursor.execute(ONE_MORE, [*of, timezone.localdate().replace(day=1)])


def this_month_and_last(keys: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """By listing: how often its page was seen in this month, and in the month before."""
    now = timezone.localdate().replace(day=1)
    before = (now.replace(day=1) - date.resolution).replace(day=1)
    keys = list(keys)
    found: dict[UUID, dict[date, int]] = {key: {} for key in keys}
    rows = SeenInMonth.objects.filter(month__in=[now, before])
    for activity, organisation, month, times in [
        *rows.filter(activity__in=keys).values_list("activity", "organisation", "month", "times"),
        *rows.filter(organisation__in=keys).values_list(
            "activity", "organisation", "month", "times"
        ),
    ]:
        found[activity or organisation][month] = times
    return {key: (months.get(now, 0), months.get(before, 0)) for key, months in found.items()}


def in_words(times: tuple[int, int]) -> str:
    """“Seen 12 times this month, fewer than 5 times last month”; nothing where both are fewer."""
    now, before = times
    if max(times) < LEAST_SHOWN:
        return ""
    return _("Seen %(now)s this month, %(before)s last month") % {
        "now": _times(now),
        "before": _times(before),
    }


def _times(number: int) -> str:
    if number < LEAST_SHOWN:
        return _("fewer than 5 times")
    return ngettext("%d time", "%d times", number) % number
