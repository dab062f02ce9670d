"""Rules of tags in the staff pages: tried on the whole directory, and stored only when saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from assets.admin.tag_rules import Change
from tests.assets.admin.pages import errors, opened, save, url
from tests.assets.make import make_activity, tag
from thrive.models import TagRule
from thrive.rules import suggests

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
NEW: dict[str, Any] = {
    "name": "Zorbing",
    "description": "Balls that roll.",
    "message": "Rolling downhill is advice.",
    "needs_groups": ["getting-advice"],
    "says": "zorbing\nrolling downhill\n\nzorbing",
    "in_use": "on",
}


@pytest.fixture
def hill(db: None) -> None:
    """One that the rule is about, one that says it is not, and one of something else."""
    found = make_activity(title="Down we go", summary="Rolled downhill, and zorbs.")
    tag(found, "needs_groups", "getting-advice")
    make_activity(title="Up we go", summary="This is not zorbing.")
    make_activity(title="Along", summary="Cricket.")


def tried(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, opened(client, path) | changes | {"_try": "1"})


def test_trying_a_rule_lists_what_it_would_add_and_stores_nothing(
    client_of: ClientOf, hill: None
) -> None:
    before = (TagRule.objects.count(), TagRule.history.count(), LogEntry.objects.count())
    answer = tried(client_of("erin"), url(TagRule, "add"), **NEW)
    assert errors(answer) == {}
    found = answer.context["tried"]
    assert (found.looked_at, found.would_add, found.would_remove) == (3, 1, 0)
    assert found.adds == [
        Change("Down we go", "Advice and finding your way", "zorbs, Rolled downhill", True)
    ]
    assert "Tried, not saved: would add 1, remove 0" in answer.content.decode()
    assert (TagRule.objects.count(), TagRule.history.count(), LogEntry.objects.count()) == before


def test_trying_a_change_lists_what_would_be_suggested_no_more(
    client_of: ClientOf, hill: None
) -> None:
    rule = TagRule.objects.create(**NEW | {"says": ["rolling downhill"], "in_use": True})
    answer = tried(client_of("erin"), url(rule, "change"), says="cricket")
    found = answer.context["tried"]
    assert [(one.name, one.tag, one.words) for one in found.adds] == [
        ("Along", "Advice and finding your way", "Cricket")
    ]
    assert [(one.name, one.tag, one.words, one.is_tagged) for one in found.removes] == [
        ("Down we go", "Advice and finding your way", "Rolled downhill", True)
    ]
    rule.refresh_from_db()
    assert rule.says == ["rolling downhill"]


@pytest.mark.parametrize("words", ["or", "the", "' & | ! :*", "½", "a * b"])
def test_trying_odd_words_is_never_a_crash(client_of: ClientOf, hill: None, words: str) -> None:
    answer = tried(client_of("erin"), url(TagRule, "add"), **NEW | {"says": words})
    assert answer.status_code == 200


def test_what_is_wrong_is_told_beside_the_field(client_of: ClientOf) -> None:
    wrong = NEW | {"needs_groups": ["getting-help"], "says": "Five to Thrive", "name": "COPING"}
    found = errors(tried(client_of("erin"), url(TagRule, "add"), **wrong))
    assert found == {
        "says": ["“Five to Thrive” is a name that others use too. It suggests nothing."],
        "run_by": [
            "“Help towards a goal” and what goes beyond it need a paid professional who "
            "answers for it: choose that under “who runs it”."
        ],
    }


def test_a_saved_rule_is_asked_at_once_and_keeps_its_history(client_of: ClientOf) -> None:
    save(client_of("erin"), url(TagRule, "add"), **NEW)
    rule = TagRule.objects.get(name="Zorbing")
    assert rule.says == ["zorbing", "rolling downhill"]
    assert rule.history.get().history_user.name == "Erin Marsh"
    assert [one.option for one in suggests("Zorbs!")] == ["getting-advice"]


def test_who_only_looks_cannot_try(client_of: ClientOf) -> None:
    assert client_of("stefan").post(url(TagRule, "add"), NEW | {"_try": "1"}).status_code == 403
    page = client_of("stefan").get(url(TagRule.objects.all()[0], "change"))
    assert page.status_code == 200
    assert "_try" not in page.content.decode()
