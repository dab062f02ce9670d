"""Postcodes, several in one cell, and villages by name, from the lists that we have."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood
from assets.models import Area, Place, Postcode
from assets.places.postcodes import Part, readings
from assets.places.words import plain

ANY_POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b", re.I)
SEPARATE = re.compile(r"[;,/|\n&]| and ", re.I)
MOST_AT_ONCE = 20


@dataclass
class Places:
    """Every village, and the postcodes that were asked about: read once for a whole file."""

    _postcodes: dict[str, Postcode]
    _nearest: dict[str, str] = field(default_factory=dict)

    @classmethod
    def for_cells(cls, cells: list[str]) -> "Places":
        """Looks up in one query what may be meant anywhere in these cells."""
        likely = {
            one.code
            for cell in cells
            for part in [*SEPARATE.split(cell), *ANY_POSTCODE.findall(cell)]
            for one in readings(part)
            if one.part is Part.FULL
        }
        return cls(Postcode.objects.in_bulk(likely))

    def postcodes(self, typed: str) -> list[str]:
        """Each once, as people write them, in the order of the cell."""
        parts = [part.strip() for part in SEPARATE.split(typed) if part.strip()]
        if len(parts) == 1 and len(inside := ANY_POSTCODE.findall(typed)) > 1:
            parts = inside
        if len(parts) > MOST_AT_ONCE:
            raise NotUnderstood(_("That is more than %d postcodes.") % MOST_AT_ONCE)
        return list(dict.fromkeys(str(self._one(part)) for part in parts))

    def _one(self, typed: str) -> Postcode:
        meant = [one.code for one in readings(typed) if one.part is Part.FULL]
        if not meant:
            raise NotUnderstood(_("“%s” is no whole postcode. Write it like DE4 3AB.") % typed[:20])
        for code in meant:
            if found := self._postcodes.get(code):
                return found
        raise NotUnderstood(
            _("We do not know the postcode %s. Is it in or near the district?") % typed[:20]
        )

    @cached_property
    def _every_village(self) -> list[Place]:
        return list(Place.objects.all())

    @cached_property
    def _villages(self) -> dict[str, list[Place]]:
        known: dict[str, list[Place]] = {}
        for place in self._every_village:
            for name in {*str(place.search_names).strip("\n").split("\n"), plain(place.slug)}:
                known.setdefault(name, []).append(place)
        return known

    def village(self, typed: str) -> str:
        """The address of a town or village in our list, by its name."""
        found = self._villages.get(plain(typed), [])
        if len(found) == 1:
            return found[0].slug
        if found:
            several = "; ".join(place.name for place in found)
            raise NotUnderstood(_("It could be one of these: %s.") % several)
        raise NotUnderstood(_("We do not know this town or village. Check its spelling."))

    def nearest_village(self, postcode: str) -> str:
        """Whose middle is nearest, of a postcode that `postcodes` gave.

        For a sheet that gives a postcode and no village.
        """
        if postcode not in self._nearest:
            point = self._one(postcode).point
            nearest = min(
                self._every_village, key=lambda place: (point.metres_to(place.point), place.slug)
            )
            self._nearest[postcode] = nearest.slug
        return self._nearest[postcode]

    @cached_property
    def _areas(self) -> dict[str, str]:
        return {
            plain(name): area.code
            for area in Area.objects.all()
            for name in (area.code, area.name, area.in_text)
        }

    def area(self, typed: str) -> str:
        """The code of a county or district, by its name."""
        if (found := self._areas.get(plain(typed))) is None:
            raise NotUnderstood(_("We do not know this area. Write a district or a county."))
        return found
