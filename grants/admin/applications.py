"""Applications in the staff pages: to find, to read, to check. Drafts are the group's own."""

import re
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from accounts.models import User
from assets.admin.base import who
from assets.documents.serving import as_attachment
from grants import checking, sight
from grants.admin import application_filters as filters
from grants.admin import application_page, checks_page, enter_page
from grants.admin.application_export import as_csv
from grants.admin.own_pages import OwnPages
from grants.models import Application, ApplicationStatus, Round, RoundStatus
from grants.money import in_pounds

REFERENCE = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9]{0,7})-(?P<number>[0-9]{1,6})")


class ApplicationList(ChangeList):
    """With what is still to do of each on the page, in as many queries as for one."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        found = checking.of_all(rows) if may_check(request) else {}
        for one in rows:
            one.to_do = sum(not each.holds for each in found.get(one, []))
        self.result_list = rows


def may_check(request: HttpRequest) -> bool:
    return who(request).has_perm("grants.check_application")


@admin.register(Application, site=staff_site)
class ApplicationAdmin(OwnPages):
    """Pages of our own but for the list: each fetches by `grants.sight`."""

    change_list_template = "admin/grants/applications.html"
    search_fields = (
        "group_name__unaccent__icontains",
        "title__unaccent__icontains",
        "summary__unaccent__icontains",
    )
    search_help_text = gettext_lazy("Group, what it is called, or its reference")
    ordering = ("-round__closes_at", "number")
    list_display = (
        "shown_reference",
        "group_name",
        "title",
        "where",
        "asked",
        "needs",
        "about",
        "status_tag",
        "checks_to_do",
        "sent",
    )
    list_filter = (
        filters.RoundFilter,
        filters.StatusFilter,
        filters.NeedsFilter,
        filters.ThemeFilter,
        filters.PlaceFilter,
        filters.ChecksFilter,
    )

    # --- Who may what ---

    def may_see(self, person: User) -> bool:
        return person.has_perm("grants.view_application")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        found = sight.applications_as_told(who(request)).select_related("round", "organisation")
        with_tags = found.prefetch_related("needs_groups", "themes", "places")
        return with_tags.order_by(*self.ordering)

    # --- The list ---

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ApplicationList

    def get_list_display(self, request: HttpRequest) -> Any:
        hidden = [] if may_check(request) else ["checks_to_do"]
        return [name for name in self.list_display if name not in hidden]

    def get_list_filter(self, request: HttpRequest) -> Any:
        hidden = [] if may_check(request) else [filters.ChecksFilter]
        return [one for one in self.list_filter if one not in hidden]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if named := REFERENCE.fullmatch(search_term.strip()):
            found = queryset.filter(round__code__iexact=named["code"], number=named["number"])
            return found, False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self.guard(request)
        runs = who(request).has_perm("grants.run_round")
        opened = Round.objects.exclude(status=RoundStatus.DRAFT) if runs else Round.objects.none()
        context = {
            "rounds": [
                (one, sight.being_written(who(request), one))
                for one in opened.filter(status__in=[RoundStatus.OPEN, RoundStatus.SCORING])
            ],
            "runs": runs,
            "query": request.GET.urlencode(),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description=gettext_lazy("reference"), ordering="number")
    def shown_reference(self, application: Application) -> str:
        return application.reference

    @admin.display(description=gettext_lazy("places"))
    def where(self, application: Application) -> str:
        return ", ".join(one.name for one in application.places.all())

    @admin.display(description=gettext_lazy("asked for"), ordering="ideal")
    def asked(self, application: Application) -> str:
        if application.ideal is None or application.minimum is None:
            return "–"
        said = {"ideal": in_pounds(application.ideal), "least": in_pounds(application.minimum)}
        return _("%(ideal)s, at least %(least)s") % said

    @admin.display(description=gettext_lazy("needs groups"))
    def needs(self, application: Application) -> str:
        return "; ".join(one.plain_name for one in application.needs_groups.all())

    @admin.display(description=gettext_lazy("themes"))
    def about(self, application: Application) -> str:
        return "; ".join(one.name for one in application.themes.all())

    @admin.display(description=gettext_lazy("status"), ordering="shown_status")
    def status_tag(self, application: Any) -> SafeString:
        label = ApplicationStatus(application.shown_status).label
        return format_html('<span class="tag">{}</span>', label)

    @admin.display(description=gettext_lazy("checks to do"))
    def checks_to_do(self, application: Any) -> str:
        waits = application.status == ApplicationStatus.SUBMITTED
        return str(application.to_do or _("none")) if waits else "–"

    @admin.display(description=gettext_lazy("sent"), ordering="submitted_at")
    def sent(self, application: Application) -> str:
        at = application.submitted_at
        return str(date_format(timezone.localtime(at), "j M Y")) if at else "–"

    # --- Its other pages ---

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Any]] = {
            "application_export": ("export.csv", self.export),
            "application_round": ("round/<uuid:round>/", self.of_round),
            "application_enter": ("enter/<uuid:round>/", self.enter),
            "applicationdocument_file": ("document/<uuid:key>/", self.file),
        }
        ours = [
            path(route, self.admin_site.admin_view(view), name=f"grants_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """What the list would show, all pages of it."""
        self.guard(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            found = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:grants_application_changelist"))
        rows = as_csv(found, with_checks=may_check(request))
        answer = HttpResponse(rows, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="applications.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def page_of(self, request: HttpRequest, row: Application) -> HttpResponse:
        return application_page.page(self, request, row)

    def file(self, request: HttpRequest, key: UUID) -> HttpResponse:
        self.guard(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return as_attachment(get_object_or_404(sight.documents(who(request)), pk=key))

    def of_round(self, request: HttpRequest, round: UUID) -> HttpResponse:
        return checks_page.page(self, request, self._to_run(request, round))

    def enter(self, request: HttpRequest, round: UUID) -> HttpResponse:
        return enter_page.page(self, request, self._to_run(request, round))

    def _to_run(self, request: HttpRequest, key: UUID) -> Round:
        if not who(request).has_perm("grants.run_round"):
            raise PermissionDenied
        return get_object_or_404(Round.objects.exclude(status=RoundStatus.DRAFT), pk=key)
