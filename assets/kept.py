"""Short lists that every page shows, kept for a minute so that they cost no query."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

KEPT_SECONDS = 60
Kept = TypeVar("Kept")


def kept(name: str, make: Callable[[], Kept]) -> Kept:
    """What `make` gave at most a minute ago."""
    found: Kept | None = caches["pieces"].get(name)
    if found is None:
        found = make()
        caches["pieces"].set(name, found, KEPT_SECONDS)
    return found
