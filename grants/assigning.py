"""Who scores which application: all by all, or so many each.

Nobody scores what they have an interest in, and what somebody has begun stays theirs. Beyond that,
in this order: everybody reads as many as everybody else (as near as interests allow); scorers can
be compared, each with each, through applications that both have read; any two share about as many.
The same seed gives the same answer.
"""

import random
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.results.connected import circles

# An application and who scores it.
Pair = tuple[str, str]
# Applications, each with who gives and who takes it.
Change = list[tuple[str, str, str]]
NOBODY: Mapping[str, str] = {}


class CannotAssign(ValidationError):
    """There is no such assignment; its messages say why."""


@dataclass(frozen=True)
class Assignment:
    """`pairs` in order, what was kept among them; `circles` of scorers who can be compared."""

    pairs: tuple[Pair, ...]
    circles: list[list[str]]

    @property
    def loads(self) -> dict[str, int]:
        """How many applications each scorer has; who has none is not in it."""
        return dict(Counter(scorer for _application, scorer in self.pairs))

    @property
    def warning(self) -> str:
        """For whoever assigns, where scorers cannot be compared; else empty."""
        if len(self.circles) < 2:
            return ""
        return _(
            "The scorers fall into %(number)d circles that have no application in common, so "
            "nobody can tell strict scorers from weak applications."
        ) % {"number": len(self.circles)}


def assign(
    *,
    applications: Collection[str],
    scorers: Collection[str],
    each: int | None,
    conflicts: Collection[Pair] = (),
    kept: Collection[Pair] = (),
    seed: int = 0,
    names: Mapping[str, str] = NOBODY,
) -> Assignment:
    """Every application gets `each` scorers; all who may, where that is None.

    `kept` has been begun or is in, also by somebody who has left and is not among the `scorers`; it
    counts unless it is in conflict. `names` are those of applications, for messages. Raises
    CannotAssign.
    """
    plan = _Plan(applications, scorers, conflicts, kept, random.Random(seed))  # noqa: S311
    if reasons := plan.in_the_way(each, names):
        raise CannotAssign(reasons)
    if each is None:
        plan.all_by_all()
    else:
        plan.fill(each)
        plan.level()
        plan.mix()
        plan.join()
    pairs = plan.pairs()
    return Assignment(pairs, circles(pairs))


