"""Bring a file in: all of it, in one transaction, or nothing; and the same file twice is nothing.

Colleagues' changes wait while a load runs, because changes to the directory take turns.
"""

from collections import Counter
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets import listings
from assets.importing.fields import VENUE
from assets.importing.known import MODELS, Duplicate, Lookalikes, Rows
from assets.importing.mapping import Mapping
from assets.importing.problems import Problem
from assets.importing.refused import refused
from assets.importing.sheet import Sheet, Wanted, read_sheet
from assets.importing.table import Table
from assets.models import Activity, ImportBatch, ImportChange, ImportedRow, Status, Venue
from assets.saying import AnyListing, Values, state_of, store
from assets.turns import take_turn
from thrive.models import TagSource

NOBODY_SAID = object()


class Choice(models.TextChoices):
    """What becomes of a row that looks like what is here already."""

    ASK = "ask", gettext_lazy("Ask")
    SKIP = "skip", gettext_lazy("Keep ours as it is")
    UPDATE = "update", gettext_lazy("Change ours to what the file says")
    ADD = "add", gettext_lazy("Add it as another one")


@dataclass(frozen=True)
class Options:
    """`choices` are for single rows, by kind and key; `duplicates` for all the others."""

    by: User | None = None
    file_name: str = ""
    check: bool = False
    status: Status | None = None
    duplicates: Choice = Choice.ASK
    choices: ReadOnly[tuple[str, str], Choice] = field(default_factory=dict)


@dataclass
class Loaded:
    """`totals` counts by kind of listing and by what was done: made, changed, same, skipped.

    `batch` is None where nothing was loaded: after a check, with problems, with a question about
    duplicates, and where the file changes nothing.
    """

    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)
    batch: ImportBatch | None = None

    @property
    def is_whole(self) -> bool:
        return not self.problems and not self.duplicates


def load(table: Table, mapping: Mapping, options: Options) -> Loaded:
    """Read, compare, store. A check does all of it too, and takes it back."""
    sheet = read_sheet(table, mapping, timezone.localdate())
    if sheet.problems:
        return Loaded(problems=sheet.problems, notes=sheet.notes)
    with transaction.atomic():
        take_turn()
        with listings.all_at_once():
            loaded = _Loader(mapping, options).bring_in(sheet)
            if options.check or not loaded.is_whole:
                transaction.set_rollback(True)
    if options.check or not loaded.is_whole:
        loaded.batch = None
    return loaded


