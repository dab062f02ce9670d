"""A group asks to change what an award is for, until when, or how much; we answer with a reason.

What is agreed is added to the agreement. Nothing in it is ever written over.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.words import long_date
from grants import award_moves, sight
from grants.after_mails import send_all
from grants.models import Award, AwardStatus, Report, Variation
from grants.models.reports import OPEN
from grants.money import in_pounds
from grants.threesixty.telling import tell

MAY_ASK = (AwardStatus.ACCEPTED, AwardStatus.REPORTING)
Answer = Variation.Answer


class AnsweredMeanwhile(ValidationError):
    """Answered, or taken back: `variation` as it is now."""

    def __init__(self, variation: Variation) -> None:
        self.variation = variation
        super().__init__(_("This is answered already: %s.") % variation.get_answer_display())


@dataclass(frozen=True)
class Asked:
    """What is to change: empty or None where nothing is. `amount` is what they would have then."""

    purpose: str = ""
    ends_before: date | None = None
    amount: Decimal | None = None


@transaction.atomic
def ask(*, award: Award, asked: Asked, why: str, by: User) -> Variation:
    """Raises ValidationError, beside the field, for what cannot be; one waits at a time."""
    its = award_moves.locked(award)
    if its.status not in MAY_ASK:
        raise ValidationError(_("Nothing can change of this award now."))
    if asked.amount is not None and not 0 < asked.amount < its.kept:
        most = in_pounds(its.kept)
        raise ValidationError({"amount": _("Write less than the %s that you have.") % most})
    if asked.ends_before is not None and asked.ends_before <= its.starts_on:
        raise ValidationError({"last_day": _("It starts before it ends.")})
    made = Variation(award=its, why=why.strip(), asked_by=by, **vars(asked))
    made.validate_constraints()
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(_("A change waits for an answer already.")) from None
    return made


@transaction.atomic
def take_back(*, variation: Variation, by: User) -> None:
    """The group no longer asks for it. Raises AnsweredMeanwhile."""
    _answer(variation, Answer.WITHDRAWN, by)


@transaction.atomic
def answer(*, variation: Variation, agreed: bool, reason: str, by: User) -> Variation:
    """What the grants manager says. Agreed, it holds at once; what it frees is in the pot again.

    Raises AnsweredMeanwhile, PermissionDenied, and ValidationError without a reason or where
    payments are planned for more.
    """
    its = award_moves.locked(variation.award)
    if not by.has_perm("grants.run_round") or sight.has_interest_of(by, its.application):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Say why."))
    said = Answer.AGREED if agreed else Answer.REFUSED
    amends = _amends(variation) if agreed else ""
    _answer(variation, said, by, reason=reason.strip(), amends=amends)
    if agreed:
        _hold_to(its, variation)
        tell(award=Award.objects.get(pk=its.pk))
    send_all("answered", its, about=str(variation.pk), variation=variation, agreed=agreed)
    return variation


def _answer(variation: Variation, said: str, by: User, **columns: str) -> None:
    changed = {"answer": said, "answered_at": timezone.now(), "answered_by": by, **columns}
    waiting = Variation.objects.filter(pk=variation.pk, answer=Answer.ASKED)
    if not waiting.update(**changed):
        variation.refresh_from_db()
        raise AnsweredMeanwhile(variation)
    for name, value in changed.items():
        setattr(variation, name, value)


def _amends(variation: Variation) -> str:
    """What now stands under the agreement, in full sentences."""
    said = []
    if variation.amount is not None:
        said.append(_("The grant is now %s.") % in_pounds(variation.amount))
    if variation.ends_before is not None:
        last = long_date(variation.ends_before - timedelta(days=1))
        said.append(_("The money may be spent until %s.") % last)
    if variation.purpose:
        said.append(_("It is now for this: %s") % variation.purpose)
    said.append(_("All else in the agreement stays as it is."))
    return "\n".join(said)


def _hold_to(award: Award, variation: Variation) -> None:
    if variation.ends_before is not None:
        award_moves.change(award, ends_before=variation.ends_before)
        last = variation.ends_before - timedelta(days=1)
        due = last + timedelta(days=award.application.round.report_within)
        Report.objects.filter(award=award, status__in=OPEN).update(due_on=due)
    if variation.amount is not None:
        back = award.kept - variation.amount
        if back <= 0 or back > award.to_plan:
            raise ValidationError(_("Payments are planned for more than that. Cancel one first."))
        award_moves.change(award, returned=award.returned + back)
        award_moves.give_back(award, back)
