"""An example of the fund: a round that is over with its 13 awards, one at the panel, one open.

Invented, like all of the example district, and marked so. It needs the example people, and so it
comes only where they do: on a private PostgreSQL.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assets.models import Area, Organisation, Place
from grants import equality, example_after, example_panel
from grants.models import (
    Application,
    ApplicationStatus,
    Award,
    AwardStatus,
    BoardUpdate,
    BudgetHeading,
    Criterion,
    EligibilityQuestion,
    Level,
    PublishedGrant,
    Question,
    RequiredCheck,
    Round,
    RoundGap,
    RoundStatus,
)
from grants.threesixty.of_award import awarded_of
from grants.threesixty.publishing import publish
from thrive.models import NeedsGroup, Theme

FOLDER = Path(__file__).parent / "example"
WHO_RUNS = "volunteer@example.org"
WHO_APPROVES, WHO_RELEASES = "admin@example.org", "editor@example.org"
MONEY = "smallest_award", "largest_award", "young_weight"
TEXTS = "about", "who_may_apply", "not_funded", "equality_note"
Row = dict[str, Any]
# Days from today.
PAST: Row = {"opens": -430, "closes": -395, "decisions": -350, "spend": (-340, 60)}
AT_THE_PANEL: Row = {"opens": -75, "closes": -40, "decisions": 14, "spend": (20, 385)}
OPEN: Row = {"opens": -10, "closes": 25, "decisions": 70, "spend": (80, 445)}


def load(groups: Mapping[str, Organisation]) -> None:
    """`groups` of the example district, by the names of their files."""
    if not settings.PRIVATE_POSTGRES:
        return
    form = tomllib.loads((FOLDER / "round.toml").read_text("utf-8"))
    awards = tomllib.loads((FOLDER / "past.toml").read_text("utf-8"))["award"]
    past = _round(form, 1, PAST, pot=Decimal(50_000))
    given = sum((Decimal(row["given"]) for row in awards), Decimal(0))
    Round.objects.filter(pk=past.pk).update(
        status=RoundStatus.DECIDED, committed=given, last_number=len(awards)
    )
    example_after.load(
        [
            _award(past, number, row, groups[row["group"]])
            for number, row in enumerate(awards, start=1)
        ],
        wrote=User.objects.get(email=WHO_RUNS),
        approved=User.objects.get(email=WHO_APPROVES),
        released=User.objects.get(email=WHO_RELEASES),
    )
    at_the_panel = _round(form, 2, AT_THE_PANEL, pot=Decimal(36_000))
    example_panel.load(at_the_panel, groups)
    Round.objects.filter(pk=at_the_panel.pk).update(status=RoundStatus.PANEL)
    opened = _round(form, 3, OPEN, pot=Decimal(36_000))
    Round.objects.filter(pk=opened.pk).update(status=RoundStatus.OPEN)
    _update()


def _day(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def _noon(days: int) -> datetime:
    return timezone.make_aware(datetime.combine(_day(days), time(12)))


def _round(form: Row, number: int, days: Row, *, pot: Decimal) -> Round:
    made = Round.objects.create(
        slug=f"example-{number}",
        code=f"EX{number}",
        title=f"Example fund, round {number}",
        area=Area.objects.get(code=settings.DISTRICT),
        summary="Small grants for groups that help children and young people thrive.",
        funder="Example Public Health",
        cost_code="EX-000",
        pot=pot,
        opens_at=_noon(days["opens"]),
        closes_at=_noon(days["closes"]),
        decisions_on=_day(days["decisions"]),
        spend_from=_day(days["spend"][0]),
        spend_before=_day(days["spend"][1]),
        quorum=form["quorum"],
        is_example=True,
        **{name: form[name].strip() for name in TEXTS},
        **{name: Decimal(form[name]) for name in MONEY},
    )
    made.needs_groups.set(NeedsGroup.objects.filter(slug__in=form["needs_groups"]))
    tables: list[tuple[str, Any]] = [
        ("eligibility", EligibilityQuestion),
        ("question", Question),
        ("heading", BudgetHeading),
    ]
    for name, model in tables:
        for at, row in enumerate(form[name], start=1):
            model.objects.create(round=made, number=at, **row)
    for row in form["gap"]:
        gap = dict(row)
        place = Place.objects.filter(slug=gap.pop("place", "")).first()
        RoundGap.objects.create(round=made, place=place, **gap)
    for row in form["check"]:
        RequiredCheck.objects.create(round=made, **row)
    for at, row in enumerate(form["criterion"], start=1):
        _criterion(made, at, row)
    return made


def _criterion(round: Round, number: int, row: Row) -> None:
    about = {name: value for name, value in row.items() if name not in ("levels", "weight")}
    made = Criterion.objects.create(
        round=round, number=number, weight=Decimal(row["weight"]), **about
    )
    for points, level in enumerate(row["levels"]):
        Level.objects.create(criterion=made, points=points, **level)


def _application(round: Round, number: int, row: Row, group: Organisation, by: User) -> Application:
    given, asked = Decimal(row["given"]), Decimal(row["asked"])
    youngest, oldest = (int(age) for age in row["ages"])
    application = Application.objects.create(
        round=round,
        organisation=group,
        group_name=group.name,
        status=ApplicationStatus.AWARDED,
        number=number,
        said={"project": {"title": row["title"], "summary": row["summary"]}},
        title=row["title"],
        summary=row["summary"],
        minimum=given,
        ideal=asked,
        total_cost=asked,
        award=given,
        people=row["people"],
        age_from=youngest * 12,
        age_before=(oldest + 1) * 12,
        starts_on=round.spend_from,
        ends_before=round.spend_before,
        submitted_at=_noon(PAST["closes"] - number),
        submitted_by=by,
        is_example=True,
    )
    application.needs_groups.set(NeedsGroup.objects.filter(slug="thriving"))
    application.themes.set(Theme.objects.filter(slug__in=row["themes"]))
    application.places.set(Place.objects.filter(slug__in=row["places"]))
    return application


def _award(round: Round, number: int, row: Row, group: Organisation) -> Award:
    by = User.objects.get(email=WHO_RUNS)
    application = _application(round, number, row, group, by)
    award = Award.objects.create(
        application=application,
        organisation=group,
        amount=application.award,
        status=AwardStatus.ACCEPTED,
        starts_on=round.spend_from,
        ends_before=round.spend_before,
        offer_ends_on=_day(PAST["decisions"] + 28),
        agreement="The example's agreement.",
        accepted_at=_noon(PAST["decisions"] + 7),
        accepted_by=by,
        accepted_name="Somebody of the group",
        is_example=True,
    )
    award.offered_at = _noon(PAST["decisions"])
    award.save(update_fields=["offered_at"])
    publish(award=awarded_of(award))
    equality.answer(
        application=application, led_by=row.get("led_by", []), is_for=row.get("is_for", [])
    )
    return award


def _update() -> None:
    """For a board, of the past year and of today."""
    row = tomllib.loads((FOLDER / "update.toml").read_text("utf-8"))
    BoardUpdate.objects.create(first_on=_day(-365), ends_before=_day(1), is_example=True, **row)


@transaction.atomic
def remove() -> None:
    """Take all of it away again: what hangs on each row goes with it."""
    updates = list(BoardUpdate.objects.filter(is_example=True).values_list("pk", flat=True))
    BoardUpdate.objects.filter(pk__in=updates).delete()
    BoardUpdate.history.filter(id__in=updates).delete()
    PublishedGrant.objects.filter(is_example=True).delete()
    Award.objects.filter(is_example=True).delete()
    Application.objects.filter(is_example=True).delete()
    Round.objects.filter(is_example=True).delete()
