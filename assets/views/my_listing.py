"""Those who act for a group change what it says, on the same pages as a group that is new."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import people
from assets.models import Proposal
from assets.models.proposals import Kind
from assets.register import signed_out
from assets.register.desk import Desk, desk_of_member
from assets.views import writing as pages
from assets.views.own import own_group_or_404

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


@read_and_send
@never_cache
@login_required
def my_form(request: HttpRequest, organisation: UUID) -> HttpResponse:
    return pages.task_list(request, _desk(request, organisation))


@read_and_send
@never_cache
def my_step(request: HttpRequest, organisation: UUID, part: str, step: str) -> HttpResponse:
    if not request.user.is_authenticated:
        # A sign-in that ran out while somebody wrote loses nothing of it.
        signed_out.keep(request)
        return redirect_to_login(request.get_full_path())
    desk = _desk(request, organisation)
    kept = signed_out.take(request, people.who(request))
    return pages.step(request, desk, part, step, kept)


@require_safe
@never_cache
@login_required
def my_preview(request: HttpRequest, organisation: UUID, part: str) -> HttpResponse:
    return pages.preview(request, _desk(request, organisation), part)


@read_and_send
@never_cache
@login_required
def my_check(request: HttpRequest, organisation: UUID) -> HttpResponse:
    return pages.check(request, _desk(request, organisation))


@require_safe
@never_cache
@login_required
def my_sent(request: HttpRequest, organisation: UUID) -> HttpResponse:
    desk = _desk(request, organisation)
    sent = Proposal.objects.filter(
        organisation=organisation, kind=Kind.CHANGE, sent_at__isnull=False
    )
    return pages.sent(request, desk, sent.order_by("-sent_at").first())


def _desk(request: HttpRequest, organisation: UUID) -> Desk:
    """404 for a group that this person does not act for."""
    return desk_of_member(own_group_or_404(request, organisation), people.who(request))
