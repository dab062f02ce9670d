"""One load: groups, then venues, then activities, each kind planned, compared and stored together.

Whatever goes wrong with one row, the others are looked at as well.
"""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from assets import listings
from assets.importing.asked import Choice, Loaded, Options
from assets.importing.fields import VENUE, left_open
from assets.importing.mapping import Mapping
from assets.importing.plan import Fate, Plan, Planner
from assets.importing.refused import refused
from assets.importing.sheet import Sheet, Wanted
from assets.models import Activity, ImportBatch, ImportChange, ImportedRow, Status, Venue
from assets.saying import AnyListing, Values, state_of
from assets.storing import AtHand, store_each
from thrive.models import TagSource

# As many are in memory with all that hangs on them.
AT_ONCE = 500
NOBODY_SAID = object()
DONE = {Fate.MAKE: "made", Fate.REVIVE: "made", Fate.SKIP: "skipped", Fate.ASK: "asked"}


class Loader:
    """`batch` is one that goes on: a load in several parts is one load."""

    def __init__(
        self,
        mapping: Mapping,
        options: Options,
        planner: Planner | None = None,
        batch: ImportBatch | None = None,
    ) -> None:
        self._options = options
        self._status = options.status or mapping.status
        self._planner = planner or Planner(mapping.source, options)
        self._batch = batch or ImportBatch(
            source=mapping.source, file_name=options.file_name[:200], loaded_by=options.by
        )
        # None where there is a problem with it.
        self._done: dict[tuple[str, str], AnyListing | None] = {}
        self._at_hand = AtHand()
        self._loaded = Loaded()

    def bring_in(self, sheet: Sheet) -> Loaded:
        """What is wanted by the activities that are loaded, and those."""
        self._loaded.notes += sheet.notes
        activities = [self._planner.plan(wanted) for wanted in sheet.activities.values()]
        # Of a row that is asked about, all is to be asked at once: its group and its venue, too.
        loaded = [plan for plan in activities if plan.fate != Fate.SKIP]
        self._bring(self._plans(plan.wanted.group for plan in loaded))
        self._bring(self._plans(plan.wanted.venue for plan in loaded if not plan.stays_hidden))
        self._bring(activities)
        self._tell_of_the_absent()
        self._tell_of_duplicates()
        self._loaded.problems.sort()
        return self._loaded

    def _plans(self, wanted: Iterable[Wanted | None]) -> list[Plan]:
        once = {one.key: one for one in wanted if one is not None}
        return [self._planner.plan(one) for one in once.values()]

    def _bring(self, plans: Sequence[Plan]) -> None:
        for start in range(0, len(plans), AT_ONCE):
            several = plans[start : start + AT_ONCE]
            self._store([plan for plan in several if self._compare(plan)])
            for plan in several:
                self._done.setdefault(plan.place, plan.listing)
                self._at_hand.add(plan.listing)

    def _compare(self, plan: Plan) -> bool:
        """Whether there is anything to store; what, is noted in the plan."""
        if plan.fate in (Fate.SKIP, Fate.ASK, Fate.SAME):
            self._count(plan, DONE.get(plan.fate, "same"))
            return False
        values = self._values(plan)
        if values is None:
            self._done[plan.place] = None
            return False
        plan.said = values
        if plan.fate == Fate.MAKE:
            plan.changes = {name: value for name, value in values.items() if value != []}
        elif plan.fate == Fate.REVIVE:
            plan.changes = values
        elif plan.fate == Fate.ADOPT:
            open_ = left_open(plan.wanted.of, values)
            self._differ(plan, {n: v for n, v in values.items() if n not in open_})
        else:
            self._differ(plan, self._said_anew(plan))
        return True

    def _values(self, plan: Plan) -> Values | None:
        """With the group and the venue of an activity; None where one of them has a problem."""
        wanted = plan.wanted
        values = {**wanted.values}
        if wanted.group is None:
            return values
        group = self._done[wanted.group.of, wanted.group.key]
        if group is None:
            return None
        values["organisation"] = str(group.pk)
        if plan.stays_hidden and isinstance(plan.listing, Activity):
            values["venue"] = str(plan.listing.venue_id)
            return values
        venue = self._done[wanted.venue.of, wanted.venue.key] if wanted.venue else None
        if wanted.venue and venue is None:
            return None
        values["venue"] = str(venue.pk) if venue else None
        return values

    def _said_anew(self, plan: Plan) -> Values:
        """What the row says otherwise than last time, but for what somebody has changed here."""
        last = plan.row.said if plan.row else {}
        said = {n: v for n, v in plan.said.items() if last.get(n, NOBODY_SAID) != v}
        now = state_of(plan.listing, {*said})
        ours = {n for n, v in now.items() if n in last and v not in (last[n], said[n])}
        if ours:
            self._tell_what_is_kept(plan, ours)
        return {n: v for n, v in said.items() if n not in ours}

    def _differ(self, plan: Plan, said: Values) -> None:
        now = state_of(plan.listing, {*said})
        plan.changes = {name: value for name, value in said.items() if now[name] != value}
        plan.before = {name: now[name] for name in plan.changes}
        if plan.fate == Fate.CHANGE and "venue" in plan.changes:
            self._tell_of_the_place_left(plan)

    def _why_tagged(self) -> str:
        name = self._options.file_name[:200]
        return _("It stands in “%s”.") % name if name else ""

    def _store(self, plans: Sequence[Plan]) -> None:
        """All of them, and what is to be known of them next time."""
        by = self._options.by
        revived = [plan.listing for plan in plans if plan.fate == Fate.REVIVE]
        self._move(revived, Status.DRAFT, plans)
        differ = [plan for plan in plans if plan.is_new or plan.changes]
        stored = [(plan.listing, plan.changes) for plan in differ]
        self._tell_refused(
            store_each(
                stored,
                by=by,
                at_hand=self._at_hand,
                source=TagSource.IMPORT,
                why=self._why_tagged(),
            ),
            plans,
        )
        if self._status == Status.PUBLIC:
            new = [plan.listing for plan in plans if plan.is_new and not self._is_wrong(plan)]
            self._move(new, Status.PUBLIC, plans)
        sound = [plan for plan in plans if not self._is_wrong(plan)]
        said_before = {plan.place: plan.row.said for plan in sound if plan.row}
        self._remember(sound)
        self._note([plan for plan in sound if plan.is_new or plan.changes], said_before)
        for plan in sound:
            self._count(plan, DONE.get(plan.fate, "changed" if plan.changes else "same"))

    def _is_wrong(self, plan: Plan) -> bool:
        return plan.place in self._done and self._done[plan.place] is None

    def _move(self, several: list[AnyListing], to: Status, plans: Sequence[Plan]) -> None:
        if several:
            why = "" if several[0].first_public_at is None else _("loaded again")
            self._tell_refused(
                listings.move_each(listings=several, to=to, by=self._options.by, why=why), plans
            )

    def _remember(self, plans: Sequence[Plan]) -> None:
        """What each row says now. Of a place that is hidden, nothing."""
        new, changed = [], []
        for plan in plans:
            said = {} if _is_hidden(plan.listing) and plan.fate != Fate.MAKE else plan.said
            if plan.row and plan.row._state.adding:
                plan.row.said = said
                new.append(plan.row)
            elif plan.row and plan.row.said != said:
                plan.row.said = said
                changed.append(plan.row)
        ImportedRow.objects.bulk_create(new)
        ImportedRow.objects.bulk_update(changed, ["said"])

    def _note(self, plans: Sequence[Plan], said_before: dict[tuple[str, str], Values]) -> None:
        """Enough to take the load back. Not even for that is anything of a hidden place held."""
        if plans and self._loaded.batch is None:
            if self._batch._state.adding:
                self._batch.save()
            self._loaded.batch = self._batch
        what = ImportChange.What
        ImportChange.objects.bulk_create(
            ImportChange(
                batch=self._batch,
                row=plan.row,
                what=what.MADE if plan.is_new else what.CHANGED,
                before={} if _is_hidden(plan.listing) else plan.before,
                said_before={}
                if plan.is_new or _is_hidden(plan.listing)
                else said_before[plan.place],
                version=plan.listing.version,
            )
            for plan in plans
        )

    def _count(self, plan: Plan, done: str) -> None:
        self._loaded.totals[plan.wanted.of, done] += 1

    def _tell_what_is_kept(self, plan: Plan, names: set[str]) -> None:
        wanted = plan.wanted
        columns = ", ".join(sorted({f"“{wanted.cell(name).column}”" for name in names}))
        said = _("Row %(row)d: somebody has changed “%(listing)s” here since: %(columns)s kept.")
        self._loaded.notes.append(
            said % {"row": wanted.at.row, "listing": plan.listing, "columns": columns}
        )

    def _tell_of_the_place_left(self, plan: Plan) -> None:
        """A place that the sheet hides now is still public as what it was before."""
        left = plan.listing.venue if isinstance(plan.listing, Activity) else None
        place = plan.wanted.venue
        is_hidden = place and place.values.get("shown", Venue.Shown.PUBLIC) != Venue.Shown.PUBLIC
        if left and not left.is_hidden and is_hidden:
            said = _("Row %(row)d: “%(place)s” is still public here. If it is the same, hide it.")
            self._loaded.notes.append(said % {"row": plan.wanted.at.row, "place": left})

    def _tell_of_duplicates(self) -> None:
        for one, choice in sorted(self._planner.duplicates, key=lambda told: told[0].order):
            asked = self._loaded.duplicates if choice == Choice.ASK else self._loaded.chosen
            asked.append(one)

    def _tell_of_the_absent(self) -> None:
        if absent := self._planner.absent:
            said = _("Activities that came earlier and are not in this file stay as they are: %d.")
            self._loaded.notes.append(said % absent)

    def _tell_refused(self, refusals: listings.Refused, plans: Sequence[Plan]) -> None:
        by_key = {plan.listing.pk: plan for plan in plans}
        for listing, why in refusals:
            plan = by_key[listing.pk]
            self._done[plan.place] = None
            if isinstance(why, IntegrityError):
                why = refused(plan.wanted.of, why)
            self._tell(plan.wanted, why)

    def _tell(self, wanted: Wanted, error: ValidationError) -> None:
        """Beside the column that it is about, where it says so."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, says in told.items():
            if wanted.of == VENUE and name == "postcode":
                name = "postcodes"
            cell = wanted.cells.get(name, wanted.at)
            self._loaded.problems.append(cell.problem(" ".join(says)))


def _is_hidden(listing: AnyListing) -> bool:
    return isinstance(listing, Venue) and listing.is_hidden
