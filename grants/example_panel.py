"""The example's round at the panel: 30 applications, six scorers, interests and disagreement.

Rows are written at once and not by the verbs that a person uses: those would take a minute, and
would refuse what is sent after a round has closed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from assets.models import Organisation, Place
from assets.words import long_date
from grants.models import (
    Applicant,
    Application,
    ApplicationMove,
    ApplicationStatus,
    Check,
    CheckKind,
    Criterion,
    Declaration,
    Interest,
    Round,
    Score,
    ScoreSheet,
    Seat,
    SheetEdit,
    SheetStatus,
)
from grants.models.checks import Outcome
from grants.scoring.writing import NOT_APPLICABLE, level_field, reason_field
from thrive.models import NeedsGroup, Theme

FILE = Path(__file__).parent / "example" / "panel.toml"
CHAIR, FIRST_SCORER, RUNS_IT = "chair@example.org", "scorer@example.org", "grants@example.org"
# The other five scorers, for whom: they are only names, and cannot sign in.
SCORERS = {
    "Nell Partner": "Example Young Carers",
    "Ollie Partner": "Example Schools Together",
    "Priya Partner": "Example Sport",
    "Quentin Partner": "Example Health Visiting",
    "Rosa Partner": "Example Voluntary Service",
}
WRITER = "Somebody of the group"
Row = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """The round and everybody in it."""

    round: Round
    closed_at: datetime
    scorers: list[User]
    writer: User
    by: User

    @cached_property
    def criteria(self) -> list[Criterion]:
        return list(self.round.criteria.prefetch_related("levels"))


def load(round: Round, groups: Mapping[str, Organisation]) -> None:
    """`round` is whole, and still a draft: its status is the caller's."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["application"]
    scorers = [User.objects.get(email=FIRST_SCORER), *(_person(name) for name in SCORERS)]
    made = Made(round, round.closes_at, scorers, _person(WRITER), User.objects.get(email=RUNS_IT))
    _seats(made)
    applications = [
        _application(made, number, row, groups) for number, row in enumerate(rows, start=1)
    ]
    _moves(made, applications)
    _checks(made, applications)
    for row, application in zip(rows, applications, strict=True):
        _interests(made, row, application)
    _sheets(made, rows, applications)
    Round.objects.filter(pk=round.pk).update(last_number=len(rows))


def _person(name: str) -> User:
    """Only a name: nobody knows a password, since there is none."""
    email = f"{name.split()[0].lower()}@example.org"
    person, is_new = User.objects.get_or_create(
        email=email, defaults={"name": name, "is_example": True, "is_staff": name in SCORERS}
    )
    if is_new:
        person.set_unusable_password()
        person.save()
        if name in SCORERS:
            person.groups.add(Group.objects.get(name="Scorer"))
    return person


def _seats(made: Made) -> None:
    chair = User.objects.get(email=CHAIR)
    partners = ["Example Council", *SCORERS.values()]
    Seat.objects.create(round=made.round, person=chair, partner="Example Council", is_chair=True)
    for person, partner in zip(made.scorers, partners, strict=True):
        Seat.objects.create(round=made.round, person=person, partner=partner)
    for person in (chair, made.by, *made.scorers):
        Declaration.objects.create(round=made.round, person=person)


def _application(
    made: Made, number: int, row: Row, groups: Mapping[str, Organisation]
) -> Application:
    group = groups[row["group"]] if "group" in row else None
    name = group.name if group else row["name"]
    youngest, oldest = (int(age) for age in row["ages"])
    application = Application.objects.create(
        round=made.round,
        organisation=group,
        group_name=name,
        status=ApplicationStatus.IN_SCORING,
        number=number,
        said=_said(made.round, row, is_new=group is None),
        title=row["title"],
        summary=row["summary"],
        minimum=Decimal(row["minimum"]),
        ideal=Decimal(row["asked"]),
        total_cost=sum(Decimal(cost) for _at, _what, cost, _asked in row["budget"]),
        people=row["people"],
        age_from=youngest * 12,
        age_before=(oldest + 1) * 12,
        starts_on=made.round.spend_from,
        ends_before=made.round.spend_before,
        submitted_at=made.closed_at - timedelta(hours=7 * number),
        submitted_by=made.writer,
        is_example=True,
    )
    application.needs_groups.set(NeedsGroup.objects.filter(slug__in=row["needs"]))
    application.themes.set(Theme.objects.filter(slug__in=row["themes"]))
    application.places.set(Place.objects.filter(slug__in=row["places"]))
    Applicant.objects.create(application=application, person=made.writer, added_by=made.writer)
    return application


