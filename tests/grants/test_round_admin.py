"""Rounds in the staff pages: prepared, read, and seen by whom."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from grants import rounds
from grants.models import Interest, Question, RequiredCheck, Round, RoundStatus
from tests.assets.admin.pages import as_shown, errors, messages, opened, save, url
from tests.grants.make import make_application, make_round

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
GARBAGE = ["\x00", "9" * 40, "-1", "banana", "²", "<b>", "x" * 10_000, "9999-12-31T23:59", "1:2"]


@pytest.fixture
def manager(client_of: ClientOf) -> Client:
    return client_of("mona")


@pytest.fixture
def draft() -> Round:
    return make_round(status=RoundStatus.DRAFT, title="Spring")


def again(round: Round) -> Round:
    return Round.objects.get(pk=round.pk)


def test_a_new_round_may_fund_what_volunteers_do(manager: Client) -> None:
    form = opened(manager, url(Round, "add"))
    assert sorted(form["needs_groups"]) == ["getting-advice", "thriving"]


def test_a_round_is_written_with_all_its_parts(manager: Client) -> None:
    answer = save(
        manager,
        url(Round, "add"),
        title="Summer",
        slug="summer",
        code="S1",
        summary="Small grants.",
        about="For clubs.",
        who_may_apply="Groups.",
        funder="The county",
        pot="5000",
        smallest_award="100",
        largest_award="1000.50",
        opens_at="2027-03-01T09:00",
        closes_at="2027-05-31T12:00",
        decisions_on="2027-07-01",
        spend_from="2027-08-01",
        spend_before="2028-08-01",
        **{
            "eligibility_questions-0-text": "Do you work here?",
            "eligibility_questions-0-why_not": "This is for groups that work here.",
            "questions-0-text": "What will you do?",
            "questions-0-most_words": "150",
            "criteria-0-name": "Need",
            "criteria-0-weight": "100",
            "criteria-0-levels_as_lines": "0: None: Nothing is said.\n2: Clear: It says: who.",
            "budget_headings-0-name": "Rooms",
            "required_checks-0-kind": "rules",
        },
    )
    assert messages(answer)[-1] == "It is a draft: nobody outside can see it until you open it."
    round = Round.objects.get(slug="summer")
    assert (round.status, round.largest_award, round.version) == ("draft", Decimal("1000.50"), 1)
    assert round.closes_at.isoformat() == "2027-05-31T11:00:00+00:00"
    [question] = round.questions.all()
    assert (question.number, question.text, question.most_words) == (1, "What will you do?", 150)
    [criterion] = round.criteria.all()
    assert [(one.points, one.name, one.description) for one in criterion.levels.all()] == [
        (0, "None", "Nothing is said."),
        (2, "Clear", "It says: who."),
    ]
    assert [one.kind for one in round.required_checks.all()] == ["rules"]
    assert sorted(one.slug for one in round.needs_groups.all()) == ["getting-advice", "thriving"]


def test_two_questions_change_places(manager: Client, draft: Round) -> None:
    places = {"questions-0-number": "2", "questions-1-number": "1"}
    save(manager, url(draft, "change"), **places)
    texts = [one.text for one in draft.questions.all()]
    assert texts == ["Who will it help?", "What will you do?"]


def test_two_questions_in_one_place_are_told_beside_it(manager: Client, draft: Round) -> None:
    answer = save(manager, url(draft, "change"), **{"questions-1-number": "1"})
    said = ["Two of them have the same number."]
    assert errors(answer) == {"questions-0-number": said, "questions-1-number": said}


def test_a_question_without_a_place_stands_last(manager: Client, draft: Round) -> None:
    save(manager, url(draft, "change"), **{"questions-2-text": "What else?"})
    assert [(one.number, one.text) for one in draft.questions.all()][-1] == (3, "What else?")


def test_a_part_is_removed(manager: Client, draft: Round) -> None:
    save(manager, url(draft, "change"), **{"criteria-0-DELETE": "on"})
    assert [one.name for one in draft.criteria.all()] == ["Criterion 2"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("banana", "“banana” needs points, a name and what it looks like, with colons between"),
        ("1: A: B\n1: C: D", "Two levels have the same points."),
        ("101: A: B", "“101: A: B” has too many points: 100 at most."),
        (f"1: {'x' * 61}: B", "x…”: "),
        ("\n".join(f"{n}: A: B" for n in range(12)), "Write 11 levels at most."),
    ],
)
def test_levels_that_cannot_be_read_are_told(
    manager: Client, draft: Round, lines: str, said: str
) -> None:
    answer = save(manager, url(draft, "change"), **{"criteria-0-levels_as_lines": lines})
    [told] = errors(answer)["criteria-0-levels_as_lines"]
    assert said in told
    assert as_shown(answer)["criteria-0-levels_as_lines"] == lines


def test_the_page_says_the_running_total_and_what_is_missing(manager: Client) -> None:
    round = make_round(status=RoundStatus.DRAFT, weights=(60, 30))
    page = manager.get(url(round, "change")).content.decode()
    assert "Weights: 90 of 100." in page
    assert "The weights are 90 together. They have to be 100." in page
    assert "Open it…" not in page


def test_the_second_to_save_overwrites_nothing_and_loses_nothing(
    manager: Client, ada: User, draft: Round
) -> None:
    rounds.save(round=draft, by=ada)
    form = opened(manager, url(draft, "change"))
    theirs = again(draft)
    theirs.title, theirs.funder = "Ada's", "The parish"
    asked = Question(round=theirs, number=3, text="And then?")
    rounds.save(round=theirs, by=ada, parts=[asked])
    answer = manager.post(url(draft, "change"), form | {"title": "Mona's"})
    assert again(draft).title == "Ada's"
    shown = as_shown(answer)
    assert (shown["title"], shown["funder"]) == ("Mona's", "The parish")
    told = errors(answer)
    assert told["title"] == ["Meanwhile somebody else wrote: “Ada's”"]
    assert len(told["__all__"]) == 3
    assert "changed (Title, Whose money it is)" in told["__all__"][1]
    assert "Question “And then?” added" in told["__all__"][2]
    manager.post(url(draft, "change"), shown)
    assert again(draft).title == "Mona's"
    assert [one.text for one in draft.questions.all()][-1] == "And then?"


def test_what_was_typed_while_it_opened_is_not_lost(
    manager: Client, ada: User, draft: Round
) -> None:
    form = opened(manager, url(draft, "change"))
    rounds.open_(round=again(draft), by=ada)
    answer = manager.post(url(draft, "change"), form | {"title": "Mona's"})
    answer = manager.post(url(draft, "change"), as_shown(answer))
    assert as_shown(answer)["title"] == "Mona's"
    assert "This round has opened: it does not change any more." in errors(answer)["__all__"]
    assert again(draft).title == "Spring"


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda text: ascii(text)[:12])
def test_garbage_in_any_field_of_a_round(manager: Client, draft: Round, garbage: str) -> None:
    RequiredCheck.objects.create(round=draft, kind="rules")
    page = url(draft, "change")
    form = opened(manager, page)
    assert manager.post(page, dict.fromkeys(form, garbage)).status_code == 200
    assert manager.post(page, {}).status_code == 200
    for name in list(form)[GARBAGE.index(garbage) :: len(GARBAGE)]:
        assert manager.post(page, form | {name: garbage}).status_code in {200, 302}, name


def test_a_part_of_another_round_cannot_be_taken(manager: Client, draft: Round) -> None:
    other = make_round(status=RoundStatus.DRAFT).questions.first()
    assert other
    sent = {"questions-0-id": str(other.pk), "questions-0-text": "Mine now"}
    page = url(draft, "change")
    manager.post(page, opened(manager, page) | sent)
    other.refresh_from_db()
    assert other.text == "What will you do?"


# --- Who sees what ---


def test_an_open_round_is_read_only_even_for_who_runs_it(manager: Client) -> None:
    round = make_round()
    answer = manager.get(url(round, "change"))
    assert answer.context["has_change_permission"] is False
    assert 'name="title"' not in answer.content.decode()


@pytest.mark.parametrize("who", ["cora", "sal", "finn"])
def test_others_of_the_fund_read_and_change_nothing(
    client_of: ClientOf, draft: Round, who: str
) -> None:
    client = client_of(who)
    answer = client.get(url(draft, "change"))
    assert answer.status_code == 200
    assert answer.context["has_change_permission"] is False
    assert client.post(url(draft, "change"), {"title": "Theirs"}).status_code == 403
    assert client.get(url(Round, "add")).status_code == 403
    assert client.get(url(draft, "preview")).status_code == 200
    for page in ("copy", "open", "move", "extend", "pot"):
        assert client.get(url(draft, page)).status_code == 403
        assert client.post(url(draft, page)).status_code == 403


@pytest.mark.parametrize("who", ["erin", "vera"])
def test_nobody_else_comes_here(client_of: ClientOf, draft: Round, who: str) -> None:
    for page in ("change", "history", "preview"):
        assert client_of(who).get(url(draft, page)).status_code in {302, 403}


def test_totals_are_closed_to_an_interest_in_the_round(client_of: ClientOf, mona: User) -> None:
    round = make_round()
    Round.objects.filter(pk=round.pk).update(committed=1234)
    assert "£1,234" in client_of("mona").get(url(round, "change")).content.decode()
    Interest.objects.create(
        application=make_application(round=round),
        person=mona,
        declared_by=mona,
        kind="direct",
        why="My sister runs it.",
    )
    for page in (url(round, "change"), url(round, "history"), url(Round, "changelist")):
        said = client_of("mona").get(page).content.decode()
        assert "1,234" not in said
        assert "8,766" not in said


def test_one_round_and_three_take_as_many_queries(manager: Client, draft: Round) -> None:
    manager.get(url(Round, "changelist"))
    counted = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert manager.get(url(Round, "changelist")).status_code == 200
        counted.append(len(queries))
        make_round()
        make_round()
    assert counted[0] == counted[1]


def test_more_parts_take_no_more_queries_to_read(manager: Client) -> None:
    manager.get(url(make_round(), "change"))
    counted = []
    for weights in ((50, 50), (20, 20, 20, 20, 20)):
        round = make_round(weights=weights)
        with CaptureQueriesContext(connection) as queries:
            assert manager.get(url(round, "change")).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_its_history_says_what_changed_in_which_part(
    manager: Client, mona: User, draft: Round
) -> None:
    rounds.save(round=draft, by=mona)
    question, criterion = draft.questions.first(), draft.criteria.first()
    assert question
    assert criterion
    question.text = "What is your plan?"
    gone = draft.budget_headings.all()
    rounds.save(round=draft, by=mona, parts=[question], gone=[*gone, *criterion.levels.all()[:1]])
    page: Any = manager.get(url(draft, "history"))
    told = [entry for moment in page.context["page"] for entry in moment.entries]
    assert [entry.what for entry in told] == [
        "Question “What is your plan?” changed",
        "Criterion “Criterion 1” changed",
        "Budget heading “Rooms” removed",
        "Budget heading “Things” removed",
        "added",
    ]
    [change] = told[0].changes
    assert (change.label, change.before, change.after) == (
        "Question",
        "What will you do?",
        "What is your plan?",
    )
    [levels] = told[1].changes
    assert levels.before.splitlines()[0] == "0 – Nothing yet: Nothing yet"
