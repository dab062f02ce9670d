"""What hangs on an activity and stands in no cell: who runs it too, notes and changed days.

It is brought in once all rows are, for a group may stand further down than what it runs. What came
last is kept beside the row: only that is taken away again, and nothing that somebody here added.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from assets.dates.rules import Rule
from assets.harvesting import checked
from assets.harvesting.bent import Bent, More, Off
from assets.harvesting.careful import Theirs
from assets.harvesting.noted import Hanging
from assets.importing.fields import ACTIVITY, GROUP, rule_in_json
from assets.importing.known import keys_of
from assets.importing.taking_away import OVER
from assets.in_bulk import insert
from assets.models import Activity, ActivityPartner, DateChange, ImportedRow, Schedule, Source
from assets.models.schedules import Frequency
from assets.refreshing import refresh_each
from assets.saying import Values, rule_of

Kind = DateChange.Kind


def hanging(partners: list[str], bent: Bent, assured_on: str) -> Hanging:
    """As it is kept: ids of groups, notes by their rule, and days that have changed.

    `assured_on` is the ISO date on which their directory last checked it, or nothing.
    """
    moved = {(one.moved_from, one.on): one for one in bent.more if one.moved_from}
    days = [
        _day_off(rule, off, moved.get((off.on, off.to)) if off.to else None)
        for rule, off in bent.off
    ]
    days += [_day_more(one) for one in bent.more if not one.moved_from]
    notes = [[rule_in_json(rule), note] for rule, note in bent.notes]
    hangs = {"partners": sorted(partners), "notes": notes, "days": days}
    return hangs | {"assured_on": assured_on}


def _day_off(rule: Rule, off: Off, more: More | None) -> Values:
    other = more is not None and more.rule.starts_at != rule.starts_at
    return {
        "rule": rule_in_json(rule),
        "kind": str(Kind.MOVED if off.to else Kind.CANCELLED),
        "on": off.on.isoformat(),
        "to_on": off.to.isoformat() if off.to else None,
        "starts_at": more.rule.starts_at.isoformat() if more and other else None,
        "ends_at": more.rule.ends_at.isoformat() if more and other else None,
        "note": off.note,
    }


def _day_more(more: More) -> Values:
    return {
        "rule": None,
        "kind": str(Kind.EXTRA),
        "on": more.on.isoformat(),
        "to_on": None,
        "starts_at": more.rule.starts_at.isoformat(),
        "ends_at": more.rule.ends_at.isoformat(),
        "note": more.note,
    }


def hang(*, source: Source, wanted: Mapping[str, Hanging], by: User | None, theirs: Theirs) -> None:
    """`wanted` by the id of an activity's row. What somebody here speaks for is left alone."""
    key = source.key
    by_key = {found: one for own, one in wanted.items() for found in keys_of(key, ACTIVITY, own)}
    rows = ImportedRow.objects.filter(source=key, key__in=by_key)
    changed: list[ImportedRow] = []
    looked_at: list[checked.Checked] = []
    for row in rows.select_related("activity__organisation", "activity__venue").order_by("pk"):
        activity, new = row.activity, by_key[row.key]
        if not activity or activity.status in OVER:
            continue
        newer = checked.newer(activity, new["assured_on"])
        if (row.hanging == new and not newer) or theirs.why_left(row):
            continue
        looked_at += newer
        if row.hanging != new:
            row.hanging = _Hung(key, activity, by).change(row.hanging, new)
            changed.append(row)
    ImportedRow.objects.bulk_update(changed, ["hanging"])
    fresh = checked.check_each(source=source, checked=looked_at, by=by, theirs=theirs)
    refresh_each([*dict.fromkeys([*(row.activity for row in changed if row.activity), *fresh])])


