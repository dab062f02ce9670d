"""Money on the pages of the fund."""

from decimal import Decimal

from django import template

from grants.money import in_pounds

register = template.Library()


@register.filter
def pounds(amount: Decimal) -> str:
    """“£1,200”, “£12.50”."""
    return in_pounds(amount)
