"""Stories in people's own words."""

from typing import Any, ClassVar

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from assets import offered
from assets.library import LibraryFilter, library_page, ticks
from assets.models import Activity, SharedStory
from assets.stories import as_told
from thrive.models import WayOfWorking


class StoryFilter(LibraryFilter):
    whose = ticks(gettext_lazy("Whose words"), SharedStory.Whose.choices)
    theme = ticks(gettext_lazy("On your mind"), lambda: offered.choices()["theme"])
    working = ticks(
        gettext_lazy("Way of working"), lambda: list(WayOfWorking.objects.values_list("pk", "name"))
    )

    columns: ClassVar = {"whose": "whose", "theme": "themes", "working": "ways_of_working"}
    tagged = frozenset({"theme", "working"})
    said_in = ("title", "text")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, SharedStory.objects.public())


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    asked = StoryFilter(request.GET)
    context = library_page(asked, F("published_at").desc(), "-pk", everything=reverse("stories"))
    if "rows" in context:
        context["heading"] = _heading(asked, context["total"])
        rows = context["rows"].prefetch_related(
            Prefetch("activities", Activity.objects.public()), "themes"
        )
        context["entries"] = [
            (as_told(one), one.activities.all(), one.themes.all()) for one in rows
        ]
    status = 200 if asked.is_valid() else 400
    return render(request, "assets/stories.html", context, status=status)


def _heading(asked: Any, count: int) -> str:
    said = ngettext("%d story", "%d stories", count) % count if count else _("Nothing found")
    if asked.words:
        return _("%(count)s for “%(words)s”") % {"count": said, "words": asked.words}
    return said if any(asked.chosen().values()) else _("In their own words")
