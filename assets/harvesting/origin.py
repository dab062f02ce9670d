"""From where a listing came, for staff: whether its feed still changes it, and how it differs."""

from dataclasses import dataclass

from assets.harvesting.careful import OVER, Theirs
from assets.harvesting.telling import last_whole, place_of
from assets.models import ImportedRow, Listing, Source


@dataclass(frozen=True)
class Origin:
    """`why` its feed changes it no more; nothing, where it does. `differs` is what the last reading
    of all of it left alone. `is_away`: somebody here has taken it away, or ended it.
    """

    source: Source
    why: str
    differs: list[str]
    is_away: bool


def origins_of(listing: Listing) -> list[Origin]:
    """One query, where it came from nowhere."""
    column = str(listing._meta.model_name)
    rows = ImportedRow.objects.filter(**{column: listing, "source__startswith": Source.PREFIX})
    by_key = {row.source: row for row in rows.select_related(column)}
    if not by_key:
        return []
    theirs, told = Theirs(), {one.source_id: one.told for one in last_whole()}
    return [
        Origin(
            source=source,
            why=theirs.why_left(by_key[source.key]),
            differs=[
                line[2] for line in told.get(source.pk, []) if line[3:] == [place_of(listing)]
            ],
            is_away=bool(by_key[source.key].said) and listing.status in OVER,
        )
        for source in Source.objects.all()
        if source.key in by_key
    ]
