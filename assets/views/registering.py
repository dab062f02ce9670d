"""A group lists itself: search first, “this is us”, then short steps by a link of its own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from assets.models import Organisation
from assets.models.proposals import Kind
from assets.proposals import claiming, links, mails, writing
from assets.register.asking import BeginForm, ClaimForm, LinkAgainForm, SearchFirstForm
from assets.register.desk import desk_of_key
from assets.register.found import maybe_yours
from assets.views import writing as pages
from assets.views.listings import find_listing

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def list_your_group(request: HttpRequest) -> HttpResponse:
    form = SearchFirstForm(request.GET or None)
    typed = form.cleaned_data["q"].strip() if form.is_bound and form.is_valid() else ""
    context = {"form": form, "typed": typed, "found": maybe_yours(typed)}
    status = 400 if form.errors else 200
    return render(request, "assets/register/start.html", context, status=status)


@read_and_send
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "email", "phone")}
        once = str(form.cleaned_data["key"])
        known = writing.begun(**said, once=once)
        if known or form.may_send(request, "list_your_group", said["email"].lower()):
            proposal = known or writing.begin(**said, is_example=False, once=once)
            mails.send("begun", proposal)
            return HttpResponseRedirect(reverse("listing_form", args=[links.key_of(proposal)]))
    return render(request, "assets/register/begin.html", {"form": form}, status=form.status)


@read_and_send
@never_cache
def link_again(request: HttpRequest) -> HttpResponse:
    """The same answer for every address, whether we know it or not."""
    form = LinkAgainForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if form.may_send(request, "link_again", email.lower()):
            mails.send_links_again(email=email, once=str(form.cleaned_data["key"]))
            return HttpResponseRedirect(reverse("link_sent"))
    return render(request, "assets/register/link_again.html", {"form": form}, status=form.status)


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "assets/register/link_sent.html")


@read_and_send
@never_cache
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    group = find_listing(Organisation.objects.public(), slug)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "why")}
        known = claiming.claimed(organisation=group, email=said["email"])
        if known or form.may_send(request, "claim", group.slug):
            claiming.claim(organisation=group, **said)
            return HttpResponseRedirect(reverse("claim_sent", args=[group.slug]))
    context = {"form": form, "group": group}
    return render(request, "assets/register/claim.html", context, status=form.status)


@require_safe
def claim_sent(request: HttpRequest, slug: str) -> HttpResponse:
    group = find_listing(Organisation.objects.public(), slug)
    return render(request, "assets/register/claim_sent.html", {"group": group})


# From here on the key is the proof: a cookie would prove nothing more, and might be gone.
@csrf_exempt
@read_and_send
@never_cache
def vouch(request: HttpRequest, key: str) -> HttpResponse:
    """A mail scanner follows links: only the button says yes."""
    proposal = links.found_by(key, links.VOUCHING)
    if proposal is None or proposal.kind != Kind.CLAIM:
        return _bad_link(request)
    said_yes = request.method == "POST"
    if said_yes:
        claiming.vouch(proposal=proposal)
        proposal.refresh_from_db()
    context = {
        "proposal": proposal,
        "group": proposal.organisation,
        "why": proposal.said.get("group", {}).get("why", ""),
        "waits": proposal.status == "sent" and proposal.vouched_at is None,
        "contact_email": settings.CONTACT_EMAIL,
    }
    return render(request, "assets/register/vouch.html", context)


@csrf_exempt
@read_and_send
@never_cache
def listing_form(request: HttpRequest, key: str) -> HttpResponse:
    return _at_desk(request, key, pages.task_list)


@csrf_exempt
@read_and_send
@never_cache
def listing_step(request: HttpRequest, key: str, part: str, step: str) -> HttpResponse:
    return _at_desk(request, key, pages.step, part, step)


@csrf_exempt
@read_and_send
@never_cache
def listing_check(request: HttpRequest, key: str) -> HttpResponse:
    return _at_desk(request, key, pages.check)


@require_safe
@never_cache
def listing_sent(request: HttpRequest, key: str) -> HttpResponse:
    return _at_desk(request, key, lambda _request, desk: pages.sent(request, desk, desk.proposal))


@require_safe
@never_cache
def listing_preview(request: HttpRequest, key: str, part: str) -> HttpResponse:
    return _at_desk(request, key, pages.preview, part)


def _at_desk(
    request: HttpRequest, key: str, page: Callable[..., HttpResponse], *args: str
) -> HttpResponse:
    """Whoever has the link may write. A link that is not ours, or not whole, says what to do."""
    by = request.user if isinstance(request.user, User) else None
    desk = desk_of_key(key, by)
    return page(request, desk, *args) if desk else _bad_link(request)


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "assets/register/bad_link.html", status=404)
