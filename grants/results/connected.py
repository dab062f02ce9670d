"""Who can be compared with whom: two scorers of one application, and whoever they lead to."""

from collections.abc import Iterable


def circles(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Scorers, from pairs of an application and its scorer, in circles: within one everybody can be
    compared through applications that two of them share. Each in order; the largest first."""
    circle_of: dict[str, set[str]] = {}
    by_application: dict[str, set[str]] = {}
    for application, scorer in pairs:
        by_application.setdefault(application, set()).add(scorer)
        circle_of.setdefault(scorer, {scorer})
    for sharing in by_application.values():
        joined = set().union(*(circle_of[one] for one in sharing))
        for one in joined:
            circle_of[one] = joined
    found = {id(circle): sorted(circle) for circle in circle_of.values()}
    return sorted(found.values(), key=lambda circle: (-len(circle), circle))
