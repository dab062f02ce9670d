"""Venues in the staff pages, and the page on which one is hidden."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets import venues
from assets.admin import lifecycle
from assets.admin.base import who
from assets.admin.fields import Sentences
from assets.admin.finding import PLACES, VENUES, FindableAdmin
from assets.admin.inlines import TagInline
from assets.admin.listing import ListingAdmin
from assets.admin.listing_form import ListingForm
from assets.admin.urgency import ToDoFilter, public_activities
from assets.models import Venue, VenueWayOfWorking
from assets.models.venues import HIDDEN_NAMES
from assets.places.grid import miles_between

HIDDEN = [Venue.Shown.MASKED, Venue.Shown.TOLD]
# What `Venue.locate` drops of a hidden place, and somebody may type.
DROPPED = ("name", "summary", "address", "postcode", "getting_there", "hire")
NO_NAMES = {"", *HIDDEN_NAMES.values()}
# Further from the middle of its village than this, either may be a slip.
FAR_MILES = 5


class VenueForm(ListingForm):
    beside = {"venue_public_has_a_postcode": "postcode"}

    class Meta:
        widgets = {"summary": Sentences()}
        help_texts = {
            "shown": gettext_lazy(
                "Of a hidden place we keep the village and nothing else: name, street, postcode "
                "and directions are dropped when you save."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self.data.get(self.add_prefix("shown")) or self.instance.shown
        for name in {"name", "postcode"} & self.fields.keys():
            self.fields[name].required = shown not in HIDDEN

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        shown = cleaned.get("shown", self.instance.shown)
        if shown == Venue.Shown.PUBLIC and cleaned.get("name", "") in NO_NAMES:
            self.add_error("name", _("Write the name that people know the place by."))
        return cleaned


class HideForm(forms.Form):
    shown = forms.ChoiceField(
        label=gettext_lazy("Why is it hidden?"),
        choices=[(one.value, one.label) for one in HIDDEN],
        widget=forms.RadioSelect,
    )


class VenueWayInline(TagInline):
    model = VenueWayOfWorking
    fields = ("way_of_working", "source", "reason")


@admin.register(Venue, site=staff_site)
class VenueAdmin(FindableAdmin, ListingAdmin):
    form = VenueForm
    finder = VENUES
    finders = {"place": PLACES}
    change_form_template = "admin/assets/venue.html"
    list_display = ("name", "status_tag", "checked", "place", "where", "in_use")
    list_filter = (ToDoFilter, "status", "shown", ("district", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("place", "district")
    search_fields = (
        "name__unaccent__icontains",
        "place__name__unaccent__icontains",
        "postcode__icontains",
    )
    search_help_text = gettext_lazy("Name, village or postcode")
    fieldsets = (
        (
            gettext_lazy("The place"),
            {"fields": ("name", "shown", "summary", "address", ("place", "postcode"))},
        ),
        (gettext_lazy("Coming here"), {"fields": ("getting_there", "access_features", "hire")}),
    )
    inlines = (VenueWayInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Venue]:
        found: QuerySet[Venue] = super().get_queryset(request)
        return found.annotate(public_activities=public_activities("venue"))

    @admin.display(description=gettext_lazy("postcode"), ordering="postcode")
    def where(self, venue: Venue) -> str:
        return _("hidden") if venue.is_hidden else venue.postcode

    @admin.display(description=gettext_lazy("public activities"), ordering="public_activities")
    def in_use(self, venue: Any) -> int:
        return int(venue.public_activities)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Hiding a place forgets where it was: that has a page of its own."""
        known = obj is not None and not obj.is_hidden
        return ("shown",) if known else ()

    def save_model(self, request: HttpRequest, obj: Venue, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        typed = {form.cleaned_data.get(name) or "" for name in DROPPED}
        if obj.is_hidden and typed - NO_NAMES:
            said = _(
                "Of a hidden place we keep its village. The rest of what you typed is dropped."
            )
            messages.info(request, said)
        miles = miles_between(obj.point, obj.place.point)
        if miles > FAR_MILES:
            said = _("%(postcode)s is %(miles)d miles from %(place)s. Are both right?")
            where = {"postcode": obj.postcode, "miles": round(miles), "place": obj.place}
            messages.warning(request, said % where)

    def verbs(self) -> dict[str, Any]:
        return super().verbs() | {"hide": self.hide}

    def beside_the_form(self, request: HttpRequest, listing: Any) -> dict[str, Any]:
        beside = super().beside_the_form(request, listing)
        return beside | {"may_hide": beside["may_check"] and not listing.is_hidden}

    def hide(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Says what will be forgotten, and asks; then forgets it."""
        venue = lifecycle.to_change(self, request, key)
        if venue.is_hidden:
            messages.info(request, _("“%(venue)s” is hidden already.") % {"venue": venue})
            return HttpResponseRedirect(lifecycle.change_url(venue))
        form = HideForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._hidden(request, venue, form):
            messages.success(request, _("It is hidden now, and where it was is forgotten."))
            return HttpResponseRedirect(lifecycle.change_url(venue))
        stored = self.get_queryset(request).get(pk=key)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Hide this place"),
            "subtitle": str(stored),
            "opts": self.opts,
            "original": stored,
            "form": form,
            "records": stored.history.count(),
            "addresses": stored.slugs.count(),
        }
        return TemplateResponse(request, "admin/assets/hide.html", context)

    def _hidden(self, request: HttpRequest, venue: Venue, form: HideForm) -> bool:
        try:
            shown = Venue.Shown(form.cleaned_data["shown"])
            venues.hide(venue=venue, shown=shown, by=who(request))
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return False
        return True
