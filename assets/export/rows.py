"""One row of the file for each result, in words: only what its page says to everybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from assets import schedules, words
from assets.dates import words as dates
from assets.harvesting.credit import credits_of_each, in_words
from assets.listed import listed
from assets.listing_page import contact_lines, where_of
from assets.models import Activity, Contact, HelpLine, Organisation
from assets.models.activities import Kind
from assets.models.lifecycle import CheckedBy
from assets.search.query import Found

# So many at once are in memory with all that hangs on them.
AT_ONCE = 500


@dataclass(frozen=True)
class Row:
    """In the order of the columns. Dates are dates, miles a number, all else is text."""

    title: str = ""
    group: str = ""
    summary: str = ""
    kind: str = ""
    when: str = ""
    next_date: date | None = None
    next_times: str = ""
    ways: str = ""
    where: str = ""
    postcode: str = ""
    getting_there: str = ""
    miles: float | None = None
    ages: str = ""
    cost: str = ""
    how_to_come: str = ""
    who_can_refer: str = ""
    newcomers: str = ""
    easy: str = ""
    needs: str = ""
    themes: str = ""
    phone: str = ""
    text: str = ""
    email: str = ""
    web: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    came_from: str = ""
    example: str = ""
    page: str = ""

    @property
    def values(self) -> list[str | date | float | None]:
        return [getattr(self, one.name) for one in fields(self)]


def headings() -> list[str]:
    """Of the columns, in the order of `Row`."""
    return [
        _("Name"),
        _("Group"),
        _("In short"),
        _("What it is"),
        _("When"),
        _("Next date"),
        _("Next time"),
        _("How to take part"),
        _("Where"),
        _("Postcode"),
        _("Getting there"),
        _("Miles away"),
        _("Ages"),
        _("Cost"),
        _("How to come"),
        _("Who can refer"),
        _("Room for new people"),
        _("What makes it easy"),
        _("What would help?"),
        _("On your mind"),
        _("Phone"),
        _("Text message"),
        _("E-mail"),
        _("Website"),
        _("Last checked on"),
        _("Checked by"),
        _("From"),
        _("Example"),
        _("Page"),
    ]


def rows_of(found: Iterable[Found], *, for_machines: bool = False) -> Iterator[Row]:
    """In a fixed number of queries for every 500. What is gone by now has no row.

    `for_machines` leaves out what they are not told of, see `Listing.is_told_to_machines`.
    """
    rows = list(found)
    for start in range(0, len(rows), AT_ONCE):
        yield from _rows_of(rows[start : start + AT_ONCE], for_machines)


def help_row(line: HelpLine) -> Row:
    """Somebody to call, before anything else."""
    return Row(
        title=_("Need help now? %(name)s") % {"name": line.name},
        summary=f"{line.for_whom} {line.what}".strip(),
        when=line.hours,
        phone=line.phone,
        text=_("%(word)s to %(number)s") % {"word": line.text_word, "number": line.text_number}
        if line.text_word
        else line.text_number,
        email=line.email,
        web=line.web,
        checked_on=line.checked_on,
        page=_address("help_now"),
    )


def end_row(said: str) -> Row:
    return Row(title=said)


def _rows_of(found: list[Found], for_machines: bool) -> Iterator[Row]:
    several = [*listed(found, "needs_groups", "themes")]
    keys = [listing.pk for _row, listing in several]
    came_from = credits_of_each(keys) | credits_of_each(keys, "organisation")
    for row, listing in several:
        if for_machines and not listing.is_told_to_machines:
            continue
        told = _of_activity(row, listing) if isinstance(listing, Activity) else _of_group(listing)
        yield replace(told, came_from=in_words(came_from.get(listing.pk, [])))


def _of_activity(row: Found, activity: Activity) -> Row:
    contacts = _contacts(activity) or _contacts(activity.organisation)
    return Row(
        title=activity.title,
        group=activity.organisation.name,
        summary=activity.summary,
        kind=str(Kind(activity.kind).label),
        when="; ".join(schedules.in_words(one) for one in activity.schedules.all()),
        next_date=row.next.on if row.next else None,
        next_times=dates.after_the_day(row.next) if row.next else "",
        ways=words.ways_in_words(activity),
        miles=None if row.miles is None else round(row.miles, 1),
        ages=words.ages_of(activity),
        cost=words.cost_in_words(activity),
        how_to_come=words.how_to_come_in_words(activity),
        who_can_refer=words.referrers_in_words(activity),
        newcomers=words.newcomers_in_words(activity),
        easy=", ".join(words.easy_in_words(activity)),
        needs=", ".join(one.plain_name for one in activity.needs_groups.all()),
        themes="; ".join(one.name for one in activity.themes.all()),
        page=_address("activity", activity.slug),
        **_whereabouts(activity),
        **contacts,
        **_checked(activity),
    )


def _of_group(group: Organisation) -> Row:
    return Row(
        title=group.name,
        group=group.name,
        summary=group.summary,
        kind=_("A group"),
        themes="; ".join(one.name for one in group.themes.all()),
        page=_address("organisation", group.slug),
        **_contacts(group),
        **_checked(group),
    )


def _whereabouts(activity: Activity) -> dict[str, Any]:
    """What the page says of it: of a hidden venue the village, and why there is no more."""
    venue, where = activity.venue, where_of(activity)
    if venue is None or where is None:
        return {"where": words.where_in_words(activity)}
    if venue.is_hidden:
        return {"where": ", ".join(where.lines), "getting_there": where.note}
    return {
        "where": ", ".join(line for line in where.lines if line != venue.postcode),
        "postcode": venue.postcode,
        "getting_there": where.getting_there,
    }


def _contacts(listing: Activity | Organisation) -> dict[str, Any]:
    """By kind, several of one kind together; nothing where there are none."""
    told: dict[str, list[str]] = {}
    for line in contact_lines(listing):
        words_of_one = f"{line.text} ({line.label})" if line.label else line.text
        told.setdefault(Contact.Kind(line.kind).value, []).append(words_of_one)
    return {kind: "; ".join(several) for kind, several in told.items()}


def _checked(listing: Activity | Organisation) -> dict[str, Any]:
    by = CheckedBy(listing.last_checked_by).label if listing.last_checked_by else ""
    return {
        "checked_on": listing.last_checked_on,
        "checked_by": str(by),
        "example": _("yes") if listing.is_example else _("no"),
    }


def _address(name: str, *args: str) -> str:
    return settings.SITE_URL.geturl() + reverse(name, args=args)
