"""A list of one's own, out of the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assets.cards import cards
from assets.print_page import print_entries
from assets.search.answer import by_ids
from assets.shortlist import PARAMETER, picture, shortlist
from assets.words import long_date


@require_safe
def shortlist_page(request: HttpRequest) -> HttpResponse:
    kept = shortlist(request.GET)
    found = by_ids(kept.ids)
    context = {
        "cards": cards(found, keeping=request.GET),
        "gone": len(kept) - len(found),
        "carry": kept.carry,
    }
    if request.GET.get("view") == "print":
        context |= {
            "entries": print_entries(found),
            "back_url": kept.url,
            "printed_on": long_date(timezone.localdate()),
        }
        return render(request, "assets/print.html", context)
    context["picture"] = picture(kept)
    context["print_url"] = f"?{PARAMETER}={kept.text}&view=print"
    return render(request, "assets/shortlist.html", context)