def _said(round: Round, row: Row, *, is_new: bool) -> Row:
    """What was typed into each part of the form."""
    youngest, oldest = row["ages"]
    places = Place.objects.filter(slug__in=row["places"]).values_list("name", flat=True)
    group = {"contact_name": WRITER, "contact_phone": "01632 960123"}
    if is_new:
        group |= {"kind": "unincorporated", "does": row["summary"]}
    return {
        "eligibility": {
            str(one.number): one.right_answer for one in round.eligibility_questions.all()
        },
        "project": {
            "title": row["title"],
            "summary": row["summary"],
            "starts_on": long_date(round.spend_from),
            "ends_on": long_date(round.spend_before - timedelta(days=1)),
            "grows": "new",
        },
        "who": {
            "people": str(row["people"]),
            "age_from": youngest,
            "age_to": oldest,
            "places": ", ".join(places),
            "needs_groups": row["needs"],
            "themes": row["themes"],
        },
        **{
            f"question-{number}": {"text": answer}
            for number, answer in enumerate(row["answers"], start=1)
        },
        "budget": _budget(row),
        "group": group,
    }


def _budget(row: Row) -> dict[str, str]:
    said = {"ideal": row["asked"], "minimum": row["minimum"]}
    for at, line in enumerate(row["budget"]):
        for name, value in zip(("heading", "what", "cost", "asked"), line, strict=True):
            said[f"{at}-{name}"] = value
    return said


def _moves(made: Made, applications: list[Application]) -> None:
    """Sent, read and handed to those who score."""
    sent, scored = ApplicationStatus.SUBMITTED, ApplicationStatus.IN_SCORING
    ApplicationMove.objects.bulk_create(
        ApplicationMove(application=one, from_status=was, to_status=status, moved_by=by)
        for one in applications
        for was, status, by in (
            (ApplicationStatus.DRAFT, sent, made.writer),
            (sent, scored, made.by),
        )
    )


def _checks(made: Made, applications: list[Application]) -> None:
    wanted = [CheckKind(one.kind) for one in made.round.required_checks.all()]
    Check.objects.bulk_create(
        Check(
            application=one,
            kind=kind,
            outcome=Outcome.PASSED,
            reason="Read, and as it should be.",
            two_sign=kind == CheckKind.ACCOUNT,
            expires_on=timezone.localdate() + timedelta(days=300),
            done_by=made.by,
        )
        for one in applications
        for kind in wanted
    )


def _interests(made: Made, row: Row, application: Application) -> None:
    for scorer, said in zip(made.scorers, row["scores"], strict=True):
        if not said:
            kind, why = row["interest"]
            Interest.objects.create(
                application=application, person=scorer, kind=kind, why=why, declared_by=scorer
            )


def _sheets(made: Made, rows: list[Row], applications: list[Application]) -> None:
    """Written, and then handed in: the database lets nothing be written in what is in."""
    said: list[tuple[ScoreSheet, str]] = [
        (ScoreSheet(application=one, scorer=scorer, assigned_by=made.by, version=2), levels)
        for row, one in zip(rows, applications, strict=True)
        for scorer, levels in zip(made.scorers, row["scores"], strict=True)
        if levels
    ]
    sheets = ScoreSheet.objects.bulk_create([sheet for sheet, _levels in said])
    scores, edits = list[Score](), list[SheetEdit]()
    for sheet, (_same, levels) in zip(sheets, said, strict=True):
        own = _scores(made, sheet, levels)
        scores += own
        edits.append(SheetEdit(sheet=sheet, version=2, said=_words(own)))
    Score.objects.bulk_create(scores)
    SheetEdit.objects.bulk_create(edits)
    ScoreSheet.objects.filter(application__round=made.round).update(
        status=SheetStatus.SUBMITTED, submitted_at=made.closed_at + timedelta(days=16)
    )


def _scores(made: Made, sheet: ScoreSheet, levels: str) -> list[Score]:
    """“32-1”: each criterion's level, or “-” where it does not apply. The reason is its words."""
    found = []
    for criterion, points in zip(made.criteria, levels, strict=True):
        if points == "-":
            found.append(
                Score(
                    sheet=sheet,
                    criterion=criterion,
                    does_not_apply=True,
                    reason="It is for one school day only: nobody has to get there.",
                )
            )
            continue
        level = next(one for one in criterion.levels.all() if one.points == int(points))
        found.append(Score(sheet=sheet, criterion=criterion, level=level, reason=level.description))
    return found


def _words(scores: list[Score]) -> dict[str, str]:
    said = {"note": ""}
    for one in scores:
        said[level_field(one.criterion)] = (
            NOT_APPLICABLE if one.does_not_apply else str(one.level_id)
        )
        said[reason_field(one.criterion)] = one.reason
    return said
