"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.feeds import linked_data
from assets.forms import ActivitySearchForm
from assets.models import Organisation, SearchRow, StartingPoint
from thrive.models import NeedsGroup, Theme


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "form": ActivitySearchForm(),
        "starting_points": StartingPoint.objects.all(),
        "needs_groups": NeedsGroup.objects.all(),
        "themes": Theme.objects.all(),
        "linked_data": linked_data.as_script(linked_data.of_site()),
        "total": SearchRow.objects.count(),
        "organisation_count": Organisation.objects.public().count(),
    }
    return render(request, "assets/home.html", context)
