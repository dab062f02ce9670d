"""Stories: told where the child and a parent said yes, and gone at once when they no longer do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from grants import sight
from grants.models import Application, Report, ReportStatus, Story

FIELDS = ("story", "uses", "said_yes", "agreed_how", "agreed_on")


def to_tell() -> QuerySet[Story]:
    """What may stand on public pages: every one of them fetches by this."""
    return Story.objects.filter(
        Q(on_pages=True, withdrawn_at=None, report__status=ReportStatus.ACCEPTED) & ~Q(text="")
    )


@transaction.atomic
def withdraw(*, story: Story, by: User) -> Story:
    """Somebody no longer agrees. The words are wiped, here and in what was typed. Twice is once.

    The group may at any time, and our team: PermissionDenied for anybody else.
    """
    report = Report.objects.select_for_update(of=["self"]).get(pk=story.report_id)
    if not _may(by, report):
        raise PermissionDenied
    its = Story.objects.get(pk=story.pk)
    if its.withdrawn_at:
        return its
    its.withdrawn_at, its.withdrawn_by = timezone.now(), by
    its.text, its.on_pages, its.to_funders = "", False, False
    its.save()
    report.said = {name: value for name, value in report.said.items() if name not in FIELDS}
    report.save(update_fields=["said"])
    return its


def _may(by: Any, report: Report) -> bool:
    application = report.award.application
    if Application.objects.of_applicant(by).filter(pk=application.pk).exists():
        return True
    return by.has_perm("grants.review_report") and not sight.has_interest_of(by, application)
