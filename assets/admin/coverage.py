"""“Where something is missing” in the staff pages, and what would be if something closed.

Counts of single months are never shown: few searches could be told apart.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin
from assets.coverage import Dim, gaps, lost, not_found
from assets.coverage.cells import cells
from assets.coverage.change import changes
from assets.coverage.forms import LABELS, CoverageForm
from assets.coverage.page import legend, table
from assets.models import Activity, NotFound, Organisation

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
        """This page alone: no list of single counts, and no page of one."""
        view = self.admin_site.admin_view(self.coverage)
        return [path("", view, name="assets_notfound_changelist")]

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


def _found(form: StaffCoverageForm) -> dict[str, Any]:
    asked, values = form.asked(), form.cleaned_data
    about = Dim(values["about"] or Dim.THEME)
    missing = gaps(asked, about=about)
    return {
        "table": table(cells(asked, form.keys)),
        "gaps": missing[:SHOWN],
        "more": max(0, len(missing) - SHOWN),
        "not_found": not_found.told(in_fives=False),
        "losses": lost(asked, values["closing"], about=about) if values["closing"] else None,
        "since": values["since"],
        "changes": changes(asked, values["since"])[:SHOWN] if values["since"] else None,
    }
