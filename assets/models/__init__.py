"""The directory's tables, by topic."""

from assets.models.activities import Activity
from assets.models.activity_records import (
    ActivityAssurance,
    ActivityMove,
    ActivityNeedsGroup,
    ActivityPartner,
    ActivitySlug,
    ActivityTheme,
)
from assets.models.contacts import Contact, TrustStatement
from assets.models.help_lines import HelpLine
from assets.models.lifecycle import Listing, Status
from assets.models.organisations import (
    Membership,
    Organisation,
    OrganisationAssurance,
    OrganisationMove,
    OrganisationSlug,
    OrganisationTheme,
    OrganisationWayOfWorking,
)
from assets.models.places import Area, OutwardCode, Place, PlacesLoad, Postcode
from assets.models.reference import AccessFeature, Audience, Language
from assets.models.schedules import Schedule
from assets.models.search_row import SearchRow
from assets.models.synonyms import Synonym, VocabularyWord
from assets.models.venues import (
    Venue,
    VenueAssurance,
    VenueMove,
    VenueSlug,
    VenueWayOfWorking,
)

__all__ = [
    "AccessFeature",
    "Activity",
    "ActivityAssurance",
    "ActivityMove",
    "ActivityNeedsGroup",
    "ActivityPartner",
    "ActivitySlug",
    "ActivityTheme",
    "Area",
    "Audience",
    "Contact",
    "HelpLine",
    "Language",
    "Listing",
    "Membership",
    "Organisation",
    "OrganisationAssurance",
    "OrganisationMove",
    "OrganisationSlug",
    "OrganisationTheme",
    "OrganisationWayOfWorking",
    "OutwardCode",
    "Place",
    "PlacesLoad",
    "Postcode",
    "Schedule",
    "SearchRow",
    "Status",
    "Synonym",
    "TrustStatement",
    "Venue",
    "VenueAssurance",
    "VenueMove",
    "VenueSlug",
    "VenueWayOfWorking",
    "VocabularyWord",
]
