"""The pages of the panel: what they show, to whom, and in how many questions to the database."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants import deciding
from grants.admin.panel_pages import PAGES
from grants.models import Application, Attendance, Decision, Interest, Round, Scenario
from grants.panel import saving
from tests.assets.admin.pages import errors_of, messages
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.make import make_application, make_seat, make_sheet
from tests.grants.panel import award, scored_round
from tests.people import person, signed_in

__all__ = ["committed"]
ClientOf = Callable[[str], Client]


def url(name: str, round: Round, *more: object) -> str:
    return reverse(f"admin:grants_round_{name}", args=[round.pk, *more])


def begin(round: Round) -> None:
    meeting = deciding.begin_meeting(round=round, by=person("cora"), place="Town hall")
    deciding.come(meeting=meeting, seats=round.seats.all())


def applications(round: Round) -> list[Application]:
    return list(round.applications.order_by("number"))


def text(client: Client, path: str) -> str:
    """Without its marks, on one line."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def problems(answer: Any) -> str:
    found = re.search(r'<div class="problems.*?</div>', answer.content.decode(), re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


@pytest.fixture
def its_round(db: None) -> Round:
    """At the panel, in a meeting of all who sit in it."""
    made = scored_round(applications=4)
    begin(made)
    return made


# --- The board ---


def test_the_board_says_what_there_is_and_where_the_line_is(
    its_round: Round, client_of: ClientOf
) -> None:
    first, second, third, fourth = applications(its_round)
    award(first, 1_000)
    award(second, 700)
    page = text(client_of("cora"), url("board", its_round))
    assert "Pot £3,000" in page
    assert "Committed £1,700 2 awards, 1 in part" in page
    assert "Left £1,300 next in line needs £500" in page
    line = "Cut line: £1,700 committed, £1,300 left. The next in line needs at least £500."
    assert page.index(str(second)) < page.index(line) < page.index(str(third))
    assert "3 are there. It takes 3. 2 applications are not decided." in page
    assert page.index(str(third)) < page.index(str(fourth))


def test_the_most_contested_come_first_when_asked(client_of: ClientOf) -> None:
    its_round = scored_round(applications=6)
    answer = client_of("sal").get(url("board", its_round) + "?order=contested")
    spreads = [row.row.line.spread or Decimal(0) for row in answer.context["rows"]]
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[0] > spreads[-1]


def test_each_way_has_a_tab_and_garbage_has_none(its_round: Round, client_of: ClientOf) -> None:
    first = applications(its_round)[0]
    kept = saving.save(
        round=its_round, name="Ours", kind="own", awards={first: Decimal(500)}, by=person("cora")
    )
    cora, path = client_of("cora"), url("board", its_round)
    for asked, awards in (("strict", 3), ("skip", 3), ("cover", 3), (str(kept.pk), 1)):
        answer = cora.get(f"{path}?as={asked}")
        assert sum(row.row.award is not None for row in answer.context["rows"]) == awards
    for garbage in ("banana", "\x00", "9" * 500, str(first.pk)):
        assert cora.get(path, {"as": garbage}).status_code == 404


def test_adjusted_stands_beside_raw_only_where_not_all_scored_all(client_of: ClientOf) -> None:
    cora = client_of("cora")
    whole = scored_round(applications=6)
    assert "Adjusted" not in text(cora, url("board", whole))
    assert "Adjusted" not in text(cora, url("results", whole))


def test_adjusted_or_why_there_is_none(client_of: ClientOf) -> None:
    some = scored_round(applications=6, scorers=4, missing=1)
    page = text(client_of("cora"), url("board", some))
    assert "Adjusted" in page
    assert re.search(r"\d\d\.\d ±\d", page)
    few = make_application(round=some, status="in-scoring")
    assert "–" in text(client_of("cora"), url("decide", some, few.pk))


def test_too_little_to_adjust_is_said(client_of: ClientOf) -> None:
    few = scored_round(applications=3, scorers=2, missing=1)
    for which in ("board", "results"):
        assert "Not enough data: there are 4 score sheets" in text(
            client_of("cora"), url(which, few)
        )


def test_sixty_applications_by_eight_scorers_take_at_most_twenty_queries(
    client_of: ClientOf,
) -> None:
    cora = client_of("cora")
    big = scored_round(applications=60, scorers=8, missing=10)
    begin(big)
    first = applications(big)[0]
    kept = saving.save(
        round=big, name="Ours", kind="own", awards={first: Decimal(500)}, by=person("cora")
    )
    award(first, 900)
    text(cora, url("board", big))
    for asked in ("", "?as=skip", f"?as={kept.pk}", "?order=contested"):
        with CaptureQueriesContext(connection) as queries:
            text(cora, url("board", big) + asked)
        assert len(queries) <= 20, asked


def test_no_page_asks_more_questions_for_more_rows(client_of: ClientOf) -> None:
    cora = client_of("cora")
    counts: dict[str, list[int]] = {}
    for rows in (3, 5):
        its_round = scored_round(applications=rows, scorers=3)
        begin(its_round)
        for one in applications(its_round)[: rows - 2]:
            award(one, 500)
            one.panel_scores.create(
                meeting=its_round.meetings.get(),
                points=Decimal(70),
                reason="So.",
                agreed_by=person("cora"),
            )
            saving.save(
                round=its_round,
                name=one.title,
                kind="own",
                awards={one: Decimal(500)},
                by=person("cora"),
            )
        cora.get(url("board", its_round))
        for name in PAGES:
            more = [applications(its_round)[0].pk] if name == "decide" else []
            with CaptureQueriesContext(connection) as queries:
                assert cora.get(url(name, its_round, *more)).status_code == 200
            counts.setdefault(name, []).append(len(queries))
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}


