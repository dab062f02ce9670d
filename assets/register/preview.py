"""A page as families will see it: brought in for a moment, drawn, and taken back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assets.listing_page import activity_page, organisation_page
from assets.models import Activity, Organisation
from assets.proposals.applying import bring
from assets.proposals.fields import GROUP
from assets.proposals.parts import NEW
from assets.register.desk import Desk


def preview_of(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """Raises CannotBeTaken while something is missing.

    It is the very page: no card is drawn, though, for cards are kept for everybody.
    """
    proposal = desk.proposal
    context: dict[str, Any] = {"preview": desk}
    wanted = desk.parts if part == GROUP else [GROUP, part]
    took = {name: proposal.said[name] for name in wanted if name in proposal.said}
    before = set(_activities_of(proposal.organisation))
    with transaction.atomic():
        try:
            group, _made = bring(proposal, took, by=None)
            if part == GROUP:
                return render(request, "assets/organisation.html", context | _of_group(group))
            found = _activity(group, part, before)
            context |= {"page": activity_page(found)}
            return render(request, "assets/activity.html", context)
        finally:
            transaction.set_rollback(True)


def _activities_of(group: Organisation | None) -> Iterable[UUID]:
    return group.activities.values_list("pk", flat=True) if group else []


def _of_group(group: Organisation) -> dict[str, Any]:
    return {
        "page": organisation_page(group),
        "ways_of_working": group.ways_of_working.all(),
        "offered": Activity.objects.public().filter(organisation=group),
    }


def _activity(group: Organisation, part: str, before: set[UUID]) -> Activity:
    """Of a new part: the one that was not there before."""
    ours = Activity.objects.for_page().filter(organisation=group)
    if part.startswith(NEW):
        return ours.exclude(pk__in=before).get()
    return ours.get(pk=part)
