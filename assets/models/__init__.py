"""The directory's tables, by topic."""

from assets.models.activities import Activity
from assets.models.activity_concepts import ActivityConcept
from assets.models.activity_records import (
    ActivityAssurance,
    ActivityMove,
    ActivityNeedsGroup,
    ActivityPartner,
    ActivitySlug,
    ActivityTheme,
)
from assets.models.alerts import Alert
from assets.models.boundaries import Boundary, BoundaryRing, Population
from assets.models.calendar import BankHoliday, DateChange, SchoolTerm
from assets.models.contacts import Contact, TrustStatement
from assets.models.daily import DailyJob
from assets.models.documents import Document, DocumentMove, DocumentOpening
from assets.models.embedding import EmbedHost
from assets.models.evidence import Evidence, EvidenceSource
from assets.models.freshness import Call, FreshnessReminder
from assets.models.harvest_stamps import HarvestStamp
from assets.models.harvests import Harvest, HarvestDuplicate, Source
from assets.models.help_lines import HelpLine
from assets.models.imports import (
    ImportBatch,
    ImportChange,
    ImportColumns,
    ImportedRow,
    ImportUpload,
)
from assets.models.learning import LearningNote
from assets.models.lifecycle import Listing, Status
from assets.models.not_found import NotFound
from assets.models.occurrences import Occurrence
from assets.models.organisations import (
    Membership,
    Organisation,
    OrganisationAssurance,
    OrganisationMove,
    OrganisationSlug,
    OrganisationTheme,
    OrganisationWayOfWorking,
)
from assets.models.places import Area, Place
from assets.models.postcodes import OutwardCode, PlacesLoad, Postcode
from assets.models.problems import Problem, ProblemMove
from assets.models.proposal_records import ProposalEdit, ProposalMove
from assets.models.proposals import Proposal
from assets.models.reference import AccessFeature, Audience, Language, StartingPoint
from assets.models.resources import Reader, Resource
from assets.models.safety import Hiding, SafetyRecord, SafetyWorry
from assets.models.schedules import Schedule
from assets.models.search_row import OptionBit, SearchRow
from assets.models.seen import SeenInMonth
from assets.models.stories import SharedStory
from assets.models.synonyms import Synonym, VocabularyWord
from assets.models.tag_opinions import TagOpinion
from assets.models.venues import (
    Venue,
    VenueAssurance,
    VenueMove,
    VenueSlug,
    VenueWayOfWorking,
)
from assets.models.websites import WebsiteLook
from assets.models.youth_voice import VoiceStandard, YouthVoiceReview

__all__ = [
    "AccessFeature",
    "Activity",
    "ActivityAssurance",
    "ActivityConcept",
    "ActivityMove",
    "ActivityNeedsGroup",
    "ActivityPartner",
    "ActivitySlug",
    "ActivityTheme",
    "Alert",
    "Area",
    "Audience",
    "BankHoliday",
    "Boundary",
    "BoundaryRing",
    "Call",
    "Contact",
    "DailyJob",
    "DateChange",
    "Document",
    "DocumentMove",
    "DocumentOpening",
    "EmbedHost",
    "Evidence",
    "EvidenceSource",
    "FreshnessReminder",
    "Harvest",
    "HarvestDuplicate",
    "HarvestStamp",
    "HelpLine",
    "Hiding",
    "ImportBatch",
    "ImportChange",
    "ImportColumns",
    "ImportUpload",
    "ImportedRow",
    "Language",
    "LearningNote",
    "Listing",
    "Membership",
    "NotFound",
    "Occurrence",
    "OptionBit",
    "Organisation",
    "OrganisationAssurance",
    "OrganisationMove",
    "OrganisationSlug",
    "OrganisationTheme",
    "OrganisationWayOfWorking",
    "OutwardCode",
    "Place",
    "PlacesLoad",
    "Population",
    "Postcode",
    "Problem",
    "ProblemMove",
    "Proposal",
    "ProposalEdit",
    "ProposalMove",
    "Reader",
    "Resource",
    "SafetyRecord",
    "SafetyWorry",
    "Schedule",
    "SchoolTerm",
    "SearchRow",
    "SeenInMonth",
    "SharedStory",
    "Source",
    "StartingPoint",
    "Status",
    "Synonym",
    "TagOpinion",
    "TrustStatement",
    "Venue",
    "VenueAssurance",
    "VenueMove",
    "VenueSlug",
    "VenueWayOfWorking",
    "VocabularyWord",
    "VoiceStandard",
    "WebsiteLook",
    "YouthVoiceReview",
]
