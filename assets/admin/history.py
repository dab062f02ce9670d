"""What happened to a listing: who, when, what and why, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets import words
from assets.models import (
    Activity,
    ActivityNeedsGroup,
    ActivityTheme,
    Contact,
    DateChange,
    Listing,
    Organisation,
    OrganisationTheme,
    Schedule,
    TrustStatement,
)

# What moves and checks say better, or what follows from other columns.
NOT_TOLD = frozenset(
    "id version status first_public_at last_checked_on last_checked_by created_at changed_at "
    "point district organisation activity schedule".split()
)
PARTS: dict[type[Listing], list[tuple[type[models.Model], str]]] = {
    Organisation: [
        (Contact, "organisation_id"),
        (TrustStatement, "organisation_id"),
        (OrganisationTheme, "organisation_id"),
    ],
    Activity: [
        (Schedule, "activity_id"),
        (DateChange, "activity_id"),
        (Contact, "activity_id"),
        (ActivityNeedsGroup, "activity_id"),
        (ActivityTheme, "activity_id"),
    ],
}
TOLD_OF_EACH_LISTING = {
    Activity: frozenset({"organisation"}),
    Organisation: frozenset({"district"}),
}
LABELS = {"slug": gettext_lazy("address of its page")}
LONGEST = 400
TOGETHER = timedelta(seconds=2)


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """`who` is empty when a command did it."""

    at: datetime
    who: User | None
    what: str
    why: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Moment:
    """What one person did at one time, such as by one press of “Save”."""

    at: datetime
    who: User | None
    entries: list[Entry]


def moments(listing: Listing) -> list[Moment]:
    return together(timeline(listing))


def together(entries: Iterable[Entry]) -> list[Moment]:
    """The timeline, with what belongs together in one place."""
    found: list[Moment] = []
    for entry in entries:
        last = found[-1] if found else None
        if last and last.who == entry.who and last.at - entry.at < TOGETHER:
            last.entries.append(entry)
        else:
            found.append(Moment(entry.at, entry.who, [entry]))
    return found


def timeline(listing: Listing) -> list[Entry]:
    """In a fixed number of queries."""
    entries = [*_of_listing(listing), *_of_parts(listing), *_moves(listing), *_checks(listing)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def as_it_was(listing: Listing, version: int | None) -> Any:
    """The record of that version, or None where it was forgotten."""
    return _records(listing).filter(version=version).last()


def since(listing: Listing, version: int | None) -> list[str]:
    """One sentence for each thing that happened after that version."""
    opened = as_it_was(listing, version)
    if opened is None:
        return []
    return told(one for one in reversed(timeline(listing)) if one.at > opened.history_date)


def told(entries: Iterable[Entry]) -> list[str]:
    """A sentence for each."""
    return [
        _("%(who)s, %(when)s: %(what)s.")
        % {"who": entry.who or _("A command"), "when": _when(entry.at), "what": _summary(entry)}
        for entry in entries
    ]


def in_words(record: Any, name: str) -> str:
    """The value of one column as staff read it."""
    column = record._meta.get_field(name)
    value = getattr(record, name)
    if isinstance(column, ArrayField):
        labels = dict(getattr(column.base_field, "flatchoices", None) or [])
        return words.joined(str(labels.get(one, one)) for one in value or [])
    if column.choices and value is not None:
        return str(dict(column.flatchoices).get(value, value))
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return str(formats.date_format(timezone.localtime(value), "j M Y, H:i"))
    text = str(formats.localize(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _summary(entry: Entry) -> str:
    fields = ", ".join(change.label for change in entry.changes)
    return f"{entry.what} ({fields})" if fields else entry.what


def _when(moment: datetime) -> str:
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return str(formats.date_format(local, "H:i" if today else "j M Y, H:i"))


def _records(thing: Any) -> Any:
    """History of one row or model, oldest first, with whom and what it names."""
    records = thing.history.all()
    related = [
        one.name
        for one in records.model._meta.fields
        if isinstance(one, models.ForeignKey) and one.name != "history_relation"
    ]
    return records.select_related(*related).order_by("history_date", "history_id")


def _of_listing(listing: Listing) -> Iterator[Entry]:
    told = TOLD_OF_EACH_LISTING.get(type(listing), frozenset())
    before: Any = None
    for record in _records(listing):
        if before is None:
            # The first that is left: what a venue was before it was hidden is forgotten.
            what = _("added") if record.history_type == "+" else _("kept from here on")
            yield Entry(record.history_date, record.history_user, what)
        elif changes := list(_changes(before, record, NOT_TOLD - told)):
            yield Entry(record.history_date, record.history_user, _("changed"), changes=changes)
        before = record


def _of_parts(listing: Listing) -> Iterator[Entry]:
    for model, column in PARTS.get(type(listing), []):
        last: dict[Any, Any] = {}
        for record in _records(model).filter(**{column: listing.pk}):
            if entry := _of_part(last.get(record.id), record):
                yield entry
            last[record.id] = record


def _of_part(before: Any, record: Any) -> Entry | None:
    # A tag is called as what it names, which came with the record.
    tag = getattr(record, "needs_group", None) or getattr(record, "theme", None)
    name = f"{capfirst(record.instance._meta.verbose_name)} “{tag or record.instance}”"
    if record.history_type == "-":
        return Entry(record.history_date, record.history_user, _("%s removed") % name)
    if before is None:
        why = record.reason if tag else ""
        return Entry(record.history_date, record.history_user, _("%s added") % name, why=why)
    changes = list(_changes(before, record, NOT_TOLD))
    if not changes:
        return None
    return Entry(record.history_date, record.history_user, _("%s changed") % name, changes=changes)


def _changes(before: Any, after: Any, not_told: Iterable[str]) -> Iterator[Change]:
    for column in after.tracked_fields:
        if column.name not in not_told and (
            getattr(before, column.attname) != getattr(after, column.attname)
        ):
            yield Change(
                capfirst(str(LABELS.get(column.name, column.verbose_name))),
                in_words(before, column.name),
                in_words(after, column.name),
            )


def _moves(listing: Any) -> Iterator[Entry]:
    for move in listing.moves.select_related("moved_by"):
        yield Entry(move.moved_at, move.moved_by, str(move), why=move.why)


def _checks(listing: Any) -> Iterator[Entry]:
    for one in listing.checks.select_related("person"):
        what = _("checked by %(whom)s on %(day)s") % {
            "whom": one.get_checked_by_display(),
            "day": words.long_date(one.checked_on),
        }
        yield Entry(one.recorded_at, one.person, what, why=one.note)
