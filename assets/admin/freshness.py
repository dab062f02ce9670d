"""“To ring” in the staff pages: what nobody has told us of for long, and what was asked when."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin import lifecycle, ringing
from assets.admin.base import ReadOnlyAdmin, who
from assets.admin.pages import PER_PAGE, page_of
from assets.freshness import calls, to_ring
from assets.models import (
    Activity,
    FreshnessReminder,
    Organisation,
    Place,
    Status,
    Venue,
)
from assets.models.lifecycle import CheckedBy
from thrive.models import NeedsGroup

MODELS: dict[str, type[Activity | Organisation]] = {"activity": Activity, "group": Organisation}


class AskForm(forms.Form):
    """What the list is narrowed to."""

    place = forms.ModelChoiceField(
        queryset=Place.objects.none(),
        to_field_name="slug",
        required=False,
        label=gettext_lazy("Town or village"),
        empty_label=gettext_lazy("All"),
    )
    needs = forms.ModelChoiceField(
        queryset=NeedsGroup.objects.all(),
        required=False,
        label=gettext_lazy("Needs group"),
        empty_label=gettext_lazy("All"),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        places = Place.objects.filter(pk__in=Venue.objects.public().values("place"))
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def asked(self) -> to_ring.Asked:
        """What is not on offer narrows nothing."""
        self.is_valid()
        place, needs = self.cleaned_data.get("place"), self.cleaned_data.get("needs")
        return to_ring.Asked(place and place.pk, needs and needs.pk)


class RangForm(forms.Form):
    """What somebody was told on the telephone."""

    of = forms.ChoiceField(choices=[(name, name) for name in MODELS])
    key = forms.UUIDField()
    said = forms.ChoiceField(choices=[("right", ""), ("ended", ""), ("rang", "")])
    note = forms.CharField(max_length=250, required=False)


@admin.register(FreshnessReminder, site=staff_site)
class FreshnessReminderAdmin(ReadOnlyAdmin):
    change_list_template = "admin/assets/reminders.html"
    list_display = ("about", "asked", "since", "sent_on")
    list_filter = ("asked",)
    list_select_related = ("organisation", "activity")
    fields = ("organisation", "activity", "asked", "since", "sent_on")

    @admin.display(description=gettext_lazy("about"))
    def about(self, reminder: FreshnessReminder) -> str:
        return str(reminder.activity or reminder.organisation)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.to_ring)
        ours = path("to-ring/", view, name="assets_freshnessreminder_to_ring")
        return [ours, *super().get_urls()]

    def to_ring(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            _rang(request)
            return HttpResponseRedirect(request.get_full_path())
        form = AskForm(request.GET)
        asked = form.asked()
        found = [*to_ring.activities(asked), *to_ring.organisations(asked)]
        found.sort(key=lambda one: one.known_on)
        page = page_of(found, request.GET.get("p"), PER_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": _("To ring"),
            "opts": self.opts,
            "form": form,
            "page": page,
            "lines": ringing.lines(list(page)),
            "short": [] if asked.is_narrow else ringing.shorter_lists(),
            "may": {name: _may_change(request, model) for name, model in MODELS.items()},
        }
        return TemplateResponse(request, "admin/assets/to_ring.html", context)


def _may_change(request: HttpRequest, model: Any) -> bool:
    return who(request).has_perm(f"assets.change_{model._meta.model_name}")


def _rang(request: HttpRequest) -> None:
    """Somebody rang, and was told that it is right, or over."""
    form = RangForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That did not work. Try again."))
        return
    model = MODELS[form.cleaned_data["of"]]
    if not _may_change(request, model):
        raise PermissionDenied
    listing = get_object_or_404(model, pk=form.cleaned_data["key"])
    if form.cleaned_data["said"] == "rang" and isinstance(listing, Organisation):
        calls.rang(organisation=listing, by=who(request), note=form.cleaned_data["note"])
        messages.success(request, _("Written down: you rang “%(what)s”.") % {"what": listing})
    elif form.cleaned_data["said"] == "right":
        lifecycle.checked(listing, CheckedBy.GROUP, request, _("by telephone"))
        messages.success(request, _("“%(what)s” is checked as of today.") % {"what": listing})
    elif refused := lifecycle.moved(listing, Status.ENDED, request, _("told us by telephone")):
        messages.error(request, refused)
    else:
        messages.success(request, _("“%(what)s” has ended.") % {"what": listing})