# --- Who sees it ---


@pytest.mark.parametrize("who", ["stefan", "rhea"])
def test_who_has_no_part_in_scoring_is_kept_out(
    its_round: Round, client_of: ClientOf, who: str
) -> None:
    for name in PAGES:
        more = [applications(its_round)[0].pk] if name == "decide" else []
        path = url(name, its_round, *more)
        assert client_of(who).get(path).status_code == 403
        assert client_of(who).post(path, {"do": "decide"}).status_code == 403


def test_an_interest_closes_every_page_and_leaves_no_trace(
    its_round: Round, client_of: ClientOf
) -> None:
    first, second, *_rest = applications(its_round)
    award(second, Decimal("777.77"))
    saving.save(
        round=its_round, name="Zebra", kind="own", awards={first: Decimal(666)}, by=person("cora")
    )
    conflicted = make_application(round=its_round, status="in-scoring", title="Zebra kites")
    for who in ("mona", "ada", "sal"):
        Interest.objects.create(
            application=conflicted,
            person=person(who),
            kind="direct",
            why="Zebras",
            declared_by=person(who),
        )
    traces = ["777.77", "£1,000", "£3,000", "2,222.23", "Zebra", first.title, second.title]
    for who in ("mona", "ada", "sal"):
        client = client_of(who)
        for name in PAGES:
            more = [conflicted.pk] if name == "decide" else []
            answer = client.get(url(name, its_round, *more))
            page = answer.content.decode()
            assert answer.status_code == 403
            assert [trace for trace in traces if trace in page] == []
            assert "You have an interest in this round" in page
        for name, more in (("decide", [second.pk]), ("meeting", []), ("scenario", [])):
            sent = {"do": "decide", "outcome": "decline", "reason": "x"}
            assert client.post(url(name, its_round, *more), sent).status_code == 403
    assert text(client_of("cora"), url("board", its_round)).count("Zebra") >= 2


def test_who_waits_is_told_for_what(client_of: ClientOf) -> None:
    its_round = scored_round(status="scoring")
    board = url("board", its_round)

    def said(who: str) -> str:
        answer = client_of(who).get(board)
        assert answer.status_code == 403
        return answer.content.decode()

    assert "not with the panel yet" in said("sal")
    person("rhea").groups.add(*person("sal").groups.all())
    assert "You have no seat in this round" in said("rhea")
    make_seat("rhea", round=its_round)
    assert "Declare your interests" in said("rhea")
    # Who runs it reads along, but nobody before their own scores are in.
    assert client_of("mona").get(board).status_code == 200
    make_sheet("mona", application=applications(its_round)[0])
    assert "once your own scores are in" in said("mona")


def test_a_chair_with_an_interest_hands_over(its_round: Round, client_of: ClientOf) -> None:
    # Said, it would have taken the chair from them. Plain to see it does not.
    make_application(round=its_round, status="in-scoring", by=person("cora"))
    cora, board = client_of("cora"), url("board", its_round)
    page = cora.get(board).content.decode()
    assert "Hand over the chair" in page
    sal = its_round.seats.get(person=person("sal"))
    refused = cora.post(board, {"do": "hand-over", "seat": sal.pk})
    assert "Give them the role “Chair” first." in problems(refused)
    sal.person.groups.set(person("cora").groups.all())
    done = cora.post(board, {"do": "hand-over", "seat": sal.pk, "why": "My group."}, follow=True)
    assert messages(done) == ["Sal Okoro chairs the round now."]
    assert its_round.seats.get(is_chair=True) == sal


# --- Deciding ---


def decide(client: Client, one: Application, **changes: str) -> Any:
    last = one.decisions.last()
    sent = {"do": "decide", "outcome": "award", "amount": "£800", "reason": "It will work."}
    sent |= {"seen": str(last.pk) if last else ""}
    return client.post(url("decide", one.round, one.pk), sent | changes, follow=True)


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
    assert "1 are here" in problems(decide(cora, first))
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


# --- Ways compared ---


