"""Others' grants: loaded whole or not at all, the same twice is nothing, and taken back."""

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from grants.models import GrantFile, PublishedGrant
from grants.threesixty.loading import undo
from grants.threesixty.reading import read_grants
from grants.threesixty.table import grant_of, rows_of
from tests.grants.awarded import FETCHED, LICENCE, as_file, load_theirs, make_ours, said

pytestmark = pytest.mark.django_db

REAL = Path(__file__).parents[4] / "shared" / "data" / "360giving"
FILES = ["ab-charitable-trust.json", "andrew-lloyd-webber-foundation.json"]


def real(name: str) -> bytes:
    path = REAL / name
    if not path.exists():
        pytest.skip("The two published files are not beside this clone.")
    return path.read_bytes()


def refusal(*grants: Any, **more: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        load_theirs(*grants, **more)
    assert not PublishedGrant.objects.theirs().exists()
    return caught.value.messages


def all_said() -> dict[str, Any]:
    return {one.identifier: one.said for one in PublishedGrant.objects.all()}


def test_a_file_is_loaded_with_whose_it_is() -> None:
    loaded = load_theirs(said(1), said(2, amountAwarded=1250.5))
    assert (loaded.made, loaded.changed, loaded.same) == (2, 0, 0)
    assert loaded.file is not None
    assert (loaded.file.publisher, loaded.file.licence) == ("Garden Trust", LICENCE)
    grant = PublishedGrant.objects.get(identifier="360G-other-2")
    assert (grant.source, grant.file, grant.amount_awarded) == (
        "theirs",
        loaded.file,
        Decimal("1250.50"),
    )
    assert grant.said == said(2, amountAwarded=1250.5)


def test_the_same_file_twice_changes_nothing() -> None:
    load_theirs(said(1), said(2))
    again = load_theirs(said(1), said(2))
    assert (again.made, again.changed, again.same, again.file) == (0, 0, 2, None)
    assert GrantFile.objects.count() == 1


def test_a_check_loads_nothing() -> None:
    assert load_theirs(said(1), check=True).made == 1
    assert not GrantFile.objects.exists()
    assert not PublishedGrant.objects.exists()


def test_a_newer_file_changes_what_it_says_anew_and_keeps_the_page() -> None:
    load_theirs(said(1), said(2))
    before = PublishedGrant.objects.get(identifier="360G-other-1")
    loaded = load_theirs(said(1, title="A bigger garden"), said(2), said(3), name="b.json")
    assert (loaded.made, loaded.changed, loaded.same) == (1, 1, 1)
    after = PublishedGrant.objects.get(identifier="360G-other-1")
    assert (after.pk, after.title, after.file) == (before.pk, "A bigger garden", loaded.file)


def test_a_load_is_taken_back_and_what_it_changed_says_again_what_it_said() -> None:
    first = load_theirs(said(1), said(2)).file
    second = load_theirs(said(1, amountAwarded=9), said(3), name="b.json").file
    assert first is not None
    assert second is not None
    with pytest.raises(ValidationError, match="A later file has changed some of these"):
        undo(file=first, by=None)
    assert undo(file=second, by=None) == 2
    assert all_said() == {"360G-other-1": said(1), "360G-other-2": said(2)}
    grant = PublishedGrant.objects.get(identifier="360G-other-1")
    assert (grant.amount_awarded, grant.file) == (Decimal(2500), first)
    with pytest.raises(ValidationError, match="has been taken back already"):
        undo(file=second, by=None)
    assert undo(file=first, by=None) == 2
    assert all_said() == {}


def test_what_was_taken_back_can_be_loaded_again_on_the_same_page() -> None:
    first = load_theirs(said(1)).file
    key = PublishedGrant.objects.get().pk
    assert first is not None
    undo(file=first, by=None)
    assert load_theirs(said(1)).made == 1
    assert PublishedGrant.objects.get().pk == key


def test_a_file_that_a_newer_one_has_replaced_is_not_loaded_over_it() -> None:
    load_theirs(said(1))
    load_theirs(said(1, title="Newer"), name="b.json")
    with pytest.raises(ValidationError, match="This file has been loaded already"):
        load_theirs(said(1))
    assert PublishedGrant.objects.get().title == "Newer"


def test_our_own_grants_are_not_loaded_as_theirs() -> None:
    ours = make_ours()
    assert refusal(ours.said, said(2)) == ["1 grant of it is our own, and is here already."]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"publisher": " "}, "Say who published it."),
        ({"licence": ""}, "Say under which licence we may use it."),
        (
            {"fetched_on": date.today() + timedelta(days=2)},  # noqa: DTZ011 (far enough)
            "It cannot have been fetched in the future.",
        ),
    ],
)
def test_whose_it_is_must_be_said(changes: dict[str, Any], says: str) -> None:
    assert refusal(said(1), **changes) == [says]


