"""Rounds and applications for tests: whole ones, of which a test says only what matters to it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assets.models import Area, Place
from grants import bank
from grants.models import (
    Applicant,
    Application,
    ApplicationDocument,
    Award,
    BankDetails,
    BudgetHeading,
    Criterion,
    Declaration,
    EligibilityQuestion,
    Level,
    Question,
    Round,
    RoundStatus,
    ScoreSheet,
    Seat,
)
from grants.scoring import writing
from tests.assets.documents import a_pdf
from tests.assets.make import make_organisation
from tests.people import person
from thrive.models import NeedsGroup, Theme

LEVELS = ["Nothing yet", "Some of it", "Most of it", "All of it"]


@transaction.atomic
def make_round(
    *, status: str = RoundStatus.OPEN, weights: tuple[int, ...] = (60, 40), **fields: Any
) -> Round:
    """A round with two criteria of four levels (0 to 3), two questions and two budget headings.

    It opened yesterday and closes in two weeks.
    """
    number = Round.objects.count() + 1
    now = timezone.now()
    made = Round.objects.create(
        **{
            "slug": f"round-{number}",
            "code": f"R{number}",
            "title": f"Round {number}",
            "area": _district(),
            "summary": "Small grants for children and young people.",
            "about": "For what helps children and young people thrive.",
            "who_may_apply": "Groups that work here.",
            "funder": "Public Health",
            "pot": Decimal(10_000),
            "smallest_award": Decimal(100),
            "largest_award": Decimal(5_000),
            "opens_at": now - timedelta(days=1),
            "closes_at": now + timedelta(days=14),
            "decisions_on": timezone.localdate() + timedelta(days=60),
            "spend_from": timezone.localdate() + timedelta(days=70),
            "spend_before": timezone.localdate() + timedelta(days=435),
        }
        | fields
    )
    made.needs_groups.set(NeedsGroup.objects.filter(slug__in=["thriving", "getting-advice"]))
    EligibilityQuestion.objects.create(
        round=made,
        number=1,
        text="Do you work in the district?",
        why_not="This fund is for groups that work here.",
    )
    for at, text in enumerate(["What will you do?", "Who will it help?"], start=1):
        Question.objects.create(round=made, number=at, text=text, most_words=50)
    for at, weight in enumerate(weights, start=1):
        criterion = Criterion.objects.create(
            round=made, number=at, name=f"Criterion {at}", weight=weight, may_not_apply=at > 1
        )
        for points, name in enumerate(LEVELS):
            Level.objects.create(criterion=criterion, points=points, name=name, description=name)
    for at, name in enumerate(["Rooms", "Things"], start=1):
        BudgetHeading.objects.create(round=made, number=at, name=name)
    Round.objects.filter(pk=made.pk).update(status=status)
    made.refresh_from_db()
    return made


def make_application(*, by: User | None = None, **fields: Any) -> Application:
    """One that was sent, of a group of its own; `by` (Vera) wrote it."""
    by = by or person("vera")
    its_round = fields.pop("round", None) or Round.objects.first() or make_round()
    number = its_round.applications.count() + 1
    if "organisation" not in fields:
        fields["organisation"] = make_organisation(name=f"Group {number}", kind="charity")
    themes, needs = fields.pop("themes", None), fields.pop("needs_groups", None)
    places = fields.pop("places", None)
    made = Application.objects.create(
        **{
            "round": its_round,
            "group_name": getattr(fields["organisation"], "name", f"Group {number}"),
            "status": "submitted",
            "number": number,
            "said": {"project": {"title": f"Project {number}"}},
            "title": f"Project {number}",
            "summary": "A club for everybody.",
            "minimum": Decimal(500),
            "ideal": Decimal(1_000),
            "total_cost": Decimal(1_200),
            "people": 20,
            "starts_on": date(2027, 4, 1),
            "ends_before": date(2028, 4, 1),
            "submitted_at": timezone.now(),
            "submitted_by": by,
        }
        | fields
    )
    made.themes.set(themes if themes is not None else Theme.objects.all()[:1])
    made.needs_groups.set(needs if needs is not None else NeedsGroup.objects.all()[:1])
    made.places.set(places if places is not None else Place.objects.all()[:1])
    Applicant.objects.create(application=made, person=by, added_by=by)
    return made


def make_document(application: Application, **fields: Any) -> ApplicationDocument:
    """The group's rules, as a file."""
    return ApplicationDocument.objects.create(
        **{
            "application": application,
            "kind": "rules",
            "name": "rules.pdf",
            "media_type": "application/pdf",
            "data": a_pdf(),
            "once": uuid4(),
            "brought_by": person("vera"),
        }
        | fields
    )


def make_award(application: Application | None = None, **fields: Any) -> Award:
    """One that the group has said yes to, of £700."""
    of = application or make_application(status="awarded", award=Decimal(700))
    assert of.organisation is not None
    return Award.objects.create(
        **{
            "application": of,
            "organisation": of.organisation,
            "amount": of.award,
            "status": "accepted",
            "starts_on": of.round.spend_from,
            "ends_before": of.round.spend_before,
            "offer_ends_on": timezone.localdate() + timedelta(days=28),
            "agreement": "Spend it on this.",
            "accepted_at": timezone.now(),
            "accepted_by": person("vera"),
            "accepted_name": "Vera Holt",
        }
        | fields
    )


def make_account(award: Award, **said: Any) -> BankDetails:
    """What Vera gave of her group's account."""
    usual: dict[str, Any] = {
        "account_name": award.organisation.name,
        "sort_code": "11-22-33",
        "account_number": "44556677",
        "signatories": ("Vera Holt", "Al Moss"),
        "by": person("vera"),
    }
    return bank.give(application=award.application, **usual | said)


def make_seat(
    who: str, *, round: Round | None = None, declared: bool = False, **fields: Any
) -> Seat:
    """A place in a round for one of the cast."""
    its_round = round or make_round()
    if declared:
        Declaration.objects.get_or_create(round=its_round, person=person(who))
    return Seat.objects.create(round=its_round, person=person(who), **fields)


def make_sheet(who: str, *, application: Application | None = None, **fields: Any) -> ScoreSheet:
    """An empty score sheet of one of the cast, who has a seat and has declared."""
    of = application or make_application()
    Seat.objects.get_or_create(round=of.round, person=person(who))
    Declaration.objects.get_or_create(round=of.round, person=person(who))
    return ScoreSheet.objects.create(application=of, scorer=person(who), **fields)


def fill_in(sheet: ScoreSheet, points: int = 2) -> ScoreSheet:
    """Scores each criterion with this level, and hands the sheet in."""
    criteria = writing.criteria_of(sheet.application.round)
    said = {"note": ""}
    for one in criteria:
        said[f"level-{one.pk}"] = str(one.levels.get(points=points).pk)
        said[f"reason-{one.pk}"] = f"Why I gave {points}."
    written = writing.write(sheet=sheet, version=sheet.version, said=said, by=sheet.scorer)
    return writing.hand_in(sheet=written, version=written.version, by=sheet.scorer)


def _district() -> Area:
    return Area.objects.get_or_create(
        code="E07000035", defaults={"name": "Derbyshire Dales", "kind": Area.Kind.DISTRICT}
    )[0]