class _Loader:
    def __init__(self, mapping: Mapping, options: Options) -> None:
        self._options = options
        self._status = options.status or mapping.status
        self._rows, self._lookalikes = Rows(mapping.source), Lookalikes()
        self._batch = ImportBatch(
            source=mapping.source, file_name=options.file_name[:200], loaded_by=options.by
        )
        self._done: dict[tuple[str, str], AnyListing | None] = {}
        self._loaded = Loaded()

    def bring_in(self, sheet: Sheet) -> Loaded:
        self._loaded.notes += sheet.notes
        for activity in sheet.activities.values():
            self._bring(activity)
        self._tell_of_the_absent()
        self._loaded.problems.sort()
        return self._loaded

    def _bring(self, wanted: Wanted) -> AnyListing | None:
        """The listing of this row, once for each; None where there is a problem with it."""
        place = (wanted.of, wanted.key)
        if place not in self._done:
            # Whatever goes wrong with one row, the others are looked at as well.
            try:
                with transaction.atomic():
                    self._done[place] = self._bring_once(wanted)
            except ValidationError as error:
                self._done[place] = None
                self._tell(wanted, error)
            except IntegrityError as error:
                self._done[place] = None
                self._tell(wanted, refused(wanted.of, error))
        return self._done[place]

    def _bring_once(self, wanted: Wanted) -> AnyListing | None:
        row = self._rows.find(wanted)
        if row is not None:
            return self._change(wanted, row)
        duplicate = self._lookalikes.find(wanted)
        choice = self._choice(wanted) if duplicate else Choice.ADD
        if duplicate is None or choice == Choice.ADD:
            return self._make(wanted)
        if choice == Choice.ASK:
            # All that is to be asked, at once: of its group and its venue, too.
            self._values(wanted, None)
            self._loaded.duplicates.append(duplicate)
        if choice == Choice.UPDATE:
            return self._adopt(wanted, duplicate.listing)
        self._count(wanted, "skipped")
        return duplicate.listing

    def _choice(self, wanted: Wanted) -> Choice:
        return self._options.choices.get((wanted.of, wanted.key), self._options.duplicates)

    def _make(self, wanted: Wanted) -> AnyListing | None:
        values = self._values(wanted, None)
        if values is None:
            return None
        listing: AnyListing = MODELS[wanted.of]()
        said = {name: value for name, value in values.items() if value != []}
        store(listing, said, self._options.by, TagSource.IMPORT)
        if self._status == Status.PUBLIC:
            listings.move(listing=listing, to=Status.PUBLIC, by=self._options.by)
        row = self._rows.add(wanted, listing, said=values)
        self._note(row, ImportChange.What.MADE, {}, {})
        self._count(wanted, "made")
        return listing

    def _adopt(self, wanted: Wanted, listing: AnyListing) -> AnyListing | None:
        """From now on this row is that listing; what the row leaves open stays as it is."""
        values = self._values(wanted, listing)
        if values is None:
            return None
        said = {name: value for name, value in values.items() if value not in ("", None, [])}
        row = self._rows.add(wanted, listing, said={})
        now = state_of(listing, {*said})
        self._store_changes(wanted, row, {n: v for n, v in said.items() if now[n] != v}, values)
        return listing

    def _change(self, wanted: Wanted, row: ImportedRow) -> AnyListing | None:
        listing = row.listing
        if isinstance(listing, Venue) and listing.is_hidden:
            # Nothing of what a sheet says of a hidden place is held.
            self._count(wanted, "same")
            return listing
        values = self._values(wanted, listing)
        if values is None:
            return None
        if not row.said and listing.status == Status.WITHDRAWN:
            self._revive(wanted, row, values)
            return listing
        said = {n: v for n, v in values.items() if row.said.get(n, NOBODY_SAID) != v}
        now = state_of(listing, {*said})
        ours = {n for n, v in now.items() if n in row.said and v not in (row.said[n], said[n])}
        if ours:
            self._keep_ours(wanted, listing, ours)
        changes = {n: v for n, v in said.items() if n not in ours and now[n] != v}
        if isinstance(listing, Activity) and "venue" in changes:
            self._tell_of_the_place_left(wanted, listing)
        self._store_changes(wanted, row, changes, values)
        return listing

    def _tell_of_the_place_left(self, wanted: Wanted, activity: Activity) -> None:
        """A place that the sheet hides now is still public as what it was before."""
        left, place = activity.venue, wanted.venue
        is_hidden = place and place.values.get("shown", Venue.Shown.PUBLIC) != Venue.Shown.PUBLIC
        if left and not left.is_hidden and is_hidden:
            said = _("Row %(row)d: “%(place)s” is still public here. If it is the same, hide it.")
            self._loaded.notes.append(said % {"row": wanted.at.row, "place": left})

    def _store_changes(
        self, wanted: Wanted, row: ImportedRow, changes: Values, said: Values
    ) -> None:
        """Only what differs; and what the row says now is remembered."""
        listing, said_before = row.listing, row.said
        if said != said_before:
            row.said = said
            row.save()
        if not changes:
            self._count(wanted, "same")
            return
        before = state_of(listing, {*changes})
        store(listing, changes, self._options.by, TagSource.IMPORT)
        self._note(row, ImportChange.What.CHANGED, before, said_before)
        self._count(wanted, "changed")

    def _revive(self, wanted: Wanted, row: ImportedRow, values: Values) -> None:
        """What an earlier load made and was taken back comes back under its old address."""
        listing = row.listing
        why = _("loaded again")
        listings.move(listing=listing, to=Status.DRAFT, by=self._options.by, why=why)
        store(listing, values, self._options.by, TagSource.IMPORT)
        if self._status == Status.PUBLIC:
            listings.move(listing=listing, to=Status.PUBLIC, by=self._options.by, why=why)
        row.said = values
        row.save()
        self._note(row, ImportChange.What.MADE, {}, {})
        self._count(wanted, "made")

    def _values(self, wanted: Wanted, listing: AnyListing | None) -> Values | None:
        """With the group and the venue of an activity; None where one of them has a problem."""
        values = {**wanted.values}
        if wanted.group is None:
            return values
        group = self._bring(wanted.group)
        if group is None:
            return None
        values["organisation"] = str(group.pk)
        if isinstance(listing, Activity) and listing.venue and listing.venue.is_hidden:
            # A sheet does not tell where somebody's home is, once we keep it to ourselves.
            values["venue"] = str(listing.venue.pk)
            return values
        venue = self._bring(wanted.venue) if wanted.venue else None
        if wanted.venue and venue is None:
            return None
        values["venue"] = str(venue.pk) if venue else None
        return values

    def _keep_ours(self, wanted: Wanted, listing: AnyListing, names: set[str]) -> None:
        columns = ", ".join(sorted({f"“{wanted.cell(name).column}”" for name in names}))
        said = _("Row %(row)d: somebody has changed “%(listing)s” here since: %(columns)s kept.")
        self._loaded.notes.append(
            said % {"row": wanted.at.row, "listing": listing, "columns": columns}
        )

    def _note(
        self, row: ImportedRow, what: ImportChange.What, before: Values, said_before: Values
    ) -> None:
        if self._loaded.batch is None:
            self._batch.save()
            self._loaded.batch = self._batch
        if isinstance(row.listing, Venue) and row.listing.is_hidden:
            # Nothing of what it was is held, not even to take the load back.
            before, said_before = {}, {}
        ImportChange.objects.create(
            batch=self._batch,
            row=row,
            what=what,
            before=before,
            said_before=said_before,
            version=row.listing.version,
        )

    def _count(self, wanted: Wanted, done: str) -> None:
        self._loaded.totals[wanted.of, done] += 1

    def _tell_of_the_absent(self) -> None:
        if absent := self._rows.absent:
            said = _("Activities that came earlier and are not in this file stay as they are: %d.")
            self._loaded.notes.append(said % absent)

    def _tell(self, wanted: Wanted, error: ValidationError) -> None:
        """Beside the column that it is about, where it says so."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, says in told.items():
            if wanted.of == VENUE and name == "postcode":
                name = "postcodes"
            cell = wanted.cells.get(name, wanted.at)
            self._loaded.problems.append(cell.problem(" ".join(says)))
