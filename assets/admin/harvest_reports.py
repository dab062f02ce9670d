"""What each reading of another directory did, in the staff pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin
from assets.admin.harvests import waiting
from assets.harvesting.telling import KINDS, in_words
from assets.models import Activity, Harvest, ImportChange

What = ImportChange.What
# Of what is new, and of what has changed.
SHOWN = 50


@admin.register(Harvest, site=staff_site)
class HarvestAdmin(ReadOnlyAdmin):
    change_form_template = "admin/assets/harvest.html"
    list_display = ("begun_at", "source", "in_short", "reader")
    list_display_links = ("begun_at",)
    list_select_related = ("source", "read_by")
    list_filter = ("source", "outcome")
    fields = ("source", "begun_at", "finished_at", "how_much", "in_short", "reader")
    readonly_fields = ("how_much", "in_short", "reader")

    @admin.display(description=gettext_lazy("read by"))
    def reader(self, harvest: Harvest) -> str:
        """Not a link: who looks here may not look at accounts."""
        return str(harvest.read_by or _("a command"))

    @admin.display(description=gettext_lazy("what was asked for"))
    def how_much(self, harvest: Harvest) -> str:
        if harvest.file_name:
            return _("All of it, from the file “%s”") % harvest.file_name
        return _("All of it") if harvest.is_whole else _("What has changed")

    @admin.display(description=gettext_lazy("what came of it"))
    def in_short(self, harvest: Harvest) -> str:
        return in_words(harvest)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if harvest := kwargs.get("obj"):
            context |= waiting(request, harvest.source) | {
                "told": [_line(*line) for line in harvest.told],
                "came": _came(harvest),
            }
        return super().render_change_form(request, context, *args, **kwargs)


def _line(kind: str, name: str, words: str, place: str = "") -> dict[str, Any]:
    """`place` as `telling.place_of` has it."""
    return {"kind": KINDS.get(kind, ""), "name": name, "words": words, "url": _url_of(place)}


def _url_of(place: str) -> str:
    of, _space, key = place.partition(" ")
    return reverse(f"admin:assets_{of}_change", args=[key]) if key else ""


def _came(harvest: Harvest) -> list[tuple[str, int, list[Activity]]]:
    """What of it is new, and what has changed: how many, and the first of them."""
    if harvest.batch is None:
        return []
    found = []
    for what, label in ((What.MADE, KINDS["made"]), (What.CHANGED, KINDS["changed"])):
        changes = harvest.batch.changes.filter(what=what, row__activity__isnull=False)
        some = changes.select_related("row__activity").order_by("row__activity__title", "pk")
        activities = [one.row.activity for one in some[:SHOWN] if one.row.activity]
        if activities:
            found.append((str(label), changes.count(), activities))
    return found
