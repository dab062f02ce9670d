"""Whose dates stand in a calendar: one activity's, one group's, a search's."""

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from assets import search_words
from assets.export.links import for_a_file
from assets.export.whole_search import whole_answer
from assets.feeds.calendar import calendar
from assets.listed import listed
from assets.models import Activity, Organisation
from assets.search.answer import by_ids, dates_of, of_organisation
from assets.search.query import Found, Query

# More than anybody follows; and a phone has to read it whole, twice a day.
MOST = 200


def of_activity(activity: Activity) -> bytes:
    page = reverse("activity", args=[activity.slug])
    return _calendar(activity.title, page, by_ids([activity.pk]), Query())


def of_group(group: Organisation) -> bytes:
    """All that the group runs, or helps to run."""
    page = reverse("organisation", args=[group.slug])
    return _calendar(group.name, page, of_organisation(group.pk), Query())


def of_search(parameters: QueryDict) -> bytes:
    """What is found, on the days and at the times asked for. Raises NotAnswered."""
    _question, asked, answer = whole_answer(parameters, most=MOST)
    name = search_words.in_full(asked) or _("What’s on")
    page = reverse("activities") + for_a_file(parameters)
    says = ""
    if answer.total > MOST:
        says = _("Only the first %(most)d of %(total)d are here. Narrow the search.") % {
            "most": MOST,
            "total": answer.total,
        }
    return _calendar(name, page, answer.found, asked.query, says)


def _calendar(name: str, page: str, found: list[Found], query: Query, says: str = "") -> bytes:
    """In a fixed number of queries. Groups that list nothing have no dates."""
    shown = [
        one for _row, one in listed(found) if isinstance(one, Activity) and one.is_told_to_machines
    ]
    dates = dates_of(query, [one.pk for one in shown])
    return calendar(
        f"{name} · {settings.SITE_NAME}",
        settings.SITE_URL.geturl() + page,
        [(one, dates[one.pk]) for one in shown],
        says=says,
    )
