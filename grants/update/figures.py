"""What an update counts: only what anybody may know, so that it can be handed on.

The days are half-open: `first`, and all until `before`. What stands on the board is counted at the
end of the last day, or today where that is still to come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count as Number
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.coverage import Asked, Dim, Gap, cells, gaps, not_found
from assets.coverage.cells import ALL
from assets.coverage.change import changes
from assets.models import (
    Activity,
    ActivityMove,
    Organisation,
    OrganisationMove,
    Status,
    YouthVoiceReview,
)
from assets.places.parts import NO_JOURNEY, WORDS
from grants import did
from grants.aiming import Filled, filled
from grants.models import BoardUpdate, PublishedGrant, ReportMove, ReportStatus
from grants.update.charts import Chart, Count, chart
from thrive.models import Theme

A_DAY = timedelta(days=1)
# So much of each is named; of the rest there is the number.
NAMED = 12
GAPS_NAMED, CHANGES_NAMED, SAID_NAMED = 8, 8, 6


@dataclass(frozen=True)
class Some:
    """The first few of a list, and how many more there are."""

    few: list[Any]
    more: int

    @classmethod
    def of(cls, rows: Iterable[Any], most: int = NAMED) -> "Some":
        found = list(rows)
        return cls(found[:most], max(0, len(found) - most))

    @property
    def number(self) -> int:
        return len(self.few) + self.more


@dataclass(frozen=True)
class Spoken:
    """A theme, and in how many notes it is."""

    name: str
    notes: int


class Figures:
    """Of one update; each is counted when it is asked for, in a fixed number of queries."""

    def __init__(self, update: BoardUpdate) -> None:
        self.first, self.before = update.first_on, update.ends_before
        self.last = self.before - A_DAY
        today = timezone.localdate()
        # Until today what is public is known without its moves.
        self.until = None if self.last >= today else self.last
        self.is_going_on = self.last >= today

    # --- What there is, and what is new ---

    @cached_property
    def charts(self) -> list[Chart]:
        return [
            self._chart("by-theme", _("Activities by theme"), Dim.THEME),
            self._chart("by-need", _("Activities by what would help"), Dim.NEEDS),
            self._chart("by-place", _("Activities by place"), Dim.PLACE),
        ]

    def _chart(self, key: str, title: str, dim: Dim) -> Chart:
        now, was = self._grids(dim)
        names = dict(now.keys[dim])
        if dim == Dim.PLACE:
            names[NO_JOURNEY] = str(WORDS[NO_JOURNEY])
        counts = (
            Count(name, was.cell(one).activities, now.cell(one).activities)
            for one, name in names.items()
        )
        head = {Dim.THEME: _("Theme"), Dim.NEEDS: _("Needs group"), Dim.PLACE: _("Place")}[dim]
        return chart(key, title, head, counts)

    def _grids(self, dim: Dim) -> tuple[Any, Any]:
        now = cells(Asked(dims=(dim,), on=self.until))
        return now, cells(Asked(dims=(dim,), on=self.first - A_DAY), now.keys)

    @cached_property
    def activities(self) -> Count:
        """In the district, or with no need to travel."""
        now, was = self._grids(Dim.THEME)
        return Count("", was.cell(ALL).activities, now.cell(ALL).activities)

    @cached_property
    def new_activities(self) -> Some:
        """Public for the first time in these days, and still."""
        found = _of_here(Activity.objects.public()).select_related("organisation", "venue__place")
        return Some.of(self._first_public(found, ActivityMove).order_by("title", "pk"))

    @cached_property
    def new_groups(self) -> Some:
        found = self._first_public(Organisation.objects.public(), OrganisationMove)
        return Some.of(found.order_by("name", "pk"))

    @cached_property
    def ended(self) -> Some:
        """Ended in these days, and not begun again."""
        moves = self._in_these_days(ActivityMove.objects.filter(to_status=Status.ENDED))
        ended = Activity.objects.filter(
            Exists(moves.filter(listing=OuterRef("pk"))), status=Status.ENDED
        )
        return Some.of(_of_here(ended).order_by("title", "pk"))

    @cached_property
    def back(self) -> int:
        """What came back or is gone since, less what has a break or was taken down.

        So the figures add up: before, and new, less ended, and back, is what there is.
        """
        grown = self.activities.now - self.activities.was
        return grown - self.new_activities.number + self.ended.number

    @property
    def away(self) -> int:
        return max(0, -self.back)

    def _first_public(self, listings: QuerySet[Any], moves: type[Any]) -> QuerySet[Any]:
        public = moves.objects.filter(listing=OuterRef("pk"), to_status=Status.PUBLIC)
        return listings.filter(
            Exists(self._in_these_days(public)),
            ~Exists(public.filter(moved_at__date__lt=self.first)),
        )

    def _in_these_days(self, moves: QuerySet[Any]) -> QuerySet[Any]:
        return moves.filter(moved_at__date__gte=self.first, moved_at__date__lt=self.before)

    @cached_property
    def changes(self) -> Some:
        found = changes(Asked(dims=(Dim.THEME, Dim.PLACE), on=self.until), self.first - A_DAY)
        return Some.of(found, CHANGES_NAMED)

    # --- What is missing ---

    @cached_property
    def gaps(self) -> Some:
        found: list[Gap] = gaps(Asked(on=self.until))
        return Some.of(found, GAPS_NAMED)

    @cached_property
    def not_found(self) -> list[not_found.Told]:
        """Of the last twelve whole months, whatever the days of the update: see there why."""
        return not_found.told(in_fives=True)

    @cached_property
    def said(self) -> list[Spoken]:
        """Themes that people spoke of in these days, most often first, and no word of it."""
        of_these_days = Q(
            evidence__withdrawn_at=None,
            evidence__heard_on__gte=self.first,
            evidence__heard_on__lt=self.before,
        )
        notes = Number("evidence", filter=of_these_days, distinct=True)
        found = Theme.objects.annotate(notes=notes).filter(notes__gt=0).order_by("-notes", "name")
        rows = found.values_list("name", "notes")[:SAID_NAMED]
        return [Spoken(name, number) for name, number in rows]

    @cached_property
    def heard(self) -> list[YouthVoiceReview]:
        """What changed because young people were heard."""
        found = YouthVoiceReview.objects.told().filter(
            looked_on__gte=self.first, looked_on__lt=self.before
        )
        return list(found.select_related("standard"))

    # --- What was funded, and what it did ---

    @cached_property
    def awards(self) -> list[PublishedGrant]:
        """Those that were told to everybody. On a real site without what is made up."""
        found = PublishedGrant.objects.to_tell_machines().filter(
            award_date__gte=self.first, award_date__lt=self.before
        )
        return list(found.newest_first().select_related("application__round").defer("said"))

    @property
    def given(self) -> Decimal:
        return sum((one.amount_awarded for one in self.awards), Decimal(0))

    @cached_property
    def awards_by_theme(self) -> list[tuple[str, int]]:
        """An award may be for several themes, and counts in each."""
        names = dict(Theme.objects.values_list("slug", "name"))
        counted = {slug: sum(slug in one.themes for one in self.awards) for slug in names}
        return [(names[slug], number) for slug, number in counted.items() if number]

    @cached_property
    def filled(self) -> list[Filled]:
        """Of rounds whose grants were given in these days, the gaps that they aimed at."""
        rounds = {one.application.round for one in self.awards if one.application}
        return [one for round in sorted(rounds, key=lambda one: one.code) for one in filled(round)]

    @cached_property
    def did(self) -> did.Row | None:
        """Of reports accepted in these days; nothing under five is told."""
        accepted = ReportMove.objects.filter(to_status=ReportStatus.ACCEPTED, report=OuterRef("pk"))
        reports = did.public().filter(Exists(self._in_these_days(accepted)))
        return did.by_all(reports, hides=True).whole


def _of_here(activities: QuerySet[Any]) -> QuerySet[Any]:
    """As coverage counts: what lies over the border is not of this district."""
    return activities.filter(Q(venue=None) | Q(venue__district__code=settings.DISTRICT))
