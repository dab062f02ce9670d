"""What stands in the addresses of one's own group, and of listing one: Vera's."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from assets.documents import verbs
from assets.models import Activity, Document, Membership, Organisation, Proposal
from assets.proposals import claiming, links, writing
from tests.assets import documents
from tests.people import person


def value(name: str, key: str) -> Any:
    """LookupError for what these addresses do not hold."""
    match key:
        case "slug":
            return _group().slug
        case "key":
            return _key(name)
        case "part":
            return "group"
        case "step":
            return "about"
        case "what":
            return "still-right" if name == "my_do" else "leave"
        case "organisation":
            return _member().organisation_id
        case "activity":
            return _activity().pk
        case "pk":
            return _member().pk if name == "my_member" else document().pk
    raise LookupError(f"What stands for <{key}> in {name}?")


def _activity() -> Activity:
    return Activity.objects.public().order_by("slug")[0]


def _group() -> Organisation:
    return _activity().organisation


def _member() -> Membership:
    found, _made = Membership.objects.get_or_create(
        organisation=_group(),
        user=person("vera"),
        defaults={
            "role": Membership.Role.OWNER,
            "confirmed_at": timezone.now(),
            "confirmed_by": person("erin"),
        },
    )
    return found


def document() -> Document:
    return verbs.bring(
        organisation=_member().organisation,
        kind="insurance",
        name="policy.pdf",
        data=documents.a_pdf(),
        once=uuid4(),
        by=person("vera"),
    )


def _key(name: str) -> str:
    asks: dict[str, Any] = {"name": "Jo", "email": "jo@example.com"}
    if name == "vouch":
        claim: Proposal = claiming.claim(organisation=_group(), phone="", why="I run it.", **asks)
        return links.key_of(claim, links.VOUCHING)
    return links.key_of(writing.begin(is_example=False, **asks))
