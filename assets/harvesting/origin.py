"""From where a listing came, for staff: whether its feed still changes it, and how it differs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assets.harvesting.careful import Theirs
from assets.harvesting.telling import last_whole, place_of
from assets.importing.taking_away import OVER
from assets.models import ImportedRow, Listing, Source, Status, Venue


@dataclass(frozen=True)
class Origin:
    """`says` whether its feed changes it; `differs` is what the last reading of all of it left
    alone, a sentence each.
    """

    source: Source
    says: str
    differs: list[str]


def origins_of(listing: Listing) -> list[Origin]:
    """One query, where it came from nowhere."""
    column = str(listing._meta.model_name)
    rows = ImportedRow.objects.filter(**{column: listing}).select_related(column)
    sources = [*Source.objects.of_rows(rows)]
    if not sources:
        return []
    theirs, told = Theirs(), {one.source_id: one.told for one in last_whole()}
    by_key = {row.source: row for row in rows}
    here = [place_of(listing)]
    return [
        Origin(
            source=source,
            says=_says(by_key[source.key], theirs),
            differs=[
                line[2]
                for line in told.get(source.pk, [])
                if line[0] in ("left", "kept") and line[3:] == here
            ],
        )
        for source in sources
    ]


def _says(row: ImportedRow, theirs: Theirs) -> str:
    listing = row.listing
    if listing.status == Status.WITHDRAWN and not row.said:
        return _("Their directory has it no longer. If it comes back there, it is a draft again.")
    if listing.status == Status.WITHDRAWN:
        return _("No reading brings it back. If you want it after all, make it a draft again.")
    if listing.status in OVER:
        return _("No reading brings it back.")
    if isinstance(listing, Venue) and listing.is_hidden:
        return _("Its feed no longer changes this: we keep nothing but the village.")
    if why := theirs.why_left(row):
        return _("Its feed no longer changes this: %s.") % why
    return _(
        "Its feed still changes this. Save a change here, and all of it is ours: its feed changes "
        "it no more."
    )
