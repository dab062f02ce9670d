"""Small builders of rows for tests. Listings go through the verbs, as everything does.

Each takes the fields that matter to the test; the rest is an ordinary toddler group in Bakewell.
"""

from datetime import date, time
from typing import Any, TypeVar

from accounts.models import User
from assets import evidence, listings
from assets.models import (
    Activity,
    ActivityPartner,
    Area,
    Boundary,
    Contact,
    Evidence,
    Listing,
    NotFound,
    Organisation,
    Place,
    Population,
    Schedule,
    Status,
    TrustStatement,
    Venue,
)
from assets.places.grid import GridPoint
from thrive.models import Theme

AnyListing = TypeVar("AnyListing", bound=Listing)


def saved(listing: AnyListing) -> AnyListing:
    listings.save(listing=listing, by=None)
    return listing


def make_organisation(**changes: Any) -> Organisation:
    fields = {"name": "Weir Field Wrens", "summary": "Play and tea by the river."}
    return saved(Organisation(**fields | changes))


def make_venue(**changes: Any) -> Venue:
    """Public and at a real postcode, unless the test says otherwise."""
    fields = {
        "name": "Weir Field Hall",
        "address": "Weir Field Lane",
        "postcode": "DE45 1DY",
        "place": changes.get("place") or Place.objects.get(slug="bakewell"),
    }
    return saved(Venue(**fields | changes))


def make_activity(**changes: Any) -> Activity:
    """In person, so with a venue, unless `ways_to_take_part` says otherwise."""
    fields: dict[str, Any] = {
        "title": "Toddler group",
        "summary": "Toys, songs and a biscuit.",
        "ways_to_take_part": ["in-person"],
        "level": "universal",
        "cost": "free",
        "how_to_come": "just-come",
    }
    fields |= changes
    if "organisation" not in fields:
        fields["organisation"] = make_organisation(is_example=fields.get("is_example", False))
    if "in-person" in fields["ways_to_take_part"] and "venue" not in fields:
        fields["venue"] = make_venue(is_example=fields.get("is_example", False))
    return saved(Activity(**fields))


def make_place(**changes: Any) -> Place:
    """A village of our own, where there is none."""
    fields = {
        "name": "Nether Testing",
        "slug": "nether-testing",
        "kind": Place.Kind.VILLAGE,
        "point": GridPoint(421000, 362000),
        "source": "made up",
    }
    fields |= changes
    fields.setdefault("district", Area.objects.get(code="E07000035"))
    return Place.objects.create(**fields)


def district() -> Area:
    return Area.objects.get(code="E07000035")


def make_boundary(**changes: Any) -> Boundary:
    """Without a line around it."""
    fields = {"area": changes.get("area") or district(), "source": "made up"}
    return Boundary.objects.create(**fields | {"valid_from": date(2020, 5, 1)} | changes)


def make_population(**changes: Any) -> Population:
    fields = {"year": 2024, "age_from": 11, "age_before": 16, "people": 900, "source": "made up"}
    return Population.objects.create(
        **{"area": changes.get("area") or district()} | fields | changes
    )


def make_not_found(**changes: Any) -> NotFound:
    """Nowhere and about nothing, unless the test says otherwise."""
    return NotFound.objects.create(**{"month": date(2026, 11, 1)} | changes)


def make_contact(listing: Organisation | Activity, **changes: Any) -> Contact:
    whose = {str(listing._meta.model_name): listing}
    return Contact.objects.create(**{"kind": "phone", "value": "01632 960123"} | whose | changes)


def make_schedule(activity: Activity, **changes: Any) -> Schedule:
    fields = {
        "frequency": "weekly",
        "weekday": 1,
        "starts_at": time(10),
        "ends_at": time(11, 30),
    }
    return Schedule.objects.create(**{"activity": activity} | fields | changes)


def make_trust_statement(organisation: Organisation, **changes: Any) -> TrustStatement:
    fields = {"kind": "safeguarding", "stance": "seen", "stated_on": "2026-11-03"}
    return TrustStatement.objects.create(**{"organisation": organisation} | fields | changes)


def make_partner(activity: Activity, organisation: Organisation) -> ActivityPartner:
    """Its search rows are still as before: `listings.refresh` is the caller's."""
    return ActivityPartner.objects.create(activity=activity, organisation=organisation)


def evidence_of(**changes: Any) -> Evidence:
    """Not yet stored: something said in Bakewell, of ages from 11."""
    fields: dict[str, Any] = {
        "heard_on": date(2026, 11, 3),
        "text": "A parent says that there is nothing on a Sunday.",
        "source": "event",
        "age_from": 132,
    }
    if "area" not in changes:
        fields["place"] = Place.objects.get(slug="bakewell")
    return Evidence(**fields | changes)


def make_evidence(*themes: str, by: User | None = None, **changes: Any) -> Evidence:
    return evidence.note(
        evidence=evidence_of(**changes), themes=Theme.objects.filter(pk__in=themes), by=by
    )


def publish(listing: AnyListing) -> AnyListing:
    """With all that it needs to be public."""
    make_ready(listing)
    listings.move(listing=listing, to=Status.PUBLIC, by=None)
    return listing


def make_ready(listing: Listing) -> None:
    """All but the last step to be public: its group, its venue, a way to reach them."""
    if isinstance(listing, Activity):
        if listing.organisation.status != Status.PUBLIC:
            publish(listing.organisation)
        if listing.venue and listing.venue.status != Status.PUBLIC:
            publish(listing.venue)
    if isinstance(listing, Organisation) and not listing.contacts.exists():
        make_contact(listing)


MAKERS: dict[type[Listing], Any] = {
    Organisation: make_organisation,
    Activity: make_activity,
    Venue: make_venue,
}


def at(model: type[Listing], status: Status) -> Any:
    """A listing that has come to this status as listings do, and could be public again."""
    listing = MAKERS[model]()
    make_ready(listing)
    if status != Status.DRAFT:
        publish(listing)
    if status not in (Status.DRAFT, Status.PUBLIC):
        listings.move(listing=listing, to=status, by=None)
    return listing


def again(listing: Any) -> Any:
    """The same listing, as a colleague has it before them."""
    return type(listing).objects.get(pk=listing.pk)


def tag(listing: Listing, of: str, *keys: str) -> None:
    """`tag(activity, "needs_groups", "thriving")`. Search rows are still as before."""
    getattr(listing, of).add(*keys)
