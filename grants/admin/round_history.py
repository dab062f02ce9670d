"""What happened to a round: who, when, what and why, newest first."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assets.admin.history import Change, Entry, in_words, told
from grants.models import Level, Round, RoundRecord
from grants.round_whole import PARTS, fields_of, row_of

__all__ = ["as_it_was", "in_words", "since", "timeline"]


def timeline(round: Round) -> list[Entry]:
    entries = [*_moves(round), *_records(round)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def as_it_was(round: Round, version: int | None) -> Any:
    """An unstored round with the values of that version, or None where there is no record."""
    record = _record(round, version)
    return row_of(Round, record.whole["round"]) if record else None


def since(round: Round, version: int | None) -> list[str]:
    """One sentence for each thing that happened after that version."""
    record = _record(round, version)
    if record is None:
        return []
    later = [one for one in timeline(round) if one.at > record.made_at]
    # Of one moment the round itself comes first, then its parts.
    return told(sorted(later, key=lambda entry: entry.at))


def _record(round: Round, version: int | None) -> RoundRecord | None:
    return None if version is None else round.records.filter(version=version).first()


def _moves(round: Round) -> Iterator[Entry]:
    for move in round.moves.select_related("moved_by"):
        yield Entry(move.moved_at, move.moved_by, str(move), why=move.why)


def _records(round: Round) -> Iterator[Entry]:
    before: dict[str, Any] | None = None
    for record in round.records.select_related("made_by"):
        if before is None:
            said = _("added") if record.what == RoundRecord.What.SAVED else str(record)
            yield Entry(record.made_at, record.made_by, said)
        else:
            yield from _differences(record, before)
        before = record.whole


def _differences(record: RoundRecord, before: dict[str, Any]) -> Iterator[Entry]:
    """First of the round itself, then part by part."""
    at, who, after = record.made_at, record.made_by, record.whole
    changes = _changes(Round, before["round"], after["round"])
    groups = [", ".join(one["needs_groups"]) for one in (before, after)]
    if groups[0] != groups[1]:
        label = _label(Round._meta.get_field("needs_groups"))
        changes.append(Change(label, *groups))
    said = _("changed") if record.what == RoundRecord.What.SAVED else str(record)
    if changes:
        yield Entry(at, who, said, why=record.why, changes=changes)
    for name, model in PARTS.items():
        yield from _of_parts(model, at, who, before.get(name, []), after[name])


def _of_parts(model: Any, at: Any, who: Any, before: Any, after: Any) -> Iterator[Entry]:
    old, new = ({one["id"]: one for one in rows} for rows in (before, after))
    for key in [*old, *(key for key in new if key not in old)]:
        kept = new.get(key) or old[key]
        name = f"{capfirst(model._meta.verbose_name)} “{row_of(model, kept)}”"
        if key not in new:
            yield Entry(at, who, _("%s removed") % name)
        elif key not in old:
            yield Entry(at, who, _("%s added") % name)
        elif changes := _changes(model, old[key], new[key]):
            yield Entry(at, who, _("%s changed") % name, changes=changes)


def _changes(model: Any, before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    old, new = row_of(model, before), row_of(model, after)
    changes = [
        Change(
            str(capfirst(field.verbose_name)), in_words(old, field.name), in_words(new, field.name)
        )
        for field in fields_of(model)
        if before.get(field.name) != after.get(field.name)
    ]
    levels = [_levels(one) for one in (before, after)]
    if levels[0] != levels[1]:
        changes.append(Change(capfirst(str(Level._meta.verbose_name_plural)), *levels))
    return changes


def _label(field: Any) -> str:
    return str(capfirst(field.verbose_name))


def _levels(kept: dict[str, Any]) -> str:
    rows = (row_of(Level, one) for one in kept.get("levels", []))
    return "\n".join(f"{one}: {one.description}" for one in rows)
