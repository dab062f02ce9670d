"""A venue as a location. Of a hidden one only the village is told, as its page has it."""

from typing import Any

from assets.models import Area, Venue
from assets.openreferral.ids import key_of
from assets.openreferral.taxonomies import OF_VENUES, attributes
from assets.places.grid import latitude_longitude
from assets.words import hidden_note

# Some 11 m: as exact as a postcode is.
DECIMALS = 4


def key_of_location(venue: Venue) -> str:
    """Of a hidden one that of its village: nobody can look up what was told of it before."""
    return key_of("village", venue.place_id) if venue.is_hidden else str(venue.pk)


def location(venue: Venue, *, full: bool) -> dict[str, Any]:
    """`venue` comes with its place, district, access features and ways of working; no query."""
    latitude, longitude = latitude_longitude(venue.point)
    said: dict[str, Any] = {
        "id": key_of_location(venue),
        "location_type": "physical",
        "name": venue.place.name if venue.is_hidden else venue.name,
        "latitude": round(latitude, DECIMALS),
        "longitude": round(longitude, DECIMALS),
    }
    if about := hidden_note(venue) or _about(venue):
        said["description"] = about
    if full:
        said |= _full(venue)
    return said


def _full(venue: Venue) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if not venue.is_hidden:
        said["addresses"] = [_address(venue)]
        # What two homes in one village have is not to be read from one location.
        if features := [
            {
                "id": key_of("accessibility", venue.pk, feature.pk),
                "location_id": key_of_location(venue),
                "description": feature.name,
            }
            for feature in venue.access_features.all()
        ]:
            said["accessibility"] = features
        if more := attributes(venue, OF_VENUES, "location"):
            said["attributes"] = more
    return said


def _about(venue: Venue) -> str:
    return "\n\n".join(filter(None, (venue.summary, venue.getting_there)))


def _address(venue: Venue) -> dict[str, str]:
    district = venue.place.district
    return {
        "id": key_of("address", venue.pk),
        "location_id": str(venue.pk),
        "address_1": venue.address or venue.name,
        "city": venue.place.name,
        "region": district.name,
        "state_province": _county(district).name,
        "postal_code": venue.postcode,
        "country": "GB",
        "address_type": "physical",
    }


def _county(district: Area) -> Area:
    return district.parent or district
