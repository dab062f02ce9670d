"""The panel's pages as a person uses them: what stands in them, and pressing a button."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from grants import deciding
from grants.models import Application, Round
from tests.people import person


def url(name: str, round: Round, *more: object) -> str:
    return reverse(f"admin:grants_round_{name}", args=[round.pk, *more])


def begin(round: Round) -> None:
    meeting = deciding.begin_meeting(round=round, by=person("cora"), place="Town hall")
    deciding.come(meeting=meeting, seats=round.seats.all())


def applications(round: Round) -> list[Application]:
    return list(round.applications.order_by("number"))


def text(client: Client, path: str) -> str:
    """Without its marks, on one line."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def problems(answer: Any) -> str:
    found = re.search(r'<div class="problems.*?</div>', answer.content.decode(), re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def decide(client: Client, one: Application, **changes: str) -> Any:
    last = one.decisions.last()
    sent = {"do": "decide", "outcome": "award", "amount": "£800", "reason": "It will work."}
    sent |= {"seen": str(last.pk) if last else ""}
    return client.post(url("decide", one.round, one.pk), sent | changes, follow=True)
