"""What there is to read, for people who work with children and for everybody else."""

from typing import Any, ClassVar

from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from assets import offered
from assets.library import LibraryFilter, library_page, ticks
from assets.models import Reader, Resource
from assets.models.organisations import SortKey


class ResourceFilter(LibraryFilter):
    reader = ticks(gettext_lazy("For whom"), Reader.choices)
    theme = ticks(gettext_lazy("On your mind"), lambda: offered.choices()["theme"])
    needs = ticks(gettext_lazy("What would help?"), lambda: offered.choices()["needs"])

    columns: ClassVar = {"reader": "readers", "theme": "themes", "needs": "needs_groups"}
    several = frozenset({"reader"})
    tagged = frozenset({"theme", "needs"})
    said_in = ("name", "summary", "publisher")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, Resource.objects.public())


@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    asked = ResourceFilter(request.GET)
    context = library_page(asked, SortKey(F("name")), everything=reverse("resources"))
    if "rows" in context:
        context["heading"] = _heading(asked, context["total"])
        context["entries"] = [
            (one, [reader.label for reader in Reader if reader in one.readers])
            for one in context["rows"]
        ]
    status = 200 if asked.is_valid() else 400
    return render(request, "assets/resources.html", context, status=status)


def _heading(asked: Any, count: int) -> str:
    said = ngettext("%d thing to read", "%d things to read", count) % count
    if not count:
        said = _("Nothing found")
    if asked.words:
        return _("%(count)s for “%(words)s”") % {"count": said, "words": asked.words}
    return said if any(asked.chosen().values()) else _("Good to read")
