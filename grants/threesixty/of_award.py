"""An award, the application behind it and its round, put together to be published."""

from django.utils import timezone

from assets.models import Organisation, Venue
from grants.models import Award
from grants.threesixty.awarded import Awarded, Recipient


def awarded_of(award: Award) -> Awarded:
    """What `publishing.publish` tells of it. The day of the award is that of the offer.

    What came back into the pot was not given in the end.
    """
    application, its_round = award.application, award.application.round
    return Awarded(
        reference=application.reference,
        title=application.title,
        description=application.summary,
        awarded=award.amount - award.returned,
        asked_for=application.ideal,
        paid=award.paid or None,
        awarded_on=timezone.localdate(award.offered_at),
        starts_on=award.starts_on,
        ends_before=award.ends_before,
        recipient=_recipient(award.organisation),
        funder=its_round.funder,
        programme_code=its_round.code,
        programme=its_round.title,
        area=its_round.area,
        places=tuple(application.places.all()),
        needs_groups=tuple(application.needs_groups.all()),
        themes=tuple(application.themes.all()),
        application=application,
        organisation=award.organisation,
        is_example=award.is_example,
    )


def _recipient(group: Organisation) -> Recipient:
    """With the postcode of a place where it meets and that everybody may know; else without."""
    places = Venue.objects.to_find().filter(activities__organisation=group)
    return Recipient(
        name=group.name,
        key=f"org-{group.pk}",
        charity_number=group.charity_number,
        company_number=group.company_number,
        postcode=places.order_by("postcode").values_list("postcode", flat=True).first() or "",
    )
