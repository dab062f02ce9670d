"""The permission table: every address × everybody, for reading and for writing.

permissions.txt is the promise. A new address without a row fails; so does a row that is no longer
true. After a change that is meant, `PERMISSIONS=write` writes what is so now: read the difference.
"""

import os
from copy import deepcopy
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests.guards.addresses import address, names
from tests.people import EVERYBODY, VISITOR, person, signed_in

TABLE = Path(__file__).with_name("permissions.txt")
# Erin after her password alone: she is staff, and has not shown her second factor.
HALF_IN = "erin-half-in"
COLUMNS = [*EVERYBODY, HALF_IN]
HEAD = """\
# Who gets what: status of GET / status of an empty POST.
# 200 here · 302 elsewhere (sign in, second step, done) · 403 not for you · 404 no such row ·
# 405 not that way · 429 too often
"""


def client_of(who: str) -> Client:
    client = Client()
    if who == VISITOR:
        return client
    if who == HALF_IN:
        return signed_in(client, person("erin"), second_factor=False)
    return signed_in(client, person(who))


def answers(who: str) -> dict[str, str]:
    """Address by address, each undone before the next: what this person gets.

    They sign in once: what signs them out, or ends their way in, is undone like everything else.
    """
    found = {}
    cookies = client_of(who).cookies
    for name in names():
        with transaction.atomic():
            path = address(name)
            got = _client_with(cookies).get(path).status_code
            sent = _client_with(cookies).post(path).status_code
            found[name] = f"{got}/{sent}"
            transaction.set_rollback(True)
    return found


def _client_with(cookies: SimpleCookie) -> Client:
    client = Client()
    client.cookies = deepcopy(cookies)
    return client


def table() -> dict[str, dict[str, str]]:
    """Address → person → “200/405”."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line[:1] not in ("#", "")]
    heads = lines[0][1:]
    return {name: dict(zip(heads, row, strict=True)) for name, *row in lines[1:]}


@pytest.mark.skipif(os.environ.get("PERMISSIONS") == "write", reason="writing the table")
@pytest.mark.parametrize("who", COLUMNS)
def test_everybody_gets_what_the_table_says(example_district: None, who: str) -> None:
    assert answers(who) == {name: row[who] for name, row in table().items()}


def test_every_address_has_its_row(example_district: None) -> None:
    if os.environ.get("PERMISSIONS") == "write":
        columns = {who: answers(who) for who in COLUMNS}
        width = max(map(len, names())) + 2
        rows = [f"{'address':{width}}" + "".join(f"{who:14}" for who in COLUMNS)]
        rows += [
            f"{name:{width}}" + "".join(f"{columns[who][name]:14}" for who in COLUMNS)
            for name in names()
        ]
        TABLE.write_text(HEAD + "\n".join(row.rstrip() for row in rows) + "\n")
    assert list(table()) == names()


def test_only_staff_with_a_second_factor_read_a_staff_page() -> None:
    """The table itself, whatever the site does: nobody else ever gets a 200 under /admin/."""
    inside = [row for name, row in table().items() if name.startswith("admin:")]
    kept_out = {(who, row[who]) for row in inside for who in (VISITOR, "vera", HALF_IN)}
    assert {(who, got) for who, got in kept_out if "200" in got} == set()
