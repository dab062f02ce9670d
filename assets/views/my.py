"""My groups: for those who act for a group, and for nobody else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.people import who
from assets import group_verbs, members
from assets.dates.changes import not_these_times, not_this_time, on_after_all
from assets.dates.occurrences import days_to_come
from assets.dates.words import in_words
from assets.group_forms import CallOffForm, InviteForm, NotOnForm, RoomForm, WhyForm
from assets.group_page import begun_by, groups_of, own_group
from assets.models import Activity, Membership, Organisation
from assets.models.activities import Newcomers
from assets.proposals.claiming import has_ended
from assets.views.own import own_group_or_404

# Of the coming days, so many can be called off at once: a term, of what is weekly.
DAYS_OFFERED = 12


@require_safe
@never_cache
@login_required
def my_groups(request: HttpRequest) -> HttpResponse:
    """With one group and nothing begun, that group at once."""
    person = who(request)
    groups = groups_of(person)
    begun = begun_by(person)
    if len(groups) == 1 and not begun:
        return HttpResponseRedirect(reverse("my_group", args=[groups[0][0].pk]))
    return render(request, "assets/my/groups.html", {"groups": groups, "begun": begun})


@require_safe
@never_cache
@login_required
def my_group(request: HttpRequest, organisation: UUID) -> HttpResponse:
    group = own_group_or_404(request, organisation)
    return render(request, "assets/my/group.html", {"own": own_group(group, who(request))})


@require_POST
@never_cache
@login_required
def my_do(request: HttpRequest, organisation: UUID, what: str) -> HttpResponse:
    """One press of a button: what is true today, and does not wait for us."""
    group = own_group_or_404(request, organisation)
    listing = _listing(group, request.POST.get("activity", ""))
    if what not in DOINGS:
        raise Http404
    if what == "ended" and not request.POST.get("sure"):
        # A thumb is quick, and what is over leaves the board.
        return render(request, "assets/my/sure.html", {"group": group, "listing": listing})
    form_class, do = DOINGS[what]
    form = form_class(request.POST)
    if form.is_valid():
        try:
            messages.success(request, do(listing, form.cleaned_data, who(request)))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    else:
        told = [str(message) for lines in form.errors.values() for message in lines]
        messages.error(request, " ".join(told))
    return HttpResponseRedirect(reverse("my_group", args=[group.pk]))


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def my_room(request: HttpRequest, organisation: UUID, activity: UUID) -> HttpResponse:
    """Room for new people, as of today."""
    group = own_group_or_404(request, organisation)
    ours = get_object_or_404(group.activities.public(), pk=activity)
    said = {name: getattr(ours, name) for name in ("newcomers", "waiting_weeks", "meanwhile")}
    form = RoomForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        group_verbs.say_room(
            activity=ours,
            newcomers=Newcomers(form.cleaned_data["newcomers"]),
            weeks=form.cleaned_data["waiting_weeks"],
            meanwhile=form.cleaned_data["meanwhile"],
            by=who(request),
        )
        messages.success(request, _("Families see it now."))
        return HttpResponseRedirect(reverse("my_group", args=[group.pk]))
    return render(request, "assets/my/room.html", {"form": form, "group": group, "activity": ours})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def my_not_on(request: HttpRequest, organisation: UUID, activity: UUID) -> HttpResponse:
    """Some of the coming days are called off, with a word why."""
    group = own_group_or_404(request, organisation)
    ours = get_object_or_404(group.activities.public(), pk=activity)
    coming = [(one.on, in_words(one)) for one in days_to_come(ours, DAYS_OFFERED)]
    form = NotOnForm(coming, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            not_these_times(activity=ours, days=said["days"], by=who(request), note=said["note"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Called off. Families see it now."))
            return HttpResponseRedirect(reverse("my_group", args=[group.pk]))
    context = {"form": form, "group": group, "activity": ours}
    return render(request, "assets/my/not_on.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def my_people(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Who looks after this group. Owners invite."""
    group = own_group_or_404(request, organisation)
    own = own_group(group, who(request))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and own.is_owner and form.is_valid():
        known = {one.membership.user.email for one in own.members}
        member = members.invite(
            organisation=group,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            by=who(request),
        )
        if member.user.email in known:
            messages.info(request, _("%s looks after it with you already.") % member.user)
        else:
            messages.success(request, _("We have written to %s.") % member.user.email)
        return HttpResponseRedirect(reverse("my_people", args=[group.pk]))
    context = {"form": form, "group": group, "own": own}
    return render(request, "assets/my/people.html", context)


