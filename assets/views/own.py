"""The group that a page under /my/ is about."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import who
from assets.models import Organisation


def own_group_or_404(request: HttpRequest, organisation: UUID) -> Organisation:
    """A group that this person acts for; 404 for any other, so that nobody learns of it."""
    return get_object_or_404(Organisation.objects.acted_for_by(who(request)), pk=organisation)
