"""What we may already have of a group: the same name, postcode, website or charity number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.utils.translation import gettext as _

from assets.models import Activity, Contact, Organisation, Status, Venue
from assets.places.postcodes import Part, readings
from assets.places.words import clean, plain

LONGEST, MOST_FOUND = 120, 8
ALIKE = 0.35
NUMBER = re.compile(r"\d{6,7}")
ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", re.I)


@dataclass(frozen=True)
class MaybeYours:
    """A public group, and by what it was found."""

    group: Organisation
    why: str


def maybe_yours(typed: str) -> list[MaybeYours]:
    """The likeliest first, each once. Nothing hidden is found by where it is."""
    words = clean(typed)[:LONGEST]
    if not words:
        return []
    found: dict[object, MaybeYours] = {}
    for groups, why in _ways(words):
        for group in groups:
            found.setdefault(group.pk, MaybeYours(group, why))
    return list(found.values())[:MOST_FOUND]


def _ways(words: str) -> Iterable[tuple[Iterable[Organisation], str]]:
    groups = Organisation.objects.public()
    postcodes = [str(one) for one in readings(words) if one.part is Part.FULL]
    if postcodes:
        yield groups.filter(pk__in=_meeting_at(postcodes)), _("meets at this postcode")
    if NUMBER.fullmatch(words.replace(" ", "")):
        number = words.replace(" ", "")
        yield groups.filter(charity_number=number), _("has this charity number")
    if ADDRESS.fullmatch(words):
        yield groups.filter(pk__in=_with_address(words)), _("has this website")
    likeness = TrigramSimilarity("name", words)
    alike = groups.annotate(likeness=likeness).filter(
        Q(likeness__gte=ALIKE) | Q(name__icontains=words)
    )
    for group in alike.order_by("-likeness", "name")[:MOST_FOUND]:
        same = plain(group.name) == plain(words)
        yield [group], _("has the same name") if same else _("has a name like this")
    runs = (
        Activity.objects.public()
        .annotate(likeness=TrigramSimilarity("title", words))
        .filter(Q(likeness__gte=ALIKE) | Q(title__icontains=words))
    )
    keys = runs.order_by("-likeness").values_list("organisation", flat=True)[:MOST_FOUND]
    yield groups.filter(pk__in=list(keys)), _("runs something with a name like this")


def _meeting_at(postcodes: list[str]) -> Iterable[UUID]:
    """A hidden place holds no postcode; one that is not public tells nothing either."""
    here = Activity.objects.public().filter(
        venue__postcode__in=postcodes,
        venue__shown=Venue.Shown.PUBLIC,
        venue__status=Status.PUBLIC,
    )
    return here.values_list("organisation", flat=True)


def _with_address(typed: str) -> list[UUID]:
    wanted = _bare(typed)
    lines = Contact.objects.filter(
        kind=Contact.Kind.WEB, organisation__isnull=False, value__icontains=wanted.split("/")[0]
    )
    return [
        line.organisation_id
        for line in lines
        if line.organisation_id and f"{_bare(line.value)}/".startswith(f"{wanted}/")
    ]


def _bare(address: str) -> str:
    """A web address without what makes no difference."""
    small = re.sub(r"^https?://", "", address.lower()).removeprefix("www.")
    return small.rstrip("/")
