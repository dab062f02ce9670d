"""What there is to read, for people who work with children and for everybody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.resource_filter import ResourceFilter, resources_page


@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    asked = ResourceFilter(request.GET)
    context = resources_page(asked)
    status = 200 if asked.is_valid() else 400
    return render(request, "assets/resources.html", context, status=status)
