"""An activity as a service, on its own or where it is given.

What is not on has only what its page says: that it is over, and its name where that is told.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from assets import words
from assets.models import Activity, Contact, HarvestStamp
from assets.models.activities import Cost
from assets.openreferral.ids import key_of
from assets.openreferral.organisations import NO_LONGER_LISTED, organisation, reach
from assets.openreferral.places import key_of_location, location
from assets.openreferral.schedules import schedules
from assets.openreferral.taxonomies import OF_ACTIVITIES, OF_GROUPS, attributes
from assets.over import how_over

Said = dict[str, Any]
MONTHS = 12
NUMBERS = (Contact.Kind.PHONE, Contact.Kind.TEXT)


def with_all(keys: Iterable[UUID | None]) -> dict[UUID, Activity]:
    """These activities with all that a service tells. A fixed number of queries."""
    needed = [one.field for one in OF_ACTIVITIES if one.table]
    of_group = [f"organisation__{one.field}" for one in OF_GROUPS]
    return (
        Activity.objects.once_public()
        .select_related("organisation", "venue__place__district__parent", "area_served")
        .prefetch_related(
            *needed,
            *of_group,
            "languages",
            "schedules",
            "contacts",
            "organisation__contacts",
            "venue__access_features",
        )
        .in_bulk([key for key in keys if key])
    )


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
        "schedules": schedules(activity),
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
        "contacts": [_contact(key, one) for one in _contacts(activity)],
        "attributes": attributes(activity, OF_ACTIVITIES, "service"),
    }
    if area := activity.area_served:
        areas = {
            "id": key_of("area", key, area.pk),
            "service_id": key,
            "name": area.name,
            "extent": area.code,
            "extent_type": "ONS code",
            "service_area": area.name,
        }
        said["service_areas"] = [areas]
    if activity.venue:
        at = {"id": str(stamp.pk), "service_id": key}
        at["location_id"] = key_of_location(activity.venue)
        said["service_at_locations"] = [at | {"location": location(activity.venue, full=True)}]
    return said


def _contact(key: str, contact: Contact) -> Said:
    said: Said = {"id": key_of("contact", contact.pk), "service_id": key}
    said["title"] = str(contact.get_kind_display())
    if contact.label:
        said["name"] = contact.label
    if contact.kind in NUMBERS:
        phone = {"id": key_of("phone", contact.pk), "contact_id": said["id"]}
        said["phones"] = [phone | {"number": contact.value, "description": said["title"]}]
    elif contact.kind == Contact.Kind.EMAIL:
        said["email"] = contact.value
    else:
        said["url"] = contact.value
    return said


def _cost(activity: Activity) -> Said:
    said: Said = {"id": key_of("cost", activity.pk), "service_id": str(activity.pk)}
    said["option"] = str(Cost(activity.cost).label)
    if activity.price is not None or activity.cost != Cost.PAID:
        said["amount"] = float(activity.price or 0)
    if activity.cost_note or activity.help_with_cost:
        said["amount_description"] = words.cost_in_words(activity)
    return said
