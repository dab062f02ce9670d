"""The panel decides on its pages, in a meeting, with a chair."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from grants.models import Attendance, Decision, Round
from tests.assets.admin.pages import errors_of, messages
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.admin.panel_pages import applications, begin, decide, problems, text, url
from tests.grants.panel import award, scored_round
from tests.people import person, signed_in

__all__ = ["committed"]
ClientOf = Callable[[str], Client]


@pytest.fixture
def its_round(db: None) -> Round:
    """At the panel, in a meeting of all who sit in it."""
    made = scored_round(applications=4)
    begin(made)
    return made


# --- Deciding ---


def test_the_chair_awards_in_part_puts_in_reserve_declines_and_takes_back(
    its_round: Round, client_of: ClientOf
) -> None:
    first = applications(its_round)[0]
    cora = client_of("cora")
    assert messages(decide(cora, first)) == [f"{first.reference}: Award."]
    for outcome in ("reserve", "decline", "open"):
        decide(cora, first, outcome=outcome)
    made = [(one.outcome, one.amount, one.rank) for one in first.decisions.all()]
    assert made == [
        ("award", Decimal(800), 1),
        ("reserve", None, 1),
        ("decline", None, 1),
        ("open", None, 1),
    ]
    its_round.refresh_from_db()
    assert its_round.committed == 0
    page = text(cora, url("decide", its_round, first.pk))
    assert page.count("It will work.") == 4


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    its_round: Round, client_of: ClientOf
) -> None:
    first, second, third, fourth = applications(its_round)
    for one in (first, second):
        award(one, 1_000)
    award(third, 900)
    cora = client_of("cora")
    for changes, said in (
        ({}, "There is only £100 left in the pot."),
        ({"amount": "£1,001"}, "Give between £500"),
        ({"amount": "lots"}, "Write an amount such as 450"),
        ({"amount": ""}, "Write how much they get."),
        ({"outcome": "maybe"}, "What the panel decides"),
        ({"reason": ""}, "Why:"),
        ({"seen": "9" * 30}, ""),
        ({"do": "dance"}, "Choose one of the buttons."),
    ):
        answer = decide(cora, fourth, **({"reason": "They know the valley."} | changes))
        assert said in problems(answer)
        if changes.get("reason") != "" and "do" not in changes:
            assert "They know the valley." in answer.content.decode()
    assert fourth.decisions.count() == 0


def test_the_second_chair_is_told_and_may_then_decide_again(
    its_round: Round, client_of: ClientOf
) -> None:
    first = applications(its_round)[0]
    cora = client_of("cora")
    award(first, 600)
    answer = decide(cora, first, seen="", reason="My long reason.", amount="750")
    assert "Cora Dale has decided on this meanwhile: Award." in problems(answer)
    form = answer.context["pressed"].decide
    assert (form["reason"].value(), form["amount"].value()) == ("My long reason.", "750")
    assert form["seen"].value() == str(first.decisions.get().pk)
    decide(cora, first, amount="750", seen=form["seen"].value())
    first.refresh_from_db()
    assert first.award == Decimal(750)


def test_of_two_windows_at_once_one_decides(committed: None) -> None:
    its_round = scored_round(applications=3)
    begin(its_round)
    first = applications(its_round)[0]
    clients = [signed_in(Client(), person("cora")) for _each in range(4)]
    answers: list[Any] = []
    assert at_once(*[lambda c=c: answers.append(decide(c, first, seen="")) for c in clients]) == []
    told = [one for one in answers if "has decided on this meanwhile" in one.content.decode()]
    assert (len(told), Decision.objects.count()) == (3, 1)


def test_the_panels_score_is_kept_with_its_reason(its_round: Round, client_of: ClientOf) -> None:
    fourth = applications(its_round)[3]
    cora, path = client_of("cora"), url("decide", its_round, fourth.pk)
    sent = {"do": "agree", "agree-points": "99.5", "agree-reason": "We read it again."}
    assert messages(cora.post(path, sent, follow=True)) == ["The panel's score is 99.5 now."]
    again = cora.post(path, sent | {"agree-points": "12"})
    assert "has written down another score meanwhile" in problems(again)
    assert again.context["pressed"].agree["points"].value() == "12"
    wrong = cora.post(path, sent | {"agree-points": "101"})
    assert errors_of(wrong.context["pressed"].agree).keys() == {"points"}
    page = text(cora, path)
    assert "The panel's score 99.5" in page or "The panel&#x27;s score 99.5" in page
    board = cora.get(url("board", its_round))
    assert [row.agreed for row in board.context["rows"]] == ["99.5", "", "", ""]


@pytest.mark.parametrize("who", ["sal", "mona", "ada"])
def test_others_look_and_decide_nothing(its_round: Round, client_of: ClientOf, who: str) -> None:
    first = applications(its_round)[0]
    client = client_of(who)
    assert "Write it down" not in text(client, url("decide", its_round, first.pk))
    assert decide(client, first).status_code == 403
    assert Decision.objects.count() == 0


# --- The meeting ---


def test_a_meeting_from_its_beginning_to_its_end(client_of: ClientOf) -> None:
    its_round = scored_round(applications=4)
    first = applications(its_round)[0]
    cora, path = client_of("cora"), url("meeting", its_round)
    assert "nothing can be decided" in text(cora, url("board", its_round))
    assert "Begin a meeting first" in problems(decide(cora, first))
    assert messages(cora.post(path, {"do": "begin", "place": "Hall"}, follow=True)) == [
        "The meeting has begun. Tick who else is there."
    ]
    assert "1 is here" in problems(decide(cora, first))
    everybody = [seat.pk for seat in its_round.seats.all()]
    came = cora.post(path, {"do": "come", "seats": everybody}, follow=True)
    assert messages(came) == ["3 have come."]
    assert messages(decide(cora, first)) == [f"{first.reference}: Award."]
    sal = its_round.seats.get(person=person("sal"))
    leaves = {"do": "leave", "seat": sal.pk, "left_for": first.pk}
    assert messages(cora.post(path, leaves, follow=True)) == [
        f"Sal Okoro has left while {first.reference} is talked about."
    ]
    assert "They had left already" in problems(cora.post(path, leaves))
    # Who runs the round writes down as well who comes.
    client_of("mona").post(path, {"do": "come", "seats": [sal.pk]})
    assert Attendance.objects.filter(seat=sal).count() == 2
    ended = cora.post(path, {"do": "end", "note": "Tea was good."}, follow=True)
    assert messages(ended) == ["The meeting is over. Its minutes are ready to print."]
    for do in ("come", "leave", "end", "dance"):
        assert cora.post(path, {"do": do, "seat": sal.pk, "seats": everybody}).status_code == 200
    assert client_of("sal").post(path, {"do": "begin"}).status_code == 403
    assert its_round.meetings.count() == 1
