"""An application moves in one way: by the table of moves, once, and with the pot."""

from decimal import Decimal

import pytest

from grants.models import Application, ApplicationStatus
from grants.models.application_status import MOVES
from grants.moving import MovedMeanwhile, move
from tests.grants.make import make_application

pytestmark = pytest.mark.django_db
GIVEN = {ApplicationStatus.TO_AWARD, ApplicationStatus.AWARDED}
SENT = [one for one in ApplicationStatus if one != ApplicationStatus.DRAFT]


@pytest.mark.parametrize("was", SENT)
@pytest.mark.parametrize("to", SENT)
def test_what_is_not_in_the_table_is_refused(was: ApplicationStatus, to: ApplicationStatus) -> None:
    before, after = (Decimal(700) if one in GIVEN else None for one in (was, to))
    application = make_application(status=was, award=before)
    type(application.round).objects.update(committed=before or 0)
    if was == to:
        return
    if to not in MOVES[was]:
        with pytest.raises(ValueError, match="→"):
            move(application, to, by=None, award=after)
        assert application.moves.count() == 0
        return
    move(application, to, by=None, award=after, why="So it is.")
    application.refresh_from_db()
    application.round.refresh_from_db()
    assert (application.status, application.award) == (to, after)
    assert application.round.committed == (after or 0)
    assert list(application.moves.values_list("from_status", "to_status", "why")) == [
        (was, to, "So it is.")
    ]


def test_whoever_has_seen_another_status_is_told() -> None:
    application = make_application()
    seen = Application.objects.get(pk=application.pk)
    move(application, ApplicationStatus.WITHDRAWN, by=None)
    with pytest.raises(MovedMeanwhile, match="R1-001 has changed meanwhile"):
        move(seen, ApplicationStatus.IN_SCORING, by=None)
    seen.refresh_from_db()
    assert (seen.status, seen.moves.count()) == ("withdrawn", 1)
