"""What is kept, compared and printed at the panel; to the panel and back."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants import deciding
from grants.admin.panel_pages import PAGES
from grants.models import Application, Round, Scenario
from tests.assets.admin.pages import messages
from tests.grants.admin.panel_pages import applications, begin, decide, problems, text, url
from tests.grants.make import make_application, make_sheet
from tests.grants.panel import award, scored_round
from tests.people import person

ClientOf = Callable[[str], Client]


@pytest.fixture
def its_round(db: None) -> Round:
    """At the panel, in a meeting of all who sit in it."""
    made = scored_round(applications=4)
    begin(made)
    return made


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
