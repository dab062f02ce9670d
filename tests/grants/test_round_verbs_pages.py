"""The pages on which a round is copied, opened, moved on and given more, each with a question."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from grants import rounds
from grants.models import Round, RoundStatus
from tests.assets.admin.pages import errors_of, messages, url
from tests.grants.make import make_round

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
GARBAGE = ["\x00", "9" * 40, "-1", "banana", "²", "x" * 10_000, "9999-12-31T23:59"]


@pytest.fixture
def manager(client_of: ClientOf) -> Client:
    return client_of("mona")


def again(round: Round) -> Round:
    return Round.objects.get(pk=round.pk)


def asked(client: Client, path: str) -> dict[str, Any]:
    """What the form of this page would send."""
    form = client.get(path).context["form"]
    return {field.name: field.field.widget.format_value(field.value()) or "" for field in form}


def press(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, asked(client, path) | changes, follow=True)


def test_it_opens_after_a_question(manager: Client) -> None:
    round = make_round(status=RoundStatus.DRAFT, title="Spring")
    assert again(round).status == "draft"
    answer = press(manager, url(round, "open"), why="All agreed.")
    assert messages(answer) == ["“Spring” is open now."]
    assert again(round).status == "open"
    assert [one.why for one in round.moves.all()] == ["All agreed."]


def test_what_is_missing_stands_in_place_of_the_button(manager: Client) -> None:
    round = make_round(status=RoundStatus.DRAFT, weights=(60, 30))
    page = manager.get(url(round, "open")).content.decode()
    assert "The weights are 90 together. They have to be 100." in page
    assert "Open it</button>" not in page
    answer = manager.post(url(round, "open"), {"version": "0"})
    assert errors_of(answer.context["form"])["__all__"] == [
        "The weights are 90 together. They have to be 100."
    ]
    assert again(round).status == "draft"


@pytest.mark.parametrize("page", ["open", "move", "pot", "extend"])
def test_the_second_of_two_is_told_who_was_first(manager: Client, ada: User, page: str) -> None:
    round = make_round(status=RoundStatus.DRAFT if page == "open" else RoundStatus.OPEN)
    sent = asked(manager, url(round, page)) | {"why": "Yes.", "amount": "1", "to": "scoring"}
    if page == "extend":
        sent["closes_at"] = f"{timezone.now() + timedelta(days=30):%Y-%m-%dT%H:%M}"
    if page == "open":
        rounds.save(round=again(round), by=ada)
    else:
        rounds.add_to_pot(round=again(round), amount=Decimal(5), by=ada, why="A gift.")
    answer = manager.post(url(round, page), sent, follow=True)
    assert "Ada Wright was faster" in answer.content.decode()
    assert again(round).version == 1
    assert not round.moves.exists()


def test_it_is_copied_under_a_name_of_its_own(manager: Client) -> None:
    round = make_round(title="Spring 2027", slug="spring-2027", code="GGO2")
    answer = press(manager, url(round, "copy"))
    made = Round.objects.get(copied_from=round)
    assert answer.redirect_chain[-1][0] == url(made, "change")
    assert (made.title, made.slug, made.code) == ("Spring 2028", "spring-2028", "GGO3")
    assert made.status == "draft"


def test_a_copy_under_a_name_that_is_taken_says_so_beside_it(manager: Client) -> None:
    round = make_round(slug="spring", code="GGO2")
    answer = press(manager, url(round, "copy"), slug="awards", code="ggo2")
    assert errors_of(answer.context["form"]) == {
        "code": ["Write capital letters and digits, like GGO2."],
        "__all__": ["That address is another page's."],
    }
    answer = press(manager, url(round, "copy"), slug="spring", code="GGO3")
    assert errors_of(answer.context["form"]) == {"slug": ["Another round has this address."]}


def test_it_moves_on_once_it_has_closed(manager: Client) -> None:
    round = make_round(closes_at=timezone.now() - timedelta(hours=1))
    press(manager, url(round, "move"), to="scoring")
    press(manager, url(round, "move"), to="panel")
    assert again(round).status == "panel"


def test_it_does_not_move_on_before(manager: Client) -> None:
    round = make_round()
    answer = press(manager, url(round, "move"), to="scoring")
    [said] = errors_of(answer.context["form"])["__all__"]
    assert said.startswith("It takes applications until")
    assert again(round).status == "open"


def test_more_time_and_more_money_are_given(manager: Client) -> None:
    round = make_round()
    later = timezone.localtime(round.closes_at + timedelta(days=2)).replace(second=0, microsecond=0)
    press(manager, url(round, "extend"), closes_at=f"{later:%Y-%m-%dT%H:%M}", why="Snow.")
    assert again(round).closes_at == later
    answer = press(manager, url(round, "pot"), amount="250.50", why="A gift.")
    assert messages(answer) == ["There is £10,250.50 in the pot now."]


def test_what_is_wrong_is_said_beside_its_field(manager: Client) -> None:
    round = make_round()
    answer = press(manager, url(round, "pot"), amount="-5", why="Oops.")
    assert errors_of(answer.context["form"]) == {"amount": ["Write an amount above nothing."]}
    answer = press(manager, url(round, "extend"), closes_at="2020-01-01T10:00", why="Oops.")
    assert [*errors_of(answer.context["form"])] == ["closes_at"]


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda text: ascii(text)[:12])
@pytest.mark.parametrize("page", ["copy", "open", "move", "extend", "pot"])
def test_garbage_in_any_field(manager: Client, page: str, garbage: str) -> None:
    round = make_round(status=RoundStatus.DRAFT if page == "open" else RoundStatus.OPEN)
    path = url(round, page)
    form = asked(manager, path)
    assert manager.post(path, dict.fromkeys(form, garbage)).status_code in {200, 302}
    for name in form:
        assert manager.post(path, form | {name: garbage}).status_code in {200, 302}, name


def test_a_draft_is_previewed_as_those_who_apply_will_see_it(manager: Client) -> None:
    round = make_round(status=RoundStatus.DRAFT)
    page = manager.get(url(round, "preview")).content.decode()
    assert "This is how it will look. Only staff can see it." in page
    assert "What will you do?" in page
    assert manager.post(url(round, "preview")).status_code == 405
