"""Moves and checks of one listing: words, buttons, and what a press of one does."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets import listings
from assets.admin.base import who
from assets.models import Activity, Listing, Status
from assets.models.lifecycle import MOVES, CheckedBy

# In this order on the page.
MOVE_WORDS: dict[Status, str | Promise] = {
    Status.PUBLIC: gettext_lazy("Make public"),
    Status.PAUSED: gettext_lazy("Pause"),
    Status.ENDED: gettext_lazy("End"),
    Status.WITHDRAWN: gettext_lazy("Withdraw"),
    Status.DRAFT: gettext_lazy("Back to draft"),
}
STATUS_WORDS: dict[Status, str | Promise] = {
    Status.DRAFT: gettext_lazy("Only staff can see it."),
    Status.PUBLIC: gettext_lazy("Everyone can see it."),
    Status.PAUSED: gettext_lazy("Its page says that it is having a break."),
    Status.ENDED: gettext_lazy("Its page says that it has ended."),
    Status.WITHDRAWN: gettext_lazy("It is in no list."),
}


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=Status.choices)
    version = forms.IntegerField(min_value=0)
    why = forms.CharField(max_length=250, required=False)


class CheckForm(forms.Form):
    checked_by = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (CheckedBy.TEAM, CheckedBy.GROUP)]
    )
    note = forms.CharField(max_length=250, required=False)


def change_url(listing: Listing) -> str:
    opts = listing._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[listing.pk])


def status_in_words(listing: Listing) -> str:
    if isinstance(listing, Activity) and listing.status == Status.PUBLIC and not listing.is_public:
        return _("Nobody sees it, because its group is not public.")
    return str(STATUS_WORDS[Status(listing.status)])


def buttons(listing: Listing) -> list[tuple[str, str | Promise]]:
    """The moves that are allowed now: value and words."""
    allowed = MOVES[Status(listing.status)]
    return [(to.value, words) for to, words in MOVE_WORDS.items() if to in allowed]


def to_change(model_admin: admin.ModelAdmin, request: HttpRequest, key: UUID) -> Any:
    """The listing, for those who may change it; else 404 or 403."""
    listing = get_object_or_404(model_admin.get_queryset(request), pk=key)
    if not model_admin.has_change_permission(request, listing):
        raise PermissionDenied
    return listing


def move(model_admin: admin.ModelAdmin, request: HttpRequest, key: UUID) -> HttpResponse:
    listing = to_change(model_admin, request, key)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That did not work. Give a reason of 250 letters at most."))
        return HttpResponseRedirect(change_url(listing))
    if listing.version == form.cleaned_data["version"]:
        refused = moved(listing, Status(form.cleaned_data["to"]), request, form.cleaned_data["why"])
    else:
        refused = _("“%(what)s” was changed while you had it open. Look again first.") % {
            "what": listing
        }
    if refused:
        messages.error(request, refused)
    else:
        said = {"what": listing, "status": Status(listing.status).label.lower()}
        messages.success(request, _("“%(what)s” is %(status)s now.") % said)
    return HttpResponseRedirect(change_url(listing))


def moved(listing: Listing, to: Status, request: HttpRequest, why: str) -> str:
    """Moves it. What was wrong, or nothing."""
    try:
        listings.move(listing=listing, to=to, by=who(request), why=why)
    except listings.MoveRefused as refused:
        return _with_links(refused)
    except ValidationError as refused:
        return " ".join(refused.messages)
    if to == Status.PUBLIC and (missing := what_is_missing(listing)):
        messages.warning(request, missing)
    return ""


def _with_links(refused: listings.MoveRefused) -> str:
    links = format_html_join(
        "; ", '<a href="{}">{}</a>', ((change_url(one), one) for one in refused.because_of)
    )
    return format_html("{}: {}.", refused.said, links) if links else refused.said


def what_is_missing(listing: Listing) -> str:
    """What a public activity still lacks to be found, or nothing."""
    if not isinstance(listing, Activity):
        return ""
    times, needs = listing.schedules.exists(), listing.needs_groups.exists()
    said = ""
    if not (times or needs):
        said = _("“%(what)s” has no times and no needs group: few will find it by either.")
    elif not times:
        said = _("“%(what)s” has no times: nobody can see when it is on.")
    elif not needs:
        said = _("“%(what)s” has no needs group: “What would help?” does not lead to it.")
    return said % {"what": listing} if said else ""


def check(model_admin: admin.ModelAdmin, request: HttpRequest, key: UUID) -> HttpResponse:
    listing = to_change(model_admin, request, key)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = CheckForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That did not work. Write a note of 250 letters at most."))
        return HttpResponseRedirect(change_url(listing))
    checked(listing, CheckedBy(form.cleaned_data["checked_by"]), request, form.cleaned_data["note"])
    messages.success(request, _("“%(what)s” is checked as of today.") % {"what": listing})
    return HttpResponseRedirect(change_url(listing))


def checked(listing: Listing, by: CheckedBy, request: HttpRequest, note: str) -> None:
    listings.check(
        listing=listing,
        checked_by=by,
        by=who(request),
        on=timezone.localdate(),
        note=note,
    )
