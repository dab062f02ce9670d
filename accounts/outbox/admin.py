"""The outbox in the admin: what needs somebody first, and no secret to be read."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import people
from accounts.outbox.models import MailMove, OutgoingMail


class MoveInline(admin.TabularInline):
    model = MailMove
    fields = ("at", "from_status", "to_status", "by", "note")
    readonly_fields = fields
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("accounts.view_outgoingmail")


class OutgoingMailAdmin(admin.ModelAdmin):
    change_form_template = "account/admin/mail.html"
    list_display = ("label", "status", "to", "created_at", "attempts", "last_error")
    list_filter = ("status", "label")
    search_fields = ("to",)
    search_help_text = _("The address it goes to")
    date_hierarchy = "created_at"
    list_per_page = 50
    inlines = (MoveInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        return OutgoingMail.objects.with_urgency().order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("urgency", "-created_at", "-pk")

    def get_fields(self, request: HttpRequest, obj: OutgoingMail | None = None) -> list[Any]:
        fields = ["label", "to", "subject", "created_at", "due_at", "finished_at"]
        fields += ["attempts", "last_error"]
        return [*fields, "text"] if self._may_read(request, obj) else fields

    @admin.display(description=_("text"))
    def text(self, mail: OutgoingMail) -> str:
        return (mail.shown if mail.secret else mail.body) or gettext(
            "The text is kept for a month."
        )

    def _may_read(self, request: HttpRequest, mail: OutgoingMail | None) -> bool:
        allowed = request.user.has_perm("accounts.read_outgoingmail")
        return allowed and mail is not None and not (mail.secret and not mail.shown)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # “body__contains” in the address would read secret mails letter by letter.
        return lookup.split("__")[0] in ("status", "label", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        may = request.user.has_perm("accounts.resend_outgoingmail")
        reads = request.user.has_perm("accounts.read_outgoingmail")
        extra = (extra_context or {}) | {"may_send_again": may, "reads_mails": reads}
        return super().change_view(request, object_id, form_url, extra)

    def get_urls(self) -> list[URLPattern]:
        again = path(
            "<int:pk>/send-again/",
            self.admin_site.admin_view(require_POST(self.send_again)),
            name="accounts_outgoingmail_send_again",
        )
        return [again, *super().get_urls()]

    def send_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        by = people.who(request)
        if not by.has_perm("accounts.resend_outgoingmail"):
            raise PermissionDenied
        mail = get_object_or_404(OutgoingMail, pk=pk)
        if mail.send_again(by=by):
            LogEntry.objects.log_actions(by.pk, [mail], CHANGE, "Sent again.")
            messages.success(request, gettext("It waits in the outbox again."))
        else:
            messages.error(request, gettext("This mail cannot be sent again."))
        return HttpResponseRedirect(reverse("admin:accounts_outgoingmail_change", args=[pk]))
