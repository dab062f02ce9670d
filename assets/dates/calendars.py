"""Terms and bank holidays: which authority's an activity keeps, and how far they are known."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assets.dates.rules import LONGEST_HOLIDAY, Calendar
from assets.models import Area, BankHoliday, SchoolTerm

# Councils publish a year ahead or more: by then the next terms can be found.
WARN_WITHIN = timedelta(days=120)


class Calendars:
    """All calendars, in three queries."""

    def __init__(self) -> None:
        self._holidays = dict(BankHoliday.objects.values_list("day", "name"))
        terms: dict[UUID, list[tuple[date, date]]] = {}
        for authority, *span in SchoolTerm.objects.values_list(
            "authority", "starts_on", "ends_before"
        ):
            terms.setdefault(authority, []).append((span[0], span[1]))
        self.without_terms = Calendar((), self._holidays)
        self._by_authority: dict[UUID | None, Calendar] = {
            authority: Calendar(tuple(sorted(spans)), self._holidays)
            for authority, spans in terms.items()
        }
        self._parents = dict(Area.objects.values_list("pk", "parent"))

    def authority_of(self, area: UUID | None) -> UUID | None:
        """As `Area.education_authority`: the county, or the area itself where it has none."""
        while area and (parent := self._parents.get(area)):
            area = parent
        return area

    def of(self, area: UUID | None) -> Calendar:
        """What schools there keep; no terms at all where we know none."""
        authority = self.authority_of(area)
        return self._by_authority.get(authority, self.without_terms)


def keeping_terms_of(*authorities: Area) -> Q:
    """The activities that keep these authorities' terms."""
    keys = [area.pk for area in authorities]
    at_venue, of_group = "venue__place__district", "organisation__district"
    return (
        Q(**{f"{at_venue}__in": keys})
        | Q(**{f"{at_venue}__parent__in": keys})
        | Q(venue=None, **{f"{of_group}__in": keys})
        | Q(venue=None, **{f"{of_group}__parent__in": keys})
    )


def to_confirm() -> QuerySet[SchoolTerm]:
    """The terms, on or to come, that still wait for somebody to confirm them."""
    return SchoolTerm.objects.filter(ends_before__gt=timezone.localdate()).exclude(staff_note="")


def has_terms_to_confirm(area: Area) -> bool:
    return to_confirm().filter(authority=area.education_authority).exists()


def running_out() -> QuerySet[SchoolTerm]:
    """The last known term of each authority whose later days we shall soon need."""
    later = SchoolTerm.objects.filter(
        authority=OuterRef("authority"), ends_before__gt=OuterRef("ends_before")
    )
    soon = timezone.localdate() + WARN_WITHIN
    ending = SchoolTerm.objects.filter(~Exists(later), ends_before__lte=soon)
    return ending.select_related("authority")


def next_holidays(today: date) -> tuple[date, date] | None:
    """The school holidays that are on, or come next, in this site's district: half-open."""
    district = Area.objects.filter(code=settings.DISTRICT).values_list("pk", flat=True).first()
    terms = Calendars().of(district).terms
    for (_start, over), (begins, _over) in pairwise(terms):
        # Between halves of a term that touch there is nothing.
        if begins > max(today, over) and begins - over <= LONGEST_HOLIDAY:
            return over, begins
    return None
