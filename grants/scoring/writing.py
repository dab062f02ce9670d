"""The verbs of whoever scores: write in a sheet, and hand it in.

What a sheet says is flat: “note”, and of each criterion “level-<key>” (a level's key,
NOT_APPLICABLE or nothing) and “reason-<key>”. Every version of it is kept.
"""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from grants import sight
from grants.models import Criterion, Round, RoundStatus, Score, ScoreSheet, SheetEdit, SheetStatus

NOT_APPLICABLE = "na"
LONGEST = 2000
Words = dict[str, str]


class SheetClosed(ValidationError):
    """Nothing more can be written in it: it is in, void, somebody else's, or the round moved on."""


class WrittenMeanwhile(ValidationError):
    """Another window of theirs wrote something else into the same field.

    `theirs`: what stands there now, by field. `merged`: the sheet with all that does not clash,
    and what was typed here where it does.
    """

    def __init__(self, sheet: ScoreSheet, theirs: Words, merged: Words) -> None:
        self.sheet, self.theirs, self.merged = sheet, theirs, merged
        super().__init__(_("You wrote something else in another window. Both are shown below."))


class NotWhole(ValidationError):
    """What is missing, by field."""


def level_field(criterion: Criterion) -> str:
    return f"level-{criterion.pk}"


def reason_field(criterion: Criterion) -> str:
    return f"reason-{criterion.pk}"


def criteria_of(round: Round) -> list[Criterion]:
    return list(round.criteria.prefetch_related("levels"))


def said_of(sheet: ScoreSheet, criteria: list[Criterion]) -> Words:
    scores = {score.criterion_id: score for score in sheet.scores.all()}
    said = {"note": sheet.note}
    for one in criteria:
        score = scores.get(one.pk)
        level = str(score.level_id) if score and score.level_id else ""
        said[level_field(one)] = NOT_APPLICABLE if score and score.does_not_apply else level
        said[reason_field(one)] = score.reason if score else ""
    return said


@transaction.atomic
def write(*, sheet: ScoreSheet, version: int, said: Mapping[str, str], by: User) -> ScoreSheet:
    """Keep what was typed, however little. `version` is that of the sheet as it was shown.

    Raises WrittenMeanwhile, SheetClosed, and ValidationError by field for what cannot be kept.
    """
    locked = _locked(sheet, by)
    criteria = criteria_of(locked.application.round)
    now = said_of(locked, criteria)
    typed = now | {name: _tidy(said[name]) for name in now if name in said}
    merged = _merged(locked, _as_shown(locked, version, now), typed, now)
    if wrong := _wrong(merged, criteria):
        raise ValidationError(wrong)
    if merged != now:
        _store(locked, merged, criteria)
    return locked


@transaction.atomic
def hand_in(*, sheet: ScoreSheet, version: int, by: User) -> ScoreSheet:
    """It is in, and does not change any more. Raises NotWhole, SheetClosed, ValidationError."""
    locked = _locked(sheet, by)
    if locked.version != version:
        raise ValidationError(_("You wrote in it in another window. Look again first."))
    criteria = criteria_of(locked.application.round)
    if missing := what_is_missing(said_of(locked, criteria), criteria):
        raise NotWhole(missing)
    locked.status, locked.submitted_at = SheetStatus.SUBMITTED, timezone.now()
    locked.save(update_fields=["status", "submitted_at"])
    return locked


def what_is_missing(said: Words, criteria: list[Criterion]) -> dict[str, str]:
    """By field: each criterion needs a level, or “not applicable”, and a reason."""
    missing = {}
    for one in criteria:
        if not said[level_field(one)]:
            missing[level_field(one)] = _("%(criterion)s: choose a level.") % {"criterion": one}
        if not said[reason_field(one)]:
            missing[reason_field(one)] = _("%(criterion)s: say why.") % {"criterion": one}
    return missing


def _locked(sheet: ScoreSheet, by: User) -> ScoreSheet:
    locked = (
        ScoreSheet.objects.select_for_update(of=["self"])
        .select_related("application__round")
        .get(pk=sheet.pk)
    )
    if locked.status == SheetStatus.SUBMITTED:
        raise SheetClosed(_("Your scores of this are in. They do not change any more."))
    if not sight.own_sheets(by).filter(pk=locked.pk).exists():
        raise SheetClosed(_("You do not score this any more."))
    if not is_time_for(locked):
        raise SheetClosed(_("The round has moved on. Ask the grants manager."))
    return locked


def is_time_for(sheet: ScoreSheet) -> bool:
    """Before the panel meets, or, of those scored again, while it does."""
    after = sheet.stage == ScoreSheet.Stage.AFTER
    wanted = RoundStatus.PANEL if after else RoundStatus.SCORING
    return sheet.application.round.status == wanted


def _tidy(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\x00", "").strip()


def _as_shown(sheet: ScoreSheet, version: int, now: Words) -> Words:
    """What the sheet said in this version; a version that never was is taken as an empty sheet."""
    if version == sheet.version:
        return now
    edit = sheet.edits.filter(version=version).first() if 1 < version < sheet.version else None
    return dict.fromkeys(now, "") | (edit.said if edit else {})


def _merged(sheet: ScoreSheet, shown: Words, typed: Words, now: Words) -> Words:
    """Field by field, what either window changed. Raises WrittenMeanwhile where both did."""
    merged = {name: now[name] if typed[name] == shown[name] else typed[name] for name in now}
    theirs = {
        name: now[name] for name in now if now[name] != shown[name] and merged[name] != now[name]
    }
    if theirs:
        raise WrittenMeanwhile(sheet, theirs, merged)
    return merged


def _wrong(said: Words, criteria: list[Criterion]) -> dict[str, str]:
    too_long = _("Write %(number)d letters at most.") % {"number": LONGEST}
    wrong = {
        name: too_long
        for name, text in said.items()
        if not name.startswith("level-") and len(text) > LONGEST
    }
    for one in criteria:
        if said[level_field(one)] not in _choices(one):
            wrong[level_field(one)] = _("Choose one of the levels.")
    return wrong


def _choices(criterion: Criterion) -> set[str]:
    levels = {str(level.pk) for level in criterion.levels.all()}
    return {"", *levels, *([NOT_APPLICABLE] if criterion.may_not_apply else [])}


def _store(sheet: ScoreSheet, said: Words, criteria: list[Criterion]) -> None:
    for one in criteria:
        level, reason = said[level_field(one)], said[reason_field(one)]
        does_not_apply = level == NOT_APPLICABLE
        Score.objects.update_or_create(
            sheet=sheet,
            criterion=one,
            defaults={
                "level_id": UUID(level) if level and not does_not_apply else None,
                "does_not_apply": does_not_apply,
                "reason": reason,
            },
        )
    sheet.note = said["note"]
    sheet.version += 1
    sheet.save(update_fields=["note", "version"])
    SheetEdit.objects.create(sheet=sheet, version=sheet.version, said=said)
