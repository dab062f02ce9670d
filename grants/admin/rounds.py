"""Rounds in the staff pages: prepared as a draft, then opened and looked after."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin.base import who
from assets.admin.by_verbs import StoredByVerbs
from assets.admin.fields import Sentences
from assets.admin.history import together
from assets.admin.listing_form import ListingForm
from assets.admin.pages import PER_PAGE, page_of
from assets.models import Area
from grants import rounds, sight
from grants.admin import fair_page, gaps_page, panel_pages, round_history, round_pages
from grants.admin.round_parts import INLINES, CriteriaFormSet
from grants.admin.score_words import may_score
from grants.models import Round, RoundStatus
from grants.models.rounds import MOVES
from grants.money import in_pounds
from grants.round_whole import Part
from grants.round_words import in_london, plain_number
from thrive.models import NeedsGroup

# What a fund of volunteers may pay for, unless somebody chooses otherwise.
DEFAULT_NEEDS = ["thriving", "getting-advice"]


class LocalMoment(forms.DateTimeInput):
    """The browser's own, to the minute."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class RoundForm(ListingForm):
    told_by: ClassVar[Any] = round_history
    beside = {
        "round_awards_fit": "largest_award",
        "round_opens_before_it_closes": "closes_at",
        "round_spend_from_before": "spend_before",
        "round_has_a_quorum": "quorum",
        "round_young_weight_counts": "young_weight",
        "round_short_report_counts": "short_report_to",
        "round_slug_is_free": "slug",
    }

    class Meta:
        widgets = {"summary": Sentences()}


@admin.register(Round, site=staff_site)
class RoundAdmin(StoredByVerbs):
    form = RoundForm
    change_form_template = "admin/grants/round.html"
    inlines = INLINES
    list_display = ("title", "status_tag", "code", "closes", "pot_in_pounds")
    list_filter = ("status",)
    search_fields = ("title__unaccent__icontains", "code__iexact", "funder__unaccent__icontains")
    search_help_text = gettext_lazy("Title, code or whose money it is")
    ordering = ("-closes_at", "slug")
    formfield_overrides = StoredByVerbs.formfield_overrides | {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": LocalMoment}
    }
    fieldsets = (
        (
            gettext_lazy("What it is"),
            {"fields": ("title", ("slug", "code"), "area", "summary", "about")},
        ),
        (
            gettext_lazy("Who it is for"),
            {"fields": ("who_may_apply", "not_funded", "equality_note", "needs_groups")},
        ),
        (
            gettext_lazy("The money"),
            {"fields": (("funder", "cost_code"), ("pot", "smallest_award", "largest_award"))},
        ),
        (
            gettext_lazy("The dates"),
            {
                "fields": (
                    ("opens_at", "closes_at"),
                    "decisions_on",
                    ("spend_from", "spend_before"),
                )
            },
        ),
        (gettext_lazy("Who decides"), {"fields": (("quorum", "young_weight"),)}),
        (gettext_lazy("Reports"), {"fields": (("short_report_to", "report_within"),)}),
    )

    # --- The list ---

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_tag(self, round: Round) -> SafeString:
        return format_html('<span class="tag">{}</span>', round.get_status_display())

    @admin.display(description=gettext_lazy("closes"), ordering="closes_at")
    def closes(self, round: Round) -> str:
        return in_london(round.closes_at)

    @admin.display(description=gettext_lazy("pot"), ordering="pot")
    def pot_in_pounds(self, round: Round) -> str:
        return in_pounds(round.pot)

    # --- Who may what ---

    def has_add_permission(self, request: HttpRequest) -> bool:
        return who(request).has_perm("grants.run_round")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of a round that opened while somebody wrote, the verb says so: nothing typed is lost."""
        may = who(request).has_perm("grants.run_round")
        return may and (obj is None or obj.is_draft or request.method == "POST")

    # --- The form ---

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "area": Area.objects.filter(code=settings.DISTRICT).first(),
            "needs_groups": NeedsGroup.objects.filter(slug__in=DEFAULT_NEEDS),
        }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "area":
            kwargs["queryset"] = Area.objects.filter(kind=Area.Kind.DISTRICT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """With its parts, in `save_related`: all of it or nothing."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        parts: list[Part] = []
        gone: list[models.Model] = []
        for formset in formsets:
            parts += formset.save(commit=False)
            gone += formset.deleted_objects
            if isinstance(formset, CriteriaFormSet):
                for old, new in formset.levels():
                    gone += old
                    parts += new
        needs_groups = form.cleaned_data.get("needs_groups")
        rounds.save(
            round=form.instance, by=who(request), needs_groups=needs_groups, parts=parts, gone=gone
        )

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        messages.info(request, _("It is a draft: nobody outside can see it until you open it."))
        return HttpResponseRedirect(reverse("admin:grants_round_change", args=[obj.pk]))

    # --- The page of one ---

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path(
                f"<uuid:key>/{name}/",
                self.admin_site.admin_view(self._page(view)),
                name=f"grants_round_{name}",
            )
            for name, view in (
                round_pages.PAGES | gaps_page.PAGES | {"fair": fair_page.fair}
            ).items()
        ]
        panel = panel_pages.addresses(self, self.admin_site.admin_view)
        return [*ours, *panel, *super().get_urls()]

    def _page(self, view: Any) -> Any:
        def page(request: HttpRequest, key: UUID) -> HttpResponse:
            answer: HttpResponse = view(self, request, key)
            return answer

        return page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        round = kwargs.get("obj")
        if round is not None:
            context |= self._beside_the_form(request, round)
        return super().render_change_form(request, context, *args, **kwargs)

    def _beside_the_form(self, request: HttpRequest, round: Round) -> dict[str, Any]:
        criteria = [*round.criteria.all()]
        return {
            "may_run": who(request).has_perm("grants.run_round"),
            "missing": rounds.what_is_missing(round) if round.is_draft else [],
            "weights": plain_number(rounds.weights_of(criteria)),
            "last_move": round.moves.select_related("moved_by").last(),
            "may_move": bool(MOVES[RoundStatus(round.status)]),
            "closes": in_london(round.closes_at),
            "pot": in_pounds(round.pot),
            "totals": _totals(round) if sight.may_see_totals(who(request), round) else {},
            "has_board": not round.is_draft and may_score(who(request)),
        }

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        round = self.get_object(request, object_id)
        if round is None:
            raise Http404
        if not self.has_view_permission(request, round):
            raise PermissionDenied
        moments = together(round_history.timeline(round))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(round),
            "opts": self.opts,
            "original": round,
            "page": page_of(moments, request.GET.get("p"), PER_PAGE),
        }
        return TemplateResponse(request, "admin/assets/history.html", context)


def _totals(round: Round) -> dict[str, str]:
    return {"committed": in_pounds(round.committed), "left": in_pounds(round.left)}
