"""What there is now against what there was on a day: from the moves that listings have made."""

from dataclasses import dataclass, replace
from datetime import date

from assets.coverage.cells import ALL, Asked, Measure, cells
from assets.places.parts import WORDS


@dataclass(frozen=True)
class Change:
    """One cell that has more or fewer activities than it had. `names` are those of its keys."""

    names: str
    was: int
    now: int


def changes(asked: Asked, since: date) -> list[Change]:
    """Against today, or the day that `asked` is of; the largest first.

    Tags are those of today: only what came and went is a change.
    """
    asked = replace(asked, measure=Measure.NUMBER)
    now = cells(asked)
    was = cells(replace(asked, on=since), now.keys)
    found = []
    for keys in {*now.found, *was.found}:
        before, after = was.cell(*keys).activities, now.cell(*keys).activities
        if before != after and ALL not in keys:
            names = (
                now.keys[dim].get(key) or str(WORDS.get(key, key))
                for dim, key in zip(asked.dims, keys, strict=True)
            )
            found.append(Change(", ".join(names), before, after))
    return sorted(found, key=lambda one: (-abs(one.now - one.was), one.names))
