"""Following a search by e-mail: asking for it, saying yes to it, stopping it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assets.alerts import links, search, verbs
from assets.alerts.forms import AlertForm
from assets.alerts.sealed import unseal
from assets.models import Alert, HelpLine
from assets.question import read_question

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


@read_and_send
def alerts(request: HttpRequest) -> HttpResponse:
    """The search stands in the address; what of it we would keep is told before anything is."""
    question = read_question(request.GET)
    kept = search.kept(question)
    if kept is None:
        wrong = {"search_url": _search_url(request)}
        return render(request, "assets/alerts/not_this.html", wrong, status=400)
    form = AlertForm(
        request.POST if request.method == "POST" else None,
        words=kept.words,
        narrowed=bool(kept.options),
    )
    if form.is_bound and form.is_valid():
        address = form.cleaned_data["email"]
        if form.may_send(request, "alert", address.lower()):
            with_words = form.cleaned_data.get("keep_words")
            verbs.ask(address=address, search=kept.with_words() if with_words else kept.options)
            return HttpResponseRedirect(reverse("alerts_sent"))
    context = {
        "form": form,
        "kept": kept,
        "search_url": _search_url(request),
        "help_first": question.help_first,
        "help_lines": list(HelpLine.objects.to_reach_now()) if question.help_first else [],
    }
    return render(request, "assets/alerts/ask.html", context, status=form.status)


@require_safe
def alerts_sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody: it does not tell who follows what."""
    return render(request, "assets/alerts/sent.html")


# The key is the proof, and only the mail has it: a cookie would prove nothing more.
@csrf_exempt
@never_cache
@read_and_send
def alert_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Opening it changes nothing: what reads mails for viruses opens links too."""
    alert = links.found(key, links.CONFIRM)
    if alert is None:
        return _gone(request, links.is_ours(key, links.CONFIRM))
    if request.method == "POST":
        verbs.confirm(alert=alert)
        return HttpResponseRedirect(request.path)
    context = _of(alert) | {"stop_key": links.key_of(alert, links.STOP)}
    return render(request, "assets/alerts/confirm.html", context)


@csrf_exempt
@never_cache
@read_and_send
def alert_stop(request: HttpRequest, key: str) -> HttpResponse:
    """A mail program may press the button for its reader (RFC 8058); it follows no redirect."""
    alert = links.found(key, links.STOP)
    if alert is None:
        return _gone(request, links.is_ours(key, links.STOP))
    if request.method == "POST":
        verbs.stop(alert=alert)
        return render(request, "assets/alerts/gone.html")
    return render(request, "assets/alerts/stop.html", _of(alert))


def _of(alert: Alert) -> dict[str, object]:
    said = unseal(alert)
    return {
        "alert": alert,
        "what": search.in_words(said.search) if said else [],
        "search_url": search.page_url(said.search) if said else reverse("activities"),
    }


def _gone(request: HttpRequest, is_ours: bool) -> HttpResponse:
    """Stopped, or never said yes to; else a link that is not whole."""
    if is_ours:
        return render(request, "assets/alerts/gone.html")
    return render(request, "assets/alerts/bad_link.html", status=404)


def _search_url(request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return reverse("activities") + (f"?{query}" if query else "")
