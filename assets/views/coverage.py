"""Where there is plenty, and where nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.coverage.forms import CoverageForm
from assets.coverage.page import context_of


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    form = CoverageForm(request.GET)
    status = 200 if form.is_valid() else 400
    return render(request, "assets/coverage.html", context_of(form), status=status)
