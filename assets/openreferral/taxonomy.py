"""A list that services, groups or places are tagged with, as the standard has it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, TextChoices
from django.urls import reverse

from assets.models import Activity, Area, Organisation, Venue
from assets.models.activities import Newcomers
from assets.openreferral.ids import key_of

Said = dict[str, Any]
Tagged = Activity | Organisation | Venue
_NOT_SAID = Newcomers.NOT_SAID.value


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
class Detail:
    """A column for which the standard has no field. One of text is told as the term's value.

    Source: HSDS 3.0, `attribute.value`.
    """

    code: str
    field: str
    name: str

    def value(self, listing: Any) -> str:
        said = getattr(listing, self.field)
        if isinstance(said, Area):
            return said.code
        return said if isinstance(said, str) else ""


@dataclass(frozen=True)
class Taxonomy:
    """`field` is what an activity has of it, `told` what it says instead, where that differs; then
    `said_by` is which activities say a code.

    Of `details`, each term has a column of its own.
    """

    slug: str
    name: str
    description: str
    field: str = ""
    table: type[Model] | None = None
    choices: type[TextChoices] | None = None
    page: str = ""
    of_activities: bool = True
    of_groups: bool = False
    of_venues: bool = False
    told: str = ""
    said_by: Callable[[str], Q] | None = None
    details: tuple[Detail, ...] = ()

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
        yield from map(self.detail, self.details)

    def choice(self, code: str) -> Said:
        label = str(self.choices(code).label) if self.choices else code
        return self._term(code, label, label)

    def row(self, row: Any) -> Said:
        name = row.name
        return self._term(row.pk, name, _described(row))

    def detail(self, one: Detail) -> Said:
        return self._term(one.code, one.name, one.name)

    def _term(self, code: str, name: str, description: str) -> Said:
        return _term(self.slug, self.name, self.page, code, name, description)

    def tagged(self, listing: Tagged) -> Iterable[tuple[Said, str]]:
        """Each term with its value, which most have not. With rows prefetched, no query."""
        if self.details:
            there = [one for one in self.details if getattr(listing, one.field)]
            return [(self.detail(one), one.value(listing)) for one in there]
        said = getattr(listing, self.told or self.field)
        if self.table:
            return [(self.row(one), "") for one in said.all()]
        codes = said if self.is_list else [said]
        return [(self.choice(code), "") for code in codes if code and code != _NOT_SAID]

    def has(self, code: str) -> Q:
        """Of an activity: it is tagged with this term."""
        for one in self.details:
            if one.code == code:
                column: Any = Activity._meta.get_field(one.field)
                return ~Q(**{one.field: column.get_default()})
        if self.said_by:
            return self.said_by(code)
        return Q(**{f"{self.field}__contains": [code]}) if self.is_list else Q(**{self.field: code})

    @property
    def has_any(self) -> Q:
        """Of an activity: it is tagged with some term."""
        if self.details:
            return reduce(or_, (self.has(one.code) for one in self.details))
        if self.table:
            return Q(pk__in=Activity.objects.filter(**{f"{self.field}__isnull": False}))
        return ~Q(**{self.field: [] if self.is_list else _NOT_SAID})

    @property
    def said(self) -> Said:
        return {"id": self.key, "name": self.name, "description": self.description}


def _described(row: Any) -> str:
    """Never empty: the standard wants one."""
    return str(row.description or row.name)
