"""What a service can be tagged with: THRIVE, the themes, and our own few lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, TextChoices
from django.urls import reverse

from assets.models import AccessFeature, Activity, Audience, Organisation
from assets.models.activities import (
    Cost,
    HowToCome,
    Kind,
    Level,
    Newcomers,
    Referrer,
    WayToTakePart,
)
from assets.openreferral.ids import key_of
from thrive.models import NeedsGroup, Theme, WayOfWorking

Said = dict[str, Any]


# A harvest says the same few hundred terms a million times.
@lru_cache(maxsize=2_000)
def _term(slug: str, taxonomy: str, page: str, code: str, name: str, description: str) -> Said:
    said = {
        "id": _key_of_term(slug, code),
        "name": name,
        "description": description,
        "taxonomy": taxonomy,
        "taxonomy_id": _key(slug),
        "term": code,
    }
    if page:
        said["term_uri"] = settings.SITE_URL.geturl() + reverse(page, args=[code])
    return said


def _key(slug: str) -> str:
    return key_of("taxonomy", slug)


def _key_of_term(slug: str, code: str) -> str:
    return key_of("term", slug, code)


@dataclass(frozen=True)
class Taxonomy:
    """`field` is what an activity has of it, `told` what it says instead, where that differs."""

    slug: str
    name: str
    description: str
    field: str
    table: type[Model] | None = None
    choices: type[TextChoices] | None = None
    page: str = ""
    of_activities: bool = True
    of_groups: bool = False
    told: str = ""

    @property
    def key(self) -> str:
        return _key(self.slug)

    @property
    def is_list(self) -> bool:
        """Whether the column of an activity holds several."""
        return self.field in ("ways_to_take_part", "who_can_refer")

    def key_of_term(self, code: str) -> str:
        return _key_of_term(self.slug, code)

    def terms(self) -> Iterator[Said]:
        """All of them, in the order in which they are read. One query at most."""
        if self.choices:
            yield from (self.choice(code) for code in self.choices.values if code != _NOT_SAID)
        elif self.table:
            yield from (self.row(one) for one in self.table._default_manager.all())

    def choice(self, code: str) -> Said:
        label = str(self.choices(code).label) if self.choices else code
        return self._term(code, label, label)

    def row(self, row: Any) -> Said:
        name = row.name
        return self._term(row.pk, name, _described(row))

    def _term(self, code: str, name: str, description: str) -> Said:
        return _term(self.slug, self.name, self.page, code, name, description)

    def tagged(self, listing: Activity | Organisation) -> Iterable[Said]:
        """With rows prefetched, no query."""
        said = getattr(listing, self.told or self.field)
        if self.table:
            return [self.row(one) for one in said.all()]
        codes = said if self.is_list else [said]
        return [self.choice(code) for code in codes if code and code != _NOT_SAID]

    def has(self, code: str) -> Q:
        """Of an activity: it is tagged with this term."""
        return Q(**{f"{self.field}__contains": [code]}) if self.is_list else Q(**{self.field: code})

    @property
    def has_any(self) -> Q:
        """Of an activity: it is tagged with some term."""
        if self.table:
            return Q(pk__in=Activity.objects.filter(**{f"{self.field}__isnull": False}))
        return ~Q(**{self.field: [] if self.is_list else _NOT_SAID})

    @property
    def said(self) -> Said:
        return {"id": self.key, "name": self.name, "description": self.description}


_NOT_SAID = Newcomers.NOT_SAID.value
# In the order in which they are told.
TAXONOMIES = (
    Taxonomy(
        "needs",
        "THRIVE needs-based groups",
        "What somebody needs at one moment, never how bad it is: a service may be of several. "
        "Source: THRIVE Framework for system change (Wolpert et al., 2019).",
        "needs_groups",
        table=NeedsGroup,
        page="needs_group",
    ),
    Taxonomy(
        "themes",
        "Local themes",
        "What the steering group of this district puts first.",
        "themes",
        table=Theme,
        page="theme",
        of_groups=True,
    ),
    Taxonomy(
        "who",
        "Who it is for",
        "People a service is made for. None said: everybody.",
        "audiences",
        table=Audience,
    ),
    Taxonomy(
        "access",
        "What makes it easy",
        "What helps people to come and to take part.",
        "access_features",
        table=AccessFeature,
    ),
    Taxonomy(
        "kind", "Kind of activity", "A session, a club, a drop-in and so on.", "kind", choices=Kind
    ),
    Taxonomy(
        "way",
        "How to take part",
        "In person, online, by phone or at home.",
        "ways_to_take_part",
        choices=WayToTakePart,
    ),
    Taxonomy("level", "Level of offer", "How open it is.", "level", choices=Level),
    Taxonomy("cost", "Cost", "Whether it is free.", "cost", choices=Cost),
    Taxonomy(
        "come",
        "How to come",
        "What to do before a first visit.",
        "how_to_come",
        choices=HowToCome,
        told="first_step",
    ),
    Taxonomy(
        "referrer", "Who can refer", "Who may ask for a place.", "who_can_refer", choices=Referrer
    ),
    Taxonomy(
        "room", "Room for newcomers", "What the group last told us.", "newcomers", choices=Newcomers
    ),
    Taxonomy(
        "ways-of-working",
        "Ways of working",
        "How a group or a place works, by the Thriving Communities model. Nothing to do with "
        "THRIVE.",
        "ways_of_working",
        table=WayOfWorking,
        of_activities=False,
        of_groups=True,
    ),
)
OF_ACTIVITIES = tuple(one for one in TAXONOMIES if one.of_activities)
OF_GROUPS = tuple(one for one in TAXONOMIES if one.of_groups)


def all_terms() -> list[tuple[Taxonomy, Said]]:
    """In the order of their taxonomies. A fixed number of queries."""
    return [(taxonomy, term) for taxonomy in TAXONOMIES for term in taxonomy.terms()]


def attributes(
    listing: Activity | Organisation, taxonomies: Iterable[Taxonomy], link_type: str
) -> list[Said]:
    """Of each tag of it. With rows prefetched, no query."""
    return [
        {
            "id": key_of("attribute", listing.pk, term["id"]),
            "link_id": str(listing.pk),
            "link_type": link_type,
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
        }
        for taxonomy in taxonomies
        for term in taxonomy.tagged(listing)
    ]


def _described(row: Any) -> str:
    """Never empty: the standard wants one."""
    return str(row.description or row.name)
