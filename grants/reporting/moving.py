"""The one way in which a report changes its status."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from grants.models import Report, ReportMove, ReportStatus
from grants.models.reports import REPORT_MOVES


class ReportMoved(ValidationError):
    """Somebody else was first: `report` as it is now."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(_("This report has changed meanwhile: %s.") % report.get_status_display())


def move(report: Report, to: ReportStatus, *, by: User, why: str = "", **columns: Any) -> None:
    """A single update, which a second click loses. Raises ReportMoved."""
    was = ReportStatus(report.status)
    changed = {"status": to, **columns}
    seen = Report.objects.filter(pk=report.pk, status=was)
    if to not in REPORT_MOVES[was] or not seen.update(**changed):
        report.refresh_from_db()
        raise ReportMoved(report)
    for name, value in changed.items():
        setattr(report, name, value)
    ReportMove.objects.create(report=report, from_status=was, to_status=to, moved_by=by, why=why)
