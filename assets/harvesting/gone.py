"""What another directory has no longer is withdrawn here, unless somebody here speaks for it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.harvesting.careful import Theirs
from assets.harvesting.noted import Noted
from assets.harvesting.refused import FeedRefused
from assets.harvesting.telling import Told
from assets.importing.fields import ACTIVITY, GROUP, VENUE
from assets.importing.known import COLUMNS
from assets.importing.taking_away import OVER, withdraw
from assets.models import ImportedRow, Source

AT_ONCE = 500
# More than so many, and more than half: a feed that lost its rows, and not a directory that closed
# its clubs. One or two may well be all that there was.
FEW = 2


def rows_of(source: Source, noted: Noted, *, is_whole: bool) -> list[int]:
    """The rows of activities that are gone: of a whole feed all that it does not have, else those
    that it says are over.
    """
    rows = ImportedRow.objects.filter(source=source.key, activity__isnull=False)
    found = rows.exclude(activity__status__in=OVER).values_list("pk", "key")
    return [pk for pk, key in found.iterator() if noted.is_gone(key, is_whole=is_whole)]


class Gone:
    def __init__(self, source: Source, by: User | None, theirs: Theirs, told: Told) -> None:
        self._source, self._by, self._theirs, self._told = source, by, theirs, told
        self._why = _("no longer in %s") % source

    def take(self, keys: Sequence[int], *, many_gone: bool) -> None:
        """The activities, then the groups and places that have nothing more."""
        on = ImportedRow.objects.filter(source=self._source.key, activity__isnull=False)
        all_ = on.exclude(activity__status__in=OVER).count()
        if not many_gone and len(keys) > FEW and len(keys) * 2 > all_:
            raise FeedRefused(
                _(
                    "%(gone)d of the %(all)d activities that we have from it are missing. If that "
                    "is right, read it again and say that they are gone."
                )
                % {"gone": len(keys), "all": all_}
            )
        for rows in self._parts(keys):
            groups, venues = set(), set()
            for row in self._withdrawn(ACTIVITY, rows):
                if row.activity:
                    self._told.add("gone", str(row.activity), self._why, row.activity)
                    groups.add(row.activity.organisation_id)
                    venues.add(row.activity.venue_id)
            for of, ids in ((VENUE, venues), (GROUP, groups)):
                theirs = ImportedRow.objects.filter(
                    **{"source": self._source.key, f"{COLUMNS[of]}__in": ids - {None}}
                )
                self._withdrawn(of, [*theirs.select_related(COLUMNS[of])])

    def _parts(self, keys: Sequence[int]) -> Iterator[list[ImportedRow]]:
        for start in range(0, len(keys), AT_ONCE):
            rows = ImportedRow.objects.filter(pk__in=keys[start : start + AT_ONCE])
            yield [*rows.select_related("activity__organisation", "activity__venue").order_by("pk")]

    def _withdrawn(self, of: str, rows: Sequence[ImportedRow]) -> list[ImportedRow]:
        """Those that are withdrawn now; nothing is held of what they said, so they may return."""
        going = []
        for row in rows:
            if row.listing.status in OVER:
                continue
            if why := self._theirs.why_left(row):
                if of == ACTIVITY:
                    self._theirs.leave(row, why)
            else:
                going.append(row)
        if not going:
            return []
        with listings.all_at_once():
            refused = withdraw(of, [row.listing for row in going], self._by, self._why)
        stay = {listing.pk: why for listing, why in refused}
        done = [row for row in going if row.listing.pk not in stay]
        for row in done:
            row.said = {}
        ImportedRow.objects.bulk_update(done, ["said"])
        if of == ACTIVITY:
            for listing, _why in refused:
                self._told.add("kept", str(listing), _("it cannot be withdrawn"), listing)
        return done
