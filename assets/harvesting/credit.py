"""From where a listing came, and under which licence: said on its page."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import DateField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext as _

from assets import stamps
from assets.models import Activity, ImportedRow, Organisation, Source, Status


def credits_of(listing: Activity | Organisation) -> list[Source]:
    """One query. Nothing before it is stored."""
    column = "activity" if isinstance(listing, Activity) else "organisation"
    return [*Source.objects.of_rows(ImportedRow.objects.filter(**{column: listing.pk}))]


def credited() -> list[Source]:
    """Those from which something is that anybody can see. One query."""
    public = ImportedRow.objects.filter(activity__status=Status.PUBLIC)
    return [*Source.objects.of_rows(public)]


def credits_of_each(
    listings: Iterable[UUID], of: str = "activity"
) -> defaultdict[UUID, list[Source]]:
    """From which directories each activity, or "organisation", of these keys came.

    Two queries; one, where none came from any.
    """
    rows = ImportedRow.objects.filter(
        **{f"{of}__in": listings, "source__startswith": Source.PREFIX}
    ).values_list(f"{of}_id", "source")
    came = [(key, source.removeprefix(Source.PREFIX)) for key, source in rows]
    # Somebody may have called a sheet of theirs “directory of Derbyshire”.
    came = [(key, source) for key, source in came if source.isdecimal()]
    sources = Source.objects.in_bulk({int(source) for _key, source in came}) if came else {}
    found: defaultdict[UUID, list[Source]] = defaultdict(list)
    for key, source in came:
        if key and int(source) in sources:
            found[key].append(sources[int(source)])
    return found


def in_words(sources: Iterable[Source]) -> str:
    """“Peak Directory, under Open Government Licence v3.0”; nothing, where there are none."""
    said = _("%(name)s, under %(licence)s")
    return "; ".join(said % {"name": one.name, "licence": one.licence} for one in sources)


def stamp_what_came_from(source: Source) -> None:
    """Each of them tells its name and licence: who harvests them hears that these have changed."""
    rows = ImportedRow.objects.filter(source=source.key, activity__isnull=False)
    activities = Activity.objects.filter(pk__in=rows.values("activity_id"))
    stamps.write(activities, Organisation.objects.none())


def assured_on(column: str) -> Cast:
    """As a date, in a query; NULL where their directory does not say it."""
    said = NullIf(KT(f"{column}__assured_on"), Value(""))
    return Cast(said, DateField())
