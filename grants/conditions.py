"""The verbs of what an award is bound to beside its agreement."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from grants import sight
from grants.models import Application, Award, AwardStatus, Condition
from grants.models.application_status import GIVEN
from grants.models.conditions import NOT_MET

SAID = ("words", "due_on")
# Nobody waits for anything any more.
OVER = (AwardStatus.DECLINED, AwardStatus.LAPSED)


@transaction.atomic
def add(*, application: Application, words: str, due_on: date, by: User) -> Condition:
    """One more, before the group has agreed. The same again is once.

    Raises PermissionDenied as `sight` does, and ValidationError in words.
    """
    _require(application, by)
    # Who accepts waits, or is waited for.
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if locked.status not in GIVEN:
        raise ValidationError(_("Only an award has conditions."))
    _must_not_be_agreed(locked)
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("Choose a day that is still to come.")})
    words = " ".join(words.split())
    there = Condition.objects.filter(application=locked, words=words, due_on=due_on).first()
    if there:
        return there
    made = Condition(application=locked, words=words, due_on=due_on, added_by=by)
    made.full_clean(exclude=[one.name for one in made._meta.fields if one.name not in SAID])
    made.save(force_insert=True)
    return made


@transaction.atomic
def drop(*, condition: Condition, by: User) -> None:
    """Away with it, before the group has agreed."""
    _require(condition.application, by)
    Application.objects.select_for_update(of=["self"]).get(pk=condition.application_id)
    _must_not_be_agreed(condition.application)
    Condition.objects.filter(pk=condition.pk).delete()


@transaction.atomic
def meet(*, condition: Condition, by: User) -> bool:
    """They have done it. False when it was ticked or waived already."""
    _require(condition.application, by)
    still_open = Condition.objects.filter(NOT_MET, pk=condition.pk)
    return bool(still_open.update(met_at=timezone.now(), met_by=by))


@transaction.atomic
def waive(*, condition: Condition, why: str, by: User) -> bool:
    """They need not. False when it was ticked or waived already; ValidationError without a why."""
    _require(condition.application, by)
    if not why.strip():
        raise ValidationError(_("Say why it is waived."))
    still_open = Condition.objects.filter(NOT_MET, pk=condition.pk)
    return bool(
        still_open.update(waived_at=timezone.now(), waived_by=by, waived_why=why.strip()[:300])
    )


def _require(application: Application, by: User) -> None:
    seen = sight.applications(by).filter(pk=application.pk).exists()
    if not (seen and by.has_perm("grants.run_round")):
        raise PermissionDenied


def _must_not_be_agreed(application: Application) -> None:
    award = Award.objects.filter(application=application).first()
    if award and award.accepted_at:
        raise ValidationError(_("The group has agreed already. What was agreed does not change."))
    if award and award.status in OVER:
        raise ValidationError(_("This offer is over."))
