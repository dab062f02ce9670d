"""All rounds, one round, and its questions as a document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.slugs import in_an_address
from grants.models import PublishedGrant, Round
from grants.round_document import MEDIA_TYPE, document
from grants.round_page import round_page, state_in_words


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    found = [(one, state_in_words(one)) for one in Round.objects.public()]
    taking = [one for one in found if one[0].takes_applications]
    coming = [one for one in found if one[0].is_coming]
    context = {
        "open": sorted(taking, key=lambda one: one[0].closes_at),
        "coming": sorted(coming, key=lambda one: one[0].opens_at),
        "has_given": PublishedGrant.objects.ours().exists(),
        "past": [one for one in found if one not in taking and one not in coming],
    }
    return render(request, "grants/rounds.html", context)


@require_safe
def round_(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Round.objects.public(), slug=slug)
    context = {"page": round_page(found), "given_url": _given_url(found)}
    return render(request, "grants/round.html", context)


def _given_url(its_round: Round) -> str:
    """Where its grants are; nothing as long as none is told."""
    if not PublishedGrant.objects.ours().filter(application__round=its_round).exists():
        return ""
    return reverse("awards", query={"programme": in_an_address(its_round.title)})


@require_safe
def round_document(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Round.objects.public(), slug=slug)
    answer = HttpResponse(document(round_page(found)), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.odt"'
    return answer
