"""Payments in the staff pages: what waits for whom, one payment, and all the money of one award."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.admin_site import staff_site
from accounts.models import User
from assets.admin.base import who
from grants import payments_file, sight
from grants.admin import award_money, payment_page
from grants.admin.own_pages import OwnPages
from grants.models import Payment


@admin.register(Payment, site=staff_site)
class PaymentAdmin(OwnPages):
    """Pages of our own throughout: each fetches by `grants.sight`."""

    def may_see(self, person: User) -> bool:
        return person.has_perm("grants.view_payment")

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
            path("of/<uuid:application>/", self.view(self.of), name="grants_payment_of"),
            path("export/", self.view(require_POST(self.export)), name="grants_payment_export"),
        ]
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What is to approve, to release, and what went out, with the sums."""
        self.guard(request)
        context = payment_page.lists(self.get_queryset(request), who(request))
        return self.show(request, "admin/grants/payments.html", _("Payments"), **context)

    def page_of(self, request: HttpRequest, row: Payment) -> HttpResponse:
        return payment_page.page(self, request, row)

    def of(self, request: HttpRequest, application: UUID) -> HttpResponse:
        """All that became of one award: payments, changes, what comes back."""
        self.guard(request)
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
