"""Scoring in the staff pages: declare, read, score, hand in, see what others gave."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.models import Application, Declaration, Interest, Round, ScoreSheet
from tests.assets.admin.pages import messages
from tests.grants.make import fill_in, make_application, make_round, make_seat, make_sheet
from tests.people import person

pytestmark = pytest.mark.django_db
MINE = "/admin/grants/scoresheet/"
ClientOf = Callable[[str], Client]


def scored_round(applications: int = 2) -> Round:
    made = make_round(status="scoring")
    for _number in range(applications):
        make_application(round=made)
    return made


def page_of(sheet: ScoreSheet) -> str:
    return reverse("admin:grants_scoresheet_change", args=[sheet.pk])


def declare_in(its_round: Round) -> str:
    return reverse("admin:grants_scoresheet_declare", args=[its_round.pk])


def of(application: Application) -> str:
    return reverse("admin:grants_scoresheet_of", args=[application.pk])


def filled(sheet: ScoreSheet, **more: Any) -> dict[str, Any]:
    """What the form sends when every criterion has its best level and a reason."""
    said: dict[str, Any] = {"version": sheet.version, "note": ""}
    for one in sheet.application.round.criteria.all():
        said[f"level-{one.pk}"] = str(one.levels.order_by("points").last().pk)  # type: ignore[union-attr]
        said[f"reason-{one.pk}"] = f"A reason for {one}."
    return said | more


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_declaring_comes_first(client_of: ClientOf) -> None:
    its_round = scored_round()
    first, _second = its_round.applications.all()
    make_seat("sal", round=its_round)
    sal = client_of("sal")
    page = text(sal.get(MINE))
    assert "Declare your interests" in page
    names = text(sal.get(declare_in(its_round)))
    assert first.group_name in names
    assert first.title in names
    assert "£1,000" not in names
    sent = {f"{first.pk}-kind": "indirect", f"{first.pk}-why": "We share a hall."}
    done = sal.post(declare_in(its_round), sent, follow=True)
    assert messages(done) == ["You have declared 1 interest. You see no more of that application."]
    assert Interest.objects.get().application == first
    assert first.title not in text(sal.get(declare_in(its_round)))


def test_nothing_to_say_is_one_button(client_of: ClientOf) -> None:
    its_round = scored_round()
    make_seat("sal", round=its_round)
    done = client_of("sal").post(declare_in(its_round), follow=True)
    assert messages(done) == ["You have declared that you have nothing to do with any of them."]
    assert Declaration.objects.get().person == person("sal")


@pytest.mark.parametrize(
    ("kind", "why", "says"),
    [
        ("direct", "", "Say what it is, in a few words."),
        ("", "My club", "Say what kind it is."),
        ("rumour", "x", "Nothing was declared yet"),
        ("direct", "x" * 301, "Use 300 letters at most."),
    ],
)
def test_half_an_interest_is_not_declared_and_stays_on_the_page(
    client_of: ClientOf, kind: str, why: str, says: str
) -> None:
    its_round = scored_round()
    first = its_round.applications.first()
    assert first
    make_seat("sal", round=its_round)
    sent = {f"{first.pk}-kind": kind, f"{first.pk}-why": why}
    answer = client_of("sal").post(declare_in(its_round), sent)
    assert says in text(answer)
    assert "Nothing was declared yet" in text(answer)
    assert why in text(answer)
    assert not Declaration.objects.exists()


def test_an_interest_is_added_later(client_of: ClientOf) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    its_round, key = sheet.application.round, sheet.application_id
    sal = client_of("sal")
    assert "Choose what you have to do" in text(sal.post(declare_in(its_round)))
    sent = {f"{key}-kind": "helped", f"{key}-why": "I read a draft."}
    sal.post(declare_in(its_round), sent)
    assert Interest.objects.get().kind == "helped"
    sheet.refresh_from_db()
    assert sheet.status == "void"


def test_nobody_declares_in_a_round_that_is_not_theirs(client_of: ClientOf) -> None:
    its_round = scored_round()
    assert client_of("sal").get(declare_in(its_round)).status_code == 404
    assert client_of("mona").get(declare_in(its_round)).status_code == 200


@pytest.mark.parametrize("who", ["stefan", "erin", "finn", "pam"])
def test_who_has_nothing_to_do_with_scoring_is_kept_out(client_of: ClientOf, who: str) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    client = client_of(who)
    for path in (MINE, page_of(sheet), declare_in(sheet.application.round), of(sheet.application)):
        assert client.get(path).status_code == 403


def test_an_application_is_saved_as_one_goes_and_handed_in_whole(client_of: ClientOf) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    sal, page = client_of("sal"), page_of(sheet)
    whole = filled(sheet)
    first = sheet.application.round.criteria.first()
    assert first
    some = {"version": 1, f"reason-{first.pk}": "They know the valley.", "do": "save"}
    assert messages(sal.post(page, some, follow=True)) == ["Saved."]
    assert "They know the valley." in text(sal.get(page))
    answer = text(sal.post(page, some | {"version": 2, "do": "submit"}))
    assert "Criterion 1: choose a level." in answer
    assert "Criterion 2: say why." in answer
    done = sal.post(page, whole | {"version": 2, "do": "submit"}, follow=True)
    assert messages(done) == ["Your scores are in."]
    sheet.refresh_from_db()
    assert sheet.status == "submitted"
    assert [score.level.points for score in sheet.scores.all() if score.level] == [3, 3]


def test_what_was_typed_is_kept_also_where_a_level_is_missing(client_of: ClientOf) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    sent = filled(sheet, do="submit", note="Ring them")
    first = sheet.application.round.criteria.first()
    assert first
    del sent[f"level-{first.pk}"]
    answer = client_of("sal").post(page_of(sheet), sent)
    sheet.refresh_from_db()
    assert (sheet.status, sheet.version, sheet.note) == ("open", 2, "Ring them")
    assert 'name="version" value="2"' in text(answer)


def test_two_windows_lose_nothing(client_of: ClientOf) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    sal, page = client_of("sal"), page_of(sheet)
    first = sheet.application.round.criteria.first()
    assert first
    name = f"reason-{first.pk}"
    sal.post(page, {"version": 1, name: "From one window", "do": "save"})
    answer = sal.post(page, {"version": 1, name: "From the other", "do": "save"})
    assert "In your other window" in text(answer)
    assert "From one window" in text(answer)
    assert ">From the other</textarea>" in text(answer)
    assert 'name="version" value="2"' in text(answer)
    sal.post(page, {"version": 2, name: "From both", "do": "save"})
    assert sheet.scores.get(criterion=first).reason == "From both"
    assert [edit.said[name] for edit in sheet.edits.all()] == ["From one window", "From both"]


def test_what_is_typed_after_the_scores_are_in_is_shown_to_copy(client_of: ClientOf) -> None:
    sheet = fill_in(make_sheet("sal", application=scored_round().applications.first()))
    sent = filled(sheet, version=2, do="save", note="Too late")
    answer = client_of("sal").post(page_of(sheet), sent)
    assert "Your scores of this are in." in text(answer)
    assert "Too late" in text(answer)


def test_what_is_typed_when_it_is_not_theirs_any_more_is_shown_to_copy(
    client_of: ClientOf,
) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    sal, page = client_of("sal"), page_of(sheet)
    Application.objects.filter(pk=sheet.application_id).update(status="withdrawn")
    answer = sal.post(page, filled(sheet, do="save", note="Too late"), follow=True)
    assert messages(answer)[0] == "You do not score this any more."
    assert "You had written: Too late" in messages(answer)
    assert not sheet.edits.exists()


def test_others_scores_are_shown_after_ones_own_and_never_before(client_of: ClientOf) -> None:
    application = scored_round().applications.first()
    assert application
    fill_in(make_sheet("cora", application=application), points=1)
    sheet = make_sheet("sal", application=application)
    sal = client_of("sal")
    for path in (page_of(sheet), of(application)):
        assert "Why I gave 1." not in text(sal.get(path))
    fill_in(sheet)
    for path in (page_of(sheet), of(application)):
        assert "Why I gave 1." in text(sal.get(path))
        assert "Cora Dale" in text(sal.get(path))


def test_what_does_not_count_is_read_by_who_runs_the_round_alone(client_of: ClientOf) -> None:
    application = scored_round().applications.first()
    assert application
    sheet = fill_in(make_sheet("sal", application=application), points=1)
    sent = {"do": "interest", "interest-kind": "direct", "interest-why": "My club"}
    done = client_of("sal").post(page_of(sheet), sent, follow=True)
    assert messages(done) == ["You have declared it. You see no more of that application."]
    fill_in(make_sheet("cora", application=application))
    assert "Why I gave 1." not in text(client_of("cora").get(of(application)))
    assert "Why I gave 1." in text(client_of("mona").get(of(application)))
    assert client_of("sal").get(of(application)).status_code == 404


def test_half_an_interest_on_the_page_of_an_application_is_told(client_of: ClientOf) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    for sent in ({}, {"interest-kind": "direct"}, {"interest-why": "x"}):
        answer = client_of("sal").post(page_of(sheet), {"do": "interest"} | sent)
        assert "Say what" in text(answer)
    assert not Interest.objects.exists()


def test_a_young_scorer_reads_nothing_that_tells_of_people(client_of: ClientOf) -> None:
    its_round = make_round(status="draft")
    its_round.questions.filter(number=2).update(is_personal=True)
    Round.objects.filter(pk=its_round.pk).update(status="scoring")
    said = {
        "question-1": {"text": "We fly kites."},
        "question-2": {"text": "Jo has a bad knee."},
        "group": {"name": "Jo Bloggs"},
    }
    application = make_application(round=its_round, said=said)
    make_seat("sal", round=its_round, is_young=True, declared=True)
    make_seat("cora", round=its_round, declared=True)
    young, old = (make_sheet(who, application=application) for who in ("sal", "cora"))
    page = text(client_of("sal").get(page_of(young)))
    assert "We fly kites." in page
    assert "bad knee" not in page
    assert "Jo Bloggs" not in page
    assert "bad knee" in text(client_of("cora").get(page_of(old)))


def test_a_page_asks_no_more_of_the_database_where_there_is_more(
    client_of: ClientOf,
) -> None:
    def queries(applications: int) -> list[int]:
        its_round = scored_round(applications)
        for one in its_round.applications.all():
            fill_in(make_sheet("cora", application=one))
            mine = fill_in(make_sheet("sal", application=one))
        seats = reverse("admin:grants_seat_round", args=[its_round.pk])
        counts = []
        for who, path in (("sal", MINE), ("sal", page_of(mine)), ("mona", seats)):
            client = client_of(who)
            client.get(path)
            with CaptureQueriesContext(connection) as caught:
                client.get(path)
            counts.append(len(caught))
        Round.objects.filter(pk=its_round.pk).update(status="closed")
        return counts

    assert queries(1) == queries(3)


def test_garbage_is_answered_clearly(client_of: ClientOf) -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    sal, page = client_of("sal"), page_of(sheet)
    first = sheet.application.round.criteria.first()
    assert first
    for sent in (
        {},
        {"version": "²"},
        {"version": "9" * 5000},
        {"do": "dance", f"level-{first.pk}": "\x00"},
        {"do": "submit", f"level-{first.pk}": "not-a-key"},
    ):
        assert sal.post(page, sent).status_code in {200, 302}
    for path in (f"{MINE}banana/change/", f"{MINE}99999999999999999999/change/"):
        assert sal.get(path).status_code == 302
