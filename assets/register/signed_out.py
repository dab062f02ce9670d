"""What was typed in a step whose writer was signed out meanwhile: it waits until they are back.

It lies in the session on the server, never in an address, and is shown once: to the person to whom
the form was given, and to nobody else who signs in on the same computer.
"""

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, QueryDict

from accounts.models import User

KEPT = "typed_while_signed_out"
KEPT_FOR = timedelta(hours=12)
SALT = "the form was given to"


def mark(person: User) -> str:
    """Stands in the form, and says whose it is: nobody can write their own."""
    return signing.dumps(str(person.pk), salt=SALT)


def keep(request: HttpRequest) -> None:
    """Of a form that was sent by nobody. One that we never gave to anybody is not kept."""
    try:
        writer: str = signing.loads(request.POST.get("writer", ""), salt=SALT)
    except signing.BadSignature:
        return
    request.session[KEPT] = signing.dumps(
        [request.path, writer, request.POST.urlencode()], salt=KEPT, compress=True
    )


def take(request: HttpRequest, person: User) -> QueryDict | None:
    """What this person had typed on this page: once. What is another person's goes unseen."""
    if request.method != "GET" or KEPT not in request.session:
        return None
    try:
        path, writer, typed = signing.loads(request.session[KEPT], salt=KEPT, max_age=KEPT_FOR)
    except signing.BadSignature:
        del request.session[KEPT]
        return None
    if path != request.path and writer == str(person.pk):
        return None
    del request.session[KEPT]
    return QueryDict(typed) if writer == str(person.pk) else None
