"""What grants did: of each award, and rolled up by round, needs group, theme and place.

Only what was reported and accepted. Everybody reads it without small numbers (`small_numbers`);
our team reads all of it, but of rounds in which they have an interest.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.export.files import BYTE_ORDER_MARK, as_text, harmless
from grants import sight
from grants.models import Application, PublishedGrant, Report, ReportStatus
from grants.money import in_pounds
from grants.reporting import stories
from grants.small_numbers import Told, may_tell, total


@dataclass(frozen=True)
class Change:
    """“They have a friend here”: true of so many before, and after."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Did:
    """What one award did, for everybody. `children` is None where they were fewer than five."""

    children: int | None
    sessions: int | None
    changes: list[Change]
    story: str


@dataclass(frozen=True)
class Row:
    """All awards of one kind. `changes` are of those that counted the same thing."""

    name: str
    awards: int
    money: str
    pounds: Decimal
    children: Told
    sessions: int
    changes: list[Change]

    @property
    def children_told(self) -> str:
        return in_words(self.children)


@dataclass(frozen=True)
class Table:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class RollUp:
    """`whole` is None where nothing was reported yet."""

    whole: Row | None
    tables: list[Table]


def public() -> QuerySet[Report]:
    """Accepted, of awards that anybody may know of."""
    known = PublishedGrant.objects.ours()
    if not settings.PRIVATE_POSTGRES:
        known = known.filter(is_example=False)
    return _with_all(Report.objects.filter(award__application__in=known.values("application")))


def of_staff(person: Any) -> QuerySet[Report]:
    """Accepted, of rounds whose totals this member of staff may see."""
    concerned = Application.objects.sent().filter(sight.concerns(person)).values("round")
    seen = sight.awards(person).exclude(application__round__in=concerned)
    return _with_all(Report.objects.filter(award__in=seen))


def _with_all(reports: QuerySet[Report]) -> QuerySet[Report]:
    of = "award__application__"
    return (
        reports.filter(status=ReportStatus.ACCEPTED)
        .select_related("award__application__round")
        .prefetch_related(f"{of}needs_groups", f"{of}themes", f"{of}places", "outcomes__outcome")
        .order_by("pk")
    )


def of_award(application: Any) -> Did | None:
    """For the award's own public page; None before its report is accepted."""
    report = public().filter(award__application=application).first()
    if report is None:
        return None
    story = stories.to_tell().filter(report=report).first()
    return Did(
        children=report.children if _may_tell(report) else None,
        sessions=report.sessions,
        changes=_changes([report], hides=True),
        story=story.text if story else "",
    )


def by_all(reports: Iterable[Report], *, hides: bool) -> RollUp:
    found = list(reports)
    kinds: list[tuple[str, Callable[[Application], list[Any]]]] = [
        (_("By round"), lambda one: [one.round]),
        (_("By needs group"), lambda one: [*one.needs_groups.all()]),
        (_("By theme"), lambda one: [*one.themes.all()]),
        (_("By place"), lambda one: [*one.places.all()]),
    ]
    whole = _row(_("All of it"), found, hides=hides) if found else None
    return RollUp(whole, [Table(title, _rows(found, of, hides=hides)) for title, of in kinds])


def _rows(
    reports: list[Report], of: Callable[[Application], list[Any]], *, hides: bool
) -> list[Row]:
    names: dict[Any, str] = {}
    members: dict[Any, list[Report]] = {}
    for report in reports:
        for one in of(report.award.application):
            names[one.pk] = getattr(one, "plain_name", None) or str(one)
            members.setdefault(one.pk, []).append(report)
    rows = [_row(names[key], own, hides=hides) for key, own in members.items()]
    return sorted(rows, key=lambda row: row.name)


def _row(name: str, reports: list[Report], *, hides: bool) -> Row:
    money = sum((one.award.kept for one in reports), Decimal(0))
    return Row(
        name=name,
        awards=len(reports),
        money=in_pounds(money),
        pounds=money,
        children=total((one.children for one in reports), hides=hides),
        sessions=sum(one.sessions or 0 for one in reports),
        changes=_changes(reports, hides=hides),
    )


def _may_tell(report: Report, *counts: int) -> bool:
    return may_tell(report.children or 0, *counts)


def _changes(reports: list[Report], *, hides: bool) -> list[Change]:
    """Summed by what was counted; in public without what would tell of a few children."""
    sums: dict[str, tuple[int, int]] = {}
    for report in reports:
        for one in report.outcomes.all():
            if hides and not _may_tell(report, one.before, one.after):
                continue
            before, after = sums.get(one.outcome.name, (0, 0))
            sums[one.outcome.name] = (before + one.before, after + one.after)
    return [Change(name, *counts) for name, counts in sorted(sums.items())]


# --- As words and as a file ---------------------------------------------------------------------

HIDDEN = gettext_lazy("fewer than five are not told")


def in_words(told: Told) -> str:
    """“57”, “at least 57”; where nothing may be told, that."""
    if told.at_least and not told.number:
        return str(HIDDEN)
    return _("at least %d") % told.number if told.at_least else f"{told.number:,}"


def as_file(found: RollUp, name: str) -> HttpResponse:
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads = [
        _("Rolled up"),
        _("Which"),
        _("Awards"),
        _("Pounds"),
        _("Children and young people"),
        _("Sessions"),
        _("What changed"),
    ]
    writer.writerow(heads)
    rows = [(_("All of it"), found.whole)] if found.whole else []
    rows += [(table.title, row) for table in found.tables for row in table.rows]
    for title, row in rows:
        cells: list[str] = [title, row.name, str(row.awards), str(row.pounds)]
        cells += [in_words(row.children), str(row.sessions), _changes_in_words(row.changes)]
        writer.writerow([harmless(as_text(one)) for one in cells])
    answer = HttpResponse(
        (BYTE_ORDER_MARK + written.getvalue()).encode(), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _changes_in_words(changes: list[Change]) -> str:
    said = _("%(what)s: %(before)d before, %(after)d after")
    return "; ".join(
        said % {"what": one.name, "before": one.before, "after": one.after} for one in changes
    )