def test_a_file_with_a_problem_is_not_loaded_at_all() -> None:
    assert refusal(said(1), said(2, currency="pounds")) == [
        "There are problems in the file, so nothing of it was loaded."
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_goes_in_and_comes_out_whole(name: str) -> None:
    data = real(name)
    grants = json.loads(data)["grants"]
    read = read_grants(name, data)
    assert read.problems == []
    loaded = load_theirs(*grants)
    assert loaded.made == len(grants)
    assert all_said() == {one["id"]: one for one in grants}
    # One of them has more places behind its point than there are pence.
    total = sum(round(Decimal(str(one["amountAwarded"])), 2) for one in grants)
    assert sum(one.amount_awarded for one in PublishedGrant.objects.all()) == total
    names = Counter(one["recipientOrganization"][0]["name"] for one in grants)
    assert Counter(PublishedGrant.objects.values_list("recipient_name", flat=True)) == names


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_as_a_table_and_back_loses_nothing_of_the_standard(name: str) -> None:
    grants = json.loads(real(name))["grants"]
    beside = {"Website", "Award Date - website format", "Amount Awarded - website format"}
    wanted = [{key: one[key] for key in one.keys() - beside} for one in grants]
    titles, rows = rows_of(grants)
    back = [grant_of(dict(zip(titles, map(str, row), strict=True))) for row in rows]
    assert back == wanted


def test_by_command_a_file_is_checked_loaded_and_taken_back(tmp_path: Path, mona: User) -> None:
    file = tmp_path / "theirs.json"
    file.write_bytes(as_file(said(1), license=LICENCE))
    out = StringIO()
    call_command("load_360giving", file, "--check", stdout=out)
    assert "1 new, 0 changed, 0 as before" in out.getvalue()
    assert not GrantFile.objects.exists()
    call_command("load_360giving", file, email=mona.email, fetched="2026-11-01", stdout=out)
    loaded = GrantFile.objects.get()
    assert (loaded.publisher, loaded.fetched_on, loaded.loaded_by) == (
        "Garden Trust",
        FETCHED,
        mona,
    )
    call_command("load_360giving", file, stdout=out)
    assert "Nothing has changed" in out.getvalue()
    call_command("load_360giving", undo=loaded.pk, stdout=out)
    assert "Taken back: 1 grants." in out.getvalue()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "Say under which licence we may use it."),
        ({"licence": "CC0", "fetched": "soon"}, "Write the day like 2026-11-24."),
        ({"licence": "CC0", "fetched": "2026-02-30"}, "Write the day like 2026-11-24."),
        ({"email": "nobody@example.com"}, "There is no member of staff with the address"),
        ({"undo": 99}, "There is no load 99."),
    ],
)
def test_the_command_says_what_is_missing(
    tmp_path: Path, options: dict[str, Any], says: str
) -> None:
    file = tmp_path / "theirs.json"
    file.write_bytes(as_file(said(1)))
    with pytest.raises(CommandError, match=says):
        call_command("load_360giving", file, **options)
    assert not PublishedGrant.objects.exists()


def test_the_command_tells_problems_in_a_few_lines(tmp_path: Path) -> None:
    file = tmp_path / "theirs.json"
    file.write_bytes(as_file(*(said(n, currency="£") for n in range(6_000))))
    err = StringIO()
    with pytest.raises(CommandError, match=r"6,000 things are wrong with it\. Nothing was loaded"):
        call_command("load_360giving", file, stderr=err)
    assert len(err.getvalue().splitlines()) == 1
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_360giving", tmp_path / "nothing.json")


def test_a_grant_fetched_today_is_fetched_in_time() -> None:
    assert load_theirs(said(1), fetched_on=timezone.localdate()).made == 1
