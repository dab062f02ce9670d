"""An activity as a service, on its own or where it is given.

What is not on has only what its page says: that it is over, and its name where that is told.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from assets import words
from assets.harvesting.credit import credits_of_each
from assets.models import Activity, Area, Contact, HarvestStamp, Organisation, Source
from assets.models.activities import Cost
from assets.models.lifecycle import CheckedBy
from assets.openreferral import bent
from assets.openreferral.ids import key_of
from assets.openreferral.organisations import NO_LONGER_LISTED, contact, organisation, reach
from assets.openreferral.places import key_of_location, location
from assets.openreferral.schedules import schedules
from assets.openreferral.taxonomies import (
    ACCESS,
    OF_ACTIVITIES,
    OF_GROUPS,
    OF_VENUES,
    attributes,
    tables,
)
from assets.over import how_over

Said = dict[str, Any]
MONTHS = 12
# What the next contacts are, beside those to ring: groups that give it, too.
TOGETHER_WITH = "Together with"
# And the directory that it came to us from.
FROM = "From this directory, under %s"


def with_all(keys: Iterable[UUID | None]) -> dict[UUID, Activity]:
    """These activities with all that a service tells. A fixed number of queries."""
    of_group = [f"organisation__{name}" for name in tables(OF_GROUPS)]
    of_venue = [f"venue__{name}" for name in tables(OF_VENUES)]
    found: QuerySet[Activity, Activity] = (
        Activity.objects.once_public()
        .select_related("organisation__district", "venue__place__district__parent", "area_served")
        .prefetch_related(
            *tables(OF_ACTIVITIES),
            *of_group,
            *of_venue,
            "languages",
            "schedules",
            Prefetch("date_changes", bent.to_tell(), to_attr="bent"),
            Prefetch("partners", Organisation.objects.to_tell_machines(), to_attr="together"),
            "contacts",
            "organisation__contacts",
            "venue__access_features",
        )
    )
    activities = found.in_bulk([key for key in keys if key])
    came_from = credits_of_each(activities)
    for key, activity in activities.items():
        activity.came_from = came_from[key]  # type: ignore[attr-defined]
    return activities


def service(stamp: HarvestStamp, activity: Activity, *, full: bool) -> Said:
    """`activity` comes from `with_all`."""
    said = {
        "id": str(activity.pk),
        **(_on(activity) if activity.is_public else _over(activity)),
        "last_modified": in_universal_time(stamp.modified_at),
    }
    if activity.is_public:
        said["organization"] = organisation(activity.organisation, full=full)
        if full:
            said |= _nested(stamp, activity)
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def service_at_location(stamp: HarvestStamp, activity: Activity, *, full: bool) -> Said:
    """`activity` comes from `with_all`, and is given somewhere."""
    said: Said = {"id": str(stamp.pk), "service_id": str(activity.pk)}
    given = service(stamp, activity, full=full)
    given.pop("service_at_locations", None)
    if activity.is_public and activity.venue:
        said["location_id"] = key_of_location(activity.venue)
        said["location"] = location(activity.venue, full=full)
    return said | {"service": given}


def in_universal_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _over(activity: Activity) -> Said:
    over = how_over(activity)
    if over.on_a_break:
        return {"name": activity.title, "status": "temporarily closed"}
    if over.is_named:
        return {"name": activity.title, "status": "defunct"}
    return {"name": NO_LONGER_LISTED, "status": "inactive"}


def _on(activity: Activity) -> Said:
    contacts = _contacts(activity)
    said: Said = {
        "organization_id": str(activity.organisation_id),
        "name": activity.title,
        "description": description(activity),
        "url": settings.SITE_URL.geturl() + reverse("activity", args=[activity.slug]),
        "email": reach(contacts, Contact.Kind.EMAIL),
        "status": "active",
        "fees": words.cost_in_words(activity),
        "alert": ". ".join(filter(None, (words.newcomers_in_words(activity), activity.meanwhile))),
        "minimum_age": years(activity.age_from),
        "maximum_age": last_year(activity.age_before),
    }
    if activity.last_checked_on:
        said["assured_date"] = activity.last_checked_on.isoformat()
        if activity.last_checked_by != CheckedBy.DIRECTORY:
            # Nobody's own address: that of the team.
            said["assurer_email"] = settings.CONTACT_EMAIL
    return said


def description(activity: Activity) -> str:
    parts = (activity.summary, activity.description, activity.first_visit)
    return "\n\n".join(part for part in parts if part)


def years(months: int) -> float:
    """18 months are 1.5 years; whole years are whole numbers."""
    return months // MONTHS if months % MONTHS == 0 else round(months / MONTHS, 4)


def last_year(before: int | None) -> float | None:
    """“Until the fifth birthday” is 4, as people say it; 18 months, which are no year, are 1.5."""
    if before is None:
        return None
    return before // MONTHS - 1 if before % MONTHS == 0 else round(before / MONTHS, 4)


def _contacts(activity: Activity) -> list[Contact]:
    """Its own; else those of its group."""
    return list(activity.contacts.all()) or list(activity.organisation.contacts.all())


def _nested(stamp: HarvestStamp, activity: Activity) -> Said:
    key = str(activity.pk)
    said: Said = {
        "schedules": [*schedules(activity), *bent.more_days(activity)],
        "languages": [
            {
                "id": key_of("language", key, one.pk),
                "service_id": key,
                "name": one.name,
                "code": one.pk,
            }
            for one in activity.languages.all()
        ],
        "cost_options": [_cost(activity)],
        "contacts": [
            *(contact({"service_id": key}, one) for one in _contacts(activity)),
            *(_partner(key, one) for one in activity.together),  # type: ignore[attr-defined]
            *(_credit(key, one) for one in activity.came_from),  # type: ignore[attr-defined]
        ],
        "attributes": attributes(activity, OF_ACTIVITIES, "service"),
    }
    if activity.area_served:
        said["service_areas"] = [_area(key, activity.area_served)]
    if activity.venue:
        at: Said = {"id": str(stamp.pk), "service_id": key}
        at["location_id"] = key_of_location(activity.venue)
        at["location"] = location(activity.venue, full=True)
        if activity.venue.is_hidden:
            # Not of the location: that is the village, in which there may be two homes.
            easy = attributes(activity.venue, [ACCESS], "service_at_location", at["id"])
            at |= {"attributes": easy} if easy else {}
        said["service_at_locations"] = [at]
    return said


def _area(key: str, area: Area) -> Said:
    return {
        "id": key_of("area", key, area.pk),
        "service_id": key,
        "name": area.name,
        "extent": area.code,
        "extent_type": "ONS code",
        "service_area": area.name,
    }


def _partner(key: str, group: Organisation) -> Said:
    return {
        "id": key_of("partner", key, group.pk),
        "service_id": key,
        "organization_id": str(group.pk),
        "name": group.name,
        "title": TOGETHER_WITH,
        "url": settings.SITE_URL.geturl() + reverse("organisation", args=[group.slug]),
    }


def _credit(key: str, source: Source) -> Said:
    """Whoever takes it from us has to say so, too."""
    return {
        "id": key_of("credit", key, source.pk),
        "service_id": key,
        "name": source.name,
        "title": FROM % source.licence,
    }


def _cost(activity: Activity) -> Said:
    said: Said = {"id": key_of("cost", activity.pk), "service_id": str(activity.pk)}
    said["option"] = str(Cost(activity.cost).label)
    if activity.price is not None or activity.cost != Cost.PAID:
        said["amount"] = float(activity.price or 0)
    if activity.cost_note or activity.help_with_cost:
        said["amount_description"] = words.cost_in_words(activity)
    return said
