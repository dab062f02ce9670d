"""Whoever has an interest in an application finds no trace of it, wherever they look.

Every address of the staff pages is walked, those of later pages too: each list in every order,
under every filter, and searched; each row of the fund, asked for by its own address. A page that
is the same whether the application exists or not tells nothing of it, in words or in numbers.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.outbox.models import OutgoingMail
from grants import agreeing, conditions, interests, releasing
from grants.models import Application, Award, Condition, PublishedGrant, Round
from grants.scoring import giving
from tests.grants.make import (
    fill_in,
    make_application,
    make_document,
    make_round,
    make_seat,
    make_sheet,
)
from tests.grants.released import letter_to
from tests.guards.addresses import _walk, address, names
from tests.people import person, signed_in

CONFLICTED = ["sal", "cora", "mona", "ada"]
# Of the hidden one, and of the pot: what is left of it tells by subtraction.
TRACES = ["Zebra", "Quagga", "ZB-077", "1,234.56", "2,345.67", "3,456.78", "4,321.09", "5,678.91"]
SEARCHES = ["zebr", "077"]
NEVER_ENDING = 60
LONG_AGO = date(2026, 1, 5)
# What differs from one time to the next.
PASSING = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]+"|nonce="[^"]+"')


@dataclass
class World:
    round: Round
    hidden: Application


@pytest.fixture
def world(db: None) -> World:
    """A round in the middle of scoring. All four have an interest in one application of two, and
    in another besides; everybody's sheets of the rest are partly in."""
    its_round = make_round(status="scoring", code="ZB", committed=Decimal("4321.09"))
    plain = [make_application(round=its_round) for _number in range(3)]
    for who in ("sal", "cora", "ada"):
        make_seat(who, round=its_round, declared=True)
    also = make_application(round=its_round, is_example=True)
    hidden = make_application(
        round=its_round,
        is_example=True,
        organisation=None,
        group_name="Quagga Kites",
        number=77,
        title="Zebra kites",
        summary="Zebra kites for all.",
        minimum=Decimal("1234.56"),
        ideal=Decimal("2345.67"),
        total_cost=Decimal("3456.78"),
    )
    make_document(plain[0])
    make_document(hidden, name="zebra-rules.pdf")
    hidden.checks.create(
        kind="rules", outcome="passed", reason="The Zebra rules.", done_by=person("pam")
    )
    hidden.moves.create(from_status="draft", to_status="submitted", why="Zebra, at last")
    # The panel has settled one that they may read: that alone would tell of what is left.
    Application.objects.filter(pk=plain[2].pk).update(status="to-award", award=Decimal(700))
    plain[2].moves.create(from_status="in-scoring", to_status="to-award", why="Settled: Zebra no.")
    fill_in(make_sheet("sal", application=plain[0]))
    # One that nobody may see any more, and one of somebody without an interest.
    person("rhea").groups.add(Group.objects.get(name="Scorer"))
    make_seat("rhea", round=its_round, declared=True)
    fill_in(make_sheet("rhea", application=hidden))
    fill_in(make_sheet("sal", application=hidden))
    for who, one in product(CONFLICTED, (hidden, also)):
        said = ("indirect", "We work with the Quagga people.")
        interests.add(application=one, person=person(who), said=said, by=person(who))
    giving.give(round=its_round, each=1, by=person("mona"))
    return World(its_round, hidden)


