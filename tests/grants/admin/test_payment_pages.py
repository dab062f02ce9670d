"""The money of an award in the staff pages: planned, approved, released, asked back, told."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OutgoingMail
from grants import changing, interests
from grants.admin import after_tasks
from grants.models import Application, Award, Payment, PaymentExport, Repayment, Report, Story
from tests.grants.admin.test_out_of_sight import PASSING
from tests.grants.make import make_round
from tests.grants.paid import accepted, approved, make_award, money_of, planned, released, sent
from tests.people import person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
LISTS = [reverse("admin:grants_payment_changelist"), reverse("admin:grants_report_changelist")]


def of(award: Award) -> str:
    return reverse("admin:grants_payment_of", args=[award.application_id])


def one(payment: Payment) -> str:
    return reverse("admin:grants_payment_change", args=[payment.pk])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def to_do(who: str) -> list[str]:
    """What the first page of the staff pages says of what comes after an award."""
    parts = [part for task in after_tasks.tasks(person(who)) for part in task.parts]
    return [part.words for part in parts if part.count]


def once_in(page: str) -> str:
    return page.split('name="once" value="')[1].split('"')[0]


def test_three_people_see_a_payment_through(client_of: ClientOf) -> None:
    award = make_award(1_000)
    mona, finn, rhea = client_of("mona"), client_of("finn"), client_of("rhea")
    page = text_of(mona.get(of(award)))
    assert to_do("mona") == ["1 award without one"]
    said = {
        "do": "plan",
        "once": once_in(page),
        "amount": "600",
        "due_on": "2027-04-01",
        "held_until": "nothing",
        "cost_code": "YP-12",
    }
    for _press in range(2):
        assert mona.post(of(award), said).status_code == 302
    assert to_do("mona") == []
    payment = Payment.objects.get()
    assert "R1-001/1" in text_of(finn.get(LISTS[0]))
    assert "Approve</button>" not in text_of(rhea.get(one(payment)))
    seen = text_of(finn.get(one(payment)))
    account = "Weir Field Wrens, 00-00-00, 00001234"
    assert account in seen
    sign = seen.split('name="account" value="')[1].split('"')[0]
    # Whoever has not looked at the account does not approve it.
    answer = finn.post(one(payment), {"do": "approve", "account": "another"})
    assert "Look at them before you approve." in text_of(answer)
    finn.post(one(payment), {"do": "approve", "account": sign})
    assert "Release</button>" not in text_of(finn.get(one(payment)))
    assert account in text_of(rhea.get(one(payment)))
    assert account not in text_of(mona.get(one(payment)))
    rhea.post(one(payment), {"do": "release"})
    assert money_of(award)[:2] == (Decimal(600), Decimal(600))
    assert OutgoingMail.objects.filter(reason="award-paid").count() == 1
    listed = text_of(finn.get(LISTS[0]))
    assert "1 payment, £600" in listed
    assert "Nothing is to approve." in listed


def test_what_is_wrong_is_said_and_nothing_is_done(client_of: ClientOf) -> None:
    award = make_award(1_000)
    mona = client_of("mona")
    said = {"do": "plan", "amount": "1,000.01", "due_on": "2027-04-01", "held_until": "nothing"}
    once = {"once": once_in(text_of(mona.get(of(award)))), "cost_code": "YP-12"}
    answer = text_of(mona.post(of(award), said | once))
    assert "Of this award only £1,000 can still be planned." in answer
    assert "Problem:" in answer
    answer = text_of(mona.post(of(award), said | once | {"amount": "lots"}))
    assert "Write an amount such as 450" in answer
    for garbage in ({}, {"do": "dance"}, {"do": "came", "repayment": "x"}, {"do": "agree"}):
        assert mona.post(of(award), garbage).status_code == 200
    payment = planned(award)
    assert "Say why." in text_of(mona.post(one(payment), {"do": "cancel", "why": "\0"}))
    assert mona.post(one(payment), {"do": "approve"}).status_code == 403
    assert money_of(award)[0] == Decimal(400)


def test_finance_alone_takes_the_file_and_it_is_kept(client_of: ClientOf) -> None:
    payment = released(make_award(1_000))
    url, day = reverse("admin:grants_payment_export"), payment.released_at
    assert day is not None
    period = {"first_day": f"{day:%Y-%m-%d}", "last_day": f"{day:%Y-%m-%d}"}
    assert client_of("mona").post(url, period).status_code == 403
    assert client_of("finn").get(url).status_code == 405
    answer = client_of("rhea").post(url, period)
    assert "00001234" in text_of(answer)
    assert PaymentExport.objects.get().made_by == person("rhea")
    assert client_of("finn").post(url, {"first_day": "soon"}).status_code == 302
    assert "1 payment" in text_of(client_of("rhea").get(LISTS[0]))


def test_a_change_is_answered_and_money_is_asked_back_and_comes(client_of: ClientOf) -> None:
    award = make_award(1_000)
    released(award, 600)
    asked = changing.Asked(amount=Decimal(900))
    changing.ask(award=award, asked=asked, why="It was cheaper.", by=person("vera"))
    mona, rhea = client_of("mona"), client_of("rhea")
    assert "It was cheaper." in text_of(mona.get(of(award)))
    assert mona.post(of(award), {"do": "agree", "reason": "Of course."}).status_code == 302
    assert money_of(award)[2] == Decimal(100)
    Award.objects.filter(pk=award.pk).update(status="complete")
    back = {"back_amount": "50", "back_due_on": "2028-06-01", "back_why": "Not spent."}
    mona.post(of(award), {"do": "ask-back", **back})
    asked_back = Repayment.objects.get()
    came = {"came_amount": "20", "came_on": "2028-05-01", "repayment": str(asked_back.pk)}
    once = once_in(text_of(rhea.get(of(award))))
    for _press in range(2):
        rhea.post(of(award), {"do": "came", "once": once, **came})
    asked_back.refresh_from_db()
    assert (asked_back.received, money_of(award)[3]) == (Decimal(20), Decimal(20))


def test_a_report_is_read_given_back_and_accepted(client_of: ClientOf) -> None:
    award = make_award(2_000)
    report = sent(award)
    page, mona = reverse("admin:grants_report_change", args=[report.pk]), client_of("mona")
    assert "leads the warm-up" in text_of(mona.get(page))
    assert "Say what is missing." in text_of(mona.post(page, {"do": "return"}))
    mona.post(page, {"do": "drop-story"})
    assert Story.objects.get().text == ""
    mona.post(page, {"do": "accept"})
    report.refresh_from_db()
    assert report.status == "accepted"
    assert "20" in text_of(mona.get(reverse("admin:grants_report_did")))
    assert "2000.00" in text_of(mona.get(reverse("admin:grants_report_did_csv")))


@pytest.mark.parametrize("who", ["erin", "gwen", "stefan", "pam", "cora", "sal"])
def test_nobody_else_comes_in(client_of: ClientOf, who: str) -> None:
    payment = approved(make_award(1_000))
    report = Report.objects.get()
    pages = [
        *LISTS,
        one(payment),
        of(payment.award),
        reverse("admin:grants_report_change", args=[report.pk]),
        reverse("admin:grants_report_did"),
    ]
    assert {client_of(who).get(page).status_code for page in pages} == {403}


@pytest.mark.parametrize("who", ["mona", "finn", "rhea", "ada"])
def test_whoever_has_an_interest_finds_nothing_of_it(client_of: ClientOf, who: str) -> None:
    """Each page is the same as if there were no such award; its own addresses do not know it."""
    its_round = make_round(status="decided", pot=Decimal(20_000), code="ZB")
    released(make_award(1_000, round=its_round))
    hidden = make_award(
        Decimal("1234.56"), round=its_round, title="Zebra kites", is_example=True, number=77
    )
    payments = [
        planned(hidden, Decimal("11.11")),
        approved(hidden, Decimal("22.22")),
        released(hidden, Decimal("33.33")),
    ]
    report = accepted(hidden)
    they = person(who)
    said = ("indirect", "We work with them.")
    interests.add(application=hidden.application, person=they, said=said, by=they)
    client = client_of(who)
    lists = [*LISTS, reverse("admin:grants_report_did"), reverse("admin:grants_report_did_csv")]
    own = [of(hidden), *(one(payment) for payment in payments)]
    own.append(reverse("admin:grants_report_change", args=[report.pk]))
    found = {page: text_of(client.get(page, follow=True)) for page in [*lists, *own]}
    traces = ["Zebra", "ZB-077", "11.11", "22.22", "33.33", "1,234.56", "1234.56"]
    assert [trace for page in found.values() for trace in traces if trace in page] == []
    assert {client.get(page).status_code for page in own} <= {302, 403, 404}
    for payment in payments:
        assert client.post(one(payment), {"do": "cancel", "why": "x"}).status_code in {302, 403}
    # Where those led, it says that there is no such payment: to be read once.
    client.get(LISTS[0])
    assert money_of(hidden)[0] == Decimal("66.66")
    Award.objects.filter(pk=hidden.pk).delete()
    Application.objects.filter(pk=hidden.application_id).delete()
    again = {page: text_of(client.get(page, follow=True)) for page in LISTS}
    assert {page: PASSING.sub("", again[page]) for page in LISTS} == {
        page: PASSING.sub("", found[page]) for page in LISTS
    }


def test_who_sees_to_payments_and_has_no_interest_sees_them_all(client_of: ClientOf) -> None:
    planned(make_award(1_000, title="Zebra kites"))
    for who in ("mona", "finn", "rhea", "ada"):
        assert "Zebra kites" in text_of(client_of(who).get(LISTS[0])), who


def test_the_lists_ask_as_often_for_three_as_for_one(client_of: ClientOf) -> None:
    its_round = make_round(status="decided", pot=Decimal(50_000), largest_award=Decimal(9_000))
    ada = client_of("ada")
    pages = [*LISTS, reverse("admin:grants_report_did")]
    asked: list[list[int]] = []
    for more in (1, 2):
        for _one in range(more):
            award = make_award(3_000, round=its_round)
            planned(award, 500)
            approved(award, 500)
            released(award, 500)
            accepted(make_award(2_000, round=its_round))
        asked.append([])
        for page in pages:
            ada.get(page)
            with CaptureQueriesContext(connection) as queries:
                ada.get(page)
            asked[-1].append(len(queries))
    assert asked[0] == asked[1]