class _Hung:
    """One activity, and what of it came from `source`."""

    def __init__(self, source: str, activity: Activity, by: User | None) -> None:
        self._source, self._activity, self._by = source, activity, by
        self._schedules = [*activity.schedules.all()]

    def change(self, last: Hanging, new: Hanging) -> Hanging:
        """What hangs on it now: not a group that is not here yet, which the next reading tries."""
        groups = {one: self._group(one) for one in (*last.get("partners", []), *new["partners"])}
        here = new | {"partners": [one for one in new["partners"] if groups[one]]}
        self._partners(_change(last, here, "partners"), groups)
        self._notes(last.get("notes", []), new["notes"])
        self._days(_change(last, new, "days"))
        return here

    def _partners(self, change: "Change", of: Mapping[str, UUID | None]) -> None:
        run_by = ActivityPartner.objects.filter(activity=self._activity)
        run_by.filter(organisation__in=[of[one] for one in change.gone if of[one]]).delete()
        there = {*run_by.values_list("organisation_id", flat=True), self._activity.organisation_id}
        groups = [key for one in change.come if (key := of[one]) and key not in there]
        insert(
            [ActivityPartner(activity=self._activity, organisation_id=one) for one in groups],
            by=self._by,
        )

    def _group(self, its_id: str) -> UUID | None:
        keys = keys_of(self._source, GROUP, its_id)
        rows = ImportedRow.objects.filter(source=self._source, key__in=keys)
        return rows.values_list("organisation_id", flat=True).first()

    def _notes(self, last: list[list[Any]], new: list[list[Any]]) -> None:
        was, is_ = ({_name(rule): note for rule, note in several} for several in (last, new))
        for schedule in self._schedules:
            before, note = _of(was, schedule), _of(is_, schedule)
            if schedule.note == before != note:
                schedule.note = note
                schedule._history_user = self._by  # type: ignore[attr-defined]
                schedule.save()

    def _days(self, change: "Change") -> None:
        there = {(one.schedule_id, one.on): one for one in self._activity.date_changes.all()}
        for day in change.gone:
            found = there.get((self._schedule_of(day), date.fromisoformat(day["on"])))
            if found and found.kind == day["kind"] and found.note == day["note"]:
                del there[found.schedule_id, found.on]
                found.delete()
        rows = []
        for day in change.come:
            values = {name: value for name, value in day.items() if name != "rule"}
            row = DateChange(activity=self._activity, schedule_id=self._schedule_of(day), **values)
            row.clean_fields()
            # Somebody here may have said something of that day, or the rule may be gone.
            is_there = bool(day["rule"]) == bool(row.schedule_id)
            if is_there and (row.schedule_id, row.on) not in there:
                rows.append(row)
        insert(rows, by=self._by)

    def _schedule_of(self, day: Values) -> int | None:
        if day["rule"] is None:
            return None
        fit = (one.pk for one in self._schedules if _is_of(day["rule"], one))
        return next(fit, None)


class Change(NamedTuple):
    """What came last and does no more, and what comes for the first time."""

    gone: list[Any]
    come: list[Any]


def _change(last: Hanging, new: Hanging, name: str) -> Change:
    before, now = ({_name(one): one for one in said.get(name, [])} for said in (last, new))
    return Change(
        [one for key, one in before.items() if key not in now],
        [one for key, one in now.items() if key not in before],
    )


def _name(said: Any) -> str:
    return json.dumps(said, sort_keys=True)


def _of(notes: Mapping[str, str], schedule: Schedule) -> str:
    return next((note for rule, note in notes.items() if _is_of(json.loads(rule), schedule)), "")


def _is_of(rule: Values, schedule: Schedule) -> bool:
    """Of single dates, each comes as a rule of its own."""
    ours = rule_of(schedule)
    if rule["frequency"] == Frequency.DATES == ours["frequency"]:
        return {*rule["dates"]} <= {*ours["dates"]} and all(
            rule[name] == ours[name] for name in ("starts_at", "ends_at")
        )
    return rule == ours
