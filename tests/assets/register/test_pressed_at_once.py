"""The same button, pressed on several connections at the same moment."""

from django.test import Client

from accounts.models import OutgoingMail
from assets.models import Proposal
from tests.assets.register.test_sending import BEGIN, JO_KITE
from tests.assets.register.writer import Writer, begun, hidden, mails
from tests.assets.test_two_at_once import at_once, committed

__all__ = ["committed"]
PRESSES = 8


def test_eight_presses_of_begin_are_one(committed: None) -> None:
    sent = {"key": hidden(Client().get(BEGIN), "key")} | JO_KITE
    assert at_once(*[lambda: Client().post(BEGIN, sent)] * PRESSES) == []
    assert (Proposal.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_eight_presses_of_add_and_of_send_are_one(committed: None) -> None:
    proposal = begun()
    jo = Writer.of(proposal)
    jo.write_all()
    expected = hidden(jo.get(), "as")
    copy = {"do": "copy", "part": "new-1", "as": expected}
    assert at_once(*[lambda: Client().post(jo.form, copy)] * PRESSES) == []
    proposal.refresh_from_db()
    assert list(proposal.said) == ["group", "new-1", "new-2"]
    assert at_once(*[lambda: Client().post(f"{jo.form}check/", {"confirm": "on"})] * PRESSES) == []
    assert proposal.moves.count() == 1
    assert mails("received") == [proposal.asker_email]
