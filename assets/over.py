"""What may be said of a listing that is not on: the page and the open data say the same."""

from dataclasses import dataclass

from assets.models import Activity, Listing, Status


@dataclass(frozen=True)
class Over:
    """`is_named`: its name may be told. What was taken away is not named."""

    on_a_break: bool
    is_named: bool


def how_over(listing: Listing) -> Over:
    """Of an activity with its group. What a group closes for now has a break with it."""
    statuses = {listing.status}
    if isinstance(listing, Activity):
        statuses.add(listing.organisation.status)
    return Over(
        on_a_break=Status.PAUSED in statuses and statuses <= {Status.PAUSED, Status.PUBLIC},
        is_named=not statuses & {Status.WITHDRAWN, Status.DRAFT},
    )
