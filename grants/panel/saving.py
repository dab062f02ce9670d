"""Ways to share out the pot, kept under a name to be compared. They decide nothing."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from grants.interests import in_turn
from grants.models import Application, Round, Scenario, ScenarioAward
from grants.money import in_pounds


@transaction.atomic
def save(
    *, round: Round, name: str, kind: str, awards: Mapping[Application, Decimal], by: User
) -> Scenario:
    """Keep who would get what, as it is worked out today.

    Raises ValidationError for a name that is taken, an amount that does not fit its application,
    or more than the pot.
    """
    locked = in_turn(round)
    made = Scenario(round=locked, name=name.strip(), kind=kind, made_by=by)
    made.clean_fields(exclude=["round", "made_by"])
    made.validate_constraints()
    wrong = [said for one, amount in awards.items() if (said := _misfit(locked, one, amount))]
    given = sum(awards.values(), Decimal(0))
    if given > locked.pot:
        said = _("%(given)s is more than the pot, which is %(pot)s.")
        wrong.append(said % {"given": in_pounds(given), "pot": in_pounds(locked.pot)})
    if wrong:
        raise ValidationError(wrong)
    made.save()
    ScenarioAward.objects.bulk_create(
        ScenarioAward(scenario=made, application=one, amount=amount)
        for one, amount in awards.items()
    )
    return made


@transaction.atomic
def delete(*, scenario: Scenario) -> None:
    """It was only an idea: nothing hangs on it."""
    scenario.delete()


def _misfit(round: Round, one: Application, amount: Decimal) -> str:
    if one.round_id != round.pk:
        return _("%s is of another round.") % one
    if one.minimum is None or one.ideal is None or not one.minimum <= amount <= one.ideal:
        said = _("%(reference)s: give between %(least)s and %(most)s.")
        least, most = one.minimum or Decimal(0), one.ideal or Decimal(0)
        words = {"least": in_pounds(least), "most": in_pounds(most)}
        return said % {"reference": one.reference, **words}
    return ""
