"""“Which sport it is” in the staff pages: for the open data of sport and movement."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from assets.admin import lifecycle
from assets.admin.base import ReadOnlyAdmin, who
from assets.admin.pages import page_of
from assets.models import Activity, ActivityConcept
from assets.openactive import verbs
from assets.openactive.concepts import Concept, concepts, suggested
from assets.tagging.suggested import to_tag

PER_PAGE = 25
NO_SPORT = "none"


class SportForm(forms.Form):
    """What the button of one line sends."""

    key = forms.UUIDField()
    concept = forms.ChoiceField(
        choices=lambda: [(NO_SPORT, NO_SPORT), *((key, key) for key in concepts())]
    )
    p = forms.IntegerField(required=False, min_value=1)
    q = forms.CharField(required=False, max_length=200)


@dataclass(frozen=True)
class Line:
    """`chosen` is what stands now, `suggestion` what its words say; `ticked` what the page offers.

    `ticked` is empty where somebody has to choose for themselves.
    """

    activity: Activity
    url: str
    chosen: ActivityConcept | None
    suggestion: Concept | None

    @property
    def label(self) -> str:
        """Of what was chosen."""
        concept = concepts().get(self.chosen.concept) if self.chosen else None
        return concept.label if concept else ""

    @property
    def ticked(self) -> str:
        if self.chosen:
            return self.chosen.concept or NO_SPORT
        return self.suggestion.key if self.suggestion else ""


@admin.register(ActivityConcept, site=staff_site)
class ActivityConceptAdmin(ReadOnlyAdmin):
    """One page: whoever changes activities says which sport they are."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sports)
        return [path("", view, name="assets_activityconcept_changelist")]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who(request).has_perm("assets.change_activity")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def sports(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return _answered(request)
        looked_for = request.GET.get("q", "").replace("\x00", "")[:200].strip()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Which sport it is"),
            "opts": self.opts,
            "looked_for": looked_for,
            "page": page_of(_lines(looked_for), request.GET.get("p"), PER_PAGE),
            "concepts": list(concepts().values()),
            "none": NO_SPORT,
        }
        return TemplateResponse(request, "admin/assets/sports.html", context)


def _lines(looked_for: str) -> list[Line]:
    """What waits with a suggestion, what waits without, and what was said, each by name.

    Those of these words, in the name of the activity or of its group.
    """
    waiting = to_tag()
    for word in looked_for.split():
        waiting = waiting.filter(
            Q(title__unaccent__icontains=word) | Q(organisation__name__unaccent__icontains=word)
        )
    said = {
        one.activity_id: one for one in ActivityConcept.objects.select_related("chosen_by").all()
    }
    found = [
        Line(one, lifecycle.change_url(one), said.get(one.pk), suggested(one))
        for one in waiting.order_by("title", "pk")
    ]
    return sorted(found, key=lambda line: (line.chosen is not None, line.suggestion is None))


def _answered(request: HttpRequest) -> HttpResponse:
    form = SportForm(request.POST)
    here = reverse("admin:assets_activityconcept_changelist")
    if not form.is_valid():
        messages.error(request, _("Choose a sport, or “not a sport”."))
        return HttpResponseRedirect(here)
    said = form.cleaned_data
    activity = get_object_or_404(to_tag(), pk=said["key"])
    concept = "" if said["concept"] == NO_SPORT else said["concept"]
    verbs.choose(activity=activity, concept=concept, by=who(request))
    name = concepts()[concept].label if concept else _("not a sport")
    messages.success(request, f"{activity}: {name}")
    stays = {name: said[name] for name in ("q", "p") if said[name]}
    return HttpResponseRedirect(f"{here}?{urlencode(stays)}" if stays else here)
