"""What is looked at before anybody scores: once for a group, and again when it has run out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Organisation
from grants import sight
from grants.applying import mails, sending
from grants.applying.form import GROUP
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

# What a group without a legal form of its own shows whatever the round asks for.
OF_UNINCORPORATED = (CheckKind.RULES, CheckKind.ACCOUNT)
# Where another group may stand in for theirs.
MAY_HAVE_A_HOST = OF_UNINCORPORATED
# What one person says of one thing that is checked.
SAID = ("outcome", "reason", "expires_on", "document_id", "host", "two_sign", "done_by_id")


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
    """Every check that it needs, with the last look at each."""
    return of_all([application])[application]


def of_all(applications: Iterable[Application]) -> dict[Application, list[Looked]]:
    """The same of many, in as many queries as for one."""
    rows = list(applications)
    asked: dict[object, list[RequiredCheck]] = {}
    for one in RequiredCheck.objects.filter(round__in={row.round_id for row in rows}):
        asked.setdefault(one.round_id, []).append(one)
    kinds = dict(
        Organisation.objects.filter(pk__in={row.organisation_id for row in rows}).values_list(
            "pk", "kind"
        )
    )
    checks = _checks_of(rows)
    return {
        row: [
            Looked(one, checks[row.pk].get(one.kind))
            for one in _wanted(row, asked.get(row.round_id, []), kinds)
        ]
        for row in rows
    }


def _wanted(
    application: Application, asked: list[RequiredCheck], kinds: Mapping[Any, str]
) -> list[RequiredCheck]:
    """What its round asks for; of an unincorporated group its rules and its account as well."""
    told = application.said.get(GROUP, {}).get("kind", "")
    more = []
    if kinds.get(application.organisation_id, told) == Organisation.Kind.UNINCORPORATED:
        known = {one.kind for one in asked}
        more = [
            RequiredCheck(round_id=application.round_id, kind=kind)
            for kind in OF_UNINCORPORATED
            if kind not in known
        ]
    return [*asked, *more]


def _checks_of(applications: list[Application]) -> dict[object, dict[str, Check]]:
    """Application → kind → the last look. Of another application of its group, but eligibility."""
    groups = {one.organisation_id for one in applications if one.organisation_id}
    found = Check.objects.filter(
        Q(application__in=applications)
        | Q(application__organisation__in=groups) & ~Q(kind=CheckKind.ELIGIBLE)
    )
    found = found.select_related("application__round", "done_by").order_by("done_at", "pk")
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
    host: str = "",
    two_sign: bool = False,
) -> Check:
    """Writes down what was seen. Raises ValidationError in words, PermissionDenied as `sight` does.

    A pass that has run out already is refused: it would say nothing. `host` is the group that looks
    after their money; without one, `two_sign` says of an account that it is in the group's own name
    and that two people sign who are not related.
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
        host=host.strip() if kind in MAY_HAVE_A_HOST else "",
        two_sign=two_sign and kind == CheckKind.ACCOUNT and not host.strip(),
        done_by=by,
    )
    check.full_clean(exclude=["application", "done_by", "document"])
    # Pressed twice is once, unless somebody has looked again meanwhile.
    Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    last = application.checks.filter(kind=kind).order_by("done_at", "pk").last()
    if last and _says(last) == _says(check):
        return last
    check.save(force_insert=True)
    return check


def _says(check: Check) -> tuple[object, ...]:
    return tuple(getattr(check, name) for name in SAID)


@transaction.atomic
def find_ineligible(*, application: Application, why: str, by: User) -> bool:
    """It cannot be funded in this round, and is told why. False when it is too late for that."""
    _require_sight(application, by)
    if not why.strip():
        raise ValidationError(_("Say why. The group reads this."))
    locked = _locked(application)
    was = ApplicationStatus(locked.status)
    if was not in (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_SCORING):
        return False
    move(locked, ApplicationStatus.INELIGIBLE, by=by, why=why.strip())
    _tell("ineligible", locked)
    return True


@transaction.atomic
def find_eligible(*, application: Application, why: str, by: User) -> bool:
    """Takes that back: it waits for its checks again, and is told. False when it is not so now.

    Raises ValidationError where the group has sent another one since, and PermissionDenied.
    """
    _require_sight(application, by)
    if not why.strip():
        raise ValidationError(_("Say why. The group reads this."))
    locked = _locked(application)
    if locked.status != ApplicationStatus.INELIGIBLE:
        return False
    try:
        with transaction.atomic():
            move(locked, ApplicationStatus.SUBMITTED, by=by, why=why.strip())
    except IntegrityError:
        raise ValidationError(
            _("The group has another application in this round by now.")
        ) from None
    _tell("eligible", locked)
    return True


@transaction.atomic
def withdraw_for(*, application: Application, why: str, by: User) -> bool:
    """The group asked us to take it back. False when it is too late for that."""
    _require_sight(application, by)
    if not why.strip():
        raise ValidationError(_("Say who asked, and how."))
    return sending.withdraw(application=application, by=by, why=why.strip(), for_them=True)


@transaction.atomic
def name_group(*, application: Application, group: Organisation, by: User) -> Application:
    """Which group of the directory it turns out to be. Named already, it is the same again.

    Nothing is offered to a group that is not in the directory. Raises PermissionDenied, and
    ValidationError where it is another's, or the group applies to this round already.
    """
    _require_sight(application, by)
    its = _locked(application)
    if its.organisation_id == group.pk:
        return its
    if its.organisation_id is not None:
        raise ValidationError(_("It is another group's."))
    others = Application.objects.live().filter(round=its.round_id, organisation=group)
    if others.exists():
        raise ValidationError(_("This group is applying to this round already."))
    its.organisation = group
    its.save(update_fields=["organisation"])
    return its


def _locked(application: Application) -> Application:
    # As in `grants.deciding`: the round first.
    Round.objects.select_for_update().get(pk=application.round_id)
    return Application.objects.select_for_update(of=["self"]).get(pk=application.pk)


def _tell(kind: str, application: Application) -> None:
    """Once for each time that it was found: it may be found, taken back, and found again."""
    mails.send_all(kind, application, about=application.moves.latest("pk"))


def to_do(round: Round, by: User) -> dict[Application, list[Looked]]:
    """What waits to be scored and may be read, each with those of its checks that do not hold."""
    waiting = (
        sight.applications(by)
        .filter(round=round, status=ApplicationStatus.SUBMITTED)
        .select_related("round", "organisation")
        .order_by("number")
    )
    return {
        one: [looked for looked in found if not looked.holds]
        for one, found in of_all(waiting).items()
    }


@transaction.atomic
def hand_to_scorers(*, round: Round, by: User) -> list[Application]:
    """Everything whose checks hold is scored from now on. Raises ValidationError where some do not.

    Once more it takes those that came since, and those that were put right. What somebody has an
    interest in waits for a colleague.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if not by.has_perm("grants.run_round"):
        raise PermissionDenied
    found = to_do(locked, by)
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
