"""A result as a card. What does not depend on who asks is rendered once and kept.

Number, distance, next date and list of things kept are the asker's; all else is rendered once, in
pieces between which those stand, and kept under the search row's version, the language and the day
(a trust statement runs out at midnight).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from secrets import token_hex
from uuid import UUID

from django.core.cache import caches
from django.db.models import Prefetch
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assets import schedules, words
from assets.dates import words as dates
from assets.models import Activity, ActivityNeedsGroup, Organisation, TrustStatement
from assets.search.query import Found
from assets.shortlist import shortlist, toggle_urls

# Where a rendered body is cut. Nobody can have written it into a listing.
CUT = token_hex(16)
# Of what makes it easy; the page has the rest.
EASY_SHOWN = 4


@dataclass(frozen=True)
class CardBody:
    """What a card says to everybody, in the order of the page."""

    title: str
    url: str
    is_example: bool
    organisation_name: str = ""
    when: str = ""
    where: str = ""
    ages: str = ""
    cost: str = ""
    needs: tuple[tuple[str, str], ...] = ()
    easy: tuple[str, ...] = ()
    newcomers: str = ""
    checked: str = ""
    # That nobody has told us for long; stands instead of when it was checked.
    mark: str = ""
    # Of its place only the village is known.
    is_hidden: bool = False


@dataclass(frozen=True)
class Pieces:
    """A rendered body, cut where the asker's own words stand."""

    name: str
    url: str
    where: str
    ages: str
    cost: str
    is_example: bool
    is_hidden: bool
    mark: str
    top: SafeString
    title: SafeString
    when: SafeString
    rest: SafeString


@dataclass(frozen=True)
class Card:
    """One result as shown: the asker's own words, and the kept pieces around them."""

    number: int
    found: Found
    pieces: Pieces
    keep_url: str = ""
    is_kept: bool = False

    @cached_property
    def distance(self) -> str:
        return distance_in_words(self.found.miles)

    @cached_property
    def next(self) -> str:
        """“Tue 24 Nov, 10 am to 11.30 am”; nothing where no date is known."""
        return dates.in_words(self.found.next) if self.found.next else ""

    @property
    def on(self) -> date | None:
        return self.found.next.on if self.found.next else None

    @property
    def times(self) -> str:
        """Of that day: “10 am to 11.30 am”, or “not on”."""
        one = self.found.next
        if one is None:
            return ""
        return dates.off_in_words(one) if one.cancelled else dates.times_in_words(one)


def cards(
    found: Iterable[Found], *, first_number: int = 1, keeping: QueryDict | None = None
) -> list[Card]:
    """The cards of these rows, in their order; one look-up where all are kept.

    With the page's parameters as `keeping`, each activity can be put on a list of one's own.
    """
    rows = list(found)
    kept = caches["pieces"]
    day, language = timezone.localdate().isoformat(), get_language()
    keys = {row.row_id: f"card:{row.row_id}:{row.version}:{language}:{day}" for row in rows}
    bodies = kept.get_many(keys.values())
    missing = [row for row in rows if keys[row.row_id] not in bodies]
    if missing:
        made = _render(missing)
        fresh = {keys[row_id]: body for row_id, body in made.items()}
        kept.set_many(fresh)
        bodies |= fresh
    ids = [row.activity_id for row in rows if row.activity_id] if keeping is not None else []
    own_list = shortlist(keeping or QueryDict())
    keep_urls = toggle_urls(keeping or QueryDict(), ids)
    return [
        Card(
            number,
            row,
            bodies[keys[row.row_id]],
            keep_urls.get(row.activity_id, "") if row.activity_id else "",
            row.activity_id in own_list,
        )
        for number, row in enumerate(rows, start=first_number)
        # A listing taken away between the search and this line has no body.
        if keys[row.row_id] in bodies
    ]


def distance_in_words(miles: float | None) -> str:
    """“0.8 miles”."""
    if miles is None:
        return ""
    if miles < 0.25:
        return _("less than ¼ mile")
    if miles < 10:
        return _("%.1f miles") % miles
    return ngettext("%d mile", "%d miles", round(miles)) % round(miles)


def _render(rows: list[Found]) -> dict[int, Pieces]:
    activities = activities_for_cards(row.activity_id for row in rows if row.activity_id)
    groups = {
        group.pk: group
        for group in Organisation.objects.public().filter(
            pk__in=[row.organisation_id for row in rows if row.organisation_id]
        )
    }
    bodies = {}
    for row in rows:
        if row.activity_id in activities:
            body = activity_body(activities[row.activity_id])
        elif row.organisation_id in groups:
            body = organisation_body(groups[row.organisation_id])
        else:
            continue
        html = render_to_string("assets/_card_body.html", {"card": body, "cut": CUT})
        top, title, when, rest = (SafeString(piece) for piece in html.split(CUT))
        bodies[row.row_id] = Pieces(
            name=body.title,
            url=body.url,
            where=body.where,
            ages=body.ages,
            cost=body.cost,
            is_example=body.is_example,
            is_hidden=body.is_hidden,
            mark=body.mark,
            top=top,
            title=title,
            when=when,
            rest=rest,
        )
    return bodies


def activities_for_cards(ids: Iterable[UUID]) -> dict[UUID, Activity]:
    """Public activities with all that a card shows, in a fixed number of queries."""
    return (
        Activity.objects.public()
        .select_related("organisation", "venue__place")
        .prefetch_related(
            "schedules",
            "access_features",
            "venue__access_features",
            Prefetch(
                "activityneedsgroup_set",
                ActivityNeedsGroup.objects.select_related("needs_group").order_by(
                    "needs_group__reading_order"
                ),
            ),
            Prefetch("organisation__trust", TrustStatement.objects.current()),
        )
        .in_bulk(list(ids))
    )


def activity_body(activity: Activity) -> CardBody:
    seen = words.trust_in_short(activity.organisation.trust.all())
    return CardBody(
        title=activity.title,
        url=reverse("activity", args=[activity.slug]),
        is_example=activity.is_example,
        organisation_name=activity.organisation.name,
        when="; ".join(schedules.in_words(one) for one in activity.schedules.all()),
        where=words.where_in_words(activity),
        ages=words.ages_of(activity),
        cost=words.cost_in_words(activity),
        needs=tuple(
            (tag.needs_group.slug, tag.needs_group.plain_name)
            for tag in activity.activityneedsgroup_set.all()
        ),
        easy=tuple(words.easy_in_words(activity)[:EASY_SHOWN]),
        newcomers=words.newcomers_in_words(activity),
        checked=" · ".join(filter(None, [words.checked_in_words(activity), seen])),
        mark=words.mark_in_words(activity),
        is_hidden=activity.venue is not None and activity.venue.is_hidden,
    )


def organisation_body(organisation: Organisation) -> CardBody:
    return CardBody(
        title=organisation.name,
        url=reverse("organisation", args=[organisation.slug]),
        is_example=organisation.is_example,
        organisation_name=_("A group"),
        where="",
        cost="",
        checked=words.checked_in_words(organisation),
        mark=words.mark_in_words(organisation),
    )
