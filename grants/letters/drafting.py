"""The first words of every letter. A person reads each, and puts it into their own, before it goes.

Scorers' reasons and the panel's are never in it: they may be read by whoever asks for them, and
are not written to the group.
"""

import re
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mails import in_every_mail
from accounts.models import User
from grants import offers, releasing
from grants.letters.feedback import Feedback, feedback_on
from grants.models import Application, ApplicationStatus, Letter, Round, RoundStatus
from grants.money import in_pounds
from grants.moving import PotTooSmall

EMPTY_LINES = re.compile(r"\n[\n ]*\n(?=\S)")
AWARD, RESERVE, DECLINE = Letter.Kind
NOTHING_SCORED = Feedback([], [])


@transaction.atomic
def draft(*, round: Round, by: User) -> int:
    """Every letter of a round that is missing, or that says what the panel thinks no more.

    Their number: those that say what was decided stay as they were written. Two at once make one
    letter. Raises PermissionDenied as `releasing.release` does, and ValidationError at another
    time than the panel's.
    """
    # Nothing is decided between here and the last letter.
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if not releasing.may_release(by, locked):
        raise PermissionDenied
    if locked.status != RoundStatus.PANEL:
        raise ValidationError(_("This round is not with the panel."))
    settled = list(locked.applications.filter(status__in=releasing.TOLD).select_related("round"))
    there = releasing.letters_to(settled)
    missing = [one for one in settled if one.pk not in there]
    found = feedback_on(locked, missing)
    for one in missing:
        kind = releasing.LETTER_OF[ApplicationStatus(one.status)]
        _write(one, kind, one.award, found.get(one.pk, NOTHING_SCORED))
    return len(missing)


@transaction.atomic
def draft_from_reserve(*, application: Application, amount: Decimal, by: User) -> Letter:
    """The letter with which freed money goes to who is next in line; read, then sent by `offers`.

    Raises PermissionDenied, PotTooSmall, and ValidationError for whoever is not next, or for an
    amount that is not between what would work and what was asked for.
    """
    its_round = Round.objects.select_for_update().get(pk=application.round_id)
    if not releasing.may_release(by, its_round):
        raise PermissionDenied
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if locked.status != ApplicationStatus.RESERVE:
        raise ValidationError(_("This one is not in reserve."))
    if offers.is_passed_over(locked, its_round):
        raise ValidationError(_("Somebody else is before them in line, and there is enough."))
    if locked.minimum is None or locked.ideal is None:
        raise ValidationError(_("It does not say what it costs."))
    if not locked.minimum <= amount <= locked.ideal:
        said = _("Give between %(least)s, the least that would work, and %(most)s, as asked.")
        most = {"least": in_pounds(locked.minimum), "most": in_pounds(locked.ideal)}
        raise ValidationError({"amount": said % most})
    if amount > its_round.left:
        raise PotTooSmall(its_round.left)
    there = Letter.objects.filter(application=locked, kind=AWARD, amount=amount).first()
    if there:
        return there
    return _write(locked, AWARD, amount, feedback_on(its_round, [locked])[locked.pk])


def _write(
    application: Application, kind: Letter.Kind, amount: Decimal | None, found: Feedback
) -> Letter:
    """In the place of the one of this kind, which says something else. What was sent stays."""
    words = {
        # Who looks after mail can read it: it is the same for a yes and a no.
        "subject": _("What we have decided about your application"),
        "body": _body(application, kind, amount, found),
        "amount": amount,
    }
    made = Letter(application=application, kind=kind, **words)
    Letter.objects.bulk_create([made], ignore_conflicts=True)
    letter = Letter.objects.get(application=application, kind=kind)
    if letter.pk != made.pk:
        unread = {"version": F("version") + 1, "read_at": None, "read_by": None}
        Letter.objects.filter(pk=letter.pk, sent_at=None).update(**words, **unread)
        letter.refresh_from_db()
    return letter


def _body(
    application: Application, kind: Letter.Kind, amount: Decimal | None, found: Feedback
) -> str:
    site = settings.SITE_URL.geturl()
    context: dict[str, Any] = in_every_mail() | {
        "application": application,
        "round": application.round,
        "amount": in_pounds(amount) if amount else "",
        "asked": in_pounds(application.ideal) if application.ideal else "",
        "in_part": amount is not None
        and application.ideal is not None
        and amount < application.ideal,
        "feedback": found,
        "answer_by": releasing.ANSWER_BY,
        "to_come": _to_come(application.round),
        "url": site + reverse("application_decision", args=[application.pk]),
        "rounds_url": site + reverse("rounds"),
        "list_url": site + reverse("list_your_group"),
        "others_url": site + reverse("awards", query={"whose": "theirs"}),
    }
    text = render_to_string(f"grants/letters/{kind}.txt", context)
    return EMPTY_LINES.sub("\n\n", text).strip()


def _to_come(round: Round) -> Round | None:
    """The next one in which they can ask again, where it is public already."""
    others = Round.objects.public().filter(area=round.area_id, closes_at__gt=timezone.now())
    return others.filter(is_example=round.is_example).exclude(pk=round.pk).last()
