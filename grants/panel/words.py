"""What pages and papers of the panel say of an application: its figures, as people read them."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy, ngettext

from grants.models import Application, ApplicationStatus
from grants.money import in_pounds
from grants.results.calibration import Adjusted, Calibration, NotEnough
from grants.results.means import tenth

NOTHING = "–"
# Of a list that only has to give an idea.
FEW = 3
S = ApplicationStatus
AT_THE_PANEL = {
    S.SUBMITTED: gettext_lazy("Checks to do"),
    S.IN_SCORING: gettext_lazy("Not decided"),
    S.TO_AWARD: gettext_lazy("Award"),
    S.TO_RESERVE: gettext_lazy("Reserve"),
    S.TO_DECLINE: gettext_lazy("Decline"),
}


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
    """Shorter than its label: the page says that nobody is told yet."""
    return str(AT_THE_PANEL.get(ApplicationStatus(one.status), one.get_status_display()))


def first_few(names: list[str]) -> str:
    """“Bakewell, Youth voice, Mobility and 4 more”: before anything is awarded all is a gap."""
    said, more = ", ".join(names[:FEW]), len(names) - FEW
    if more <= 0:
        return said
    rest = ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more)
    return rest % {"names": said, "more": more}
