"""“Your report is due”: a fortnight before, on the day, and a fortnight after. Only in school term.

Each goes once. One that fell into the holidays goes on the first day of the next term, unless it
is time for the next one by then.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import OutgoingMail
from assets.dates.calendars import Calendars
from assets.freshness.reminders import may_be_asked
from assets.words import long_date
from grants.after_mails import send_all
from grants.models import AwardStatus, Report
from grants.models.reports import OPEN

BEFORE = AFTER = timedelta(days=14)
# After that a person rings.
GIVES_UP = timedelta(days=90)
WAITS = (AwardStatus.ACCEPTED, AwardStatus.REPORTING)


def kind_on(due_on: date, today: date) -> str:
    """Which of the three is the one to send on this day; empty for none."""
    if today < due_on - BEFORE or today >= due_on + GIVES_UP:
        return ""
    if today < due_on:
        return "due-before"
    return "due-today" if today < due_on + AFTER else "due-after"


@transaction.atomic
def remind(*, on: date) -> int:
    """Queue what is to be sent on this day: how many mails. Twice is once."""
    written = 0
    for report, kind in _waiting(on):
        about = f"{report.pk}-{report.due_on}"
        if OutgoingMail.objects.filter(once__startswith=f"award-{kind}-{about}-").exists():
            continue
        written += send_all(
            kind,
            report.award,
            about=about,
            when=kind,
            due_on=long_date(report.due_on),
            is_short=report.is_short,
        )
    return written


def _waiting(today: date) -> Iterator[tuple[Report, str]]:
    reports = Report.objects.filter(
        status__in=OPEN,
        award__status__in=WAITS,
        due_on__lte=today + BEFORE,
        due_on__gt=today - GIVES_UP,
    )
    if not settings.PRIVATE_POSTGRES:
        reports = reports.filter(award__is_example=False)
    calendars = Calendars()
    rows = reports.select_related(
        "award__application__round", "award__organisation", "award__accepted_by"
    ).order_by("due_on", "pk")
    for one in rows:
        award = one.award
        area = award.organisation.district_id or award.application.round.area_id
        if (kind := kind_on(one.due_on, today)) and may_be_asked(calendars.of(area), today):
            yield one, kind
