"""Addresses made from titles. Titles need not be Latin; old addresses stay good."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from assets.models import Activity, Listing, Organisation, Venue

# Words that are, or may become, fixed parts of an address below /activities/, /groups/, /places/.
RESERVED = frozenset(
    "add all api apply awards csv dates edit embed export feed ics json list map my near new "
    "print rss search text".split()
)
LONGEST = 80
# Dropped, where other signs part two words: “Jo’s” is “jos”.
APOSTROPHES = "'’‘ʼ"
EMOJI_STYLE = "\ufe0e\ufe0f"


class ListingSlug:
    """The part of an address that names a listing, in any script."""

    regex = r"[^/\s\x00]{1,90}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


SLUGS: dict[type[Listing], Any] = {
    model: model._meta.get_field("slugs").related_model for model in (Activity, Organisation, Venue)
}


def title_of(listing: Listing) -> str:
    return listing.title if isinstance(listing, Activity) else listing.name  # type: ignore[attr-defined]


def in_an_address(title: str) -> str:
    """Small letters and digits of any script, with a hyphen for what is between.

    Django's slugify drops the vowel signs of Punjabi, Hindi and Bengali, which are marks.
    """
    kept = ""
    for letter in unicodedata.normalize("NFKC", title).lower():
        if letter.isalnum() or (_is_mark(letter) and kept[-1:].strip()):
            kept += letter
        elif letter not in APOSTROPHES and unicodedata.category(letter) != "Cf":
            kept += " "
    return "-".join(kept.split())[:LONGEST].strip("-")


def _is_mark(letter: str) -> bool:
    """A vowel sign or accent. What turns a sign into an emoji counts as a mark in Unicode only."""
    return unicodedata.category(letter) in ("Mn", "Mc") and letter not in EMOJI_STYLE


def _is_free(listing: Listing, slug: str) -> bool:
    taken = SLUGS[type(listing)].objects.filter(slug=slug).exclude(listing=listing.pk)
    return slug not in RESERVED and not taken.exists()


def give(listings: Sequence[Listing]) -> None:
    """Each a free address from its title: a number is added where it is taken."""
    if not listings:
        return
    bases = {one.pk: in_an_address(title_of(one)) or str(uuid4())[:8] for one in listings}
    taken = _taken(SLUGS[type(listings[0])].objects, Counter(bases.values()))
    for listing in listings:
        slug, number = bases[listing.pk], 1
        while slug in RESERVED or taken.get(slug, listing.pk) != listing.pk:
            number += 1
            slug = f"{bases[listing.pk]}-{number}"
        listing.slug = slug
        taken[slug] = listing.pk


def _taken(addresses: Any, bases: Counter[str]) -> dict[str, UUID]:
    """Whose these addresses are; and those with a number, where one will be needed."""
    taken = dict(addresses.filter(slug__in=[*bases]).values_list("slug", "listing"))
    wanted_twice = {base for base, times in bases.items() if times > 1}
    for base in wanted_twice | (bases.keys() & {*taken, *RESERVED}):
        numbered = addresses.filter(slug__startswith=f"{base}-")
        taken |= dict(numbered.values_list("slug", "listing"))
    return taken


def keep(listings: Sequence[Listing]) -> None:
    """Their addresses lead to them for good."""
    if listings:
        rows = SLUGS[type(listings[0])]
        rows.objects.bulk_create(
            [rows(slug=one.slug, listing=one) for one in listings], ignore_conflicts=True
        )


def still_fits(listing: Listing) -> bool:
    """Whether the address says what the title says, with a number only where it needs one."""
    words = in_an_address(title_of(listing))
    if not listing.slug or not words or listing.slug == words:
        return bool(listing.slug)
    base, _hyphen, number = listing.slug.rpartition("-")
    return base == words and number.isdigit() and not _is_free(listing, words)
