"""What the page of one place shows, put into words."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from assets import words
from assets.by_day import Day
from assets.cards import Card, cards
from assets.dates.words import near_day_in_words
from assets.listing_page import Where, where_is
from assets.models import Venue
from assets.search.answer import at_venue, dates_at_venue

# Whole days only: of a day cut in two, half would seem to be nothing.
DAYS_AHEAD = 14


@dataclass(frozen=True)
class VenuePage:
    venue: Venue
    where: Where
    easy: list[str]
    ways_of_working: list[str]
    days: list[Day]
    cards: list[Card]
    checked: str
    mark: str


def venue_page(venue: Venue) -> VenuePage:
    """A fixed number of queries. Only for a place that everybody may know of."""
    before = timezone.localdate() + timedelta(days=DAYS_AHEAD)
    dated = cards(dates_at_venue(venue.pk, before))
    return VenuePage(
        venue=venue,
        where=where_is(venue),
        easy=[feature.name for feature in venue.access_features.all()],
        ways_of_working=[way.name for way in venue.ways_of_working.all()],
        days=[
            Day(near_day_in_words(day), list(some))
            for day, some in groupby(dated, key=lambda card: card.on)
            if day
        ],
        cards=cards(at_venue(venue.pk)),
        checked=words.checked_in_words(venue),
        mark=words.mark_in_words(venue),
    )
