"""What is asked, and what is answered. Every search has these shapes, however it is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from assets.ages import Age
from assets.models import Occurrence
from assets.places.grid import GridPoint
from assets.places.parts import Inside
from assets.search.when import Window
from assets.understanding.meaning import Meaning

PAGE_SIZE = 20


class Sort(StrEnum):
    """BEST: what fits the words, then the nearest; with neither, what is on next."""

    BEST = ""
    NEAREST = "distance"
    NEXT = "next"
    CHECKED = "checked"
    NAME = "name"


@dataclass(frozen=True)
class Query:
    """What is looked for, already understood.

    `meaning` is what the words mean, if not what they always do. `within` is in miles. `areas`
    are the codes of the areas that `near` lies in; empty if nobody knows. `options` are the chosen
    options of each filter. `windows` are all the days on offer, of which `when` are chosen;
    `times` are parts of the day. `serves` leaves out what is only for people of other areas; what
    nobody has checked for a year is left out unless `unchecked`. Not `counted`, an answer has its
    rows and its total alone.

    `ages` are months, half-open: what anybody of those ages may come to. `inside` keeps to a part
    of the district. Both leave out groups that list no activity.
    """

    words: str = ""
    meaning: Meaning | None = None
    near: GridPoint | None = None
    within: float = 10
    areas: tuple[str, ...] = ()
    age: Age | None = None
    ages: tuple[int, int] | None = None
    inside: Inside | None = None
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    when: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    serves: bool = False
    unchecked: bool = False
    sort: Sort = Sort.BEST
    page: int = 1
    size: int = PAGE_SIZE
    counted: bool = True


@dataclass(frozen=True)
class Found:
    """One row of an answer. `miles` is None where nobody has to travel, or no place was asked.
    `point` is what everybody may know of where it is; None where it is nowhere in particular, and
    for rows that nobody searched for. `next` is the next time it is on, on the days asked for.
    """

    row_id: int
    version: int
    activity_id: UUID | None
    organisation_id: UUID | None
    miles: float | None = None
    next: Occurrence | None = None
    point: GridPoint | None = None


@dataclass(frozen=True)
class Answer:
    """`total` counts every page. `some_words`: few rows had all the words, so these have a good
    share of them. `no_words`: none had any, so these only fit the rest of the question.
    `words_say_nothing`: so none were looked for. Where slips were mended, `looked_for` has the
    words without them.

    `fit` is how well the best row fits the words; 0 where none were looked for, or the order is not
    by fit.

    `counts` says for each filter and option how many rows there would be if that option were
    chosen too (of options that add up: how many of the rows have it). `without` says how many
    there would be without one filter that is in the way; filters that change nothing are not in it.
    """

    total: int
    found: list[Found]
    page: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    some_words: bool = False
    no_words: bool = False
    words_say_nothing: bool = False
    looked_for: str = ""
    size: int = PAGE_SIZE
    fit: float = 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))
