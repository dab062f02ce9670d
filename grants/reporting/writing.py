"""The verbs of the group: writing a report, sending it. Nothing that was typed is lost."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.written_meanwhile import Theirs
from assets.written_meanwhile import WrittenMeanwhile as WrittenMeanwhile
from grants.applying.parts import Typed
from grants.applying.writing import Base, sign_of
from grants.models import Report, ReportOutcome, ReportSpending, ReportStatus, Story
from grants.reporting.form import ReportForm
from grants.reporting.moving import move


class NotOpen(ValidationError):
    """It was sent meanwhile: nothing more can be written in it."""

    def __init__(self) -> None:
        super().__init__(_("This report was sent while you were writing."))


class NotWhole(ValidationError):
    """`form` says, beside each field, what is missing."""

    def __init__(self, form: ReportForm) -> None:
        self.form = form
        super().__init__(_("A little is still missing."))


def signs_of(report: Report, fields: Any) -> dict[str, str]:
    return {name: sign_of(report.said.get(name)) for name in fields}


@transaction.atomic
def write(*, report: Report, typed: Typed, base: Base, by: User) -> Report:
    """Keep what was typed. `base` has the signs of what the writer saw before it.

    What others have written meanwhile stays. Raises WrittenMeanwhile where both have changed the
    same field to something else, and NotOpen once it is sent.
    """
    locked = Report.objects.select_for_update(of=["self"]).get(pk=report.pk)
    if not locked.is_open:
        raise NotOpen
    now = locked.said
    changed = {
        name: value
        for name, value in typed.items()
        if sign_of(value) not in (base.get(name, sign_of("")), sign_of(now.get(name)))
    }
    clashes = [n for n in changed if sign_of(now.get(n)) != base.get(n, sign_of(""))]
    if clashes:
        raise WrittenMeanwhile(
            {name: Theirs(now.get(name, ""), locked.written_by) for name in clashes}
        )
    if changed:
        locked.said = now | changed
        locked.version += 1
        locked.written_at, locked.written_by = timezone.now(), by
        locked.save(update_fields=["said", "version", "written_at", "written_by"])
    return locked


@transaction.atomic
def send(*, report: Report, by: User) -> Report:
    """The group has done its part. Sent already, it is the same again. Raises NotWhole."""
    rows = Report.objects.select_for_update(of=["self"])
    locked = rows.select_related("award__application__round").get(pk=report.pk)
    if not locked.is_open:
        return locked
    form = ReportForm(locked, data=locked.said)
    if not form.is_valid():
        raise NotWhole(form)
    said = form.cleaned_data
    move(
        locked,
        ReportStatus.SENT,
        by=by,
        children=said["children"],
        sessions=said.get("sessions"),
        spent=None if locked.is_short else form.spent,
        sent_at=timezone.now(),
        sent_by=by,
    )
    _keep_rows(locked, form)
    return locked


def _keep_rows(report: Report, form: ReportForm) -> None:
    """What was sent before, and given back, is said anew."""
    report.outcomes.all().delete()
    report.spending.all().delete()
    ReportOutcome.objects.bulk_create(
        ReportOutcome(report=report, outcome_id=slug, before=before, after=after)
        for slug, before, after in form.outcomes()
    )
    ReportSpending.objects.bulk_create(
        ReportSpending(report=report, heading=one, amount=amount)
        for one in form.headings
        if (amount := form.cleaned_data.get(f"spent-{one.number}")) is not None
    )
    if "story" in form.fields:
        story = Story(report=report, **form.consent())
        story.validate_constraints()
        Story.objects.update_or_create(report=report, defaults=form.consent())
