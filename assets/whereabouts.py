"""What was known of a venue is forgotten once it is hidden."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from assets import problems
from assets.models import (
    Harvest,
    ImportChange,
    ImportedRow,
    ImportUpload,
    Listing,
    Source,
    Venue,
    VenueSlug,
)
from assets.proposals.forgetting import forget_venue


def is_newly_hidden(listing: Listing, before: Listing | None) -> bool:
    return (
        isinstance(listing, Venue)
        and listing.is_hidden
        and isinstance(before, Venue)
        and not before.is_hidden
    )


def forget(venue: Venue, was: Venue) -> None:
    """Keep only what the venue says now, and not what it `was`.

    No old addresses, no history, no name in staff's log, nothing of the sheet or the proposal that
    it came in.
    """
    forget_venue(was, venue)
    VenueSlug.objects.filter(listing=venue).exclude(slug=venue.slug).delete()
    venue.history.exclude(pk=venue.history.latest().pk).delete()
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Venue), object_id=str(venue.pk)
    ).update(object_repr=str(venue)[:200], change_message="")
    problems.forget_words(venue=venue)
    rows = ImportedRow.objects.filter(venue=venue)
    # What was read, and left alone, may say where it is.
    Harvest.objects.filter(source__in=Source.objects.of_rows(rows)).update(told=[])
    rows.update(said={})
    # A sheet that waits to be loaded may have it: it can be brought in again.
    ImportUpload.objects.all().delete()
    ImportChange.objects.filter(row__venue=venue).update(before={}, said_before={})