def test_ways_are_saved_compared_and_deleted(its_round: Round, client_of: ClientOf) -> None:
    first, second, *_rest = applications(its_round)
    cora = client_of("cora")
    new, path = url("scenario", its_round), url("scenarios", its_round)
    ours = {"name": "Ours", "kind": "own", f"amount-{first.pk}": "£600"}
    assert messages(cora.post(new, ours, follow=True)) == ["“Ours” is saved."]
    cora.post(new, {"name": "Skipping", "kind": "skip"})
    assert Scenario.objects.get(name="Skipping").awards.count() == 3
    for changes, said in (
        ({}, "Another scenario has this name."),
        ({"name": "Much", f"amount-{second.pk}": "£9,000"}, "give between £500 and £1,000"),
        ({"name": "Odd", f"amount-{second.pk}": "lots"}, "Write an amount such as 450"),
        ({"name": "Odd", "kind": "dream"}, "What it is"),
    ):
        answer = cora.post(new, ours | changes)
        assert said in problems(answer)
        assert "£600" in answer.content.decode()
    shown = cora.get(path)
    assert [column.name for column in shown.context["columns"]] == [
        "As the panel has it",
        "Strict cut line",
        "Rank and skip",
        "Every theme and place",
        "Ours",
        "Skipping",
    ]
    row = next(one for one in shown.context["rows"] if one.line.application == first)
    assert row.amounts == ["–", "£1,000", "£1,000", "£1,000", "£600", "£1,000"]
    assert "differs" in text(cora, path + "?only=differences")
    kept = Scenario.objects.get(name="Ours")
    assert client_of("sal").post(path, {"scenario": kept.pk}).status_code == 403
    cora.post(path, {"scenario": kept.pk})
    assert cora.post(path, {"scenario": kept.pk}).status_code == 404
    assert cora.post(path, {"scenario": "banana"}).status_code == 302
    assert [one.name for one in Scenario.objects.all()] == ["Skipping"]


# --- Scores, papers ---


def test_the_scores_as_a_table_are_those_of_the_page(its_round: Round, client_of: ClientOf) -> None:
    Application.objects.filter(pk=applications(its_round)[0].pk).update(group_name="=cmd()")
    answer = client_of("mona").get(url("results_csv", its_round))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [one["Reference"] for one in rows] == [one.reference for one in applications(its_round)]
    assert rows[0]["Group"] == "'=cmd()"
    page = client_of("mona").get(url("results", its_round))
    shown = [row["raw"] for row in page.context["rows"]]
    assert [f"{Decimal(one['Raw']):.1f}" for one in rows] == shown
    assert "Share of the differences" in page.content.decode()


def words_of(answer: Any) -> str:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        return re.sub(r"<[^>]+>", " ", parts.read("content.xml").decode())


def test_the_paper_and_the_minutes_tell_all_on_the_page_and_as_a_document(
    its_round: Round, client_of: ClientOf
) -> None:
    first, _second, third, _fourth = applications(its_round)
    cora = client_of("cora")
    meeting = its_round.meetings.get()
    sal = its_round.seats.get(person=person("sal"))
    deciding.leave(meeting=meeting, seat=sal, left_for=first)
    deciding.come(meeting=meeting, seats=[sal])
    award(third, 500)
    decide(cora, first, outcome="decline", reason="The hall is closed.")
    deciding.end_meeting(meeting=meeting, by=person("cora"), note="Tea was good.")
    wanted = {
        "paper": ["What to talk about first", "Rank and skip", first.title, "£3,000"],
        "minutes": [
            "Town hall",
            f"while {first.reference} was talked about",
            "The hall is closed.",
            "Passed over, though others scored worse:",
            "Awarded, though others scored better:",
            "Nothing to declare: Cora Dale",
            "Tea was good.",
            "£2,500 is left",
        ],
    }
    for name, words in wanted.items():
        page = text(cora, url(name, its_round))
        document = words_of(cora.get(url(f"{name}_document", its_round)))
        for one in words:
            assert one in page
            assert one in document


def test_a_round_without_anything_has_its_pages_too(client_of: ClientOf) -> None:
    empty = scored_round(applications=1)
    for one in empty.applications.all():
        Application.objects.filter(pk=one.pk).update(status="withdrawn")
    for name in PAGES:
        if name != "decide":
            assert client_of("cora").get(url(name, empty)).status_code == 200
    gone = url("decide", empty, empty.applications.get().pk)
    assert client_of("cora").get(gone).status_code == 404


def test_the_round_moves_on_and_back_in_the_staff_pages(client_of: ClientOf) -> None:
    its_round = scored_round(status="scoring")
    new = make_application(round=its_round, status="in-scoring")
    make_sheet("sal", application=new)
    mona = client_of("mona")
    path = reverse("admin:grants_round_move", args=[its_round.pk])
    sent = {"version": its_round.version, "to": "panel"}
    assert "Score sheets that are not in: 1" in problems(mona.post(path, sent))
    done = mona.post(path, sent | {"without_the_rest": "on"}, follow=True)
    assert messages(done) == [f"“{its_round}”: with the panel."]
    form = mona.get(path).context["form"]
    assert [value for value, _label in form.fields["to"].choices] == ["scoring"]
    assert "without_the_rest" not in form.fields
