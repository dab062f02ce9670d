"""An offer is accepted, declined, or lapses; what that frees goes to who is next in line."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from grants import paying, releasing
from grants.award_moves import give_back as _give_back
from grants.award_moves import record as _record
from grants.models import (
    Application,
    ApplicationStatus,
    Award,
    AwardStatus,
    Decision,
    Letter,
    Round,
)
from grants.models.awards import AWARD_MOVES
from grants.moving import move
from grants.reporting import opening
from grants.threesixty.telling import tell


class TooLate(ValidationError):
    """The offer is answered already, or has lapsed: `award` as it is now."""

    def __init__(self, award: Award) -> None:
        self.award = award
        super().__init__(_("This offer is no longer open: %s.") % award.group_words)


@transaction.atomic
def accept(*, award: Award, name: str, agreement: str, by: User) -> Award:
    """The group says yes to `agreement`, word for word as it stood on the page; all may know of it.

    Accepted already, it is the same again. Raises TooLate, and ValidationError without a name.
    """
    if not name.strip():
        raise ValidationError(_("Write your name under it."))
    taken = _open(award).update(
        status=AwardStatus.ACCEPTED,
        accepted_at=timezone.now(),
        accepted_by=by,
        accepted_name=name.strip(),
        agreement=agreement,
    )
    award.refresh_from_db()
    if taken:
        _record(award, AwardStatus.OFFERED, by)
        tell(award=award)
        opening.open_report(award)
    elif award.accepted_at is None:
        raise TooLate(award)
    return award


@transaction.atomic
def decline(*, award: Award, by: User, why: str = "") -> Award:
    """The group says no: the money goes back into the pot. Raises TooLate."""
    if not _open(award).update(status=AwardStatus.DECLINED, returned=F("amount")):
        award.refresh_from_db()
        raise TooLate(award)
    award.refresh_from_db()
    _give_back(award, award.amount)
    _record(award, AwardStatus.OFFERED, by, why)
    return award


@transaction.atomic
def lapse(*, on: date) -> list[Award]:
    """Offers that nobody has answered by this day: their money goes back into the pot."""
    # The award alone: who accepts has locked the application before it.
    over = Award.objects.select_for_update(of=["self"]).filter(
        status=AwardStatus.OFFERED, offer_ends_on__lt=on
    )
    lapsed = list(over.select_related("application__round"))
    for award in lapsed:
        award.status, award.returned = AwardStatus.LAPSED, award.amount
        award.save(update_fields=["status", "returned"])
        _give_back(award, award.amount)
        _record(award, AwardStatus.OFFERED, None)
    return lapsed


@transaction.atomic
def end_early(*, award: Award, unspent: Decimal, by: User, why: str) -> Award:
    """It stops before its time; `unspent` pounds of it were never paid, and go back into the pot.

    What is planned and not released is not paid any more. Raises ValidationError for more than was
    not paid, and for what cannot end.
    """
    locked = Award.objects.select_for_update().get(pk=award.pk)
    was = AwardStatus(locked.status)
    if AwardStatus.ENDED_EARLY not in AWARD_MOVES[was]:
        raise ValidationError(_("This award cannot end early: %s.") % locked.get_status_display())
    if not 0 <= unspent <= locked.kept + locked.repaid - locked.paid:
        raise ValidationError(_("No more can go back than has not been paid."))
    paying.cancel_rest(locked, by=by, why=why)
    locked.status, locked.returned = AwardStatus.ENDED_EARLY, locked.returned + unspent
    locked.planned = locked.paid
    locked.save(update_fields=["status", "returned", "planned"])
    _give_back(locked, unspent)
    _record(locked, was, by, why)
    tell(award=locked)
    return locked


def next_in_line(round: Round) -> QuerySet[Application]:
    """The reserve list of a decided round, in the order of its scores."""
    last = Decision.objects.filter(application=OuterRef("pk")).order_by("-decided_at", "-pk")
    reserve = round.applications.filter(status=ApplicationStatus.RESERVE)
    ranked = reserve.annotate(rank=Subquery(last.values("rank")[:1]))
    return ranked.order_by(F("rank").asc(nulls_last=True), "number")


def is_passed_over(application: Application, round: Round) -> bool:
    """Whether somebody stands before them in line for whom there is enough in the pot."""
    for one in next_in_line(round):
        if one.pk == application.pk:
            return False
        if one.minimum is not None and one.minimum <= round.left:
            return True
    return False


@transaction.atomic
def award_from_reserve(
    *, application: Application, amount: Decimal, letter: Letter, by: User
) -> Award:
    """Freed money goes to who is next: the letter leaves with it.

    Raises PotTooSmall, PermissionDenied as `release` does, and ValidationError for whoever is not
    in reserve, for another amount than fits, and for a letter that nobody has read.
    """
    its_round = Round.objects.select_for_update().get(pk=application.round_id)
    if not releasing.may_release(by, its_round):
        raise PermissionDenied
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if locked.status != ApplicationStatus.RESERVE:
        raise ValidationError(_("This one is not in reserve."))
    if locked.organisation_id is None:
        raise ValidationError(_("This group is not in the directory yet."))
    if is_passed_over(locked, its_round):
        raise ValidationError(_("Somebody else is before them in line, and there is enough."))
    its_letter = Letter.objects.select_for_update(of=["self"]).get(pk=letter.pk)
    is_theirs = its_letter.application_id == locked.pk and its_letter.kind == Letter.Kind.AWARD
    if its_letter.read_at is None or not is_theirs or its_letter.amount != amount:
        raise ValidationError(_("Somebody reads the letter with this amount first."))
    move(locked, ApplicationStatus.AWARDED, by=by, award=amount)
    award = releasing.offer(locked, subsidy=its_letter.subsidy)
    releasing.send(its_letter)
    return award


def _open(award: Award) -> QuerySet[Award]:
    today = timezone.localdate()
    return Award.objects.filter(pk=award.pk, status=AwardStatus.OFFERED, offer_ends_on__gte=today)
