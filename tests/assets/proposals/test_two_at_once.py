"""Many who press at the same moment; and no text is lost, whoever writes and decides when."""

import json
import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import OutgoingMail, User
from assets.models import Membership, Organisation, Proposal, ProposalEdit, ProposalMove
from assets.proposals import deciding, sending, writing
from assets.proposals.fields import GROUP
from assets.proposals.parts import values_of
from assets.saying import Values
from tests.assets.proposals.made import (
    again,
    claimed,
    new_group,
    public_group,
    sent_changes,
    sent_new_group,
)
from tests.assets.test_two_at_once import Work, at_once, committed
from tests.people import person

__all__ = ["committed"]
MANY = 50
STEPS = 1000


def many(work: Work) -> list[BaseException]:
    """Fifty presses, ten people at a time: a test database has no more connections to give."""
    return [raised for _ten in range(MANY // 10) for raised in at_once(*[work] * 10)]


def test_of_fifty_who_send_the_same_one_does(committed: None) -> None:
    proposal = new_group()
    assert many(lambda: sending.send(proposal=proposal, by=None)) == []
    assert ProposalMove.objects.count() == OutgoingMail.objects.count() == 1


def test_of_fifty_who_accept_the_same_one_does(committed: None) -> None:
    sent = sent_new_group()
    erin = person("erin")
    raised = many(lambda: deciding.accept(proposal=sent, version=sent.version, by=erin))
    assert {type(one) for one in raised} == {deciding.DecidedMeanwhile}
    assert len(raised) == MANY - 1
    assert Organisation.objects.count() == Membership.objects.count() == 1
    assert OutgoingMail.objects.filter(reason="proposal-accepted").count() == 1


def test_of_fifty_who_claim_a_group_with_one_address_there_is_one_claim(committed: None) -> None:
    group = public_group()
    assert many(lambda: claimed(group)) == []
    assert Proposal.objects.count() == OutgoingMail.objects.count() == 1


def test_of_fifty_who_begin_changes_all_find_the_same(committed: None) -> None:
    group, vera = public_group(), person("vera")
    assert many(lambda: writing.begin_changes(organisation=group, by=vera)) == []
    assert Proposal.objects.count() == 1


def test_one_accepts_while_another_gives_back(committed: None) -> None:
    sent = sent_changes(public_group(), summary="Songs.")
    erin, ada = person("erin"), person("ada")
    seen: dict[str, Any] = {"proposal": sent, "version": sent.version}
    (late,) = at_once(
        lambda: deciding.accept(**seen, by=erin),
        lambda: deciding.give_back(**seen, by=ada, message="Which?"),
    )
    assert isinstance(late, deciding.DecidedMeanwhile)
    assert again(sent).status in ("accepted", "returned")


class Editor:
    """Somebody with a form before them, which may be old by the time they press."""

    NAMES = ("summary", "description", "name")

    def __init__(self, group: Organisation, user: User, rng: random.Random) -> None:
        self.group, self.user, self.rng = group, user, rng
        self.open()

    def open(self) -> None:
        self.proposal = writing.begin_changes(organisation=self.group, by=self.user)
        self.base = {name: values_of(self.proposal, GROUP)[name] for name in self.NAMES}

    def write(self, text: str) -> str | None:
        """One value, or the writer is told why not, and looks again. What was stored."""
        name = self.rng.choice(self.NAMES)
        values: Values = {name: text}
        try:
            writing.write(
                proposal=self.proposal, part=GROUP, values=values, base=self.base, by=self.user
            )
        except (writing.WrittenMeanwhile, writing.NotOpen):
            self.open()
            return None
        return text

    def send(self) -> None:
        try:
            sending.send(proposal=self.proposal, by=self.user, mail=False)
        except (ValidationError, writing.NotOpen):
            self.open()

    def drop(self) -> None:
        writing.drop_part(proposal=again(self.proposal), part=GROUP, by=self.user)


class Moderator:
    def __init__(self, user: User, rng: random.Random) -> None:
        self.user, self.rng = user, rng
        self.opened: Proposal | None = None

    def look(self) -> None:
        waits = Proposal.objects.to_decide().first()
        self.opened = waits.as_sent() if waits else None

    def decide(self) -> None:
        if self.opened is None:
            return self.look()
        seen: dict[str, Any] = {
            "proposal": self.opened,
            "version": self.opened.version,
            "by": self.user,
        }
        names = sorted(self.opened.said.get(GROUP, {}))
        try:
            match self.rng.choice(["all", "some", "back", "no"]):
                case "all":
                    deciding.accept(**seen)
                case "some":
                    some = {GROUP: {self.rng.choice(names or ["name"])}}
                    deciding.accept(**seen, only=some, message="And the rest?")
                case "back":
                    deciding.give_back(**seen, message="Really?")
                case "no":
                    deciding.decline(**seen, message="No.")
        except ValidationError:
            pass
        return self.look()


@pytest.mark.django_db
def test_whoever_does_what_when_no_text_is_lost() -> None:
    """A thousand steps of two editors and a moderator, each with pages that may be old."""
    rng = random.Random(20261122)
    group = public_group()
    editors = [Editor(group, person(who), rng) for who in ("vera", "ada")]
    moderator = Moderator(person("erin"), rng)
    written: set[str] = set()
    for step in range(STEPS):
        editor = rng.choice(editors)
        match rng.choices(["write", "send", "open", "look", "decide", "drop"], [12, 2, 3, 2, 2, 1])[
            0
        ]:
            case "write":
                written.add(editor.write(f"Text {step}.") or "")
            case "send":
                editor.send()
            case "open":
                editor.open()
            case "look":
                moderator.look()
            case "decide":
                moderator.decide()
            case "drop" if again(editor.proposal).is_open:
                editor.drop()
    kept = json.dumps([*Organisation.history.values_list("summary", "description", "name")])
    kept += json.dumps([*ProposalEdit.objects.values_list("said", "before")])
    lost = {text for text in written - {""} if f'"{text}"' not in kept}
    assert (lost, len(written) > 200) == (set(), True)
    # And what was accepted is what the page says, or somebody accepted something later.
    _the_page_says_what_was_accepted_last(group)


def _the_page_says_what_was_accepted_last(group: Organisation) -> None:
    group.refresh_from_db()
    taken: Values = {}
    for move in ProposalMove.objects.order_by("pk"):
        taken |= move.took.get(GROUP, {})
    assert taken
    assert {name: getattr(group, name) for name in taken} == taken
