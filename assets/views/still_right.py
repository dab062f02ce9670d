"""By the link of a reminder, without a password: “still right”, “has ended”."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assets.freshness import answers, links


# Whoever has the key in the address may press, and nobody else can: no cookie has to prove it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, key: str) -> HttpResponse:
    """GET changes nothing, for mail scanners follow links. Pressed twice it is pressed once."""
    link = links.opened(key)
    if link is None:
        # A long link can break in a mail.
        return render(request, "assets/freshness/bad_link.html", status=404)
    if request.method == "POST":
        return HttpResponseRedirect(f"{request.path}{_press(request, link)}")
    if link.is_old:
        sent = {"sent": "sent" in request.GET}
        return render(request, "assets/freshness/old_link.html", sent, status=410)
    context = {
        "page": answers.page_of(link.address),
        "changed": "changed" in request.GET,
    }
    return render(request, "assets/freshness/still_right.html", context)


def _press(request: HttpRequest, link: links.Opened) -> str:
    """What was pressed; the end of the address that tells how it went."""
    if link.is_old:
        answers.send_new_link(link.address)
        return "?sent"
    right, ended = request.POST.getlist("right"), request.POST.getlist("ended")
    if "all" in request.POST:
        right = request.POST.getlist("shown")
    as_read = answers.still_right(link.address, right) & answers.has_ended(link.address, ended)
    return "" if as_read else "?changed"
