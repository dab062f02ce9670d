"""“Did we get it right?”: a page with one button, for whoever has the link."""

import pytest
from django.test import Client

from accounts.models import User
from assets.models import Organisation, Proposal, Status
from assets.proposals import deciding, links, sending, writing
from tests.assets.proposals.made import JO, again, new_group, sent_new_group, wrote_all
from tests.guards.test_reading_age import HIGHEST_GRADE, Sentences, grade

pytestmark = pytest.mark.django_db


def entered(by: User) -> Proposal:
    proposal = writing.begin(name="Jo", email=JO, entered_by=by, is_example=False)
    for part, values in new_group().said.items():
        proposal = wrote_all(proposal, part, values, by)
    return sending.send(proposal=proposal, by=by)


def path_of(proposal: Proposal) -> str:
    return f"/list-your-group/confirm/{links.key_of(proposal, links.CONFIRMING)}/"


def heading(answer: object) -> str:
    html = answer.content.decode()  # type: ignore[attr-defined]
    parser = Sentences()
    parser.feed(html)
    assert grade(parser.sentences()) <= HIGHEST_GRADE
    return str(html.partition("<h1>")[2].partition("</h1>")[0])


def test_only_the_button_says_yes_and_once(erin: User) -> None:
    sent = entered(erin)
    client = Client(enforce_csrf_checks=True)
    assert heading(client.get(path_of(sent))) == "Nothing to do here"
    deciding.accept(proposal=sent, version=sent.version, by=erin)
    page = client.get(path_of(sent))
    assert (heading(page), page.cookies) == ("Did we get it right?", {})
    assert "/activities/kites-on-sunday/" in page.content.decode()
    # Whatever reads mails for viruses has opened it by now.
    assert Organisation.objects.get().last_checked_by == "team"
    for _press in range(2):
        thanks = client.post(path_of(sent), follow=True)
        assert heading(thanks) == "Thank you"
    group = Organisation.objects.get()
    assert (group.last_checked_by, group.checks.count()) == ("group", 2)


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_on_the_board_is_not_confirmed(erin: User, method: str) -> None:
    sent = entered(erin)
    done = deciding.accept(proposal=sent, version=sent.version, by=erin)
    Organisation.objects.update(status=Status.PAUSED)
    answer = getattr(Client(), method)(path_of(done), follow=True)
    assert heading(answer) == "Nothing to do here"
    assert Organisation.objects.get().last_checked_by == "team"


def test_a_link_for_another_thing_opens_nothing() -> None:
    sent = again(sent_new_group())
    for key in (links.key_of(sent), links.key_of(sent, links.VOUCHING), "banana"):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(f"/list-your-group/confirm/{key}/")
            assert (answer.status_code, heading(answer)) == (404, "Nothing to do here")
