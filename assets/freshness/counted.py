"""How fresh the directory is: how many activities were last known to be right how long ago."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from assets.freshness.rules import Stage
from assets.models import Activity


@dataclass(frozen=True)
class Row:
    """`slug` is that of a village; empty for what has none."""

    name: str
    slug: str
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def stages(self) -> list[tuple[str, int]]:
        """Words and number, without those that are none."""
        both = zip(Stage, self.counts, strict=True)
        return [(str(stage.label), number) for stage, number in both if number]


@dataclass(frozen=True)
class HowFresh:
    """Of all of it, and of each place by name. Counts are in the order of `Stage`."""

    everything: Row
    places: list[Row]

    @property
    def stages(self) -> list[tuple[str, int, int]]:
        """Words, number, and per cent, without those that are none."""
        whole = self.everything.total
        return [
            (words, number, round(100 * number / whole)) for words, number in self.everything.stages
        ]


def how_fresh() -> HowFresh:
    """In one query. A hidden venue counts in its village, which is all that is known of it."""
    place = ("venue__place__name", "venue__place__slug")
    counted = Activity.objects.public().with_stage().order_by().values_list(*place, "stage")
    numbers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name, slug, stage, number in counted.annotate(number=Count("pk")):
        numbers[name or "", slug or ""][stage] = number
    nowhere = numbers.pop(("", ""), None)
    rows = [_row(name, slug, found) for (name, slug), found in sorted(numbers.items())]
    if nowhere:
        rows.append(_row(_("Online, by phone or at home"), "", nowhere))
    together = sum((*numbers.values(), nowhere or Counter()), Counter())
    return HowFresh(_row(_("All of it"), "", together), rows)


def _row(name: str, slug: str, found: Counter[str]) -> Row:
    return Row(name, slug, [found[stage] for stage in Stage])
