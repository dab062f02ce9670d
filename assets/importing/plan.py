"""What becomes of a row: decided before anything is stored."""

from dataclasses import dataclass, field
from enum import Enum, auto

from assets.importing.asked import Choice, Options
from assets.importing.known import MODELS, Duplicate, Lookalikes, Rows
from assets.importing.sheet import Wanted
from assets.models import Activity, ImportedRow, Status, Venue
from assets.saying import AnyListing, Values


class Fate(Enum):
    """`REVIVE`: an earlier load made it and was taken back. `ADOPT`: the row is ours from now on.

    `ASK`: nothing is loaded before somebody has said what it is.
    """

    MAKE = auto()
    REVIVE = auto()
    ADOPT = auto()
    CHANGE = auto()
    SAME = auto()
    SKIP = auto()
    ASK = auto()


@dataclass
class Plan:
    """`changes` are to be stored, `said` is what the row says, `before` what is there by now."""

    wanted: Wanted
    fate: Fate
    listing: AnyListing
    row: ImportedRow | None = None
    said: Values = field(default_factory=dict)
    changes: Values = field(default_factory=dict)
    before: Values = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str]:
        return (self.wanted.of, self.wanted.key)

    @property
    def is_new(self) -> bool:
        """It comes in, or comes back."""
        return self.fate in (Fate.MAKE, Fate.REVIVE)

    @property
    def stays_hidden(self) -> bool:
        """A sheet does not tell where somebody's home is, once we keep it to ourselves."""
        here = self.listing
        is_there = self.fate != Fate.MAKE and isinstance(here, Activity) and here.venue_id
        return bool(is_there and here.venue.is_hidden)  # type: ignore[union-attr]


class Planner:
    """`rows` and `lookalikes`, where somebody has read them already."""

    def __init__(
        self,
        source: str,
        options: Options,
        rows: Rows | None = None,
        lookalikes: Lookalikes | None = None,
    ) -> None:
        self._options = options
        self._rows, self._lookalikes = rows or Rows(source), lookalikes or Lookalikes()
        self.duplicates: list[tuple[Duplicate, Choice]] = []

    @property
    def absent(self) -> int:
        """How many activities came before, and are not planned for."""
        return self._rows.absent

    def plan(self, wanted: Wanted) -> Plan:
        row = self._rows.find(wanted)
        if row is not None:
            return Plan(wanted, self.fate_of(row, wanted), row.listing, row)
        duplicate = self._lookalikes.find(wanted)
        choice = Choice.ADD
        if duplicate is not None:
            choice = self._options.choices.get(duplicate.id, self._options.duplicates)
            self.duplicates.append((duplicate, choice))
        if duplicate is None or choice == Choice.ADD:
            listing: AnyListing = MODELS[wanted.of]()
            return Plan(wanted, Fate.MAKE, listing, self._rows.new(wanted, listing))
        if choice == Choice.UPDATE:
            here = duplicate.listing
            return Plan(wanted, Fate.ADOPT, here, self._rows.new(wanted, here))
        return Plan(wanted, Fate.SKIP if choice == Choice.SKIP else Fate.ASK, duplicate.listing)

    def fate_of(self, row: ImportedRow, wanted: Wanted) -> Fate:
        """What becomes of what came before."""
        listing = row.listing
        if isinstance(listing, Venue) and listing.is_hidden:
            # Nothing of what a sheet says of a hidden place is held.
            return Fate.SAME
        if not row.said and listing.status == Status.WITHDRAWN:
            return Fate.REVIVE
        return Fate.CHANGE
