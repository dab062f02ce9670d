"""Everyday words in the staff pages: tried first, and stored only when saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from assets.admin.synonyms import Tried
from assets.models import Synonym, VocabularyWord
from assets.understanding.meaning import Term, meant
from tests.assets.admin.pages import as_shown, errors, opened, save, url
from tests.assets.make import make_activity, publish

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.fixture
def hill(db: None) -> None:
    """Something that nobody finds who says “zorbing”, and something that they do find."""
    publish(make_activity(title="Rolling downhill", summary="In a ball."))
    publish(make_activity(title="Zorbing for beginners", summary="Helmets to borrow."))


def tried(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, opened(client, path) | changes | {"_try": "1"})


def test_trying_new_words_shows_what_they_would_find_and_stores_nothing(
    client_of: ClientOf, hill: None
) -> None:
    before = (Synonym.objects.count(), Synonym.history.count(), LogEntry.objects.count())
    client = client_of("erin")
    answer = tried(client, url(Synonym, "add"), phrase="Zorbing", means="rolling\ndownhill ball\n")
    assert answer.status_code == 200
    assert answer.context["tried"] == Tried(
        "Zorbing", 1, 2, [("Zorbing for beginners", False), ("Rolling downhill", True)]
    )
    assert "Tried, not saved: “Zorbing”" in answer.content.decode()
    assert errors(answer) == {}
    assert as_shown(answer)["means"] == "rolling\ndownhill ball\n"
    assert (Synonym.objects.count(), Synonym.history.count(), LogEntry.objects.count()) == before
    assert meant("zorbing").terms == (Term("zorbing"),)


def test_trying_a_change_compares_with_having_none_of_it(client_of: ClientOf, hill: None) -> None:
    row = Synonym.objects.create(phrase="zorbing", means=["biscuit"])
    answer = tried(client_of("erin"), url(row, "change"), phrase="orbing", means="downhill")
    assert answer.context["tried"] == Tried("orbing", 0, 1, [("Rolling downhill", True)])
    row.refresh_from_db()
    assert (row.phrase, row.means) == ("zorbing", ["biscuit"])
    assert row.history.count() == 1


@pytest.mark.parametrize("phrase", ["or", "the", "' & | ! :*", '"quoted words"', "-no", "or or"])
def test_trying_odd_words_is_never_a_crash(client_of: ClientOf, hill: None, phrase: str) -> None:
    path = url(Synonym, "add")
    answer = tried(client_of("erin"), path, phrase=phrase, means="rolling or\nor\n'& !x")
    assert answer.status_code == 200


def test_what_is_wrong_is_told_when_trying_too(client_of: ClientOf) -> None:
    answer = tried(client_of("erin"), url(Synonym, "add"), phrase="FOOTY!", means="\n \n")
    assert errors(answer) == {
        "phrase": ["We have these words already. Change those instead."],
        "means": ["Fill this in."],
    }
    assert "tried" not in answer.context


def test_saved_words_are_understood_at_once(client_of: ClientOf) -> None:
    assert meant("zorbing").terms == (Term("zorbing"),)
    save(client_of("erin"), url(Synonym, "add"), phrase="zorbing", means="rolling\nrolling\nball")
    assert Synonym.objects.get(phrase="zorbing").means == ["rolling", "ball"]
    assert meant("zorbing").terms == (Term("zorbing", ("rolling", "ball")),)
    assert VocabularyWord.objects.filter(word="zorbing").exists()


def test_who_only_looks_cannot_try(client_of: ClientOf) -> None:
    data = {"phrase": "zorbing", "means": "ball", "_try": "1"}
    assert client_of("stefan").post(url(Synonym, "add"), data).status_code == 403
    page = client_of("stefan").get(url(Synonym.objects.all()[0], "change"))
    assert "_try" not in page.content.decode()
