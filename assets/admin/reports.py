"""What the staff pages of problems and of worries about safety have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assets.admin.base import ReadOnlyAdmin
from assets.admin.lifecycle import change_url
from assets.models.reports import Report
from assets.problems import Reportable

# Does something to one report by what was sent; what was wrong, or nothing.
Verb = Callable[[HttpRequest, Any], str]


class ReportAdmin(ReadOnlyAdmin):
    """To read, and to press buttons: each is a verb. Nobody sees any of it without `permission`."""

    permission: ClassVar[str] = ""
    # Statuses in the order in which they want somebody.
    order: ClassVar[tuple[str, ...]] = ()
    list_filter: ClassVar[tuple[str, ...]] = ("status",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        ranks = [When(status=status, then=Value(rank)) for rank, status in enumerate(self.order)]
        found: QuerySet[Any] = (
            self.model._default_manager.select_related(
                "activity__organisation", "organisation", "venue__place"
            )
            .annotate(urgency=Case(*ranks, output_field=IntegerField()))
            .order_by(*self.get_ordering(request))
        )
        return found

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("urgency", "reported_at", "pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.permission)

    @admin.display(description=gettext_lazy("about"))
    def listing_name(self, report: Report) -> str:
        return str(report.listing)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_tag(self, report: Any) -> SafeString:
        is_new = report.status == self.order[0]
        tag = "draft" if is_new else "ended"
        return format_html('<span class="tag tag--{}">{}</span>', tag, report.get_status_display())

    # --- Buttons ---

    def verbs(self) -> dict[str, Verb]:
        """Addresses below that of one report: last part → what it does."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        ours = [
            path(
                f"<path:object_id>/{word}/",
                self.admin_site.admin_view(require_POST(self._pressed(verb))),
                name=f"{name}_{word}",
            )
            for word, verb in self.verbs().items()
        ]
        return [*ours, *super().get_urls()]

    def _pressed(self, verb: Verb) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            report = self.get_object(request, object_id)
            if report is None:
                raise Http404
            if refused := verb(request, report):
                messages.error(request, refused)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[report.pk]))

        return view

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= self.beside(kwargs["obj"])
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return answer

    def beside(self, report: Any) -> dict[str, Any]:
        """What the page shows beside the report: what it is about."""
        listing: Reportable = report.listing
        name = str(listing._meta.model_name)
        return {
            "listing": listing,
            "listing_kind": capfirst(str(listing._meta.verbose_name)),
            "change_page": change_url(listing),
            "public_page": reverse(name, args=[listing.slug]) if _has_page(listing) else "",
        }


def _has_page(listing: Any) -> bool:
    return bool(getattr(listing, "has_a_page", listing.is_public))


def faster() -> str:
    return _("A colleague was faster. Look again first.")
