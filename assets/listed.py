"""The public listings behind the rows of an answer, for a file or a sheet of paper."""

from collections.abc import Iterable, Iterator

from assets.models import Activity, Organisation
from assets.search.query import Found


def listed(found: Iterable[Found], *also: str) -> Iterator[tuple[Found, Activity | Organisation]]:
    """In their order, in a fixed number of queries; without what was taken away meanwhile.

    Each with its contacts; activities with `also`, too, prefetched.
    """
    rows = list(found)
    activities = (
        Activity.objects.public()
        .select_related("organisation", "venue__place")
        .prefetch_related(
            "schedules",
            "access_features",
            "venue__access_features",
            "contacts",
            "organisation__contacts",
            *also,
        )
        .in_bulk([row.activity_id for row in rows if row.activity_id])
    )
    groups = (
        Organisation.objects.public()
        .prefetch_related("contacts", "themes")
        .in_bulk([row.organisation_id for row in rows if row.organisation_id])
    )
    for row in rows:
        if row.activity_id in activities:
            yield row, activities[row.activity_id]
        elif row.organisation_id in groups:
            yield row, groups[row.organisation_id]
