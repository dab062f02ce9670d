"""Tell everybody of an award of ours."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.turns import take_turn
from grants.models import GrantSource, PublishedGrant
from grants.threesixty.awarded import Awarded, said_of
from grants.threesixty.before_publishing import Advice, advice_on
from grants.threesixty.checking import Said, problems_of
from grants.threesixty.columns import columns_of


def advice_before(award: Awarded) -> list[Advice]:
    """What to know before it is published; what `stops` makes `publish` refuse."""
    said = said_of(award)
    wrong = [Advice(f"{one.where}: {one.says}", stops=True) for one in problems_of([(1, said)])]
    return wrong or advice_on(said, today=timezone.localdate())


@transaction.atomic
def publish(*, award: Awarded) -> PublishedGrant:
    """Publish an award, or say anew what has changed of it; the same again changes nothing.

    Raises ValidationError, with a sentence for each reason, for what may not be published.
    """
    take_turn()
    if stops := [one.says for one in advice_before(award) if one.stops]:
        raise ValidationError(stops)
    said = said_of(award)
    here = PublishedGrant.objects.filter(identifier=said["id"]).first()
    if here and not here.is_ours:
        raise ValidationError(_("Another funder’s grant has this identifier."))
    if here and _all_but_when(here.said) == _all_but_when(said):
        said["dateModified"] = here.said["dateModified"]
    columns = columns_of(said)
    if award.places:
        # The district beside them is for machines.
        columns["place_names"] = [one.name for one in award.places]
    grant = PublishedGrant(
        source=GrantSource.OURS,
        application=award.application,
        organisation=award.organisation,
        is_example=award.is_example,
        **columns,
    )
    grant.validate_constraints()
    grant.save(force_insert=here is None, force_update=here is not None)
    return grant


def _all_but_when(said: Said) -> Said:
    return {key: value for key, value in said.items() if key != "dateModified"}
