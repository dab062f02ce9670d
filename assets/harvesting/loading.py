"""One reading into the directory: part by part, in one transaction, and as drafts."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.harvesting import gone
from assets.harvesting.careful import CarefulPlanner, Theirs
from assets.harvesting.doubles import Doubles
from assets.harvesting.hanging import hang
from assets.harvesting.mending import Mended
from assets.harvesting.noted import Noted
from assets.harvesting.plain import Json
from assets.harvesting.rows import Laid, Layer, mapping
from assets.harvesting.spool import Spool
from assets.harvesting.telling import Told
from assets.harvesting.terms import Terms
from assets.importing.asked import Choice, Options
from assets.importing.fields import ACTIVITY
from assets.importing.known import Lookalikes, keys_of
from assets.importing.loader import Loader
from assets.importing.sheet import Sheet
from assets.models import ImportBatch, Source, Status

# So many are in memory with all that hangs on them.
AT_ONCE = 500


class Loading:
    def __init__(self, source: Source, by: User | None, today: date) -> None:
        self._source, self._by, self._today = source, by, today
        self.told = Told()
        self.batch: ImportBatch | None = None
        self._theirs = Theirs()
        self._doubles = Doubles(source)
        self._lookalikes = Lookalikes(but=source.key, same=self._doubles.same)
        self._terms = Terms.now(today)
        self._waiting: set[str] = set()

    def load(self, spool: Spool, *, is_whole: bool, many_gone: bool) -> None:
        """Raises FeedRefused where too much would go at once, unless that is so."""
        home = urlsplit(self._source.address).hostname or ""
        layer = Layer(spool, self._terms, self._today, home)
        row, noted = 1, Noted(spool)
        for services in spool.services(AT_ONCE):
            laid = self._laid(layer, services, row, noted)
            row += sum(len(one.rows) for one in laid)
            self._bring(laid)
        for wanted in noted.hanging(AT_ONCE):
            hang(source=self._source, wanted=wanted, by=self._by, theirs=self._theirs)
        away = gone.Gone(self._source, self._by, self._theirs, self.told)
        rows = gone.rows_of(self._source, noted, is_whole=is_whole)
        away.take(rows, many_gone=many_gone)
        for kind, listing, words in self._theirs.told:
            self.told.add(kind, str(listing), words, listing)
        # To a load, what is left alone is as before, and what is over here is passed over.
        self.told.count("same", -self._theirs.in_feed)
        self.told.count("skipped", -len(self._theirs.away))
        self.told.count("away", len(self._theirs.away))
        if is_whole:
            self._doubles.forget_unasked()
        if self._terms.unread:
            names = ", ".join(sorted(self._terms.unread)[:12])
            self.told.note(_("Terms of these taxonomies are not read: %s.") % names)

    def _laid(self, layer: Layer, services: Sequence[Json], row: int, noted: Noted) -> list[Laid]:
        found = []
        for service in services:
            laid = layer.lay_out(service, row)
            row += len(laid.rows)
            if laid.why:
                noted.seen(self._keys(laid.ids))
                self.told.add("refused", laid.name or laid.id, laid.why)
            elif not laid.is_on:
                noted.over(self._keys(laid.ids))
                self.told.count("off")
            else:
                own = [one["service.id"].text for one in laid.rows]
                noted.seen(self._keys(own))
                noted.over(self._keys(laid.ids))
                noted.hang(own, laid.hanging)
                for words in laid.left:
                    self.told.add("part", laid.name, words)
            found.append(laid)
        return found

    def _keys(self, ids: Iterable[str]) -> list[str]:
        """Of the rows of these activities."""
        return [key for one in ids for key in keys_of(self._source.key, ACTIVITY, one)]

    def _bring(self, laid: Sequence[Laid]) -> None:
        mended = Mended([row for one in laid for row in one.rows], self._today)
        while True:
            sheet = mended.sheet(self._refuse, self._leave)
            self._hold(sheet)
            with listings.all_at_once():
                loaded = self._loader(sheet).bring_in(sheet)
                if loaded.problems:
                    transaction.set_rollback(True)
            if not loaded.problems:
                break
            mended.mend(loaded.problems, self._refuse, self._leave)
        self.batch = loaded.batch or self.batch
        for (of, done), number in loaded.totals.items():
            if of == ACTIVITY:
                self.told.count(done, number)

    def _loader(self, sheet: Sheet) -> Loader:
        options = Options(
            by=self._by,
            file_name=self._source.name,
            status=Status.DRAFT,
            # A place of the same name and postcode is that place.
            duplicates=Choice.SKIP,
            choices=self._doubles.choices,
        )
        named = mapping().of_source(self._source.key)
        planner = CarefulPlanner(named.source, options, [*sheet], self._lookalikes, self._theirs)
        return Loader(named, options, planner, self.batch)

    def _hold(self, sheet: Sheet) -> None:
        """What may be here already waits until somebody has said what it is."""
        for wanted, like in self._doubles.held(sheet, self._lookalikes):
            del sheet.activities[wanted.key]
            if wanted.key in self._waiting:
                # A part that was mended is looked at once more.
                continue
            self._waiting.add(wanted.key)
            said = _("like our “%(listing)s”: %(why)s") % {"listing": like.listing, "why": like.why}
            self.told.add("waiting", str(wanted.values["title"]), said)

    def _refuse(self, name: str, _key: str, says: str) -> None:
        self.told.add("refused", name, says)

    def _leave(self, name: str, _key: str, says: str) -> None:
        self.told.add("part", name, says)
