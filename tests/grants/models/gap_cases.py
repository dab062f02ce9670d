"""What breaks a rule of updates and of the gaps that rounds aim at, and sound rows of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model

from grants.models import BoardUpdate, RoundGap
from tests.assets.models.case import TODAY, Case
from tests.grants.make import make_round
from tests.people import person


def _first_ages(row: RoundGap) -> str:
    """Of the gap that the round aims at already."""
    return str(row.round.gaps.get().ages)


GAPS: dict[str, Case] = {
    "roundgap_is_about_one_thing": Case(
        {"needs_group_id": "thriving"}, {"needs_group_id": "thriving", "theme": None}
    ),
    "roundgap_once": Case({"ages": _first_ages}, {"ages": "5-10"}),
    "roundgap_ages_known": Case({"ages": "11-14"}, {"ages": ""}),
    "boardupdate_is_of_some_days": Case(
        {"ends_before": TODAY}, {"ends_before": TODAY + timedelta(days=1)}
    ),
    "boardupdate_says_for_whom": Case({"contact": ""}, {"contact": "R"}),
    "boardupdate_once": Case({"board": "the Forum"}),
    "boardupdate_reaches_nobody": Case(
        {"asks": "Write to jo@example.org"}, {"asks": "Write to us @ the forum"}
    ),
}


def gap() -> RoundGap:
    """The second of two, of a draft."""
    its_round = make_round(status="draft")
    RoundGap.objects.create(round=its_round, theme_id="mobility", ages="11-15")
    return RoundGap(round=its_round, theme_id="mobility", ages="16-17")


def update() -> BoardUpdate:
    """The second of two, for another board."""
    days = {"first_on": TODAY, "ends_before": TODAY + timedelta(days=30)}
    by = {"contact": "Robin", "written_by": person("mona")}
    BoardUpdate.objects.get_or_create(board="the Forum", **days, defaults=by)
    return BoardUpdate(board="the Council", **days, **by)


GAP_ROWS: dict[type[Model], Callable[[], Any]] = {RoundGap: gap, BoardUpdate: update}
