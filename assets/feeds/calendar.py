"""Calendars that a phone subscribes to (RFC 5545, and RFC 7986 for what a calendar is called)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from assets import words
from assets.dates import words as dates
from assets.export.files import as_text
from assets.feeds.series import Series, told
from assets.listing_page import contact_lines, where_of
from assets.models import Activity, Occurrence
from assets.models.occurrences import LONDON
from assets.models.schedules import Frequency
from assets.places.grid import latitude_longitude

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Golden Opportunities//Directory//EN"
# How often a phone should look again.
LOOK_AGAIN = timedelta(hours=12)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# The clocks of Great Britain since 1996, as the tz database has them.
BRITISH_CLOCKS = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19970330T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")


def calendar(
    name: str, url: str, on: Iterable[tuple[Activity, Sequence[Occurrence]]], *, says: str = ""
) -> bytes:
    """All these dates, also those that are off; `url` is the page that the calendar belongs to."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    # The second of each pair is what Outlook and Google have always read.
    for key in ("name", "x-wr-calname"):
        made.add(key, as_text(name))
    for key in ("description", "x-wr-caldesc"):
        if says:
            made.add(key, as_text(says))
    made.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT12H")
    made.add("x-wr-timezone", LONDON.key)
    made.add("url", url)
    made.add_component(Timezone.from_ical(BRITISH_CLOCKS))
    for activity, occurrences in on:
        events = _Events(activity)
        series, alone = told(activity.schedules.all(), occurrences)
        for one in series:
            for event in events.of_series(one):
                made.add_component(event)
        for date in alone:
            made.add_component(events.alone(date))
    ready: bytes = made.to_ical()
    return ready


class _Events:
    """The events of one activity: what all of them say is put into words once."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity
        self._host = settings.SITE_URL.hostname
        self._page = settings.SITE_URL.geturl() + reverse("activity", args=[activity.slug])
        self._title = as_text(activity.title)
        if activity.is_example:
            self._title = _("Example: %s") % self._title
        self._where = _where(activity)
        self._says = _says(activity)

    def of_series(self, series: Series) -> list[Event]:
        """The event that repeats, and one for each date that is different."""
        uid = self._uid(series.schedule)
        repeats = self._event(uid, series.starts, series.ends)
        repeats.add("rrule", _rule(series))
        if series.left_out:
            repeats.add("exdate", [_by_the_clock(one) for one in series.left_out])
        apart = []
        for one in series.told_apart:
            event = self._date(uid, one)
            event.add("recurrence-id", _by_the_clock(one.starts_at))
            apart.append(event)
        return [repeats, *apart]

    def alone(self, one: Occurrence) -> Event:
        return self._date(
            self._uid(one.schedule_id or "extra", f"{one.starts_at:%Y%m%dT%H%M}"), one
        )

    def _uid(self, *parts: Any) -> str:
        """The same for as long as the rule, or the date that stands alone, is there."""
        return "-".join(map(str, [self._activity.pk, *parts])) + f"@{self._host}"

    def _date(self, uid: str, one: Occurrence) -> Event:
        status, title, first = "CONFIRMED", self._title, one.note
        if one.cancelled:
            status, first = "CANCELLED", dates.off_in_words(one)
            title = _("Not on: %s") % title
        elif one.ask_first:
            status, first = "TENTATIVE", dates.after_the_day(one)
            title = _("%s (bank holiday: ask first)") % title
        says = f"{first[:1].upper()}{first[1:]}" if first else ""
        return self._event(uid, one.starts_at, one.ends_at, status, title, says)

    def _event(
        self,
        uid: str,
        starts: datetime,
        ends: datetime,
        status: str = "CONFIRMED",
        title: str = "",
        says: str = "",
    ) -> Event:
        event, activity = Event(), self._activity
        event.add("uid", uid)
        event.add("dtstamp", activity.changed_at)
        event.add("sequence", activity.version)
        event.add("dtstart", _by_the_clock(starts))
        event.add("dtend", _by_the_clock(ends))
        event.add("summary", title or self._title)
        event.add("status", status)
        # Nobody is busy because something is on.
        event.add("transp", "TRANSPARENT")
        event.add("description", "\n".join(filter(None, [says, *self._says])))
        for name, value in self._where.items():
            event.add(name, value)
        event.add("url", self._page)
        return event


def _by_the_clock(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def _rule(series: Series) -> dict[str, Any]:
    rule = series.rule
    day = DAYS[rule.weekday or 0]
    # Where the first date has a time zone, the last one is told in UTC.
    until = {"until": series.last}
    match rule.frequency:
        case Frequency.MONTHLY:
            return {"freq": "MONTHLY", "byday": f"{rule.week_of_month}{day}"} | until
        case Frequency.FORTNIGHTLY:
            return {"freq": "WEEKLY", "interval": 2, "byday": day} | until
    return {"freq": "WEEKLY", "byday": day} | until


def _where(activity: Activity) -> dict[str, Any]:
    """What the page says of it. Of a place that is hidden the village, and no point at all."""
    where, venue = where_of(activity), activity.venue
    if where is None or venue is None:
        return {"location": words.where_in_words(activity)}
    told: dict[str, Any] = {"location": ", ".join(map(as_text, where.lines))}
    if not venue.is_hidden:
        told["geo"] = tuple(round(degrees, 5) for degrees in latitude_longitude(venue.point))
    return told


def _says(activity: Activity) -> list[str]:
    where = where_of(activity)
    contacts = contact_lines(activity) or contact_lines(activity.organisation)
    lines = [
        activity.summary,
        _("By %s") % activity.organisation.name,
        words.ages_of(activity),
        words.cost_in_words(activity),
        words.how_to_come_in_words(activity),
        where.note if where else "",
        *(f"{one.kind_label}: {one.text}" for one in contacts),
        words.mark_in_words(activity),
        _("Ring before you travel: clubs change."),
    ]
    return [as_text(line) for line in lines if line]
