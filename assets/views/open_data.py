"""What anybody may take and use as data."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from assets.harvesting.credit import credited
from assets.openreferral import explained


@dataclass(frozen=True)
class OpenData:
    """One thing to take. `route` is its name in the site map; `words` say who may want it."""

    name: str | Promise
    words: str | Promise
    route: str

    @property
    def url(self) -> str:
        return settings.SITE_URL.geturl() + reverse(self.route)


# One entry a kind: whoever adds a feed adds a line.
OPEN_DATA = (
    OpenData(
        _("What is on, for other directories"),
        _("Each activity, group and place, by Open Referral UK. Ask for all, or for what is new."),
        "open_referral",
    ),
    OpenData(
        _("How to ask for it"),
        _("What each address takes and gives, with examples, for those who write programs."),
        "open_data_api",
    ),
    OpenData(
        _("Sport and movement, for sport finders"),
        _("What is sport in it, by OpenActive."),
        "openactive",
    ),
    OpenData(
        _("What is on, as a table"),
        _("For a spreadsheet. Make a search first, then take what it found."),
        "activities_csv",
    ),
    OpenData(
        _("What is on, as plain data"),
        _("The same search for a program of your own (JSON)."),
        "activities_json",
    ),
    OpenData(
        _("What is on, in a calendar"),
        _("Each date of a search, a group or an activity. Your calendar keeps itself up to date."),
        "activities_ics",
    ),
    OpenData(
        _("What is new"),
        _("News of any search, for a reader of news (RSS)."),
        "activities_rss",
    ),
    OpenData(
        _("A list on your own website"),
        _("Any search in a frame, with nothing for you to look after."),
        "embed",
    ),
    OpenData(
        _("Grants"),
        _("Each grant we gave, by 360Giving."),
        "grants_json",
    ),
    OpenData(
        _("Grants, as a table"),
        _("The same, for a spreadsheet."),
        "grants_csv",
    ),
)


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    context = {
        "open_data": OPEN_DATA,
        "licence": settings.OPEN_DATA_LICENCE,
        "credited": credited(),
    }
    return render(request, "pages/open_data.html", context)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    context = {
        "base": explained.base(),
        "examples": explained.examples(timezone.localdate()),
        "addresses": explained.addresses(),
        "of_every_list": explained.of_every_list(),
        "of_services": explained.of_services(),
        "of_terms": explained.of_terms(),
    }
    return render(request, "pages/open_data_api.html", context)
