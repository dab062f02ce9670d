"""The way to one's own application, and to nobody else's."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import who
from grants.models import Application
from grants.models.application_status import TOLD


def own_application_or_404(request: HttpRequest, pk: UUID) -> Application:
    own = Application.objects.of_applicant(who(request))
    return get_object_or_404(own.select_related("round", "organisation"), pk=pk)


def told_application_or_404(request: HttpRequest, pk: UUID) -> Application:
    """One of which the decision was told: until then there is nothing to see of it."""
    own = own_application_or_404(request, pk)
    if own.status not in TOLD:
        raise Http404
    return own
