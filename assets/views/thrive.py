"""THRIVE and the themes in plain words, with how much there is of each, and whom to ask."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assets import learning, stories
from assets.models import Activity, Status
from thrive.models import NeedsGroup, Theme

PUBLIC = Q(
    activityneedsgroup__activity__status=Status.PUBLIC,
    activityneedsgroup__activity__organisation__status=Status.PUBLIC,
)


@require_safe
def thrive(request: HttpRequest) -> HttpResponse:
    # Counting groups rows, and grouped rows forget their model's order.
    groups = NeedsGroup.objects.annotate(
        activity_count=Count("activityneedsgroup", filter=PUBLIC)
    ).order_by("reading_order")
    context = {"needs_groups": groups, "themes": Theme.objects.all()}
    return render(request, "thrive/index.html", context)


@require_safe
def needs_group(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(NeedsGroup, slug=slug)
    count = Activity.objects.public().filter(needs_groups=found).count()
    context = {
        "needs_group": found,
        "activity_count": count,
        "learning": learning.of(needs_group=found),
    }
    return render(request, "thrive/needs_group.html", context)


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """For whoever shortens the address of one: they stand below the needs groups."""
    return redirect("thrive", permanent=True)


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Theme, slug=slug)
    count = Activity.objects.public().filter(themes=found).count()
    context = {
        "theme": found,
        "activity_count": count,
        "learning": learning.of(theme=found),
        "stories": stories.told(themes=found),
    }
    return render(request, "thrive/theme.html", context)
