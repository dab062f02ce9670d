"""Payments: never more than was awarded, by two people, to the account that was rung back, once."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import OutgoingMail
from grants import interests, offers, paying, payments_file
from grants.models import Award, Payment, PaymentExport, PaymentMove
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.paid import (
    DUE,
    accepted,
    approved,
    make_account,
    make_award,
    make_offer,
    money_of,
    planned,
    released,
)
from tests.people import person

__all__ = ["committed"]


@pytest.fixture
def award(db: None) -> Award:
    return make_award()


def of_mails() -> list[tuple[str, str]]:
    of_awards = OutgoingMail.objects.filter(reason__startswith="award-")
    return list(of_awards.order_by("pk").values_list("to", "reason"))


def test_it_is_planned_approved_by_one_released_by_another_and_the_group_is_told(
    award: Award,
) -> None:
    payment = planned(award, 600)
    assert money_of(award)[:2] == (Decimal(600), Decimal(0))
    for _press in range(2):
        payment = paying.approve(payment=payment, by=person("finn"))
    for _press in range(2):
        payment = paying.release(payment=payment, by=person("rhea"))
    payment.refresh_from_db()
    assert (payment.status, payment.reference, payment.funder, payment.cost_code) == (
        "released",
        "R1-001/1",
        "Public Health",
        "YP-12",
    )
    assert (payment.approved_by, payment.released_by) == (person("finn"), person("rhea"))
    assert payment.account is not None
    assert payment.account.account_name == "Weir Field Wrens"
    assert payment.account.account_number == "00001234"
    assert money_of(award)[:2] == (Decimal(600), Decimal(600))
    assert list(payment.moves.values_list("from_status", "to_status", "moved_by__email")) == [
        ("planned", "approved", "finn@example.com"),
        ("approved", "released", "rhea@example.com"),
    ]
    mail = OutgoingMail.objects.get(reason="award-paid")
    assert (mail.to, mail.reason, mail.secret) == ("vera@example.com", "award-paid", True)
    assert "£600" in mail.body
    assert "R1-001/1" in mail.body
    assert "1234" not in mail.body


def test_whoever_approved_it_does_not_release_it_not_even_who_may_do_all(award: Award) -> None:
    payment = paying.approve(payment=planned(award), by=person("ada"))
    with pytest.raises(ValidationError, match="Somebody else has to release it"):
        paying.release(payment=payment, by=person("ada"))
    with pytest.raises(IntegrityError, match="payment_two_people"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(
            status="released", released_at=timezone.now(), released_by=person("ada")
        )
    assert money_of(award)[1] == 0


@pytest.mark.parametrize(
    ("who", "verb"),
    [
        ("mona", paying.approve),
        ("rhea", paying.approve),
        ("vera", paying.approve),
        ("finn", paying.release),
        ("mona", paying.release),
    ],
)
def test_only_who_has_the_role_does_it(award: Award, who: str, verb: Callable[..., Any]) -> None:
    payment = planned(award) if verb is paying.approve else approved(award)
    with pytest.raises(PermissionDenied):
        verb(payment=payment, by=person(who))
    for one in ("finn", "rhea"):
        with pytest.raises(PermissionDenied):
            paying.plan(
                award=award, plan=paying.Plan(Decimal(1), DUE, ""), by=person(one), once=uuid4()
            )


def test_nobody_with_an_interest_plans_approves_releases_or_cancels(award: Award) -> None:
    payment, other = planned(award), approved(award, 100)
    for who in ("mona", "finn", "rhea"):
        said = ("indirect", "My cousin runs it.")
        interests.add(application=award.application, person=person(who), said=said, by=person(who))
    acts: list[Callable[[], Any]] = [
        lambda: planned(award),
        lambda: paying.approve(payment=payment, by=person("finn")),
        lambda: paying.release(payment=other, by=person("rhea")),
        lambda: paying.cancel(payment=payment, by=person("mona"), why="No."),
        lambda: paying.look_again(payment=other, by=person("finn"), why="No."),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert money_of(award)[:2] == (Decimal(500), Decimal(0))


def test_nothing_is_planned_before_the_group_says_yes(award: Award) -> None:
    offered = make_offer(round=award.application.round)
    with pytest.raises(ValidationError, match="before they have said yes"):
        planned(offered)
    with pytest.raises(IntegrityError, match="award_paid_was_accepted"), transaction.atomic():
        Award.objects.filter(pk=offered.pk).update(planned=1)


def test_no_more_is_planned_than_was_awarded_and_it_says_how_much_is_left(award: Award) -> None:
    planned(award, 700)
    with pytest.raises(paying.MoreThanAwarded) as refused:
        planned(award, Decimal("300.01"))
    assert refused.value.messages == ["Of this award only £300 can still be planned."]
    planned(award, 300)
    assert [one.number for one in award.payments.all()] == [1, 2]


def test_the_same_form_sent_twice_plans_one_payment(award: Award) -> None:
    once, plan = uuid4(), paying.Plan(Decimal(400), DUE, "")
    for _press in range(2):
        paying.plan(award=award, plan=plan, by=person("mona"), once=once)
    assert money_of(award)[0] == Decimal(400)
    assert award.payments.count() == 1


def test_it_is_only_paid_to_an_account_that_was_rung_back(award: Award) -> None:
    payment = planned(award)
    make_account(award, "00009999", is_rung=False)
    with pytest.raises(ValidationError, match="Ring the group back"):
        paying.approve(payment=payment, by=person("finn"))
    make_account(award, "00005678")
    payment = paying.approve(payment=payment, by=person("finn"))
    make_account(award, "00004321")
    with pytest.raises(ValidationError, match="bank details have changed"):
        paying.release(payment=payment, by=person("rhea"))
    paying.look_again(payment=payment, by=person("rhea"), why="Another account.")
    payment = paying.approve(payment=payment, by=person("finn"))
    paid = paying.release(payment=payment, by=person("rhea")).account
    assert paid is not None
    assert paid.account_number == "00004321"


def test_what_waits_for_a_condition_or_a_report_is_held_until_it_is_there(award: Award) -> None:
    held = approved(award, 300, held_until="condition", condition="A safeguarding policy")
    last = approved(award, 100, held_until="report")
    with pytest.raises(ValidationError, match="It waits for: A safeguarding policy"):
        paying.release(payment=held, by=person("rhea"))
    for _press in range(2):
        paying.meet_condition(payment=held, by=person("mona"))
    paying.release(payment=held, by=person("rhea"))
    with pytest.raises(ValidationError, match="It waits for their report"):
        paying.release(payment=last, by=person("rhea"))
    accepted(award)
    paying.release(payment=last, by=person("rhea"))
    assert money_of(award)[1] == Decimal(400)


def test_before_it_is_released_it_is_cancelled_with_a_reason_and_can_be_planned_anew(
    award: Award,
) -> None:
    payment = approved(award, 1_000)
    with pytest.raises(ValidationError, match="Say why"):
        paying.cancel(payment=payment, by=person("mona"), why=" ")
    for _press in range(2):
        paying.cancel(payment=payment, by=person("mona"), why="In two parts instead.")
    assert money_of(award)[0] == 0
    assert payment.moves.get(to_status="cancelled").why == "In two parts instead."
    second = released(award, 1_000)
    with pytest.raises(paying.PaymentMoved):
        paying.cancel(payment=second, by=person("mona"), why="Too late.")
    with pytest.raises(paying.PaymentMoved):
        paying.approve(payment=payment, by=person("finn"))


def test_what_ends_early_pays_nothing_more(award: Award) -> None:
    released(award, 600)
    waiting = approved(award, 400)
    offers.end_early(award=award, unspent=Decimal(400), by=person("mona"), why="It has closed.")
    waiting.refresh_from_db()
    assert waiting.status == "cancelled"
    assert money_of(award)[:3] == (Decimal(600), Decimal(600), Decimal(400))


def test_what_is_released_stands_and_so_does_the_record(award: Award) -> None:
    payment = released(award)
    rows = Payment.objects.filter(pk=payment.pk)
    moves = PaymentMove.objects.filter(payment=payment)
    acts: list[Callable[[], Any]] = [
        lambda: rows.update(account=None),
        lambda: Payment.objects.filter(pk=planned(award, 1).pk).update(amount=2),
        lambda: rows._raw_delete("default"),
        lambda: moves.update(why="Or rather"),
        lambda: moves._raw_delete("default"),
    ]
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["plan", "approve", "release", "cancel", "again"]),
        st.integers(0, 4),
        st.decimals("0.01", "900", places=2),
    ),
    max_size=8,
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_whatever_is_pressed_no_more_is_paid_than_planned_and_planned_than_awarded(
    award: Award, steps: list[tuple[str, int, Decimal]]
) -> None:
    with transaction.atomic():
        for what, which, amount in steps:
            _press(award, what, which, amount)
            planned_now, paid_now, *_rest = money_of(award)
            rows = list(award.payments.all())
            assert planned_now == sum(one.amount for one in rows if one.status != "cancelled")
            assert paid_now == sum(one.amount for one in rows if one.status == "released")
            assert 0 <= paid_now <= planned_now <= award.amount
        transaction.set_rollback(True)


def _press(award: Award, what: str, which: int, amount: Decimal) -> None:
    payments = list(award.payments.order_by("number"))
    payment = payments[which] if which < len(payments) else None
    try:
        with transaction.atomic():
            if what == "plan":
                planned(award, amount)
            elif payment and what == "approve":
                paying.approve(payment=payment, by=person("finn"))
            elif payment and what == "release":
                paying.release(payment=payment, by=person("rhea"))
            elif payment and what == "cancel":
                paying.cancel(payment=payment, by=person("mona"), why="We pressed it.")
            elif payment:
                paying.look_again(payment=payment, by=person("finn"), why="We pressed it.")
    except ValidationError:
        return


def test_pressed_by_many_at_once_it_is_paid_once_and_told_once(committed: None) -> None:
    award = make_award()
    one, mona, rhea = approved(award, 500), person("mona"), person("rhea")

    def plan_too_much() -> None:
        plan = paying.Plan(Decimal(400), DUE, "")
        paying.plan(award=award, plan=plan, by=mona, once=uuid4())

    presses = [lambda: paying.release(payment=one, by=rhea)] * 4
    failures = at_once(*presses, plan_too_much, plan_too_much)
    assert [type(error) for error in failures] == [paying.MoreThanAwarded]
    assert money_of(award)[:2] == (Decimal(900), Decimal(500))
    assert of_mails() == [("vera@example.com", "award-paid")]
    assert one.moves.filter(to_status="released").count() == 1


def test_the_file_for_finance_has_what_was_approved_or_released_and_who_took_it_is_kept(
    award: Award,
) -> None:
    released(award, 600, supplier_number="=S1")
    approved(award, Decimal("100.50"))
    planned(award, 50)
    other = make_award(round=award.application.round)
    released(other, 77)
    finn, today = person("finn"), timezone.localdate()
    interests.add(application=other.application, person=finn, said=("direct", "Mine."), by=finn)
    period = {"first_day": today, "before": today + timedelta(days=1)}
    for who in ("mona", "vera"):
        with pytest.raises(PermissionDenied):
            payments_file.export(**period, by=person(who))
    text = payments_file.export(**period, by=finn).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    taken = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["Reference"], one["Status"], one["Amount"]) for one in taken] == [
        ("R1-001/1", "Released", "600.00"),
        ("R1-001/2", "Approved", "100.50"),
    ]
    assert (taken[0]["Sort code"], taken[0]["Account number"]) == ("000000", "00001234")
    # Nothing that somebody wrote becomes a formula.
    assert taken[0]["Supplier number"] == "'=S1"
    kept = PaymentExport.objects.get()
    assert (kept.made_by, kept.total, len(kept.payments)) == (finn, Decimal("700.50"), 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentExport.objects.all().delete()
    nothing = payments_file.export(first_day=date(2020, 1, 1), before=date(2020, 2, 1), by=finn)
    assert len(list(csv.reader(io.StringIO(nothing.decode("utf-8-sig"))))) == 1
