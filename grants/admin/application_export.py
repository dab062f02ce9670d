"""The list of applications as a file: what the list shows, row by row, and nothing of people."""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assets.export.files import BYTE_ORDER_MARK, as_text, harmless
from grants import checking
from grants.models import Application, ApplicationStatus


def as_csv(applications: Iterable[Application], *, with_checks: bool) -> bytes:
    rows = list(applications)
    to_do = checking.of_all(rows) if with_checks else {}
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    checks = [_("Checks to do")] if with_checks else []
    writer.writerow([*_headings(), *checks])
    for one in rows:
        open_checks = [
            "; ".join(str(each.wanted) for each in looked if not each.holds)
            for looked in ([to_do[one]] if with_checks else [])
        ]
        writer.writerow([_cell(value) for value in [*_values(one), *open_checks]])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _headings() -> list[str]:
    return [
        _("Reference"),
        _("Round"),
        _("Group"),
        _("What"),
        _("In short"),
        _("Asked for, in pounds"),
        _("Least that would work, in pounds"),
        _("All of it costs, in pounds"),
        _("Children and young people"),
        _("Needs groups"),
        _("Themes"),
        _("Places"),
        _("Status"),
        _("Sent"),
    ]


def _values(one: Any) -> list[Any]:
    return [
        one.reference,
        str(one.round),
        one.group_name,
        one.title,
        one.summary,
        one.ideal,
        one.minimum,
        one.total_cost,
        one.people,
        "; ".join(str(each) for each in one.needs_groups.all()),
        "; ".join(each.name for each in one.themes.all()),
        "; ".join(each.name for each in one.places.all()),
        str(ApplicationStatus(one.shown_status).label),
        timezone.localtime(one.submitted_at).date() if one.submitted_at else "",
    ]


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(as_text(value))
    return value.isoformat() if isinstance(value, date) else value
