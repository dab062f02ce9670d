"""Payments in the staff pages: what waits for whom, one payment, and all the money of one award."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin, who
from grants import payments_file, sight
from grants.admin import award_money, payment_page
from grants.models import Payment


@admin.register(Payment, site=staff_site)
class PaymentAdmin(ReadOnlyAdmin):
    """Pages of our own throughout: each fetches by `grants.sight`."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_see(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_see(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        seen = Payment.objects.filter(award__in=sight.awards(who(request)))
        return seen.select_related(
            "award__application__round",
            "award__organisation",
            "award__report",
            "approved_by",
            "released_by",
        )

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("of/<uuid:application>/", self._view(self.of), name="grants_payment_of"),
            path("export/", self._view(require_POST(self.export)), name="grants_payment_export"),
        ]
        return [*ours, *super().get_urls()]

    def _view(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What is to approve, to release, and what went out, with the sums."""
        self._guard(request)
        context = payment_page.lists(self.get_queryset(request), who(request))
        return self.show(request, "admin/grants/payments.html", _("Payments"), **context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._guard(request)
        payment = self.get_object(request, object_id)
        if payment is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        return payment_page.page(self, request, payment)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """It stands on its page."""
        return HttpResponseRedirect(reverse("admin:grants_payment_change", args=[object_id]))

    def of(self, request: HttpRequest, application: UUID) -> HttpResponse:
        """All that became of one award: payments, changes, what comes back."""
        self._guard(request)
        seen = sight.awards(who(request)).filter(accepted_at__isnull=False)
        award = get_object_or_404(
            seen.select_related("application__round", "organisation", "report"),
            application=application,
        )
        return award_money.page(self, request, award)

    def export(self, request: HttpRequest) -> HttpResponse:
        """The file for finance; who took it is kept."""
        if not payments_file.may_export(who(request)):
            raise PermissionDenied
        form = payment_page.PeriodForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, " ".join(str(one) for one in errors))
            return HttpResponseRedirect(reverse("admin:grants_payment_changelist"))
        try:
            made = payments_file.export(**form.period, by=who(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(reverse("admin:grants_payment_changelist"))
        answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
        name = f"payments-{timezone.localdate():%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer

    def _guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def show(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, shared | context)


def may_see(request: HttpRequest) -> bool:
    return who(request).has_perm("grants.view_payment")
