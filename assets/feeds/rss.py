"""News of a search: what is new on the board, or says something else than before (RSS 2.0)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assets import schedules, search_words, words
from assets.export.files import as_text
from assets.export.links import for_a_file
from assets.export.whole_search import MOST, whole_answer
from assets.listing_page import contact_lines
from assets.models import Activity, HelpLine, Organisation
from assets.search.query import Found

MEDIA_TYPE = "application/rss+xml; charset=utf-8"
NEWEST = 50
# A listing is put right in the hour after it comes; that is no news.
STILL_NEW = timedelta(days=1)


@dataclass(frozen=True)
class News:
    """`at` is when it last changed; `key` stays the same whatever becomes of its name."""

    key: str
    title: str
    url: str
    says: str
    at: datetime


def of_search(parameters: QueryDict, own_url: str) -> bytes:
    """Newest first; words of crisis bring people to call first. Raises NotAnswered.

    `own_url` is the address of the feed itself.
    """
    question, asked, answer = whole_answer(parameters, most=MOST)
    site = settings.SITE_URL.geturl()
    summary = search_words.in_full(asked) or _("What’s on")
    feed = Rss201rev2Feed(
        title=as_text(f"{summary} · {settings.SITE_NAME}"),
        link=site + reverse("activities") + for_a_file(parameters),
        description=_("What is new, and what has changed."),
        language=get_language(),
        feed_url=site + own_url,
        ttl=60,
    )
    if question.help_first:
        for line in HelpLine.objects.to_reach_now():
            _add_help(feed, line)
    for news in newest(answer.found):
        feed.add_item(
            title=as_text(news.title),
            link=site + news.url,
            description=as_text(news.says),
            unique_id=news.key,
            unique_id_is_permalink=False,
            pubdate=news.at,
        )
    return feed.writeString("utf-8").encode()


def newest(found: Iterable[Found]) -> list[News]:
    """In a fixed number of queries, whatever was found."""
    rows = list(found)
    activities = (
        Activity.objects.to_tell_machines()
        .filter(pk__in=[row.activity_id for row in rows if row.activity_id])
        .select_related("organisation", "venue__place")
        .prefetch_related("schedules")
        .order_by("-changed_at", "pk")[:NEWEST]
    )
    groups = (
        Organisation.objects.to_tell_machines()
        .filter(pk__in=[row.organisation_id for row in rows if row.organisation_id])
        .prefetch_related("contacts")
        .order_by("-changed_at", "pk")[:NEWEST]
    )
    news = [*map(_of_activity, activities), *map(_of_group, groups)]
    return sorted(news, key=lambda one: (one.at, one.key), reverse=True)[:NEWEST]


def _of_activity(activity: Activity) -> News:
    lines = [
        activity.summary,
        _("By %s") % activity.organisation.name,
        *(schedules.in_words(one) for one in activity.schedules.all()),
        words.where_in_words(activity),
        words.ages_of(activity),
        words.cost_in_words(activity),
    ]
    return _news(activity, activity.title, reverse("activity", args=[activity.slug]), lines)


def _of_group(group: Organisation) -> News:
    lines = [group.summary, *(f"{one.kind_label}: {one.text}" for one in contact_lines(group))]
    return _news(group, group.name, reverse("organisation", args=[group.slug]), lines)


def _news(listing: Activity | Organisation, name: str, url: str, lines: list[str]) -> News:
    if listing.is_example:
        name = _("Example: %s") % name
    since = listing.first_public_at or listing.changed_at
    is_new = listing.changed_at - since < STILL_NEW
    said = [_("New on the board.") if is_new else _("Changed."), *lines]
    return News(
        key=f"urn:uuid:{listing.pk}",
        title=name,
        url=url,
        says=" · ".join(line for line in said if line),
        at=listing.changed_at,
    )


def _add_help(feed: Rss201rev2Feed, line: HelpLine) -> None:
    """Before anything else, and as old as it is: the day on which it was checked."""
    feed.add_item(
        title=_("Need help now? %(name)s") % {"name": line.name},
        link=settings.SITE_URL.geturl() + reverse("help_now"),
        description=" · ".join(filter(None, [line.phone, line.hours, line.for_whom])),
        unique_id=f"urn:help:{line.pk}",
        unique_id_is_permalink=False,
    )
