"""Whom to call, first."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.models import HelpLine


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    order = HelpLine.Grouping.values
    lines = sorted(
        HelpLine.objects.all(), key=lambda one: (order.index(one.grouping), one.reading_order)
    )
    groups = [
        (HelpLine.Grouping(grouping).label, list(some))
        for grouping, some in groupby(lines, key=lambda one: one.grouping)
    ]
    return render(request, "assets/help_now.html", {"lines_by_group": groups})
