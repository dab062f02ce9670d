"""The verbs of a round: everything that changes one goes through here.

Each is one transaction and writes down who did it, when and why. What a verb refuses it says in
plain words. Two who press at once: the second is told who was first.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.listings import ChangedMeanwhile
from assets.words import long_date
from grants.models import Criterion, Level, Round, RoundMove, RoundRecord, RoundStatus
from grants.models.application_status import TO_SCORE
from grants.models.round_form import Numbered
from grants.models.rounds import MOVES
from grants.round_whole import Part, whole
from grants.round_words import in_london, plain_number
from thrive.models import NeedsGroup

ALL_WEIGHTS = 100
FEWEST_LEVELS = 2
# Parts that change places stand here for a moment: no two may have the same number.
ASIDE = 10_000
What = RoundRecord.What


class MoveRefused(ValidationError):
    """The round may not go there, or somebody else was faster."""


@transaction.atomic
def save(
    *,
    round: Round,
    by: User | None,
    needs_groups: Iterable[NeedsGroup] | None = None,
    parts: Sequence[Part] = (),
    gone: Iterable[Model] = (),
    what: str = What.SAVED,
) -> None:
    """Store a draft: the round, `parts` of it that are new or changed, without those that are gone.

    Criteria come before their levels. Raises ChangedMeanwhile rather than overwrite what somebody
    else has stored, and ValidationError for what a round may not say, or once it has opened.
    """
    stored = Round.objects.select_for_update().filter(pk=round.pk).first()
    if (stored or round).status != RoundStatus.DRAFT:
        raise ValidationError(_("This round has opened: it does not change any more."))
    if round.version != (stored.version if stored else 0):
        raise ChangedMeanwhile(somebody_was_faster(round))
    round.full_clean()
    round.version += 1
    round.save()
    if needs_groups is not None:
        round.needs_groups.set(needs_groups)
    for part in gone:
        part.delete()
    _put_aside(parts)
    for part in parts:
        if not isinstance(part, Level):
            # A new round has its key only now.
            part.round = round
        part.full_clean()
        part.save()
    _write_down(round, what, by)


def _put_aside(parts: Sequence[Part]) -> None:
    for part in parts:
        if isinstance(part, Numbered) and not part._state.adding:
            same = type(part)._default_manager.filter(pk=part.pk)
            same.exclude(number=part.number).update(number=F("number") + ASIDE)


def what_is_missing(round: Round) -> list[str]:
    """What a draft still needs before it can open, in plain words. In a fixed number of queries."""
    wanted = {
        "questions": _("Write at least one question."),
        "criteria": _("Write at least one criterion to score by."),
        "budget_headings": _("Write at least one budget heading."),
        "needs_groups": _("Tick at least one needs group that this round may fund."),
    }
    missing = [said for name, said in wanted.items() if not getattr(round, name).exists()]
    criteria = round.criteria.prefetch_related("levels")
    missing += _about_criteria([*criteria])
    if round.closes_at <= timezone.now():
        missing.append(_("It closes in the past. Choose a later closing time."))
    if round.decisions_on <= timezone.localdate(round.closes_at):
        missing.append(_("They hear from us before it closes. Choose a later day."))
    return missing


def weights_of(criteria: Iterable[Criterion]) -> Decimal:
    """Exactly, of 100."""
    return sum((one.weight for one in criteria), Decimal(0))


def _about_criteria(criteria: Sequence[Criterion]) -> list[str]:
    missing = []
    total = weights_of(criteria)
    if criteria and total != ALL_WEIGHTS:
        said = _("The weights are %(total)s together. They have to be 100.")
        missing.append(said % {"total": plain_number(total)})
    for one in criteria:
        if len(one.levels.all()) < FEWEST_LEVELS:
            missing.append(_("“%s” needs two levels or more.") % one)
    return missing


@transaction.atomic
def open_(*, round: Round, by: User | None, why: str = "") -> None:
    """Everybody sees it from now on, and it does not change any more."""
    _move(round, RoundStatus.OPEN, by, why)
    if missing := what_is_missing(round):
        raise MoveRefused(missing)


@transaction.atomic
def move(*, round: Round, to: RoundStatus, by: User | None, why: str = "") -> None:
    """Change the status. A second click, or a colleague who was faster, gets `MoveRefused`."""
    if to == RoundStatus.OPEN:
        open_(round=round, by=by, why=why)
        return
    if round.status == RoundStatus.OPEN and round.closes_at > timezone.now():
        said = _("It takes applications until %s. Wait until then.")
        raise MoveRefused(said % in_london(round.closes_at))
    if to == RoundStatus.DECIDED and round.applications.filter(status__in=TO_SCORE).exists():
        raise MoveRefused(_("Release the letters together: that decides the round."))
    _move(round, to, by, why)


def _move(round: Round, to: RoundStatus, by: User | None, why: str) -> None:
    before = RoundStatus(round.status)
    if not Round.objects.filter(pk=round.pk, status=before, version=round.version).exists():
        raise MoveRefused(somebody_was_faster(round))
    if to not in MOVES[before]:
        said = _("“%(what)s” is %(status)s: it cannot become %(to)s.")
        words = {"what": round, "status": before.label.lower(), "to": to.label.lower()}
        raise MoveRefused(said % words)
    _change(round, before, status=to)
    record = RoundMove(round=round, from_status=before, to_status=to, moved_by=by, why=why)
    record.full_clean(exclude=["round", "moved_by"])
    record.save()


@transaction.atomic
def extend(
    *,
    round: Round,
    closes_at: datetime,
    by: User | None,
    why: str,
    decisions_on: date | None = None,
) -> None:
    """Give those who apply more time, by the clock in London. It is never made less."""
    decisions_on = decisions_on or round.decisions_on
    if round.status != RoundStatus.OPEN:
        raise ValidationError(_("Only a round that is open can be given more time."))
    if closes_at <= max(round.closes_at, timezone.now()):
        said = _("Choose a time that is still to come, later than %s.")
        raise ValidationError({"closes_at": said % in_london(round.closes_at)})
    if decisions_on <= timezone.localdate(closes_at):
        said = _("They were told to hear by %s. Choose a day after it closes.")
        raise ValidationError({"decisions_on": said % long_date(round.decisions_on)})
    _needs_a_reason(why)
    _change(round, RoundStatus.OPEN, closes_at=closes_at, decisions_on=decisions_on)
    _write_down(round, What.DATES, by, why)


@transaction.atomic
def add_to_pot(*, round: Round, amount: Decimal, by: User | None, why: str) -> None:
    """There is so much more to give, in pounds and pence."""
    if round.status in (RoundStatus.DRAFT, RoundStatus.CLOSED):
        raise ValidationError(_("Only the pot of a round that is under way can be added to."))
    if amount <= 0:
        raise ValidationError({"amount": _("Write an amount above nothing.")})
    pot = round._meta.get_field("pot")
    try:
        pot.run_validators(round.pot + amount)
    except ValidationError as too_much:
        raise ValidationError({"amount": too_much.messages}) from None
    _needs_a_reason(why)
    _change(round, RoundStatus(round.status), pot=F("pot") + amount)
    _write_down(round, What.POT, by, why)


def _needs_a_reason(why: str) -> None:
    if not why.strip():
        raise ValidationError({"why": _("Say why, in a few words.")})


def _change(round: Round, before: RoundStatus, **changes: Any) -> None:
    """One conditional UPDATE: of two at once, the second finds the row changed."""
    as_it_seems = Round.objects.filter(pk=round.pk, status=before, version=round.version)
    if not as_it_seems.update(version=F("version") + 1, **changes):
        raise MoveRefused(somebody_was_faster(round))
    round.refresh_from_db()


def somebody_was_faster(round: Round) -> str:
    """Who did what last, and when: nothing of ours was done."""
    found: list[tuple[datetime, User | None, str]] = []
    if moved := RoundMove.objects.filter(round=round.pk).select_related("moved_by").last():
        found.append((moved.moved_at, moved.moved_by, moved.get_to_status_display().lower()))
    if made := RoundRecord.objects.filter(round=round.pk).select_related("made_by").last():
        found.append((made.made_at, made.made_by, str(made)))
    if not found:
        return _("Somebody else has just changed this round. Look again first.")
    at, who, what = max(found, key=lambda one: one[0])
    said = _("%(who)s was faster, at %(when)s: %(what)s. Look again first.")
    return said % {"who": who or _("A command"), "when": in_london(at), "what": what}


def _write_down(round: Round, what: str, by: User | None, why: str = "") -> None:
    record = RoundRecord(
        round=round, what=what, version=round.version, whole=whole(round), made_by=by, why=why
    )
    record.full_clean(exclude=["round", "made_by"])
    record.save()
