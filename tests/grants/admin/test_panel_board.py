"""The panel's board: what it shows, to whom, and in how many questions to the database."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.admin.panel_pages import PAGES
from grants.models import Interest, Round
from grants.panel import saving, words
from tests.assets.admin.pages import messages
from tests.grants.admin.panel_pages import applications, begin, problems, text, url
from tests.grants.make import make_application, make_seat, make_sheet
from tests.grants.panel import award, scored_round
from tests.people import person

ClientOf = Callable[[str], Client]


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


def test_a_long_list_of_gaps_gives_an_idea() -> None:
    names = ["Bakewell", "Youth voice", "Mobility", "Inclusion"]
    assert words.first_few(names[:3]) == "Bakewell, Youth voice, Mobility"
    assert words.first_few(names) == "Bakewell, Youth voice, Mobility and 1 more"
