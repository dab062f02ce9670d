"""“Did we get it right?”: one button for whoever had a group entered by our team."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assets.proposals import confirming, links


# The key is the proof, and only the mail has it: a cookie would prove nothing more.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_listing(request: HttpRequest, key: str) -> HttpResponse:
    """Opening it changes nothing: what reads mails for viruses opens links too."""
    proposal = links.found_by(key, links.CONFIRMING)
    if proposal is None:
        return render(request, "assets/confirm.html", status=404)
    if request.method == "POST":
        confirming.confirm(proposal=proposal)
        return HttpResponseRedirect(request.path)
    context = {
        "proposal": proposal,
        "group": proposal.organisation,
        "listings": confirming.to_confirm(proposal),
        "unsaid": confirming.not_said_today(proposal),
    }
    return render(request, "assets/confirm.html", context)
