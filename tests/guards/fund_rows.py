"""Rows of the fund that stand for all of their kind, in the addresses of the site."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.models import (
    Application,
    ApplicationDocument,
    Award,
    BankDetails,
    BoardUpdate,
    GrantFile,
    Letter,
    Payment,
    PublishedGrant,
    Report,
    ScoreSheet,
    Seat,
)
from tests.grants.awarded import make_file, make_ours
from tests.grants.make import (
    make_account,
    make_application,
    make_award,
    make_document,
    make_round,
    make_seat,
    make_sheet,
)
from tests.grants.released import letter_to, offered
from tests.guards import own_awards
from tests.people import person


def sent() -> Application:
    """What nobody of our team has to do with."""
    return sheet().application


def sheet() -> ScoreSheet:
    """Sal's, in a round that is being scored."""
    found = ScoreSheet.objects.filter(scorer=person("sal")).first()
    its_round = make_round(status="scoring") if found is None else None
    return found or make_sheet("sal", application=make_application(round=its_round))


def round_of(name: str) -> UUID:
    """Of what hangs on a round that is decided, or on one that is being scored."""
    is_decided = name.startswith(("admin:grants_letter_", "admin:grants_award_"))
    one = award_of_ours() if is_decided else sheet()
    key: UUID = one.application.round_id
    return key


def award_of_ours() -> Award:
    """Offered, in a round that is decided."""
    return Award.objects.filter(is_example=False).first() or offered()


def account() -> BankDetails:
    found = BankDetails.objects.filter(application__is_example=False).first()
    return found or make_account(make_award())


def board_update() -> BoardUpdate:
    today = timezone.localdate()
    return BoardUpdate.objects.create(
        board="the Forum", first_on=today, ends_before=today + timedelta(days=1), contact="Robin"
    )


def letter() -> Letter:
    return letter_to(make_application(status="declined"), "decline")


# The example's have random keys, and each a status of its own: which would be first?
NOT_THE_EXAMPLES = {Award, BankDetails, Payment, Report, ScoreSheet, Seat}
# Rows where the example district has none.
MADE: dict[Any, Callable[[], Any]] = {
    Award: award_of_ours,
    BoardUpdate: board_update,
    Letter: letter,
    ApplicationDocument: lambda: make_document(sent()),
    BankDetails: account,
    GrantFile: make_file,
    PublishedGrant: make_ours,
    Payment: own_awards.payment,
    Report: own_awards.report,
    ScoreSheet: sheet,
    Seat: lambda: Seat.objects.filter(person=person("sal")).first() or make_seat("sal"),
}
