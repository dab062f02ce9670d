"""All groups, and one group."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assets import entries, seen
from assets.cards import cards
from assets.feeds import linked_data
from assets.filter_page import filter_page, heading
from assets.filters import OrganisationFilter
from assets.listing_page import organisation_page
from assets.models import Organisation
from assets.search.answer import of_organisation
from assets.views.listings import find_listing, no_longer_on


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    asked = OrganisationFilter(request.GET, Organisation.objects.public())
    context = filter_page(asked, everything=reverse("organisations"))
    if "rows" in context:
        context["entries"] = entries.of_groups(context["rows"])
        context["heading"] = heading(
            context,
            all_of_them=_("Groups"),
            count=ngettext("%d group", "%d groups", context["total"]) % context["total"],
        )
    status = 200 if asked.is_valid() else 400
    return render(request, "assets/organisations.html", context, status=status)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_listing(Organisation.objects.once_public(), slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("organisation", args=[found.slug]))
    if not found.is_public:
        return no_longer_on(request, found, search=reverse("organisations"))
    context = {
        "page": organisation_page(found),
        "linked_data": linked_data.as_script(linked_data.of_group(found)),
        "cards": cards(of_organisation(found.pk)),
        "ways_of_working": found.ways_of_working.all(),
    }
    seen.count(request, found)
    return render(request, "assets/organisation.html", context)
