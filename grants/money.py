"""Pounds and pence, as people type them and as pages say them."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

MOST = Decimal("9999999.99")
# Commas only between thousands: “1,50” is a slip, and nobody can know which.
AMOUNT = re.compile(
    r"£? ?(?P<pounds>[0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<pence>[0-9]{2}))?"
)


class MoneyNotUnderstood(ValueError):
    """The message is for the page."""


def read_money(typed: str) -> Decimal:
    """“£1,200”, “1200”, “12.50”. Raises MoneyNotUnderstood for anything else."""
    found = AMOUNT.fullmatch(" ".join(typed.split()))
    if not found:
        raise MoneyNotUnderstood(_("Write an amount such as 450 or 1,200.50."))
    amount = Decimal(f"{found['pounds'].replace(',', '')}.{found['pence'] or '00'}")
    if amount > MOST:
        raise MoneyNotUnderstood(_("That is more than we can write down."))
    return amount


def in_pounds(amount: Decimal) -> str:
    """“£1,200”, “£12.50”: no pence where there are none."""
    said = f"£{abs(amount):,.2f}".removesuffix(".00")
    return f"−{said}" if amount < 0 else said
