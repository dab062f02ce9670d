"""Results on paper: for each all that somebody without internet needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assets import schedules, words
from assets.cards import distance_in_words
from assets.dates import words as dates
from assets.listed import listed
from assets.listing_page import ContactLine, Where, contact_lines, where_of
from assets.models import Activity, Organisation
from assets.search.query import Found


@dataclass(frozen=True)
class PrintEntry:
    """A group that lists nothing has only what comes first."""

    number: int
    title: str
    is_example: bool
    summary: str
    contacts: list[ContactLine]
    checked: str
    mark: str = ""
    organisation: str = ""
    next: str = ""
    when: list[str] = field(default_factory=list)
    where: Where | None = None
    ways: str = ""
    distance: str = ""
    how_to_come: str = ""
    who_can_refer: str = ""
    ages: str = ""
    cost: str = ""
    newcomers: str = ""
    easy: list[str] = field(default_factory=list)


def print_entries(found: Iterable[Found]) -> list[PrintEntry]:
    """In a fixed number of queries. Groups that list nothing come with their contacts alone."""
    return [
        _of_activity(number, row, listing)
        if isinstance(listing, Activity)
        else _of_group(number, listing)
        for number, (row, listing) in enumerate(listed(found), start=1)
    ]


def _of_activity(number: int, row: Found, activity: Activity) -> PrintEntry:
    return PrintEntry(
        number=number,
        title=activity.title,
        organisation=activity.organisation.name,
        is_example=activity.is_example,
        summary=activity.summary,
        next=dates.in_words(row.next) if row.next else "",
        when=[schedules.in_words(one) for one in activity.schedules.all()],
        where=where_of(activity),
        ways=words.where_in_words(activity),
        distance=distance_in_words(row.miles),
        how_to_come=words.how_to_come_in_words(activity),
        who_can_refer=words.referrers_in_words(activity),
        ages=words.ages_of(activity),
        cost=words.cost_in_words(activity),
        newcomers=words.newcomers_in_words(activity),
        easy=words.easy_in_words(activity),
        contacts=contact_lines(activity) or contact_lines(activity.organisation),
        checked=words.checked_in_words(activity),
        mark=words.mark_in_words(activity),
    )


def _of_group(number: int, group: Organisation) -> PrintEntry:
    return PrintEntry(
        number=number,
        title=group.name,
        is_example=group.is_example,
        summary=group.summary,
        contacts=contact_lines(group),
        checked=words.checked_in_words(group),
        mark=words.mark_in_words(group),
    )
