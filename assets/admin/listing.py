"""What the staff pages of groups, activities and venues have in common."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets import listings, words
from assets.admin import actions, history, lifecycle, urgency
from assets.admin.base import who
from assets.admin.by_verbs import StoredByVerbs
from assets.admin.listing_form import ListingForm
from assets.admin.pages import PER_PAGE, page_of
from assets.harvesting.origin import origins_of
from assets.models import Listing, Status
from assets.models.organisations import SortKey
from assets.tagging.verbs import usual_reason
from assets.turns import take_turn
from thrive.models import Tag


class ListingAdmin(StoredByVerbs):
    """Everything is stored by the verbs of `assets.listings`, which write the history too."""

    form = ListingForm
    change_form_template = "admin/assets/listing.html"
    actions = actions.ACTIONS
    actions_selection_counter = True
    public_url: ClassVar[str] = ""
    name_field: ClassVar[str] = "name"

    # --- The list ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = urgency.with_urgency(self.model._default_manager.get_queryset())
        return found.order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return ("urgency", SortKey(F(self.name_field)))

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_tag(self, listing: Listing) -> SafeString:
        label = Status(listing.status).label
        return format_html('<span class="tag tag--{}">{}</span>', listing.status, label)

    @admin.display(description=gettext_lazy("last checked"), ordering="last_checked_on")
    def checked(self, listing: Listing) -> SafeString | str:
        if listing.last_checked_on is None:
            said = _("Never")
        else:
            said = f"{listing.last_checked_on:%d %b %Y}".lstrip("0")
        if urgency.is_unchecked(listing):
            return format_html('<strong class="due">{}</strong>', said)
        return said

    # --- Storing ---

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Two who store at once take turns, so the second form is compared with the first."""
        if request.method == "POST":
            take_turn()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        listings.save(listing=obj, by=who(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        listings.refresh(listing=form.instance)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            if isinstance(row, Tag) and row._state.adding:
                row.added_by = who(request)
                row.reason = row.reason or usual_reason(row.source)
            row.save()
        for gone in formset.deleted_objects:
            gone.delete()

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        messages.info(request, _("It is a draft: nobody can see it until you make it public."))
        return HttpResponseRedirect(lifecycle.change_url(obj))

    # --- The page of one ---

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        ours = [
            path(f"<uuid:key>/{verb}/", self.admin_site.admin_view(view), name=f"{name}_{verb}")
            for verb, view in self.verbs().items()
        ]
        return [*ours, *super().get_urls()]

    def verbs(self) -> dict[str, Any]:
        """Pages below that of one listing: last part of the address → view."""
        return {
            "move": lambda request, key: lifecycle.move(self, request, key),
            "check": lambda request, key: lifecycle.check(self, request, key),
        }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        listing = kwargs.get("obj")
        if listing is not None:
            context |= self.beside_the_form(request, listing)
        return super().render_change_form(request, context, *args, **kwargs)

    def beside_the_form(self, request: HttpRequest, listing: Any) -> dict[str, Any]:
        """What the page shows of a stored listing beside its form."""
        may_change = self.has_change_permission(request, listing)
        public = listing.is_public and self.public_url
        return {
            "status_words": lifecycle.status_in_words(listing),
            "moves": lifecycle.buttons(listing) if may_change else [],
            "last_move": listing.moves.select_related("moved_by").last(),
            "checked_words": words.checked_in_words(listing),
            "is_unchecked": urgency.is_unchecked(listing),
            "may_check": may_change,
            "origins": origins_of(listing),
            "may_see_source": who(request).has_perm("assets.view_source"),
            "public_page": reverse(self.public_url, args=[listing.slug]) if public else "",
        }

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        listing = self.get_object(request, object_id)
        if listing is None:
            raise Http404
        if not self.has_view_permission(request, listing):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(listing),
            "opts": self.opts,
            "original": listing,
            "page": page_of(history.moments(listing), request.GET.get("p"), PER_PAGE),
        }
        return TemplateResponse(request, "admin/assets/history.html", context)
