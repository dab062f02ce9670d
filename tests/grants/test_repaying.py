"""Money comes back: asked for, in part or whole, never more than was paid, and is in the pot."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import OutgoingMail
from grants import offers, repaying
from grants.models import Award, Repayment, RepaymentReceived
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.paid import make_award, money_of, released
from tests.people import person

__all__ = ["committed"]
BY = date(2028, 6, 1)


def ended() -> Award:
    """£600 of £1,000 were paid; then it ended early, and the rest went back into the pot."""
    award = make_award()
    released(award, 600)
    mona = person("mona")
    return offers.end_early(award=award, unspent=Decimal(400), by=mona, why="It has closed.")


def ask(award: Award, amount: Decimal | int, who: str = "mona") -> Repayment:
    return repaying.ask_back(
        award=award, amount=Decimal(amount), why="Not spent.", due_on=BY, by=person(who)
    )


def note(repayment: Repayment, amount: Decimal | int, who: str = "rhea") -> RepaymentReceived:
    return repaying.note(
        repayment=repayment,
        amount=Decimal(amount),
        came_on=BY,
        reference="",
        by=person(who),
        once=uuid4(),
    )


def test_it_comes_in_parts_and_once_all_that_was_paid_is_back_the_award_is_repaid(
    db: None,
) -> None:
    award = ended()
    asked = ask(award, 600)
    assert OutgoingMail.objects.filter(reason="award-to-repay").count() == 1
    note(asked, 250)
    assert money_of(award)[2:] == (Decimal(650), Decimal(250))
    assert award.status == "ended-early"
    with pytest.raises(ValidationError, match="Only £350 are still to come"):
        note(asked, Decimal("350.01"))
    note(asked, 350)
    assert money_of(award)[2:] == (Decimal(1_000), Decimal(600))
    assert award.status == "repaid"
    its_round = award.application.round
    its_round.refresh_from_db()
    assert its_round.committed == 0
    assert award.moves.get(to_status="repaid").moved_by == person("rhea")


def test_a_part_of_it_back_leaves_the_award_as_it_was(db: None) -> None:
    award = ended()
    note(ask(award, 100), 100)
    assert (money_of(award)[3], award.status) == (Decimal(100), "ended-early")


def test_no_more_is_asked_back_than_was_paid_and_not_before_it_has_ended(db: None) -> None:
    award = ended()
    ask(award, 500)
    with pytest.raises(ValidationError, match="No more than £100 can be asked back"):
        ask(award, Decimal("100.01"))
    still_on = make_award(500, round=award.application.round)
    released(still_on, 500)
    with pytest.raises(ValidationError, match="once a grant has ended"):
        ask(still_on, 1)


def test_the_grants_manager_asks_and_finance_notes_what_came(db: None) -> None:
    award = ended()
    with pytest.raises(PermissionDenied):
        ask(award, 1, "finn")
    asked = ask(award, 100)
    with pytest.raises(PermissionDenied):
        note(asked, 1, "mona")
    note(asked, 1, "finn")


def test_noted_by_many_at_once_no_more_comes_than_was_asked_for(committed: None) -> None:
    award = ended()
    asked = ask(award, 100)
    rhea, once = person("rhea"), uuid4()

    def same() -> None:
        words = {"amount": Decimal(60), "came_on": BY, "reference": ""}
        repaying.note(repayment=asked, by=rhea, once=once, **words)  # type: ignore[arg-type]

    failures = at_once(same, same, same, lambda: note(asked, 60))
    assert [type(error) for error in failures] in ([ValidationError], [ValidationError] * 3)
    assert money_of(award)[2:] == (Decimal(460), Decimal(60))
