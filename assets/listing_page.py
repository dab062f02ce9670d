"""What the page of one activity or group shows, put into words."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assets import schedules, words
from assets.dates import words as date_words
from assets.dates.calendars import has_terms_to_confirm
from assets.dates.occurrences import upcoming
from assets.harvesting.credit import credits_of
from assets.models import Activity, ActivityNeedsGroup, Occurrence, Organisation, Source, Venue
from assets.models.schedules import TimeOfYear
from assets.place_map import PlaceMap, place_map

DATES_SHOWN = 6


@dataclass(frozen=True)
class Link:
    name: str
    url: str
    slug: str = ""


@dataclass(frozen=True)
class ContactLine:
    """One way to get in touch: `href` is what a tap opens."""

    kind: str
    label: str
    href: str
    text: str
    kind_label: str


@dataclass(frozen=True)
class Where:
    """`lines` are the address, or the village alone for a place we hide; `note` says why.

    `url` leads to the page of the place, where it has one.
    """

    lines: list[str] = field(default_factory=list)
    note: str = ""
    getting_there: str = ""
    url: str = ""
    venue: Venue | None = None

    @cached_property
    def map(self) -> PlaceMap | None:
        """Where it is; drawn only for what shows it."""
        return place_map(self.venue) if self.venue else None


@dataclass(frozen=True)
class ActivityPage:
    activity: Activity
    organisation: Link
    partners: list[Link]
    when_lines: list[str]
    # Those called off are told, too.
    coming: list[Occurrence]
    terms_to_confirm: bool
    where: Where | None
    ways_of_taking_part: str
    how_to_come: str
    who_can_refer: str
    easy: list[str]
    ages: str
    cost: str
    newcomers: str
    contacts: list[ContactLine]
    trust: list[str]
    checked: str
    mark: str
    needs: list[Link]
    themes: list[Link]
    # Who says that it offers this, and since when. Not the reason: staff write that for each other.
    why_here: list[str]
    # What helps to pay for it.
    grants: list[Link]
    credits: list[Source]

    @property
    def dates(self) -> list[tuple[str, str, bool]]:
        """Day, times, whether it is on."""
        return [
            (date_words.near_day_in_words(one.on), date_words.after_the_day(one), not one.cancelled)
            for one in self.coming
        ]


def _trust_of(group: Organisation) -> list[str]:
    return [words.trust_in_words(one) for one in group.trust.current()]


def activity_page(activity: Activity) -> ActivityPage:
    """A fixed number of queries, however many rows there are of each."""
    lead = activity.organisation
    partners = Organisation.objects.public().filter(activitypartner__activity=activity)
    return ActivityPage(
        activity=activity,
        organisation=Link(lead.name, reverse("organisation", args=[lead.slug])),
        partners=[Link(one.name, reverse("organisation", args=[one.slug])) for one in partners],
        when_lines=[schedules.in_words(one) for one in activity.schedules.all()],
        coming=upcoming(activity, DATES_SHOWN),
        terms_to_confirm=_terms_to_confirm(activity),
        where=where_of(activity),
        ways_of_taking_part=words.ways_in_words(activity),
        how_to_come=words.how_to_come_in_words(activity),
        who_can_refer=words.referrers_in_words(activity),
        easy=words.easy_in_words(activity),
        ages=words.ages_of(activity),
        cost=words.cost_in_words(activity),
        newcomers=words.newcomers_in_words(activity),
        contacts=contact_lines(activity) or contact_lines(lead),
        trust=_trust_of(lead),
        checked=words.checked_in_words(activity),
        mark=words.mark_in_words(activity),
        needs=[
            Link(one.plain_name, reverse("needs_group", args=[one.slug]), one.slug)
            for one in activity.needs_groups.all()
        ],
        themes=[
            Link(one.name, reverse("theme", args=[one.slug]), one.slug)
            for one in activity.themes.all()
        ],
        why_here=_why_here(activity),
        grants=_grants(activity),
        credits=credits_of(activity),
    )


def _why_here(activity: Activity) -> list[str]:
    """“Staying well: the group told us, November 2026”. None before the activity is stored."""
    if activity._state.adding:
        return []
    rows = ActivityNeedsGroup.objects.filter(activity=activity).select_related("needs_group")
    said = _("%(tag)s: %(source)s, %(month)s")
    return [
        said
        % {
            "tag": row.needs_group,
            "source": row.get_source_display(),
            "month": date_format(timezone.localtime(row.added_at), "F Y"),
        }
        for row in rows.order_by("needs_group__reading_order")
    ]


def _grants(activity: Activity) -> list[Link]:
    """“Public Health”, with the page of its grant. None before the activity is stored."""
    if activity._state.adding:
        return []
    given = activity.applications.filter(published__isnull=False).order_by("-published__award_date")
    rows = given.values_list("published__funder_name", "published")
    return [Link(funder, reverse("award", args=[key])) for funder, key in rows]


def _terms_to_confirm(activity: Activity) -> bool:
    if all(one.time_of_year == TimeOfYear.ALL_YEAR for one in activity.schedules.all()):
        return False
    venue = activity.venue
    area = venue.place.district if venue else activity.organisation.district
    return has_terms_to_confirm(area) if area else False


def where_of(activity: Activity) -> Where | None:
    return where_is(activity.venue) if activity.venue else None


def where_is(venue: Venue) -> Where:
    # The name of a hidden place could tell where it is; its village does not.
    lines = (
        [venue.place.name]
        if venue.is_hidden
        else [
            line for line in (venue.name, venue.address, venue.place.name, venue.postcode) if line
        ]
    )
    return Where(
        lines=list(dict.fromkeys(lines)),
        note=words.hidden_note(venue),
        getting_there=venue.getting_there,
        url=reverse("venue", args=[venue.slug]) if venue.has_a_page else "",
        venue=venue,
    )


def contact_lines(listing: Activity | Organisation) -> list[ContactLine]:
    return [
        ContactLine(one.kind, one.label, one.href, one.value, str(one.get_kind_display()))
        for one in listing.contacts.all()
    ]


@dataclass(frozen=True)
class OrganisationPage:
    organisation: Organisation
    contacts: list[ContactLine]
    trust: list[str]
    checked: str
    mark: str
    credits: list[Source]


def organisation_page(organisation: Organisation) -> OrganisationPage:
    return OrganisationPage(
        organisation=organisation,
        contacts=contact_lines(organisation),
        trust=_trust_of(organisation),
        checked=words.checked_in_words(organisation),
        mark=words.mark_in_words(organisation),
        credits=credits_of(organisation),
    )