@pytest.fixture
def told(db: None) -> World:
    """The same after the release: the hidden one has an award with a letter and a condition, and is
    not the only one in which all four have an interest; of the plain ones one waits in reserve."""
    its_round = make_round(status="panel", code="ZB", pot=Decimal(9_000))
    plain = make_application(round=its_round, status="to-award", award=Decimal(800))
    also = make_application(round=its_round, status="to-reserve", is_example=True)
    hidden = make_application(
        round=its_round,
        status="to-award",
        is_example=True,
        group_name="Quagga Kites",
        number=77,
        title="Zebra kites",
        summary="Zebra kites for all.",
        minimum=Decimal("1234.56"),
        ideal=Decimal("2345.67"),
        total_cost=Decimal("3456.78"),
        award=Decimal("1234.56"),
    )
    Round.objects.filter(pk=its_round.pk).update(committed=Decimal("2034.56"))
    for one, kind in ((plain, "award"), (also, "reserve"), (hidden, "award")):
        letter_to(one, kind)
    releasing.release(round=its_round, by=person("mona"))
    due_on = timezone.localdate() + timedelta(days=9)
    said: dict[str, Any] = {"words": "Show us the zebra.", "due_on": due_on, "by": person("mona")}
    for one in (plain, hidden):
        one.refresh_from_db()
        conditions.add(application=one, **said)
        Condition.objects.filter(application=one).update(words=f"For {one.title}", due_on=LONG_AGO)
        award = Award.objects.get(application=one)
        said_yes: dict[str, Any] = {
            "name": "Vera",
            "sign": agreeing.sign_of(agreeing.agreement_of(award)),
        }
        agreeing.agree(award=award, is_minimal=False, by=person("vera"), **said_yes)
    # What is published anybody may know: that it is not there is what this is about.
    PublishedGrant.objects.all().delete()
    OutgoingMail.objects.all().delete()
    for who, one in product(CONFLICTED, (hidden, also)):
        words = ("indirect", "We work with the Quagga people.")
        interests.add(application=one, person=person(who), said=words, by=person(who))
    return World(its_round, hidden)


def is_of_the_fund(name: str) -> bool:
    return name.startswith("admin:grants_") or name in ("admin:index", "admin:app_list")


def is_of_letters_and_awards(name: str) -> bool:
    return name.startswith(("admin:grants_letter_", "admin:grants_award_")) or name == "admin:index"


def addresses(only: Callable[[str], bool]) -> dict[str, set[str]]:
    """Name → every address it has; of the fund, those of each row that there is."""
    found: dict[str, set[str]] = {}
    for name in names():
        if name.startswith("admin:") and only(name):
            own = set(of_the_fund(name)) if name.startswith("admin:grants_") else set()
            found[name] = own or {address(name)}
    return found


def of_the_fund(name: str) -> Iterator[str]:
    pattern = dict(_walk(get_resolver().url_patterns, ""))[name].pattern
    wanted = list(pattern.converters or pattern.regex.groupindex)
    model = max(
        (one for one in apps.get_app_config("grants").get_models()),
        key=lambda one: name.startswith(f"admin:grants_{one._meta.model_name}_"),
    )
    values: dict[str, list[Any]] = {
        "round": list(Round.objects.values_list("pk", flat=True)),
        "application": list(Application.objects.values_list("pk", flat=True)),
    }
    keys = list(model._default_manager.values_list("pk", flat=True))
    for row in product(*(values.get(key, keys) for key in wanted)):
        yield reverse(name, kwargs=dict(zip(wanted, row, strict=True)))


