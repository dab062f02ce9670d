"""“Where something is missing” in the staff pages, and what would be if something closed.

Counts of single months are never shown: few searches could be told apart.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets import evidence
from assets.admin.base import ReadOnlyAdmin, who
from assets.ages import BANDS
from assets.coverage import Dim, Gap, gaps, lost, not_found
from assets.coverage.cells import ALL, cells
from assets.coverage.change import changes
from assets.coverage.forms import LABELS, CoverageForm
from assets.coverage.gaps import finest, gap_of
from assets.coverage.page import legend, table
from assets.models import Activity, Area, NotFound, Organisation, Place
from assets.models.evidence import EvidenceQuerySet
from assets.places.parts import By

SHOWN = 60


class StaffCoverageForm(CoverageForm):
    """Also what gaps are about, since when, and what might close."""

    about = forms.ChoiceField(
        label=gettext_lazy("Gaps by"),
        required=False,
        choices=[(Dim.THEME, LABELS[Dim.THEME]), (Dim.NEEDS, LABELS[Dim.NEEDS])],
    )
    since = forms.DateField(
        label=gettext_lazy("Changed since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write a day such as 5/12/2026.")},
    )
    closing = forms.CharField(
        label=gettext_lazy("If this closed"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The address of an activity or a group, such as the-front-room."),
    )

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since and not 2000 <= since.year <= timezone.localdate().year:
            raise forms.ValidationError(_("Choose a day that is past."), code="day")
        return since

    def clean_closing(self) -> list[Any]:
        """The activities that would be gone: one, or all of a group."""
        typed = self.cleaned_data["closing"].strip().strip("/").rpartition("/")[2]
        if not typed or "\x00" in typed:
            return []
        public = Activity.objects.public()
        found = list(public.filter(slug=typed).values_list("pk", flat=True))
        group = Organisation.objects.filter(slug=typed)
        found = found or list(public.filter(organisation__in=group).values_list("pk", flat=True))
        if not found:
            raise forms.ValidationError(_("Nothing public has that address."), code="closing")
        return found


@admin.register(NotFound, site=staff_site)
class NotFoundAdmin(ReadOnlyAdmin):
    def get_urls(self) -> list[URLPattern]:
        """These pages alone: no list of single counts, and no page of one."""
        of_staff = self.admin_site.admin_view
        return [
            path("", of_staff(self.coverage), name="assets_notfound_changelist"),
            path("cell/", of_staff(self.cell), name="assets_notfound_cell"),
        ]

    def coverage(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = StaffCoverageForm(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Where something is missing"),
            "opts": self.opts,
            "form": form,
            "levels": legend(),
            **(_found(form) if form.is_valid() else {}),
        }
        status = 200 if form.is_valid() else 400
        return TemplateResponse(request, "admin/assets/coverage.html", context, status=status)

    def cell(self, request: HttpRequest) -> HttpResponse:
        """One cell of theme or needs group, ages and place, with what people said of it."""
        if not who(request).has_perms(["assets.view_notfound", "assets.view_evidence"]):
            raise PermissionDenied
        form = StaffCoverageForm(request.GET)
        if not form.is_valid() or not any(form.cleaned_data.get(dim) for dim in Dim):
            raise Http404
        asked, about = form.asked(), Dim(form.cleaned_data["about"] or Dim.THEME)
        keys = {dim: form.cleaned_data[dim] or ALL for dim in (about, Dim.AGES, Dim.PLACE)}
        gap = gap_of(cells(finest(replace(asked, only={}), about)), keys)
        said = _said(form, keys)
        context = {
            **self.admin_site.each_context(request),
            "title": gap.words,
            "opts": self.opts,
            "gap": gap,
            "said": said[:SHOWN],
            "more": max(0, said.count() - SHOWN),
            "looked_for": not_found.by_place_and_theme().get(
                (keys[Dim.PLACE], keys.get(Dim.THEME, "")), 0
            ),
        }
        return TemplateResponse(request, "admin/assets/cell.html", context)


def _said(form: StaffCoverageForm, keys: Mapping[Dim, str]) -> EvidenceQuerySet:
    """Newest first. A ward or parish is known by its code, a town by its address."""
    key, places = keys[Dim.PLACE], form.cut == By.TOWN
    model: Any = Place if places else Area
    found = model.objects.filter(**{"slug" if places else "code": key}).first()
    beside = evidence.beside(
        theme=_chosen(keys, Dim.THEME),
        needs_group=_chosen(keys, Dim.NEEDS),
        ages=BANDS.get(keys[Dim.AGES]),
        place=found,
    )
    return beside.order_by("-heard_on", "-pk")


def _chosen(keys: Mapping[Dim, str], dim: Dim) -> str | None:
    return None if keys.get(dim, ALL) == ALL else keys[dim]


def _cell_url(form: StaffCoverageForm, gap: Gap) -> str:
    """Where the page of a gap is; one of what is within reach has none: people spoke of places."""
    chosen = {dim.value: key for dim, key in gap.keys.items() if key != ALL}
    about = next(dim for dim in gap.keys if dim in (Dim.THEME, Dim.NEEDS))
    path = reverse("admin:assets_notfound_cell")
    return f"{path}?{urlencode(chosen | {'about': about.value, 'by': form.cut.value})}"


def _found(form: StaffCoverageForm) -> dict[str, Any]:
    asked, values = form.asked(), form.cleaned_data
    about = Dim(values["about"] or Dim.THEME)
    missing = gaps(asked, about=about)
    return {
        "table": table(cells(asked, form.keys)),
        "gaps": [(gap, _cell_url(form, gap)) for gap in missing[:SHOWN]],
        "more": max(0, len(missing) - SHOWN),
        "not_found": not_found.told(in_fives=False),
        "losses": lost(asked, values["closing"], about=about) if values["closing"] else None,
        "since": values["since"],
        "changes": changes(asked, values["since"])[:SHOWN] if values["since"] else None,
    }
