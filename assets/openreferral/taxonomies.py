"""What a service can be tagged with: THRIVE, the themes, and our own few lists."""

from collections.abc import Iterable

from django.db.models import Q

from assets.models import AccessFeature, Audience, Organisation, Venue
from assets.models.activities import (
    Cost,
    HowToCome,
    Kind,
    Level,
    Newcomers,
    Referrer,
    WayToTakePart,
)
from assets.openreferral.ids import key_of
from assets.openreferral.taxonomy import Detail, Said, Tagged, Taxonomy
from thrive.models import NeedsGroup, Theme, WayOfWorking


def _first_step(code: str) -> Q:
    """As `Activity.first_step` has it: to a hidden place nobody just comes along."""
    how = Q(how_to_come=code)
    is_open = Q(venue=None) | Q(venue__shown=Venue.Shown.PUBLIC)
    if code == HowToCome.JUST_COME:
        return how & is_open
    if code == HowToCome.ASK_FIRST:
        return how | Q(how_to_come=HowToCome.JUST_COME) & ~is_open
    return how


# In the order in which they are told.
TAXONOMIES = (
    Taxonomy(
        "needs",
        "THRIVE needs-based groups",
        "What somebody needs at one moment, never how bad it is: a service may be of several. "
        "Source: THRIVE Framework for system change (Wolpert et al., 2019).",
        "needs_groups",
        table=NeedsGroup,
        page="needs_group",
    ),
    Taxonomy(
        "themes",
        "Local themes",
        "What the steering group of this district puts first.",
        "themes",
        table=Theme,
        page="theme",
        of_groups=True,
    ),
    Taxonomy(
        "who",
        "Who it is for",
        "People a service is made for. None said: everybody.",
        "audiences",
        table=Audience,
    ),
    Taxonomy(
        "access",
        "What makes it easy",
        "What helps people to come and to take part.",
        "access_features",
        table=AccessFeature,
    ),
    Taxonomy(
        "kind", "Kind of activity", "A session, a club, a drop-in and so on.", "kind", choices=Kind
    ),
    Taxonomy(
        "way",
        "How to take part",
        "In person, online, by phone or at home.",
        "ways_to_take_part",
        choices=WayToTakePart,
    ),
    Taxonomy("level", "Level of offer", "How open it is.", "level", choices=Level),
    Taxonomy("cost", "Cost", "Whether it is free.", "cost", choices=Cost),
    Taxonomy(
        "come",
        "How to come",
        "What to do before a first visit.",
        "how_to_come",
        choices=HowToCome,
        told="first_step",
        said_by=_first_step,
    ),
    Taxonomy(
        "referrer", "Who can refer", "Who may ask for a place.", "who_can_refer", choices=Referrer
    ),
    Taxonomy(
        "room", "Room for newcomers", "What the group last told us.", "newcomers", choices=Newcomers
    ),
    Taxonomy(
        "ways-of-working",
        "Ways of working",
        "How a group or a place works, by the Thriving Communities model. Nothing to do with "
        "THRIVE.",
        "ways_of_working",
        table=WayOfWorking,
        of_activities=False,
        of_groups=True,
        of_venues=True,
    ),
    Taxonomy(
        "group-kind",
        "Kind of group",
        "A charity, a club, a school and so on.",
        "kind",
        choices=Organisation.Kind,
        of_activities=False,
        of_groups=True,
    ),
    Taxonomy(
        "more",
        "Good to know",
        "What a page says of an activity and the standard has no field for.",
        details=(
            Detail("first-visit", "first_visit", "Your first visit"),
            Detail("in-pregnancy", "in_pregnancy", "In pregnancy, too"),
            Detail("help-with-cost", "help_with_cost", "Help with the cost"),
            Detail("example", "is_example", "Example: it is made up"),
        ),
    ),
    Taxonomy(
        "more-of-group",
        "More of a group",
        "What a page says of a group and the standard has no field for.",
        of_activities=False,
        of_groups=True,
        details=(
            Detail("district", "district", "District"),
            Detail("example", "is_example", "Example: it is made up"),
        ),
    ),
    Taxonomy(
        "more-of-place",
        "More of a place",
        "What a page says of a place and the standard has no field for.",
        of_activities=False,
        of_venues=True,
        details=(Detail("hire", "hire", "To hire"),),
    ),
)
ACCESS = next(one for one in TAXONOMIES if one.slug == "access")
OF_ACTIVITIES = tuple(one for one in TAXONOMIES if one.of_activities)
OF_GROUPS = tuple(one for one in TAXONOMIES if one.of_groups)
OF_VENUES = tuple(one for one in TAXONOMIES if one.of_venues)


def all_terms() -> list[tuple[Taxonomy, Said]]:
    """In the order of their taxonomies. A fixed number of queries."""
    return [(taxonomy, term) for taxonomy in TAXONOMIES for term in taxonomy.terms()]


def attributes(
    listing: Tagged, taxonomies: Iterable[Taxonomy], link_type: str, link: str = ""
) -> list[Said]:
    """Of each tag of it, for `link`, else for itself. With rows prefetched, no query."""
    return [
        {
            "id": key_of("attribute", link or listing.pk, term["id"]),
            "link_id": link or str(listing.pk),
            "link_type": link_type,
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
            **({"value": value} if value else {}),
        }
        for taxonomy in taxonomies
        for term, value in taxonomy.tagged(listing)
    ]


def tables(taxonomies: Iterable[Taxonomy]) -> list[str]:
    """What to prefetch, that `attributes` asks nothing."""
    return [one.field for one in taxonomies if one.table]
