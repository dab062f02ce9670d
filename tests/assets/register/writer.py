"""Somebody who lists a group, page by page, as a browser would send the forms."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from accounts.models import OutgoingMail
from assets.models import Proposal
from assets.proposals import links, writing
from tests.assets.make import make_venue, publish

JO = "jo@example.com"
ABOUT = {"name": "Kite Club", "kind": "unincorporated", "summary": "We fly kites."}
WHAT = {"title": "Kites on the moor", "kind": "session", "summary": "Bring a kite."}
# Rows that nobody has touched are sent, too.
EMPTY_ROW = {"often": "weekly", "year": "all-year", "bank": "ask"}
TUESDAYS = {"days": ["1"], "starts": "4 pm", "ends": "5.30 pm"}


def begun(email: str = JO) -> Proposal:
    return writing.begin(name="Jo Kite", email=email, is_example=False)


def rows(*filled: dict[str, Any]) -> dict[str, Any]:
    """The fields of the step “when”, with these rows first."""
    all_rows = [*filled, *[{}] * (3 - len(filled))]
    return {"rows": str(len(all_rows))} | {
        f"{name}_{number}": value
        for number, row in enumerate(all_rows)
        for name, value in (EMPTY_ROW | row).items()
    }


def words(answer: Any) -> str:
    """The text of the main part."""
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main")]
    return " ".join(unescape(re.sub("<[^>]+>", " ", main)).split())


def hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, name
    return unescape(found[1])


def mails(reason: str) -> list[str]:
    sent = OutgoingMail.objects.filter(reason=f"proposal-{reason}")
    return list(sent.values_list("to", flat=True))


@dataclass
class Writer:
    """`form` is the address of the task list."""

    form: str
    client: Client = field(default_factory=Client)

    @classmethod
    def of(cls, proposal: Proposal) -> "Writer":
        return cls(f"/list-your-group/{links.key_of(proposal)}/")

    def get(self, path: str = "") -> HttpResponse:
        return self.client.get(self.form + path)  # type: ignore[return-value]

    def post(self, path: str = "", **data: Any) -> HttpResponse:
        return self.client.post(self.form + path, data)  # type: ignore[return-value]

    def save(self, step: str, **data: Any) -> HttpResponse:
        """Opens a step, and sends it with these fields."""
        base = hidden(self.get(f"{step}/"), "base")
        return self.post(f"{step}/", **{"base": base, "do": "next"} | data)

    def add(self, do: str = "add", part: str = "") -> str:
        """One more activity: its part."""
        answer = self.post(do=do, part=part, **{"as": hidden(self.get(), "as")})
        return answer["Location"].removeprefix(self.form).partition("/")[0]

    def write_all(self) -> str:
        """All that a group needs to be sent; the part of its one activity."""
        for step, data in {"about": ABOUT, "contact": {"phone": "01632 960123"}}.items():
            assert self.save(f"group/{step}", **data).status_code == 302
        part = self.add()
        hall = publish(make_venue(name=f"Moor Hall {uuid4()}"))
        for step, data in {
            "what": WHAT,
            "when": rows(TUESDAYS),
            "where": {"at": str(hall.pk)},
            "who": {"level": "universal"},
            "coming": {"cost": "free", "how_to_come": "just-come"},
        }.items():
            answer = self.save(f"{part}/{step}", **data)
            assert answer.status_code == 302, words(answer)
        return part
