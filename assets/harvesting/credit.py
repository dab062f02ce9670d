"""From where a listing came, and under which licence: said on its page."""

from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from assets.models import Activity, ImportedRow, Organisation, Source


@dataclass(frozen=True)
class Credit:
    """“From Peak Directory, under Open Government Licence v3.0.” `licence_url` may be empty."""

    name: str
    licence: str
    licence_url: str


def credits_of(listing: Activity | Organisation) -> list[Credit]:
    """One query. Nothing before it is stored."""
    column = "activity" if isinstance(listing, Activity) else "organisation"
    rows = ImportedRow.objects.filter(**{column: listing.pk})
    keyed = Source.objects.annotate(
        of_rows=Concat(Value(Source.PREFIX), Cast(F("pk"), CharField()))
    )
    found = keyed.filter(of_rows__in=rows.values("source"))
    return [Credit(one.name, one.licence, one.licence_url) for one in found]
