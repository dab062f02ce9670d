"""The way to one's own application, and to nobody else's."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import who
from grants.models import Application


def own_application_or_404(request: HttpRequest, pk: UUID) -> Application:
    own = Application.objects.of_applicant(who(request))
    return get_object_or_404(own.select_related("round", "organisation"), pk=pk)
