"""Pages in the words of schema.org, for search engines: nothing that the page does not say.

What is made up is not told on a real site.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assets import words
from assets.listing_page import contact_lines
from assets.models import Activity, Contact, Occurrence, Organisation, Venue
from assets.models.activities import Cost, WayToTakePart
from assets.models.occurrences import LONDON
from assets.places.grid import latitude_longitude

Thing = dict[str, Any]
CONTEXT = "https://schema.org"
IN_PERSON, MIXED, ONLINE = (
    f"{CONTEXT}/{one}EventAttendanceMode" for one in ("Offline", "Mixed", "Online")
)
# As Django's `json_script`, which writes another type.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
FREE = (Cost.FREE, Cost.DONATION)


def as_script(things: Iterable[Thing]) -> SafeString:
    """Data in a page: a script that no browser runs, and that nothing written can break out of."""
    graph = [thing for thing in things if thing]
    if not graph:
        return SafeString("")
    told = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False)
    escaped = told.translate(ESCAPED)
    return SafeString(f'<script type="application/ld+json">{escaped}</script>')


def of_activity(activity: Activity, dates: Iterable[Occurrence]) -> list[Thing]:
    """An event for each of these dates, those that are off too."""
    if not activity.is_told_to_machines:
        return []
    url = _address("activity", activity.slug)
    crumbs = _crumbs((_("What’s on"), "activities"), activity.title, url)
    if activity.venue is None and not _is_from_afar(activity):
        # At somebody's home: an event has to be somewhere.
        return [crumbs]
    same = {
        "@type": "Event",
        "name": activity.title,
        "description": activity.summary,
        "url": url,
        "location": _location(activity, url),
        "eventAttendanceMode": _attendance(activity),
        "organizer": _named(activity.organisation),
        "isAccessibleForFree": activity.cost in FREE,
    } | _offers(activity, url)
    return [crumbs, *(same | _date(one) for one in dates)]


def of_group(group: Organisation) -> list[Thing]:
    if not group.is_told_to_machines:
        return []
    url = _address("organisation", group.slug)
    contacts = contact_lines(group)
    phones = [one.text for one in contacts if one.kind == Contact.Kind.PHONE]
    sites = [one.href for one in contacts if one.kind == Contact.Kind.WEB]
    thing = _named(group) | {"description": group.summary}
    thing |= {"telephone": phones[0]} if phones else {}
    thing |= {"sameAs": sites} if sites else {}
    return [_crumbs((_("Groups"), "organisations"), group.name, url), thing]


def of_venue(venue: Venue) -> list[Thing]:
    """Of a place with a page of its own."""
    if not venue.is_told_to_machines or venue.is_hidden:
        return []
    url = _address("venue", venue.slug)
    latitude, longitude = latitude_longitude(venue.point)
    point = {"latitude": round(latitude, 5), "longitude": round(longitude, 5)}
    thing = _place(venue) | {"url": url, "geo": {"@type": "GeoCoordinates"} | point}
    return [_crumbs((_("Places"), "venues"), venue.name, url), thing]


def of_site() -> list[Thing]:
    url = _address("home")
    find = _address("activities") + "?q={search_term_string}"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": find},
        "query-input": "required name=search_term_string",
    }
    return [{"@type": "WebSite", "name": settings.SITE_NAME, "url": url, "potentialAction": action}]


def _date(one: Occurrence) -> Thing:
    status = "EventCancelled" if one.cancelled else "EventScheduled"
    return {
        "startDate": one.starts_at.astimezone(LONDON).isoformat(),
        "endDate": one.ends_at.astimezone(LONDON).isoformat(),
        "eventStatus": f"{CONTEXT}/{status}",
    }


def _location(activity: Activity, url: str) -> list[Thing]:
    places = [_place(activity.venue)] if activity.venue else []
    if _is_from_afar(activity):
        return [*places, {"@type": "VirtualLocation", "url": url}]
    return places


def _is_from_afar(activity: Activity) -> bool:
    return bool({WayToTakePart.ONLINE, WayToTakePart.PHONE} & {*activity.ways_to_take_part})


def _attendance(activity: Activity) -> str:
    if activity.venue is None:
        return ONLINE
    return MIXED if _is_from_afar(activity) else IN_PERSON


def _place(venue: Venue) -> Thing:
    """Of a hidden one the village alone, as on the page."""
    address = {"@type": "PostalAddress", "addressLocality": venue.place.name}
    address["addressCountry"] = "GB"
    if venue.is_hidden:
        return {"@type": "Place", "address": address}
    if venue.address:
        address["streetAddress"] = venue.address
    address["postalCode"] = venue.postcode
    return {"@type": "Place", "name": venue.name, "address": address}


def _offers(activity: Activity, url: str) -> Thing:
    """What it costs, where a number says it."""
    price = 0 if activity.cost in FREE else activity.price
    if price is None:
        return {}
    return {
        "offers": {
            "@type": "Offer",
            "price": f"{price:.2f}",
            "priceCurrency": "GBP",
            "description": words.cost_in_words(activity),
            "url": url,
        }
    }


def _named(group: Organisation) -> Thing:
    url = _address("organisation", group.slug)
    return {"@type": "Organization", "name": group.name, "url": url}


def _crumbs(above: tuple[str, str], name: str, url: str) -> Thing:
    title, view = above
    steps = [(title, _address(view)), (name, url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step, "item": item}
            for place, (step, item) in enumerate(steps, start=1)
        ],
    }


def _address(name: str, *args: str) -> str:
    return settings.SITE_URL.geturl() + reverse(name, args=args)