class _Plan:
    """An assignment in the making. `given`: an application → who scores it; `may`: who might."""

    def __init__(
        self,
        applications: Collection[str],
        scorers: Collection[str],
        conflicts: Collection[Pair],
        kept: Collection[Pair],
        chance: random.Random,
    ) -> None:
        self.chance = chance
        self.applications = sorted(applications)
        self.scorers = sorted(scorers)
        barred, known = set(conflicts), set(applications)
        self.kept = {pair for pair in kept if pair not in barred and pair[0] in known}
        self.given: dict[str, set[str]] = {one: set() for one in self.applications}
        self.loads: Counter[str] = Counter()
        # How many applications two scorers share, and the sum of the squares of that.
        self.shared: Counter[Pair] = Counter()
        self.unevenness = 0
        for application, scorer in sorted(self.kept):
            self._give(application, scorer)
        self.may = {
            application: {one for one in self.scorers if (application, one) not in barred}
            for application in self.applications
        }
        chance.shuffle(self.applications)
        chance.shuffle(self.scorers)

    def in_the_way(self, each: int | None, names: Mapping[str, str]) -> list[str]:
        """Why there is no such assignment: a sentence for each application that is short."""
        found = []
        for application in sorted(self.applications):
            able = len(self.may[application] | self.given[application])
            if able >= (each or 1):
                continue
            name = names.get(application, application)
            if able:
                found.append(
                    ngettext(
                        "Only %(number)d person may score %(name)s.",
                        "Only %(number)d people may score %(name)s.",
                        able,
                    )
                    % {"number": able, "name": name}
                )
            else:
                found.append(_("Nobody may score %(name)s.") % {"name": name})
        return found

    def pairs(self) -> tuple[Pair, ...]:
        return tuple(
            sorted((application, one) for application, own in self.given.items() for one in own)
        )

    def all_by_all(self) -> None:
        for application, able in self.may.items():
            for scorer in able - self.given[application]:
                self._give(application, scorer)

    def fill(self, each: int) -> None:
        """First those that fewest may score; each goes to whoever has least."""
        for application in sorted(self.applications, key=lambda one: len(self.may[one])):
            free = [one for one in self.scorers if self._could_take(application, one)]
            free.sort(key=lambda one: self.loads[one])
            for scorer in free[: max(0, each - len(self.given[application]))]:
                self._give(application, scorer)

    def level(self) -> None:
        """Hand applications on until nobody has two more than somebody they lead to.

        A step may go through others, each taking one and giving one. When no such way is left, no
        assignment is more even: it is a flow of least cost, where an application more costs each
        scorer more than the last.
        """
        while way := next(filter(None, map(self._way_down, self._most_first())), None):
            self._make(way)

    def _most_first(self) -> list[str]:
        return sorted(self.scorers, key=lambda one: -self.loads[one])

    def _way_down(self, start: str) -> Change:
        """Applications, who gives and who takes each, from here to somebody with two fewer."""
        came: dict[str, Change] = {start: []}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            if self.loads[giver] <= self.loads[start] - 2:
                # From the far end: else somebody would have one application twice.
                return came[giver][::-1]
            for application in self.applications:
                if not self._could_give(application, giver):
                    continue
                for taker in self.scorers:
                    if taker not in came and self._could_take(application, taker):
                        came[taker] = [*came[giver], (application, giver, taker)]
                        waiting.append(taker)
        return []

    def mix(self) -> None:
        """Change what evens out how many applications any two share, while there is such a change.

        How many are shared in all is settled by how many score each, so to have them even is to
        have nobody share few.
        """
        changed = True
        while changed:
            changed = False
            for change in self._changes():
                before = self.unevenness
                self._make(change)
                if self.unevenness < before:
                    changed = True
                else:
                    self._take_back(change)

    def join(self) -> None:
        """Change what leaves fewer circles, even if it makes what is shared less even."""
        apart = len(circles(self.pairs()))
        while apart > 1:
            for change in self._changes():
                self._make(change)
                fewer = len(circles(self.pairs()))
                if fewer < apart:
                    break
                self._take_back(change)
            else:
                return
            apart = fewer

    def _changes(self) -> Iterator[Change]:
        """All that leave everybody's load, or the loads of two with one between them swapped."""
        for one in self.applications:
            for giver, taker in permutations(self.scorers, 2):
                if self.loads[giver] == self.loads[taker] + 1 and self._may_go(one, giver, taker):
                    yield [(one, giver, taker)]
        for one, other in combinations(self.applications, 2):
            for giver, taker in permutations(self.scorers, 2):
                if self._may_go(one, giver, taker) and self._may_go(other, taker, giver):
                    yield [(one, giver, taker), (other, taker, giver)]

    def _may_go(self, application: str, giver: str, taker: str) -> bool:
        return self._could_give(application, giver) and self._could_take(application, taker)

    def _could_give(self, application: str, scorer: str) -> bool:
        return scorer in self.given[application] and (application, scorer) not in self.kept

    def _could_take(self, application: str, scorer: str) -> bool:
        return scorer in self.may[application] and scorer not in self.given[application]

    def _make(self, change: Change) -> None:
        for application, giver, taker in change:
            self._hand_on(application, giver, taker)

    def _take_back(self, change: Change) -> None:
        for application, giver, taker in change:
            self._hand_on(application, taker, giver)

    def _hand_on(self, application: str, giver: str, taker: str) -> None:
        self.given[application].remove(giver)
        self.loads[giver] -= 1
        for other in self.given[application]:
            pair = (min(giver, other), max(giver, other))
            self.shared[pair] -= 1
            self.unevenness -= 2 * self.shared[pair] + 1
        self._give(application, taker)

    def _give(self, application: str, scorer: str) -> None:
        for other in self.given[application]:
            pair = (min(scorer, other), max(scorer, other))
            self.unevenness += 2 * self.shared[pair] + 1
            self.shared[pair] += 1
        self.given[application].add(scorer)
        self.loads[scorer] += 1
