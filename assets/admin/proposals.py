"""What groups ask for, in the staff pages: the queue, and the way to each page of one."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin import proposal_entry, proposal_page
from assets.admin.base import StaffAdmin, who
from assets.models import Proposal
from assets.models.proposals import WAITS, ProposalStatus

TO_LOOK_AT = Q(went_live_at__isnull=False, looked_at=None)


class ToDoFilter(admin.SimpleListFilter):
    title = gettext_lazy("to do")
    parameter_name = "do"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("decide", gettext_lazy("waits for us")),
            ("look", gettext_lazy("went live at once, to look at")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "decide":
                return queryset.filter(WAITS)
            case "look":
                return queryset.filter(TO_LOOK_AT)
        return queryset


@admin.register(Proposal, site=staff_site)
class ProposalAdmin(StaffAdmin):
    """Nothing is changed in a form: each page of one has its buttons, and these call the verbs.

    Who only looks sees what is asked for, and nothing of who asks.
    """

    change_list_template = "admin/assets/proposals.html"
    list_display: tuple[str, ...] = ("about", "status_tag", "kind", "since", "asker")
    list_filter = (ToDoFilter, "kind", "status")
    list_select_related = ("organisation", "activity")
    # Names alone: what somebody may not read they cannot find letter by letter either.
    search_fields = (
        "organisation__name__unaccent__icontains",
        "activity__title__unaccent__icontains",
        "said__group__name__icontains",
    )
    search_help_text = gettext_lazy("Name of the group or activity")
    sortable_by = ()

    # --- The queue ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        found = Proposal.objects.annotate(
            urgency=Case(
                When(WAITS, then=Value(0)),
                When(TO_LOOK_AT, then=Value(1)),
                When(status__in=[ProposalStatus.RETURNED, ProposalStatus.DRAFT], then=Value(2)),
                default=Value(3),
                output_field=IntegerField(),
            )
        )
        if not self.has_change_permission(request):
            # What nobody has sent us yet is for those who help to write it.
            found = found.filter(sent_at__isnull=False)
        waiting_since = Case(When(WAITS, then=F("sent_at")))
        return found.order_by("urgency", waiting_since.asc(nulls_last=True), "-written_at", "pk")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return ()

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        if self.has_change_permission(request):
            return self.list_display
        return tuple(name for name in self.list_display if name != "asker")

    @admin.display(description=gettext_lazy("about"))
    def about(self, proposal: Proposal) -> str:
        return proposal.as_sent().name

    @admin.display(description=gettext_lazy("status"))
    def status_tag(self, proposal: Proposal) -> SafeString:
        label = proposal.staff_words
        if proposal.went_live_at and not proposal.looked_at:
            label = _("%s; live, to look at") % label
        kind = ProposalStatus.SENT if proposal.waits else proposal.status
        tag = format_html('<span class="tag tag--{}">{}</span>', kind, label)
        if not proposal.is_example:
            return tag
        example = format_html('<span class="tag tag--example">{}</span>', _("Example"))
        return format_html("{} {}", tag, example)

    @admin.display(description=gettext_lazy("who asks"))
    def asker(self, proposal: Proposal) -> str:
        return proposal.asker_name or proposal.asker_email

    @admin.display(description=gettext_lazy("since"))
    def since(self, proposal: Proposal) -> str:
        """How long it waits; of what does not wait, the day."""
        if proposal.waits and proposal.sent_at:
            return timesince(proposal.sent_at, depth=1)
        moment = proposal.closed_at or proposal.sent_at or proposal.begun_at
        return f"{timezone.localdate(moment):%d %b %Y}".lstrip("0")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_enter": proposal_entry.may_enter(request)}
        answer: HttpResponse = super().changelist_view(request, more)
        return answer

    # --- One of them ---

    def has_add_permission(self, request: HttpRequest) -> bool:
        # It is begun by whoever asks, or by `enter`.
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.enter)
        return [path("enter/", view, name="assets_proposal_enter"), *super().get_urls()]

    def enter(self, request: HttpRequest) -> HttpResponse:
        return proposal_entry.enter(self, request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        proposal = self.get_object(request, object_id)
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        may_decide = self.has_change_permission(request, proposal)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if request.method == "POST" and not may_decide:
            raise PermissionDenied
        return proposal_page.page(self, request, proposal, who(request) if may_decide else None)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All that happened stands on its page."""
        return HttpResponseRedirect(
            reverse("admin:assets_proposal_change", args=[object_id]) + "#history"
        )
