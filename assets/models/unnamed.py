"""What nobody is named in: words that hold no e-mail address and no telephone number."""

from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

# The obvious ones; a name no pattern knows. Read by PostgreSQL, in the rule and before it.
EMAIL = r"[^[:space:]@]+@[^[:space:]@]+\.[[:alpha:]]{2,}"
# “01632 960123”, “+44 (0)1632 960123”; a date has fewer digits.
PHONE = r"(\+44|0)([ ().-]*[0-9]){9,10}"


def reaches_nobody(*fields: str) -> CheckConstraint:
    """For the constraints of a model: these fields give no way to reach anybody."""
    reaches = Q()
    for field in fields:
        reaches |= Q(**{f"{field}__regex": EMAIL}) | Q(**{f"{field}__regex": PHONE})
    return CheckConstraint(
        name="%(class)s_reaches_nobody",
        condition=~reaches,
        violation_error_message=_(
            "Leave out e-mail addresses and telephone numbers: nobody is to be known by this."
        ),
    )
