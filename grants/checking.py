"""What is looked at before anybody scores: once for a group, and again when it has run out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from grants import sight
from grants.models import (
    Application,
    ApplicationDocument,
    ApplicationStatus,
    Check,
    CheckKind,
    RequiredCheck,
    Round,
)
from grants.moving import move


@dataclass(frozen=True)
class Looked:
    """One check that a round wants, and how it stands. `check` is the last look, None for none."""

    wanted: RequiredCheck
    check: Check | None

    @property
    def holds(self) -> bool:
        return self.check is not None and self.check.holds

    @property
    def is_from_before(self) -> bool:
        """Made for another application of the same group, and still good."""
        return self.check is not None and self.check.application.round_id != self.wanted.round_id

    @property
    def words(self) -> str:
        if self.check is None:
            return _("To do")
        has_run_out = self.check.expires_on and not self.check.holds
        return _("Has run out") if has_run_out else str(self.check.get_outcome_display())


def list_of(application: Application) -> list[Looked]:
    """Every check that its round wants, with the last look at each, in two queries."""
    wanted = list(RequiredCheck.objects.filter(round=application.round_id))
    return _looked(wanted, _checks_of([application]).get(application.pk, {}))


def _looked(wanted: Iterable[RequiredCheck], last: dict[str, Check]) -> list[Looked]:
    return [Looked(one, last.get(one.kind)) for one in wanted]


def _checks_of(applications: list[Application]) -> dict[object, dict[str, Check]]:
    """Application → kind → the last look. Of another application of its group, but eligibility."""
    groups = {one.organisation_id for one in applications if one.organisation_id}
    found = Check.objects.filter(
        Q(application__in=applications)
        | Q(application__organisation__in=groups) & ~Q(kind=CheckKind.ELIGIBLE)
    )
    found = found.select_related("application", "done_by").order_by("done_at", "pk")
    last: dict[object, dict[str, Check]] = {one.pk: {} for one in applications}
    for check in found:
        for one in applications:
            same_group = one.organisation_id and (
                one.organisation_id == check.application.organisation_id
            )
            may_pass_on = same_group and check.kind != CheckKind.ELIGIBLE
            if check.application_id == one.pk or may_pass_on:
                last[one.pk][check.kind] = check
    return last


@transaction.atomic
def look(
    *,
    application: Application,
    kind: str,
    outcome: str,
    reason: str,
    by: User,
    expires_on: date | None = None,
    document: ApplicationDocument | None = None,
) -> Check:
    """Writes down what was seen. Raises ValidationError in words, PermissionDenied as `sight` does.

    A pass that has run out already is refused: it would say nothing.
    """
    _require_sight(application, by)
    if expires_on and expires_on <= timezone.localdate():
        raise ValidationError({"expires_on": _("It has run out already.")})
    check = Check(
        application=application,
        kind=kind,
        outcome=outcome,
        reason=reason.strip(),
        expires_on=expires_on,
        document=document,
        done_by=by,
    )
    check.full_clean(exclude=["application", "done_by", "document"])
    check.save(force_insert=True)
    return check


@transaction.atomic
def find_ineligible(*, application: Application, why: str, by: User) -> bool:
    """It cannot be funded in this round, and is told why. False when it is too late for that."""
    _require_sight(application, by)
    if not why.strip():
        raise ValidationError(_("Say why. The group reads this."))
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    was = ApplicationStatus(locked.status)
    if was not in (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_SCORING):
        return False
    move(locked, ApplicationStatus.INELIGIBLE, by=by, why=why.strip())
    return True


def to_do(round: Round) -> dict[Application, list[Looked]]:
    """What waits to be scored, each with those of its checks that do not hold."""
    waiting = list(
        round.applications.filter(status=ApplicationStatus.SUBMITTED).select_related("round")
    )
    wanted = list(round.required_checks.all())
    checks = _checks_of(waiting)
    return {
        one: [looked for looked in _looked(wanted, checks[one.pk]) if not looked.holds]
        for one in waiting
    }


@transaction.atomic
def hand_to_scorers(*, round: Round, by: User) -> list[Application]:
    """Everything whose checks hold is scored from now on. Raises ValidationError where some do not.

    Once more it takes those that came since, and those that were put right.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if not by.has_perm("grants.run_round"):
        raise PermissionDenied
    found = to_do(locked)
    if missing := {one: looked for one, looked in found.items() if looked}:
        raise ValidationError(
            [
                _("%(reference)s: %(checks)s")
                % {
                    "reference": one.reference,
                    "checks": "; ".join(f"{each.wanted}: {each.words}" for each in looked),
                }
                for one, looked in missing.items()
            ]
        )
    for one in found:
        move(one, ApplicationStatus.IN_SCORING, by=by)
    return list(found)


def _require_sight(application: Application, by: User) -> None:
    seen = sight.applications(by).filter(pk=application.pk).exists()
    if not (seen and by.has_perm("grants.check_application")):
        raise PermissionDenied
