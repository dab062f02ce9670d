"""The staff pages of what people tell us: problems for editors, worries for the lead."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import OutgoingMail, User
from assets import problems, safety
from assets.admin import tasks
from assets.models import Activity, Problem, SafetyWorry
from tests.assets.admin.pages import messages, url
from tests.assets.make import again, make_activity, publish
from tests.people import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.fixture
def activity(gwen: User) -> Activity:
    return publish(make_activity(title="Zebra club"))


@pytest.fixture
def problem(activity: Activity) -> Problem:
    return problems.report(
        key=uuid4(),
        listing=activity,
        kind=Problem.Kind.WRONG,
        words="It is on Fridays.",
        email="jo@example.com",
    )


@pytest.fixture
def worry(activity: Activity) -> SafetyWorry:
    return safety.report(key=uuid4(), listing=activity, words="The quarry gate is open.")


def press(client: Client, row: Any, verb: str, **data: str) -> Any:
    return client.post(url(row, verb), data, follow=True)


# --- Problems ---


def test_an_editor_reads_a_problem_beside_its_listing(
    client_of: ClientOf, problem: Problem, activity: Activity
) -> None:
    page = client_of("erin").get(url(problem, "change")).content.decode()
    for shown in ("It is on Fridays.", "jo@example.com", url(activity, "change")):
        assert shown in page
    assert f'href="/activities/{activity.slug}/"' in page


def test_what_wants_looking_at_comes_first(
    client_of: ClientOf, problem: Problem, activity: Activity, erin: User
) -> None:
    problems.finish(problem=problem, to="handled", by=erin, why="")
    later = problems.report(
        key=uuid4(), listing=activity, kind=Problem.Kind.HARD, words="Too small."
    )
    rows = client_of("erin").get(url(Problem, "changelist")).context["cl"].result_list
    assert list(rows) == [later, problem]


@pytest.mark.parametrize("to", ["handled", "nothing"])
def test_an_editor_is_done_with_it(
    client_of: ClientOf, problem: Problem, erin: User, to: str
) -> None:
    answer = press(client_of("erin"), problem, "move", to=to, why="Rang them.")
    assert len(messages(answer)) == 1
    assert again(problem).status == to
    assert "Rang them." in answer.content.decode()
    press(client_of("erin"), problem, "move", to="new")
    assert again(problem).status == "new"


def test_who_is_late_is_told(client_of: ClientOf, problem: Problem, erin: User) -> None:
    problems.finish(problem=problem, to="handled", by=erin, why="")
    answer = press(client_of("erin"), problem, "move", to="nothing")
    assert messages(answer) == ["A colleague was faster. Look again first."]
    assert again(problem).status == "handled"


@pytest.mark.parametrize("data", [{}, {"to": "banana"}, {"to": "handled", "why": "x" * 251}])
def test_garbage_moves_nothing(client_of: ClientOf, problem: Problem, data: dict[str, str]) -> None:
    assert press(client_of("erin"), problem, "move", **data).status_code == 200
    assert again(problem).status == "new"


def test_an_editor_answers_once(client_of: ClientOf, problem: Problem) -> None:
    press(client_of("erin"), problem, "answer", words="")
    press(client_of("erin"), problem, "answer", words="You are right.")
    answer = press(client_of("erin"), problem, "answer", words="Once more.")
    assert messages(answer) == ["It was answered already, or there is no address any more."]
    answers = OutgoingMail.objects.filter(reason="problem-answer")
    assert [(one.to, "You are right." in one.body) for one in answers] == [("jo@example.com", True)]
    assert "Send the answer" not in answer.content.decode()


def test_problems_are_for_editors(client_of: ClientOf, problem: Problem) -> None:
    for who in ("gwen", "stefan", "pam"):
        client = client_of(who)
        assert client.get(url(problem, "change")).status_code == 403
        assert client.get(url(Problem, "changelist")).status_code == 403
        assert client.post(url(problem, "move"), {"to": "handled"}).status_code == 403
        assert client.post(url(problem, "answer"), {"words": "Hi."}).status_code == 403
    assert again(problem).status == "new"


def test_a_problem_that_is_not_there_is_not_found(client_of: ClientOf, problem: Problem) -> None:
    for key in ("0", "banana"):
        path = f"/admin/assets/problem/{key}/move/"
        assert client_of("erin").post(path, {"to": "handled"}).status_code == 404


# --- Worries ---


def test_its_words_are_shown_once_it_is_opened(
    client_of: ClientOf, worry: SafetyWorry, ada: User
) -> None:
    page = client_of("gwen").get(url(worry, "change")).content.decode()
    assert "quarry" not in page
    assert again(worry).status == "new"
    opened = press(client_of("gwen"), worry, "take")
    assert "The quarry gate is open." in opened.content.decode()
    assert again(worry).status == "taken"
    for who in ("gwen", "ada"):
        page = client_of(who).get(url(worry, "change")).content.decode()
        assert "The quarry gate is open." in page


def test_the_list_shows_no_words(client_of: ClientOf, worry: SafetyWorry) -> None:
    page = client_of("gwen").get(url(SafetyWorry, "changelist")).content.decode()
    assert ("Zebra club" in page, "quarry" in page) == (True, False)


def test_the_lead_closes_it_and_opens_it_again(client_of: ClientOf, worry: SafetyWorry) -> None:
    gwen = client_of("gwen")
    press(gwen, worry, "take")
    press(gwen, worry, "close", outcome="banana")
    assert again(worry).status == "taken"
    page = press(gwen, worry, "close", outcome="put-right", why="They mend it.")
    assert (again(worry).status, again(worry).outcome) == ("closed", "put-right")
    assert "They mend it." in page.content.decode()
    press(gwen, worry, "reopen", why="Not mended.")
    assert again(worry).status == "taken"


def test_an_unread_worry_hides_nothing_and_is_not_closed(
    client_of: ClientOf, worry: SafetyWorry, activity: Activity
) -> None:
    for verb, data in (
        ("close", {"outcome": "nothing"}),
        ("reopen", {}),
        ("hide", {"hide": "activity-paused"}),
    ):
        answer = press(client_of("gwen"), worry, verb, **data)
        assert len(messages(answer)) == 1
    assert (again(worry).status, again(activity).status) == ("new", "public")


def test_the_lead_hides_the_listing(
    client_of: ClientOf, worry: SafetyWorry, activity: Activity
) -> None:
    gwen = client_of("gwen")
    press(gwen, worry, "take")
    press(gwen, worry, "hide", hide="venue-paused")
    assert again(activity).status == "public"
    page = press(gwen, worry, "hide", hide="activity-paused")
    assert messages(page) == ["“Zebra club” is paused now."]
    assert again(activity).status == "paused"
    # Paused once more makes no sense; the group is still there to hide.
    assert 'value="activity-paused"' not in page.content.decode()
    assert 'value="organisation-withdrawn"' in page.content.decode()


# --- The first page ---


def test_each_sees_what_waits_for_them(
    client_of: ClientOf, problem: Problem, worry: SafetyWorry, erin: User, gwen: User, ada: User
) -> None:
    def told(of: User) -> dict[str, list[str]]:
        return {
            str(task.title): [part.words for part in task.parts if part.count]
            for task in tasks.tasks(of)
            if "people" in str(task.title) or "safety" in str(task.title)
        }

    problem_task = {"What people say is wrong": ["1 to look at"]}
    worry_task = {"Worries about safety": ["1 nobody has opened"]}
    assert told(erin) == problem_task
    assert told(gwen) == worry_task
    assert told(ada) == worry_task | problem_task
    safety.take(worry=worry, by=gwen)
    assert told(gwen) == {"Worries about safety": ["1 to close"]}


def test_administrators_are_told_that_nobody_is_the_lead(ada: User, erin: User) -> None:
    said = "Nobody looks after worries about safety"
    assert said in [str(task.title) for task in tasks.tasks(ada)]
    assert said not in [str(task.title) for task in tasks.tasks(erin)]
    person("gwen")
    assert said not in [str(task.title) for task in tasks.tasks(ada)]


@pytest.mark.parametrize("who", ["erin", "gwen"])
def test_every_count_leads_to_as_many_rows(
    client_of: ClientOf, problem: Problem, worry: SafetyWorry, who: str
) -> None:
    client = client_of(who)
    for task in tasks.tasks(person(who)):
        for part in task.parts:
            if "problem" in part.url or "safetyworry" in part.url:
                assert client.get(part.url).context["cl"].result_count == part.count
