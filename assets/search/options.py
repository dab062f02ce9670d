"""What a search can be narrowed by, and how each option is kept: as one bit of a number.

A row holds one number per filter; its bit for an option is set when the row has that option.
Options that staff edit (themes, languages, …) get their bit from a table, once and for good: a
bit is never given to another option. The others are few and stand here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection
from django.db.models import Max

from assets.models import OptionBit
from assets.models.activities import HowToCome, Level, Newcomers, WayToTakePart


@dataclass(frozen=True)
class Filter:
    """`name` is the parameter and the column. `every`: a row must have all that is chosen."""

    name: str
    table: str = ""
    fixed: tuple[str, ...] = ()
    every: bool = False


# Free of charge, gifts welcome or not; and help for those who cannot pay.
FREE, HELP_WITH_COST = "free", "help"

FILTERS = (
    Filter("cost", fixed=(FREE, HELP_WITH_COST)),
    Filter("needs", table="thrive_needsgroup"),
    Filter("theme", table="thrive_theme"),
    Filter("who", table="assets_audience"),
    Filter("access", table="assets_accessfeature", every=True),
    Filter("language", table="assets_language"),
    Filter("way", fixed=tuple(WayToTakePart.values)),
    Filter("come", fixed=tuple(HowToCome.values)),
    Filter("room", fixed=(Newcomers.YES.value, Newcomers.WAITING.value)),
    Filter("level", fixed=tuple(Level.values)),
)
KEPT_AS, KEPT_SECONDS = "option-bits", 600

GIVE_BITS = """
INSERT INTO assets_optionbit (filter, option, bit)
SELECT %(filter)s, missing.option, taken.next - 1 + row_number() OVER (ORDER BY missing.option)
FROM (SELECT {key} AS option FROM {table}
      EXCEPT SELECT option FROM assets_optionbit WHERE filter = %(filter)s) missing,
     (SELECT coalesce(max(bit) + 1, 0) AS next FROM assets_optionbit
      WHERE filter = %(filter)s) taken
"""


def give_bits() -> None:
    """A bit for every option that has none yet. Before rows are written, in one transaction."""
    with connection.cursor() as cursor:
        for one in FILTERS:
            if one.table:
                key = "code" if one.table == "assets_language" else "slug"
                cursor.execute(GIVE_BITS.format(key=key, table=one.table), {"filter": one.name})


def has_room(table: str) -> None:
    """Raises ValidationError where all the bits of this table's filter are given."""
    name = next((one.name for one in FILTERS if one.table == table), None)
    if name is None:
        return
    last = OptionBit.objects.filter(filter=name).aggregate(last=Max("bit"))["last"]
    OptionBit(filter=name, bit=0 if last is None else last + 1).validate_constraints()


def bits(*, wanted: Mapping[str, Iterable[str]] | None = None) -> dict[str, dict[str, int]]:
    """For each filter its options and their bits.

    Kept for some minutes, for a bit never changes; read anew where a wanted option has none.
    """
    kept: dict[str, dict[str, int]] | None = caches["pieces"].get(KEPT_AS)
    if kept is None or any(
        not set(options) <= kept[name].keys() for name, options in (wanted or {}).items()
    ):
        kept = {one.name: dict(zip(one.fixed, range(63), strict=False)) for one in FILTERS}
        for name, option, bit in OptionBit.objects.values_list("filter", "option", "bit"):
            kept[name][option] = bit
        caches["pieces"].set(KEPT_AS, kept, KEPT_SECONDS)
    return kept


def mask(chosen: Iterable[str], places: Mapping[str, int]) -> int:
    """The bits of these options together. An option without a bit stands on no row yet."""
    number = 0
    for option in chosen:
        if option in places:
            number |= 1 << places[option]
    return number
