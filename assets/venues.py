"""Hiding where a venue is, and keeping it hidden when villages move."""

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from accounts.models import User
from assets import listings, stamps
from assets.dates import occurrences
from assets.dates.load import load_school_terms
from assets.models import Activity, Organisation, Place, Venue
from assets.places.boundaries import who_lies_where
from assets.search import rows
from assets.turns import take_turn


def hide(*, venue: Venue, shown: Venue.Shown, by: User | None) -> None:
    """Show only the village from now on. What was known is forgotten: see `assets.whereabouts`."""
    if shown == Venue.Shown.PUBLIC:
        raise ValueError("hide() hides; a venue becomes public again by being saved as such.")
    venue.shown = shown
    listings.save(listing=venue, by=by)


@transaction.atomic
def follow_places() -> None:
    """After a new list of places: hidden venues stand at the new middles, and all rows say so.

    There may be councils whose terms we know, and villages may keep those of another than before:
    all dates are written, too.
    """
    take_turn()
    load_school_terms()
    middle = Place.objects.filter(pk=OuterRef("place")).values("point")[:1]
    Venue.objects.exclude(shown=Venue.Shown.PUBLIC).update(point=Subquery(middle))
    who_lies_where()
    occurrences.write(Q())
    rows.rebuild()
    hidden = Venue.objects.exclude(shown=Venue.Shown.PUBLIC)
    stamps.write(Activity.objects.filter(venue__in=hidden), Organisation.objects.none())
