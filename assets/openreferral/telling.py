"""From stamps to what is told of them: as little as possible, in a list, or in full."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from assets.models import Activity, HarvestStamp, Organisation
from assets.openreferral import services
from assets.openreferral.organisations import organisation
from assets.openreferral.paging import Said, Tell
from assets.openreferral.taxonomies import OF_GROUPS, tables

OfActivity = Callable[..., Said]


def tell_services(asked: dict[str, Any]) -> Tell:
    return _minimal("activity_id") if asked["minimal"] else _tell(services.service, asked["full"])


def tell_at_locations(asked: dict[str, Any]) -> Tell:
    if asked["minimal"]:
        return _minimal("pk")
    return _tell(services.service_at_location, asked["full"])


def tell_groups(asked: dict[str, Any]) -> Tell:
    return _minimal("organisation_id") if asked["minimal"] else groups(asked["full"])


def one_service(stamps: list[HarvestStamp]) -> Iterable[Said]:
    return _tell(services.service, full=True)(stamps)


def one_at_location(stamps: list[HarvestStamp]) -> Iterable[Said]:
    return _tell(services.service_at_location, full=True)(stamps)


def _minimal(key: str) -> Tell:
    """As the standard has it: the key, and when it changed."""
    return lambda stamps: [
        {
            "id": str(getattr(stamp, key)),
            "modified_date": services.in_universal_time(stamp.modified_at),
        }
        for stamp in stamps
    ]


def _tell(one: OfActivity, full: bool) -> Tell:
    def tell(stamps: list[HarvestStamp]) -> list[Said]:
        activities = services.with_all(stamp.activity_id for stamp in stamps)
        return [
            one(stamp, activities[stamp.activity_id], full=full)
            for stamp in stamps
            if stamp.activity_id in activities
        ]

    return tell


def groups(full: bool) -> Tell:
    def tell(stamps: list[HarvestStamp]) -> list[Said]:
        keys = [stamp.organisation_id for stamp in stamps if stamp.organisation_id]
        found = (
            Organisation.objects.once_public()
            .select_related("district")
            .prefetch_related("contacts", *tables(OF_GROUPS))
            .in_bulk(keys)
        )
        run = _services_of(keys) if full else {}
        told = []
        for key in keys:
            if key in found:
                said = organisation(found[key], full=full)
                told.append(said | ({"services": run[key]} if run.get(key) else {}))
        return told

    return tell


def _services_of(keys: list[UUID]) -> dict[UUID, list[Said]]:
    """What these groups have on: each in full, but for whose it is."""
    of_them = Activity.objects.public().filter(organisation__in=keys).values("pk")
    stamps = list(HarvestStamp.objects.of_activities().filter(activity__in=of_them))
    activities = services.with_all(stamp.activity_id for stamp in stamps)
    run = defaultdict(list)
    for stamp in sorted(stamps, key=lambda one: str(one.activity_id)):
        if stamp.activity_id and (activity := activities.get(stamp.activity_id)):
            said = services.service(stamp, activity, full=True)
            said.pop("organization", None)
            run[activity.organisation_id].append(said)
    return run
