"""What this session has proven about who is using it.

allauth notes each way of signing in that a session went through. Two kinds are needed for the
staff pages; see docs/decisions/0005-second-factor.md.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[..., Any]


def has_second_factor(request: HttpRequest) -> bool:
    """True when this session has two factors of the person signed in now.

    A passkey that asked for a fingerprint or PIN counts as two. An app, a security key or a spare
    code counts beside a password or an e-mailed code. A password beside an e-mailed code counts
    only for somebody who has none of these: else an old session would keep the weaker way.
    """
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    own = set(Authenticator.objects.filter(user=request.user).values_list("pk", flat=True))
    if own:
        # One that was taken off the account takes with it what it proved.
        used = [r for r in records if r.get("method") == "mfa" and r.get("id") in own]
        return any(r.get("passwordless") for r in used) or bool(
            used and _methods(records) & {"password", "code"}
        )
    return gave_password(request) and any(
        r.get("method") == "code" and r.get("email") == request.user.email for r in records
    )


def gave_password(request: HttpRequest) -> bool:
    return "password" in _methods(get_authentication_records(request, request.user))


def needs_second_step(request: HttpRequest) -> bool:
    """Whether the person signed in is staff and has not shown a second factor in this session."""
    user = request.user
    if not (user.is_authenticated and user.is_staff):
        return False
    if user.is_example and settings.PRIVATE_POSTGRES:
        return False
    return not has_second_factor(request)


def second_step_first(view: View) -> View:
    """Guard: staff without the second step go there and come back.

    For whatever could add or show a factor. Otherwise somebody with a stolen password could add
    one of their own, and that would be the second.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if needs_second_step(request):
            return redirect_to_second_step(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def renewing_the_session(view: View) -> View:
    """Gives a session that gains the second factor a new key: an overheard one stays behind."""

    @wraps(view)
    def renewing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        had = has_second_factor(request)
        response: HttpResponse = view(request, *args, **kwargs)
        if not had and has_second_factor(request):
            request.session.cycle_key()
        return response

    return renewing


def redirect_to_second_step(came_for: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('account_second_step')}?{urlencode({'next': came_for})}")


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The `next` that was asked for, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else otherwise


def _methods(records: list[dict[str, Any]]) -> set[str]:
    return {str(record.get("method")) for record in records}
