"""From a cell to the search that finds just what the cell counts."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode

from assets.coverage.cells import ALL, Asked, Dim, Measure
from assets.places.parts import ANYWHERE, NO_JOURNEY, WHOLE, parts

PARAMETERS = {Dim.NEEDS: "needs", Dim.THEME: "theme", Dim.AGES: "ages"}


def search_url(asked: Asked, keys: Mapping[Dim, str]) -> str:
    """`keys` are those of the cell; what the whole grid keeps to is added. Empty: no such search.

    Published is published: what nobody has checked for a year is counted, so it is found, too.
    """
    chosen = {**asked.only, **keys}
    found = [(PARAMETERS[dim], chosen[dim]) for dim in PARAMETERS if chosen.get(dim, ALL) != ALL]
    place = chosen.get(Dim.PLACE, ALL)
    if asked.measure != Measure.REACH:
        found.append(("part", WHOLE[asked.by] if place == ALL else place))
    elif place == ALL:
        found.append(("part", ANYWHERE))
    else:
        part = parts(asked.by).named().get(place)
        if place == NO_JOURNEY or part is None or not part.near:
            return ""
        found += [("near", part.near), ("within", f"{asked.within:g}"), ("part", ANYWHERE)]
    return f"{reverse('activities')}?{urlencode([*found, ('unchecked', '1')])}"
