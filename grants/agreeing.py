"""The agreement that goes with an offer, and a group's yes to it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import User
from assets.words import long_date
from grants import award_mails, offers, sight
from grants.models import Application, Award, AwardStatus
from grants.money import in_pounds

HEADING = re.compile(r"[0-9]+\. [^\n]+")
EMPTY_LINES = re.compile(r"\n[\n ]*\n(?=\S)")


class AgreementChanged(ValidationError):
    """It says something else than the page on which somebody pressed."""

    def __init__(self) -> None:
        super().__init__(_("The agreement has changed since you opened this page. Read it again."))


@dataclass(frozen=True)
class Block:
    """A heading, or the lines under it."""

    text: str
    is_heading: bool


def agreement_of(award: Award) -> str:
    """Word for word: what they have agreed to, or what they are asked to agree to."""
    if award.accepted_at:
        return award.agreement
    application = award.application
    context = {
        "award": award,
        "application": application,
        "round": application.round,
        "amount": in_pounds(award.amount),
        "first": long_date(award.starts_on),
        "last": long_date(award.ends_before - timedelta(days=1)),
        "conditions": [
            (one.words, long_date(one.due_on))
            for one in application.conditions.filter(waived_at=None)
        ],
        "is_minimal": award.subsidy == Award.Subsidy.MINIMAL,
    }
    text = render_to_string("grants/agreement.txt", context)
    return EMPTY_LINES.sub("\n\n", text).strip()


def sign_of(agreement: str) -> str:
    """Another one for every other text."""
    return hashlib.sha256(agreement.encode()).hexdigest()


def blocks_of(agreement: str) -> list[Block]:
    return [Block(one, bool(HEADING.fullmatch(one))) for one in agreement.split("\n\n")]


@transaction.atomic
def agree(*, award: Award, name: str, sign: str, is_minimal: bool, by: User) -> Award:
    """The group says yes to the agreement whose sign stood on the page, and all are told.

    `is_minimal`: they have confirmed what the law asks of Minimal Financial Assistance. Agreed
    already, it is the same again. Raises PermissionDenied for whoever does not act for the group,
    AgreementChanged, `offers.TooLate`, and ValidationError beside the field.
    """
    _require(award, by)
    # Conditions are added and taken away under the same lock.
    Application.objects.select_for_update(of=["self"]).get(pk=award.application_id)
    locked = Award.objects.select_related("application__round", "organisation").get(pk=award.pk)
    if locked.accepted_at:
        return locked
    text = agreement_of(locked)
    if locked.status == AwardStatus.OFFERED:
        if not name.strip():
            raise ValidationError({"name": _("Write your name under it.")})
        if locked.subsidy == Award.Subsidy.MINIMAL and not is_minimal:
            raise ValidationError({"is_minimal": _("Tick this, or ask us first.")})
        if sign != sign_of(text):
            raise AgreementChanged
    accepted = offers.accept(award=locked, name=name, agreement=text, by=by)
    award_mails.agreed(accepted)
    return accepted


@transaction.atomic
def refuse(*, award: Award, why: str, by: User) -> Award:
    """The group says no, once. Raises PermissionDenied, and `offers.TooLate` after a yes."""
    _require(award, by)
    locked = Award.objects.get(pk=award.pk)
    if locked.status == AwardStatus.DECLINED:
        return locked
    return offers.decline(award=locked, by=by, why=why.strip())


@transaction.atomic
def set_subsidy(*, award: Award, subsidy: str, by: User) -> None:
    """What the agreement says of subsidies, until the group has agreed."""
    seen = sight.applications(by).filter(pk=award.application_id).exists()
    if not (seen and by.has_perm("grants.run_round")):
        raise PermissionDenied
    if subsidy not in Award.Subsidy.values:
        raise ValidationError(_("Say whether it is a subsidy."))
    Application.objects.select_for_update(of=["self"]).get(pk=award.application_id)
    still_open = Award.objects.filter(pk=award.pk, status=AwardStatus.OFFERED)
    if not still_open.update(subsidy=subsidy):
        raise ValidationError(_("This offer is no longer open."))


def _require(award: Award, by: User) -> None:
    if not Application.objects.of_applicant(by).filter(pk=award.application_id).exists():
        raise PermissionDenied
