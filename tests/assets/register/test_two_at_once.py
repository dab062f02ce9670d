"""Two people on one step: nobody's words are lost. What is closed says so, and gives them back."""

import re

import pytest

from accounts.models import User
from assets.models import Proposal
from assets.proposals import deciding, writing
from tests.assets.register.writer import ABOUT, Writer, begun, hidden, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Proposal:
    return begun()


@pytest.fixture
def jo(proposal: Proposal) -> Writer:
    return Writer.of(proposal)


def name_of(proposal: Proposal) -> str:
    proposal.refresh_from_db()
    return str(proposal.said["group"]["name"])


def test_the_second_sees_both_and_chooses(jo: Writer, proposal: Proposal) -> None:
    base = hidden(jo.get("group/about/"), "base")
    jo.save("group/about", **ABOUT)
    clash = jo.post("group/about/", **ABOUT | {"name": "Wind Club"}, base=base, do="next")
    assert clash.status_code == 409
    assert "Somebody else has changed this while you were writing" in words(clash)
    assert "Name of the group – as it is now: Kite Club" in words(clash)
    assert 'value="Wind Club"' in clash.content.decode()
    assert name_of(proposal) == "Kite Club"
    again = jo.post(
        "group/about/", **ABOUT | {"name": "Wind Club"}, base=hidden(clash, "base"), do="next"
    )
    assert again.status_code == 302
    assert name_of(proposal) == "Wind Club"


def test_different_values_of_one_step_go_together(jo: Writer, proposal: Proposal) -> None:
    base = hidden(jo.get("group/about/"), "base")
    jo.post("group/about/", base=base, name="Kite Club")
    assert jo.post("group/about/", base=base, summary="We fly.").status_code == 302
    assert name_of(proposal) == "Kite Club"
    assert proposal.said["group"]["summary"] == "We fly."


def test_what_a_colleague_left_out_meanwhile_is_kept(jo: Writer, proposal: Proposal) -> None:
    part = jo.add()
    base = hidden(jo.get(f"{part}/what/"), "base")
    writing.drop_part(proposal=proposal, part=part, by=None)
    assert jo.post(f"{part}/what/", base=base, title="Kites").status_code == 302
    proposal.refresh_from_db()
    assert proposal.said[part] == {"title": "Kites"}


def test_words_that_come_too_late_are_there_to_copy(jo: Writer, proposal: Proposal) -> None:
    base = hidden(jo.get("group/about/"), "base")
    writing.drop(proposal=proposal, by=None)
    late = jo.post("group/about/", **ABOUT, base=base, do="next")
    assert late.status_code == 409
    assert "You took it back" in words(late)
    assert "Name of the group Kite Club" in words(late)


def test_a_question_of_ours_is_on_the_list(jo: Writer, proposal: Proposal, erin: User) -> None:
    jo.write_all()
    jo.post("check/", confirm="on")
    proposal.refresh_from_db()
    deciding.give_back(
        proposal=proposal, version=proposal.version, by=erin, message="Which hall is it?"
    )
    assert "We have a question for you Which hall is it?" in words(jo.get())
    assert jo.post("check/", confirm="on").status_code == 302


@pytest.mark.parametrize("page", ["", "check/", "group/about/"])
def test_what_was_declined_says_why(jo: Writer, proposal: Proposal, erin: User, page: str) -> None:
    jo.write_all()
    jo.post("check/", confirm="on")
    proposal.refresh_from_db()
    deciding.decline(proposal=proposal, version=proposal.version, by=erin, message="Too far off.")
    assert "We could not take it We are sorry. This is why: Too far off." in words(jo.get(page))


def test_to_keep_theirs_keeps_the_rest_of_one_s_own(jo: Writer, proposal: Proposal) -> None:
    base = hidden(jo.get("group/about/"), "base")
    jo.save("group/about", **ABOUT)
    mine = ABOUT | {"name": "Wind Club", "summary": "Winds of all kinds."}
    clash = jo.post("group/about/", **mine, base=base, do="next")
    names = re.findall(r'name="clash" value="([^"]+)"', clash.content.decode())
    kept = jo.post(
        "group/about/",
        **mine | {"clash": ["name"], "base": hidden(clash, "base"), "do": "theirs"},
    )
    proposal.refresh_from_db()
    said = proposal.said["group"]
    assert (names, kept.status_code) == (["name", "summary"], 302)
    assert (said["name"], said["summary"]) == ("Kite Club", "Winds of all kinds.")
