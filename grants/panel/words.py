"""What pages and papers of the panel say of an application: its figures, as people read them."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grants.models import Application, ApplicationStatus
from grants.money import in_pounds
from grants.results.calibration import Adjusted, Calibration, NotEnough
from grants.results.means import tenth

NOTHING = "–"


def points(number: Fraction | Decimal | float | None) -> str:
    """“84.2” of 100."""
    if number is None:
        return NOTHING
    return str(tenth(Fraction(number)))


def pounds(amount: Decimal | None) -> str:
    return NOTHING if amount is None else in_pounds(amount)


def plus_minus(number: Decimal | float | None) -> str:
    return NOTHING if number is None else f"±{points(Fraction(number))}"


def adjusted_words(one: Adjusted | None) -> str:
    """“83.6 ±2.1”: adjusted, and its standard error."""
    return NOTHING if one is None else f"{points(one.adjusted)} {plus_minus(one.error)}"


def adjusted_note(calibration: Calibration | NotEnough | None) -> str:
    """Why there is nothing adjusted to show; empty where there is, or where none is needed."""
    return calibration.why if isinstance(calibration, NotEnough) else ""


def about(one: Application) -> str:
    """“Bakewell · Staying well · Inclusion”."""
    return " · ".join(
        str(each) for each in (*one.places.all(), *one.needs_groups.all(), *one.themes.all())
    )


def status_words(one: Application) -> str:
    if one.status == ApplicationStatus.IN_SCORING:
        return _("Not decided")
    if one.status == ApplicationStatus.SUBMITTED:
        return _("Checks to do")
    return str(one.get_status_display())
