"""The terms of taxonomies that a service carries, where they are ours: else they are not read.

Ours are known by the name of their taxonomy; a term by its code, by the last part of its address,
which is our own slug, or by its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assets.harvesting.plain import Json, line, one, several, text
from assets.importing.fields import Reference
from assets.importing.problems import NotUnderstood
from assets.importing.reading.places import Places
from assets.importing.reading.words import Choices
from assets.models.activities import WayToTakePart
from assets.places.words import plain
from thrive.models import NeedsGroup

# Name of a taxonomy, as `plain` has it → what it says of a service, and our list of it.
OF_SERVICE = {
    "thrive needs based groups": ("service.needs_groups", "needs"),
    "thrive": ("service.needs_groups", "needs"),
    "thrive needs groups": ("service.needs_groups", "needs"),
    "needs groups": ("service.needs_groups", "needs"),
    "local themes": ("service.themes", "theme"),
    "themes": ("service.themes", "theme"),
    "kind of activity": ("service.kind", "kind"),
    "level of offer": ("service.level", "level"),
    "how to come": ("service.how_to_come", "come"),
    "who can refer": ("service.who_can_refer", "refer"),
    "room for newcomers": ("service.newcomers", "room"),
    "who it is for": ("service.audiences", "audience"),
    "what makes it easy": ("service.access", "activity-access"),
    "how to take part": ("service.ways", "way"),
}
OF_ORGANIZATION = {
    "local themes": ("organization.themes", "theme"),
    "themes": ("organization.themes", "theme"),
    "kind of group": ("organization.kind", "group"),
    "ways of working": ("organization.ways_of_working", "working"),
}
OF_LOCATION = {
    "what makes it easy": ("location.access", "venue-access"),
    "who may know where it is": ("location.shown", "shown"),
    "ways of working": ("location.ways_of_working", "working"),
}
# Of these, each term has a value of its own, or is there or not.
DETAILS = frozenset({"good to know", "more of a group", "more of a place"})
# Ours as well, and read from elsewhere.
KNOWN = frozenset({"cost"}) | DETAILS
# Of the names of taxonomies that we do not read; a dozen are told.
MOST_UNREAD = 100
YES = "yes"
Lists = dict[str, tuple[str, str]]
SINGLE = frozenset({"kind", "level", "come", "room", "group", "shown"})


@dataclass
class Terms:
    """`unread` are the taxonomies that nobody here knows."""

    choices: dict[str, Choices]
    unread: set[str] = field(default_factory=set)
    _needs: dict[str, str] = field(default_factory=dict)

    @classmethod
    def now(cls, today: date) -> "Terms":
        # Their own names, beside the plain ones that cells are read by.
        needs = {plain(name): slug for slug, name in NeedsGroup.objects.values_list("slug", "name")}
        return cls(Reference.now(today, Places({})).choices, _needs=needs)

    def of_service(self, service: Json) -> dict[str, str]:
        return self._found(service, OF_SERVICE)

    def of_organization(self, group: Json) -> dict[str, str]:
        found = self._found(group, OF_ORGANIZATION)
        return found | {"organization.district": details(group).get("district", "")}

    def of_service_at_location(self, at: Json) -> dict[str, str]:
        """Of a place that is hidden: its location is no more than a village."""
        return self._found(at, {"what makes it easy": OF_LOCATION["what makes it easy"]})

    def of_location(self, location: Json) -> dict[str, str]:
        found = self._found(location, OF_LOCATION)
        if hire := details(location).get("hire"):
            found["location.hire"] = hire
        features = [self._known("venue-access", said) for said in _access(location)]
        if known := [slug for slug in features if slug]:
            found.setdefault("location.access", "; ".join(dict.fromkeys(known)))
        return found

    def access_in_words(self, location: Json) -> str:
        """What is said of getting in, and is none of our words for it."""
        return "\n".join(s for s in _access(location) if not self._known("venue-access", s))

    def _found(self, owner: Json, lists: Lists) -> dict[str, str]:
        said: dict[str, list[str]] = {}
        for taxonomy, names in _terms(owner):
            if plain(taxonomy) not in lists:
                if taxonomy and plain(taxonomy) not in KNOWN and len(self.unread) < MOST_UNREAD:
                    self.unread.add(taxonomy[:60])
                continue
            column, of = lists[plain(taxonomy)]
            slugs = [slug for name in names if (slug := self._known(of, name))]
            if slugs and not (of in SINGLE and column in said):
                said.setdefault(column, []).append(slugs[0])
        return {column: "; ".join(dict.fromkeys(slugs)) for column, slugs in said.items()}

    def _known(self, of: str, name: str) -> str:
        if of == "needs" and plain(name) in self._needs:
            return self._needs[plain(name)]
        try:
            return self.choices[of].one(name) if name else ""
        except NotUnderstood:
            return ""


def details(owner: Json) -> dict[str, str]:
    """What our own feeds tell beyond the standard, by its code; “yes” for what has no words.

    `assets.openreferral.taxonomies` is the other direction.
    """
    found: dict[str, str] = {}
    for attribute in several(owner.get("attributes")):
        term = one(attribute.get("taxonomy_term"))
        if plain(line(term.get("taxonomy"))) in DETAILS:
            found.setdefault(line(term.get("term")), text(attribute.get("value")) or YES)
    return found


def ways(said: str, *, is_physical: bool, is_virtual: bool) -> str:
    """How to take part: as it says, and never in person without a place."""
    found = set(filter(None, (part.strip() for part in said.split(";"))))
    found -= {WayToTakePart.IN_PERSON.value}
    if is_physical:
        found.add(WayToTakePart.IN_PERSON.value)
    if is_virtual and not said:
        found.add(WayToTakePart.ONLINE.value)
    return "; ".join(sorted(found))


def _terms(owner: Json) -> Iterator[tuple[str, list[str]]]:
    """Name of the taxonomy, and by what the term may be known, the surest first."""
    for attribute in several(owner.get("attributes")):
        term = one(attribute.get("taxonomy_term"))
        taxonomy = line(one(term.get("taxonomy_detail")).get("name")) or line(term.get("taxonomy"))
        address = line(term.get("term_uri")).rstrip("/").rpartition("/")[2]
        code = line(term.get("code")).rpartition(":")[2]
        yield taxonomy, [line(term.get("term")), code, address, line(term.get("name"))]


def _access(location: Json) -> list[str]:
    found = several(location.get("accessibility"))
    return [said for one_ in found if (said := line(one_.get("description")))]
