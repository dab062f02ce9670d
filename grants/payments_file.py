"""What was approved or released in a period, as a file for finance. Who takes it is kept."""

import csv
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.export.files import BYTE_ORDER_MARK, as_text, harmless
from grants import bank, sight
from grants.models import BankDetails, Payment, PaymentExport, PaymentStatus


def may_export(person: User) -> bool:
    """Finance alone: it holds accounts."""
    return bank.is_finance(person)


@transaction.atomic
def export(*, first_day: date, before: date, by: User) -> bytes:
    """A CSV of every payment that `by` may see, approved or released in the half-open period.

    Raises PermissionDenied for whoever is not finance, ValidationError for a period of no day.
    """
    if not may_export(by):
        raise PermissionDenied
    payments = list(_of_period(first_day, before, by))
    made = PaymentExport(
        first_day=first_day,
        before=before,
        payments=[str(one.pk) for one in payments],
        total=sum((one.amount for one in payments), Decimal(0)),
        made_by=by,
    )
    made.validate_constraints()
    made.save()
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_headings())
    writer.writerows([_cell(value) for value in _row(one)] for one in payments)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _of_period(first_day: date, before: date, by: User) -> QuerySet[Payment]:
    first, end = (timezone.make_aware(datetime.combine(day, time())) for day in (first_day, before))
    released = Q(status=PaymentStatus.RELEASED, released_at__gte=first, released_at__lt=end)
    approved = Q(status=PaymentStatus.APPROVED, approved_at__gte=first, approved_at__lt=end)
    seen = Payment.objects.filter(released | approved, award__in=sight.awards(by))
    return seen.select_related(
        "account", "award__application__round", "award__organisation", "approved_by", "released_by"
    )


def _headings() -> list[str]:
    return [
        _("Reference"),
        _("Status"),
        _("Group"),
        _("Supplier number"),
        _("Funder"),
        _("Cost code"),
        _("Amount"),
        _("Due on"),
        _("Approved by"),
        _("Approved"),
        _("Released by"),
        _("Released"),
        _("Name of the account"),
        _("Sort code"),
        _("Account number"),
    ]


def _row(payment: Payment) -> list[Any]:
    return [
        payment.reference,
        str(payment.get_status_display()),
        payment.award.organisation.name,
        payment.supplier_number,
        payment.funder,
        payment.cost_code,
        payment.amount,
        payment.due_on,
        str(payment.approved_by or ""),
        payment.approved_at,
        str(payment.released_by or ""),
        payment.released_at,
        *_account(payment.account),
    ]


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return harmless(as_text(value)) if isinstance(value, str) else value


def _account(account: BankDetails | None) -> tuple[str, str, str]:
    if account is None:
        return "", "", ""
    return account.account_name, account.sort_code, account.account_number
