"""The verbs of what people say, and what stands beside a gap in what is on."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Area, Evidence, Place
from assets.models.evidence import EvidenceQuerySet
from assets.search.options import give_bits, has_room
from assets.turns import take_turn
from thrive.models import NeedsGroup, Theme

LONGEST_SLUG = 50
OF_THEMES = Theme._meta.db_table


@transaction.atomic
def note(
    *, evidence: Evidence, themes: Collection[Theme], by: User | None, why: str = ""
) -> Evidence:
    """Stores a new note, or what is written of an old one: as it was stays in its history.

    ValidationError for a day to come, for what names somebody, and for what was withdrawn.
    """
    if evidence.is_later_than(timezone.localdate()):
        raise ValidationError({"heard_on": _("That day is still to come.")})
    is_new = evidence.pk is None
    if is_new:
        evidence.noted_by = by
    elif not Evidence.objects.select_for_update().standing().filter(pk=evidence.pk).exists():
        raise ValidationError(_("It was withdrawn meanwhile. Write a new note."))
    evidence.full_clean(exclude=["noted_by"])
    _save(evidence, by, why)
    evidence.themes.set(themes)
    return evidence


@transaction.atomic
def withdraw(*, evidence: Evidence, by: User, why: str) -> bool:
    """It counts no longer, and says why. False when a colleague was faster."""
    if not why.strip():
        raise ValidationError(_("Say why."))
    found = Evidence.objects.select_for_update().standing().filter(pk=evidence.pk).first()
    if found is None:
        return False
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = timezone.now(), by, why.strip()
    _save(found, by, found.withdrawn_why)
    return True


def _save(evidence: Any, by: User | None, why: str) -> None:
    """With who did it, and why, in its history."""
    evidence._history_user, evidence._change_reason = by, why[:100] or None
    evidence.save()


def beside(
    *,
    theme: Theme | str | None = None,
    needs_group: NeedsGroup | str | None = None,
    ages: tuple[int, int | None] | None = None,
    place: Place | Area | None = None,
    since: timedelta | None = None,
) -> EvidenceQuerySet:
    """What was said of a cell of the coverage: of this theme, of these months, near enough here.

    What was said of no age or place is of every one; of no needs group or theme, of none of them.
    An area has what was said of it, of its parts and of its places; a place also what was said of
    the areas that it lies in. Staff alone see it.
    """
    found = Evidence.objects.standing()
    if theme:
        found = found.filter(themes=theme)
    if needs_group:
        found = found.filter(needs_group=needs_group)
    if ages:
        found = found.of_ages(*ages)
    if place:
        found = found.filter(_at(place) | Q(place=None, area=None))
    if since:
        found = found.filter(heard_on__gte=timezone.localdate() - since)
    return found.select_related("place", "area", "needs_group")


def _at(place: Place | Area) -> Q:
    if isinstance(place, Place):
        return Q(place=place) | Q(area__in=_with_parents(place.district))
    areas = [place.pk, *_below(place)]
    return Q(area__in=[*areas, *_with_parents(place)]) | Q(place__district__in=areas)


def _with_parents(area: Area) -> list[object]:
    found: list[object] = []
    one: Area | None = area
    while one:
        found.append(one.pk)
        one = one.parent
    return found


def _below(area: Area) -> list[object]:
    """Of a county its districts, their wards and parishes."""
    parts = list(area.parts.values_list("pk", flat=True))
    return [*parts, *Area.objects.filter(parent__in=parts).values_list("pk", flat=True)]


# --- New themes grow from it ---


def something_new() -> QuerySet[Any, Any]:
    """Words that fit no theme, most often said first: `label`, `number`, `last`."""
    return (
        Evidence.objects.standing()
        .filter(themes=None)
        .exclude(something_new="")
        .values(label=Lower("something_new"))
        .annotate(number=Count("pk"), last=Max("heard_on"))
        .order_by("-number", "label")
    )


def said_as(label: str) -> EvidenceQuerySet:
    """The notes behind one of those words."""
    return Evidence.objects.standing().filter(themes=None, something_new__iexact=label)


@transaction.atomic
def make_theme(*, notes: Collection[Evidence], name: str, description: str, by: User) -> Theme:
    """A new theme from what several people said; each of those notes is of it from now on.

    ValidationError where there is such a theme already, or no room for another.
    """
    take_turn()
    has_room(OF_THEMES)
    slug = slugify(name)[:LONGEST_SLUG].strip("-")
    heard = sorted(note.heard_on for note in notes)
    theme = Theme(
        slug=slug,
        name=name.strip(),
        description=description.strip(),
        source=_("What people here told us, %(first)s to %(last)s")
        % {"first": f"{heard[0]:%b %Y}", "last": f"{heard[-1]:%b %Y}"},
    )
    theme.full_clean()
    theme.save(force_insert=True)
    give_bits()
    for one in notes:
        note(evidence=one, themes=[*one.themes.all(), theme], by=by, why=_("A theme of its own"))
    return theme