def text_of(answer: Any) -> str:
    """What stands in a page or a file; of a workbook or a document, in all of its parts."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return html.unescape(PASSING.sub("", content.decode(errors="replace")))


def walk(client: Client, start: str, *, every_link: bool) -> dict[str, str]:
    """A page and, where it is a list, the same searched; in every order and under every filter."""
    waiting = [start]
    seen: dict[str, str] = {}
    while waiting and len(seen) < NEVER_ENDING:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = client.get(path, follow=True)
        assert answer.status_code in {200, 403, 404, 405}, (path, answer.status_code)
        seen[path] = text_of(answer)
        if path != start or answer.redirect_chain:
            continue
        if 'name="q"' in seen[path]:
            waiting += [f"{start}?q={word}" for word in SEARCHES]
        if every_link:
            links = re.findall(r'href="(\?[^"#]+)"', seen[path])
            waiting += [start + link for link in dict.fromkeys(links)]
    return seen


def all_pages(who: str, only: Callable[[str], bool]) -> dict[str, str]:
    client = signed_in(Client(), person(who))
    found: dict[str, str] = {}
    for name, paths in addresses(only).items():
        for path in sorted(paths):
            found |= walk(client, path, every_link=is_of_the_fund(name))
    return found


def remove(hidden: Application) -> None:
    """As if nobody had ever sent it: only an example can go like that."""
    for sheet in hidden.sheets.all():
        sheet.scores.all().delete()
    Award.objects.filter(application=hidden).delete()
    hidden.delete()


@pytest.mark.parametrize("who", CONFLICTED)
def test_no_page_has_a_trace_of_what_somebody_has_an_interest_in(
    example_district: None, world: World, who: str
) -> None:
    # The thirty that the example has with its panel are pages like these: some minutes' walk.
    Application.objects.filter(round__code="EX2").delete()
    traces = {
        path: found
        for path, text in all_pages(who, lambda name: "logout" not in name).items()
        if (found := [trace for trace in TRACES if trace in text])
    }
    assert traces == {}


@pytest.mark.parametrize("who", CONFLICTED)
def test_every_page_of_the_fund_is_the_same_as_if_it_did_not_exist(world: World, who: str) -> None:
    hidden = {
        str(one.pk)
        for one in [world.hidden, *world.hidden.sheets.all(), *world.hidden.documents.all()]
    }
    there = all_pages(who, is_of_the_fund)
    with transaction.atomic():
        remove(world.hidden)
        without = all_pages(who, is_of_the_fund)
        transaction.set_rollback(True)
    differ = {path for path in there.keys() & without.keys() if there[path] != without[path]}
    assert differ == set()
    assert all(any(key in path for key in hidden) for path in there.keys() - without.keys())


@pytest.mark.parametrize("who", CONFLICTED)
def test_of_what_was_told_no_page_has_a_trace_either(told: World, who: str) -> None:
    traces = [*TRACES, "For Zebra kites", "2,034.56"]
    there = all_pages(who, is_of_letters_and_awards)
    assert {path for path, text in there.items() if any(one in text for one in traces)} == set()
    hidden = {str(told.hidden.pk), str(told.hidden.its_award.pk)}
    hidden |= {str(one.pk) for one in told.hidden.letters.all()}
    with transaction.atomic():
        Award.objects.filter(pk=told.hidden.its_award.pk).update(is_example=True)
        remove(told.hidden)
        without = all_pages(who, is_of_letters_and_awards)
        transaction.set_rollback(True)
    differ = {path for path in there.keys() & without.keys() if there[path] != without[path]}
    assert differ == set()
    assert all(any(key in path for key in hidden) for path in there.keys() - without.keys())


def test_the_walk_would_notice_what_was_told(told: World) -> None:
    """Cora's like, who runs rounds and has no interest: she finds it in each of these places."""
    person("rhea").groups.add(Group.objects.get(name="Grants manager"))
    there = all_pages("rhea", is_of_letters_and_awards)
    found = {path for path, text in there.items() if "Zebra kites" in text}
    award, letter = told.hidden.its_award, told.hidden.letters.get()
    assert {
        reverse("admin:grants_letter_round", args=[told.round.pk]),
        reverse("admin:grants_letter_change", args=[letter.pk]),
        reverse("admin:grants_award_change", args=[award.pk]),
        reverse("admin:grants_award_end", args=[award.pk]),
    } <= found
    assert "Quagga Kites" in there["/admin/grants/award/"]
    reserve = reverse("admin:grants_award_reserve", args=[told.round.pk])
    assert "2,034.56" in there[reserve]
    assert "2 conditions overdue" in there["/admin/"]


@pytest.mark.parametrize("who", CONFLICTED)
def test_its_own_addresses_do_not_know_it(world: World, who: str) -> None:
    client = signed_in(Client(), person(who))
    of = reverse("admin:grants_scoresheet_of", args=[world.hidden.pk])
    assert client.get(of).status_code == 404
    document = world.hidden.documents.get()
    file = reverse("admin:grants_applicationdocument_file", args=[document.pk])
    own = reverse("admin:grants_application_change", args=[world.hidden.pk])
    assert client.get(file).status_code == 404
    for do in ("check", "ineligible", "withdraw"):
        assert client.post(own, {"do": do, "why": "No.", "kind": "rules"}).status_code == 302
    world.hidden.refresh_from_db()
    assert (world.hidden.status, world.hidden.checks.count()) == ("submitted", 1)
    for sheet in world.hidden.sheets.all():
        page = reverse("admin:grants_scoresheet_change", args=[sheet.pk])
        assert client.get(page).status_code == 302
        assert client.post(page, {"do": "save", "version": 1}).status_code == 302


def test_the_walk_would_notice(world: World) -> None:
    """Rhea has no interest: she finds it, by walking in the same way."""
    there = all_pages("rhea", is_of_the_fund)
    assert any("Zebra kites" in text for text in there.values())
    assert any("ZB-077" in text for text in there.values())
    remove(world.hidden)
    without = all_pages("rhea", is_of_the_fund)
    assert any(there[path] != without[path] for path in there.keys() & without.keys())
