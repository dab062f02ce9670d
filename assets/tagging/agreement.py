"""How far two people agree who tagged the same listings without seeing each other's answer.

Cohen's kappa, for each needs group by itself: how much more they agree than by chance. Source:
Cohen, “A coefficient of agreement for nominal scales” (1960). The first to answer is one rater, the
second the other, whoever they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assets.models import TagOpinion
from assets.tagging.suggested import TAGGED
from thrive.models import NeedsGroup

# Under so many listings a figure says more about chance than about people.
ENOUGH = 20


@dataclass(frozen=True)
class Agreement:
    """`share` is 0 to 1. `kappa` is None where both always gave the same one answer.

    Neither is given while there is not enough.
    """

    name: str
    number: int
    share: float | None = None
    kappa: float | None = None

    @property
    def is_enough(self) -> bool:
        return self.number >= ENOUGH

    @property
    def percent(self) -> int:
        return round(100 * (self.share or 0))


Pair = tuple[frozenset[str], frozenset[str]]


def pairs() -> list[Pair]:
    """The needs groups that the first two people held each listing to be, each on their own."""
    rows = TagOpinion.objects.filter(settles=False, unsure=False, activity__status__in=TAGGED)
    found: list[Pair] = []
    in_order = rows.order_by("activity_id", "given_at", "pk").values_list(
        "activity_id", "needs_groups"
    )
    for _activity, own in groupby(in_order, key=lambda row: row[0]):
        said = [frozenset(needs) for _key, needs in own]
        if len(said) > 1:
            found.append((said[0], said[1]))
    return found


def agreements() -> list[Agreement]:
    """For each needs group, in reading order."""
    both = pairs()
    groups = NeedsGroup.objects.values_list("pk", "plain_name")
    return [
        agreement(name, [(key in first, key in second) for first, second in both])
        for key, name in groups
    ]


def agreement(name: str, answers: Sequence[tuple[bool, bool]]) -> Agreement:
    """Of yes and no by two raters."""
    number = len(answers)
    if number < ENOUGH:
        return Agreement(name, number)
    share = sum(first == second for first, second in answers) / number
    yes = [sum(one[rater] for one in answers) / number for rater in (0, 1)]
    by_chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    kappa = None if by_chance == 1 else (share - by_chance) / (1 - by_chance)
    return Agreement(name, number, share, kappa)