@require_POST
@never_cache
@login_required
def my_member(request: HttpRequest, organisation: UUID, pk: int, what: str) -> HttpResponse:
    """Make a colleague an owner, or take somebody off: owners anybody, everybody themselves."""
    group = own_group_or_404(request, organisation)
    member = get_object_or_404(group.memberships.select_related("user"), pk=pk)
    person = who(request)
    is_self = member.user_id == person.pk
    is_owner = Membership.objects.filter(
        organisation=group, user=person, role=members.OWNER, confirmed_at__isnull=False
    ).exists()
    if not (is_owner or (is_self and what == "leave")):
        raise Http404
    try:
        if what == "owner":
            members.hand_over(member=member)
            messages.success(request, _("%s is an owner too now.") % member.user)
        elif what == "leave":
            members.leave(member=member)
            messages.success(request, _("%s acts for this group no more.") % member.user)
        else:
            raise Http404
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    where = reverse("my_groups") if is_self and what == "leave" else None
    return HttpResponseRedirect(where or reverse("my_people", args=[group.pk]))


def _listing(group: Organisation, key: str) -> Organisation | Activity:
    if not key:
        return group
    try:
        return get_object_or_404(group.activities.all(), pk=UUID(key))
    except ValueError:
        raise Http404 from None


def _still_right(listing: Organisation | Activity, _said: dict[str, Any], by: User) -> str:
    group_verbs.still_right(listing=listing, by=by)
    return _("Thank you. “%s” says now that you checked it today.") % listing


def _not_this_time(listing: Organisation | Activity, said: dict[str, Any], by: User) -> str:
    if not isinstance(listing, Activity):
        raise Http404
    not_this_time(activity=listing, on=said["on"], by=by)
    return _("“%s” is called off on that day. Families see it now.") % listing


def _on_after_all(listing: Organisation | Activity, said: dict[str, Any], by: User) -> str:
    if not isinstance(listing, Activity):
        raise Http404
    on_after_all(activity=listing, on=said["on"], by=by)
    return _("“%s” is on after all.") % listing


def _close(listing: Organisation | Activity, said: dict[str, Any], by: User) -> str:
    group_verbs.close_for_now(listing=listing, by=by, why=said["why"])
    return _("“%s” is closed for now. Its page says so.") % listing


def _open(listing: Organisation | Activity, _said: dict[str, Any], by: User) -> str:
    group_verbs.open_again(listing=listing, by=by)
    return _("“%s” is open again.") % listing


def _ended(listing: Organisation | Activity, _said: dict[str, Any], by: User) -> str:
    activity = listing if isinstance(listing, Activity) else None
    group = listing.organisation if isinstance(listing, Activity) else listing
    has_ended(organisation=group, activity=activity, by=by, email=by.email)
    return _("Thank you for telling us. We take “%s” off the board soon.") % listing


DOINGS: dict[
    str,
    tuple[type[forms.Form], Callable[[Organisation | Activity, dict[str, Any], User], str]],
] = {
    "still-right": (forms.Form, _still_right),
    "not-this-time": (CallOffForm, _not_this_time),
    "on-after-all": (CallOffForm, _on_after_all),
    "close": (WhyForm, _close),
    "open": (forms.Form, _open),
    "ended": (forms.Form, _ended),
}
