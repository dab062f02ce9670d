"""A date in words: “Tue 24 Nov, 10 am to 11.30 am”, “Tomorrow: not on (boiler broken)”."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import Occurrence
from assets.models.occurrences import LONDON
from assets.schedules import day_in_words, time_in_words


def in_words(occurrence: Occurrence) -> str:
    """The whole date as a person would say it today; of one that is off, why or where to."""
    day, rest = near_day_in_words(occurrence.on), after_the_day(occurrence)
    if occurrence.cancelled:
        return _("%(day)s: %(what)s") % {"day": day, "what": rest}
    return f"{day}, {rest}"


def after_the_day(occurrence: Occurrence) -> str:
    """“10 am to 11.30 am, bank holiday: ask first”, “not on (boiler broken)”."""
    if occurrence.cancelled:
        return off_in_words(occurrence)
    parts = [times_in_words(occurrence)]
    if occurrence.ask_first:
        parts.append(_("bank holiday: ask first"))
    if occurrence.note:
        parts.append(occurrence.note)
    return ", ".join(parts)


def times_in_words(occurrence: Occurrence) -> str:
    """“10 am to 11.30 am”, by London's clock."""
    starts, ends = (
        time_in_words(moment.astimezone(LONDON).time())
        for moment in (occurrence.starts_at, occurrence.ends_at)
    )
    return _("%(from)s to %(to)s") % {"from": starts, "to": ends}


def off_in_words(occurrence: Occurrence) -> str:
    """“moved to Thu 26 Nov”, “not on (Boxing Day)”."""
    if occurrence.moved_to:
        off = _("moved to %(day)s") % {"day": day_in_words(occurrence.moved_to)}
    else:
        off = _("not on")
    if not occurrence.note:
        return off
    return _("%(off)s (%(why)s)") % {"off": off, "why": occurrence.note}


def near_day_in_words(day: date) -> str:
    """“Today”, “Tomorrow”, else “Tue 24 Nov”."""
    today = timezone.localdate()
    if day == today:
        return _("Today")
    if day == today + timedelta(days=1):
        return _("Tomorrow")
    return day_in_words(day)
