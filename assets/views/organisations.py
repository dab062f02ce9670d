"""All groups, and one group."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.cards import cards
from assets.filters import OrganisationFilter
from assets.listing_page import organisation_page
from assets.models import Organisation
from assets.pages import page_links, page_number
from assets.search.answer import of_organisation
from assets.search.query import PAGE_SIZE
from assets.views.listings import find_listing, no_longer_on


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    found = OrganisationFilter(request.GET, queryset=Organisation.objects.public())
    pages = Paginator(found.qs if found.is_valid() else Organisation.objects.none(), PAGE_SIZE)
    number = page_number(request.GET.get("page", "1"))
    if number is None or number > pages.num_pages:
        raise Http404
    context = {
        "filter": found,
        "organisations": pages.page(number),
        "total": pages.count,
        "pages": page_links(request.GET, number, pages.num_pages),
    }
    return render(
        request, "assets/organisations.html", context, status=200 if found.is_valid() else 400
    )


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_listing(Organisation.objects.once_public(), slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("organisation", args=[found.slug]))
    if not found.is_public:
        return no_longer_on(request, found, search=reverse("organisations"))
    context = {
        "page": organisation_page(found),
        "cards": cards(of_organisation(found.pk)),
        "ways_of_working": found.ways_of_working.all(),
    }
    return render(request, "assets/organisation.html", context)
