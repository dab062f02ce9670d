"""An activity as a `SessionSeries`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext as _

from assets import words
from assets.harvesting import credit
from assets.models import Activity, Contact, Organisation, Venue
from assets.models.activities import Cost
from assets.models.occurrences import LONDON
from assets.models.schedules import Weekday
from assets.openactive.concepts import concepts
from assets.openreferral import bent
from assets.openreferral.organisations import reach
from assets.openreferral.places import location
from assets.openreferral.schedules import DAYS, schedules
from assets.openreferral.services import MONTHS, description
from assets.openreferral.taxonomies import OF_VENUES, tables

CONTEXT = "https://openactive.io/"
Said = dict[str, Any]


def with_all(keys: Iterable[UUID | None]) -> dict[UUID, Activity]:
    """Those of them that are told: on, a sport, at a place and at a time. Fixed queries.

    The standard wants a price: what only says “a small charge” is not told, rather than made up.
    """
    found: QuerySet[Activity, Activity] = (
        Activity.objects.to_tell_machines()
        .filter(venue__isnull=False, schedules__isnull=False)
        .filter(activity_concept__concept__in=concepts())
        .exclude(cost=Cost.PAID, price__isnull=True)
        .select_related("activity_concept", "organisation", "venue__place__district__parent")
        .prefetch_related(
            "schedules",
            # Not only of days to come: what is told must not depend on the day it is asked for.
            Prefetch("date_changes", to_attr="bent"),
            "organisation__contacts",
            *(f"venue__{name}" for name in ("access_features", *tables(OF_VENUES))),
        )
    )
    activities = found.in_bulk([key for key in keys if key])
    came_from = credit.credits_of_each(activities)
    for key, activity in activities.items():
        activity.came_from = came_from[key]  # type: ignore[attr-defined]
    return activities


def session_series(activity: Activity, feed: str) -> Said:
    """`activity` comes from `with_all`; `feed` is the address of the feed that it is part of."""
    key = f"{feed}#{activity.pk}"
    said: Said = {
        "@context": CONTEXT,
        "@type": "SessionSeries",
        "@id": key,
        "identifier": str(activity.pk),
        "url": _address("activity", activity.slug),
        "name": activity.title,
        "description": _description(activity),
        "activity": [concepts()[activity.activity_concept.concept].said],
        "organizer": _organizer(activity.organisation),
        "offers": [_offer(activity)],
        "isAccessibleForFree": activity.cost != Cost.PAID,
        "ageRange": _ages(activity),
    }
    if activity.venue:
        said["location"] = _place(activity.venue)
    return said | _times(activity, key)


def _description(activity: Activity) -> str:
    """With the directory that it came from: the standard has no other place for that."""
    said = credit.in_words(activity.came_from)  # type: ignore[attr-defined]
    return "\n\n".join(filter(None, (description(activity), said and _("From %s.") % said)))


def _address(name: str, slug: str) -> str:
    return settings.SITE_URL.geturl() + reverse(name, args=[slug])


def _organizer(group: Organisation) -> Said:
    contacts = list(group.contacts.all())
    said = {
        "@type": "Organization",
        "@id": settings.SITE_URL.geturl() + reverse("open_referral_group", args=[group.pk]),
        "name": group.name,
        "url": _address("organisation", group.slug),
        "telephone": reach(contacts, Contact.Kind.PHONE),
        "email": reach(contacts, Contact.Kind.EMAIL),
    }
    return {name: value for name, value in said.items() if value}


def _offer(activity: Activity) -> Said:
    return {
        "@type": "Offer",
        "name": words.cost_in_words(activity),
        "price": float(activity.price or 0),
        "priceCurrency": "GBP",
    }


def _ages(activity: Activity) -> Said:
    """In whole years, so wide that nobody who may come is left out.

    Always there: without it, harvesters take everything for adults.
    """
    said: Said = {"@type": "QuantitativeValue", "minValue": activity.age_from // MONTHS}
    if activity.age_before is not None:
        said["maxValue"] = (activity.age_before - 1) // MONTHS
    return said


def _place(venue: Venue) -> Said:
    """What Open Referral tells of it: of a hidden one the village alone."""
    told = location(venue, full=True)
    said: Said = {"@type": "Place", "name": told["name"]}
    said["geo"] = {
        "@type": "GeoCoordinates",
        "latitude": told["latitude"],
        "longitude": told["longitude"],
    }
    for address in told.get("addresses", []):
        said["address"] = {
            "@type": "PostalAddress",
            "streetAddress": address["address_1"],
            "addressLocality": address["city"],
            "addressRegion": address["state_province"],
            "postalCode": address["postal_code"],
            "addressCountry": address["country"],
        }
    return said


def _times(activity: Activity, key: str) -> Said:
    """Rules as partial schedules: the dates themselves have no address. Single dates one by one."""
    told = [*schedules(activity), *bent.more_days(activity)]
    rules = [_rule(one) for one in told if "freq" in one]
    dates = [_date(one, key) for one in told if "freq" not in one]
    notes = dict.fromkeys(one["notes"] for one in told if "notes" in one)
    said: Said = {"eventSchedule": rules, "subEvent": dates, "schedulingNote": ". ".join(notes)}
    return {name: value for name, value in said.items() if value}


def _rule(told: Said) -> Said:
    day, week = told["byday"][-2:], told["byday"][:-2]
    every = "M" if told["freq"] == "MONTHLY" else "W"
    said: Said = {
        "@type": "PartialSchedule",
        "scheduleTimezone": LONDON.key,
        "repeatFrequency": f"P{told['interval']}{every}",
        "byDay": [f"{week}{day}" if week else _day(day)],
        "startTime": told["opens_at"],
        "endTime": told["closes_at"],
    }
    for name, ours in (("startDate", "dtstart"), ("endDate", "valid_to")):
        if ours in told:
            said[name] = told[ours]
    return said


def _day(short: str) -> str:
    """“TU” as schema.org has it; never in the language of who asks."""
    return f"https://schema.org/{Weekday(DAYS.index(short)).name.capitalize()}"


def _date(told: Said, key: str) -> Said:
    begins, ends = (
        datetime.fromisoformat(f"{told['dtstart']}T{told[time]}").replace(tzinfo=LONDON)
        for time in ("opens_at", "closes_at")
    )
    return {
        "@type": "ScheduledSession",
        "@id": f"{key}/{told['id']}",
        "startDate": begins.isoformat(),
        "endDate": ends.isoformat(),
        "duration": duration_iso_string(ends - begins),
    }
