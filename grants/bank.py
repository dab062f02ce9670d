"""The verbs of bank details: asked for, given, rung back on a known number, and only then paid to.

Finance alone reads them: whoever has a role that says so. To be an administrator is not enough.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.sealing import seal
from assets.models import Contact, Organisation
from grants import sight
from grants.applying import mails
from grants.models import Application, Award, AwardStatus, BankCall, BankDetails
from grants.models.bank import SEALED_AS

# While money may still go to the group.
TO_BE_PAID = (AwardStatus.ACCEPTED, AwardStatus.REPORTING)
# Between digits people write these.
SPACERS = str.maketrans("", "", " -–\u00a0")


@dataclass(frozen=True)
class KnownNumber:
    """A telephone number that the directory had before the details came."""

    value: str
    label: str
    since: datetime


def is_finance(person: Any) -> bool:
    """Whether a role lets them read bank details."""
    may: bool = (
        # An administrator has every permission, and yet no role.
        person.has_perm("grants.handle_bankdetails")
        and person.groups.filter(
            permissions__codename="handle_bankdetails",
            permissions__content_type__app_label="grants",
        ).exists()
    )
    return may


def awards_to_pay(person: Any) -> QuerySet[Award]:
    """Those whose money may still go out, but for what this person has to do with."""
    concerned = Application.objects.filter(sight.concerns(person))
    own = Organisation.objects.acted_for_by(person)
    found = Award.objects.filter(status__in=TO_BE_PAID)
    return found.exclude(Q(application__in=concerned) | Q(organisation__in=own))


def readable(person: Any) -> QuerySet[BankDetails]:
    """What this person may read: nothing but for finance, and never of their own groups."""
    if not is_finance(person):
        return BankDetails.objects.none()
    concerned = Application.objects.filter(sight.concerns(person))
    of_theirs = concerned.filter(organisation__isnull=False).values("organisation")
    own = Organisation.objects.acted_for_by(person)
    found = BankDetails.objects.select_related("organisation", "application__round", "given_by")
    return found.exclude(Q(organisation__in=of_theirs) | Q(organisation__in=own))


def may_be_given(application: Application) -> bool:
    return Award.objects.filter(application=application, status__in=TO_BE_PAID).exists()


@transaction.atomic
def ask(*, application: Application, by: User) -> None:
    """Writes to everybody who wrote it where to type the account. Twice is once."""
    if not is_finance(by) or not awards_to_pay(by).filter(application=application).exists():
        raise PermissionDenied
    mails.send_all("account-asked", application, page="application_account")


def read_digits(typed: str, number: int) -> str:
    """“12-34-56”, “12 34 56” → “123456”. Raises ValidationError for anything else."""
    digits = typed.translate(SPACERS)
    if not (digits.isascii() and digits.isdigit() and len(digits) == number):
        raise ValidationError(_("Write %d digits.") % number)
    return digits


@transaction.atomic
def give(
    *,
    application: Application,
    account_name: str,
    sort_code: str,
    account_number: str,
    signatories: tuple[str, str],
    by: User,
) -> BankDetails:
    """The account of a group, in place of the one before: it waits for our call from now on.

    The same once more is once. Raises ValidationError for what cannot be an account, and where
    nothing is to be paid.
    """
    group = _group_to_pay(application)
    digits = (read_digits(sort_code, 6), read_digits(account_number, 8))
    last = _last(group)
    name, first, second = (one.strip() for one in (account_name, *signatories))
    if last and _said(last) == (*digits, name, first, second):
        return last
    details = BankDetails(
        application=application,
        organisation=group,
        version=last.version + 1 if last else 1,
        account_name=name,
        sealed=seal(" ".join(digits), what=SEALED_AS),
        ending=digits[1][-3:],
        first_signatory=first,
        second_signatory=second,
        given_by=by,
    )
    details.full_clean(exclude=["application", "organisation", "given_by"])
    details.save(force_insert=True)
    # Whoever else writes for the group learns that somebody has done this.
    mails.send_all("account-given", application, about=details, page="application_account")
    return details


def _group_to_pay(application: Application) -> Organisation:
    """Held, so that accounts come one after the other. Raises ValidationError if there is none."""
    award = Award.objects.filter(application=application, status__in=TO_BE_PAID).first()
    if award is None:
        raise ValidationError(_("We do not need to know an account just now."))
    groups = Organisation.objects.select_for_update(of=["self"], no_key=True)
    return groups.get(pk=award.organisation_id)


def _said(details: BankDetails) -> tuple[str, ...]:
    signs = (details.first_signatory, details.second_signatory)
    return (details.sort_code, details.account_number, details.account_name, *signs)


def known_numbers(details: BankDetails) -> list[KnownNumber]:
    """Those the directory had of the group when the details came; none that came with them.

    Read from the history of its contacts: what was changed or taken away since counts as well.
    """
    records = Contact.history.filter(
        organisation_id=details.organisation_id, history_date__lt=details.given_at
    ).order_by("history_date", "history_id")
    then: dict[int, KnownNumber] = {}
    for record in records:
        if record.history_type == "-" or record.kind != Contact.Kind.PHONE:
            then.pop(record.id, None)
        elif record.id not in then or then[record.id].value != record.value:
            then[record.id] = KnownNumber(record.value, record.label, record.history_date)
    return list(then.values())


@transaction.atomic
def ring(
    *,
    details: BankDetails,
    number: str,
    spoke_to: str,
    is_right: bool,
    note: str,
    by: User,
) -> BankCall:
    """What the group said on the telephone. Raises ValidationError, and PermissionDenied.

    Only a number that was known before will do; and whoever typed an account does not ring about
    it.
    """
    locked = readable(by).select_for_update(of=["self"]).filter(pk=details.pk).first()
    if locked is None or locked.given_by_id == by.pk:
        raise PermissionDenied
    if BankCall.objects.filter(details=locked).exists():
        raise ValidationError(_("A colleague has written down a call about it already."))
    if number not in {one.value for one in known_numbers(locked)}:
        raise ValidationError(
            {"number": _("Ring on a number that we had before the account was given.")}
        )
    call = BankCall(
        details=locked,
        rung_by=by,
        number=number,
        spoke_to=spoke_to.strip(),
        is_right=is_right,
        note=note.strip(),
    )
    call.full_clean(exclude=["details", "rung_by"])
    call.save(force_insert=True)
    return call


def account_to_pay(organisation: Organisation) -> BankDetails | None:
    """The group's account, once it has been rung back; None where nothing may be paid.

    While newer details wait for the call nothing is paid, to the account before them neither: that
    one may be closed. Newer ones that were not right do not count.
    """
    details = organisation.bank_details.exclude(call__is_right=False).order_by("version").last()
    return details if details and is_rung(details) else None


def is_rung(details: BankDetails) -> bool:
    return BankCall.objects.filter(details=details, is_right=True).exists()


def _last(organisation: Organisation) -> BankDetails | None:
    return organisation.bank_details.order_by("version").last()


def last_of(organisations: Iterable[Organisation]) -> dict[Any, BankDetails]:
    """Key of a group → what it gave last, with the call about it, in one query."""
    found = BankDetails.objects.filter(organisation__in=organisations).select_related("call")
    return {one.organisation_id: one for one in found.order_by("version")}
