"""What other funders gave to a group: for staff who read its application."""

from django.db.models import Q

from assets.models import Organisation, Venue
from grants.models import Application, PublishedGrant
from grants.models.published import PublishedGrantQuerySet
from grants.threesixty.columns import digits_of, postcode_of


def found_of(
    *,
    name: str,
    charity_number: str = "",
    company_number: str = "",
    postcodes: tuple[str, ...] = (),
) -> PublishedGrantQuerySet:
    """Grants of others to the same recipient, the newest first.

    By its numbers; else by name and postcode together, for many groups share a name.
    """
    grants = PublishedGrant.objects.theirs().select_related("file").newest_first()
    numbered = Q()
    if charity_number:
        numbered |= Q(recipient_charity_number=digits_of(charity_number))
    if company_number:
        numbered |= Q(recipient_company_number=digits_of(company_number))
    if numbered:
        return grants.filter(numbered)
    at = [postcode_of(one) for one in postcodes if one]
    return grants.filter(recipient_name__iexact=name.strip(), recipient_postcode__in=at)


def found_of_organisation(organisation: Organisation) -> PublishedGrantQuerySet:
    """A hidden venue is nobody's address here."""
    venues = Venue.objects.filter(activities__organisation=organisation, shown=Venue.Shown.PUBLIC)
    return found_of(
        name=organisation.name,
        charity_number=organisation.charity_number,
        company_number=organisation.company_number,
        postcodes=tuple(venues.values_list("postcode", flat=True).distinct()),
    )


def found_of_applicant(application: Application) -> PublishedGrantQuerySet:
    """Of one that is not in the directory yet we know no more than the name: nothing is found."""
    if application.organisation:
        return found_of_organisation(application.organisation)
    return found_of(name=application.group_name)
