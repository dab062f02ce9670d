"""Nobody sees or changes what another group writes; and looking never writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from assets.models import Activity, Membership, Organisation, Proposal
from assets.proposals import links, writing
from tests.assets.make import make_activity, make_organisation, publish
from tests.assets.register.writer import ABOUT, Writer, begun, hidden, words

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
ClientOf = Callable[[str], Client]


def join(person: User, group: Organisation, by: User | None) -> None:
    Membership.objects.create(
        organisation=group, user=person, confirmed_at=NOON if by else None, confirmed_by=by
    )


@pytest.fixture
def hers(vera: User, erin: User) -> Activity:
    """A public activity of the group that Vera acts for."""
    activity = publish(make_activity(title="Wrens on Tuesdays"))
    join(vera, activity.organisation, erin)
    return activity


@pytest.fixture
def theirs(db: None) -> Activity:
    """A public activity of another group, with changes that only they may see."""
    group = make_organisation(name="Secret Starlings")
    return publish(make_activity(title="Starlings", organisation=group))


@pytest.fixture
def her_desk(hers: Activity, client_of: ClientOf) -> Writer:
    return Writer(f"/my/{hers.organisation_id}/edit/", client_of("vera"))


PAGES = ["", "check/", "sent/", "group/about/", "new-1/what/"]


@pytest.mark.parametrize("page", PAGES)
def test_an_altered_link_opens_nothing(page: str) -> None:
    a, b = begun(), begun("ben@example.com")
    Writer.of(b).add()
    key = links.key_of(a)
    signature = key.partition(":")[2]
    for wrong in (
        b.pk.hex,
        str(b.pk),
        f"{b.pk.hex}:{signature}",
        f"{key}x",
        links.key_of(b, links.VOUCHING),
        "nonsense",
    ):
        assert Client().get(f"/list-your-group/{wrong}/{page}").status_code == 404, wrong


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("confirmed", [False, None])
def test_another_groups_pages_are_not_there(
    client_of: ClientOf, vera: User, theirs: Activity, page: str, confirmed: bool | None
) -> None:
    if confirmed is False:
        join(vera, theirs.organisation, by=None)
    changes = writing.begin_changes(organisation=theirs.organisation, by=vera)
    writing.add_activity(proposal=changes, by=vera)
    path = f"/my/{theirs.organisation_id}/edit/{page}"
    assert client_of("vera").get(path).status_code == 404
    assert client_of("vera").post(path).status_code in (404, 405)


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(theirs: Activity, page: str) -> None:
    answer = Client().get(f"/my/{theirs.organisation_id}/edit/{page}")
    assert answer["Location"].startswith("/account/login/")


def test_no_other_part_can_be_opened(her_desk: Writer, theirs: Activity) -> None:
    for part in (str(theirs.pk), str(uuid4()), "new-1", "new-x", "groups"):
        assert her_desk.get(f"{part}/what/").status_code == 404, part
        answer = her_desk.post(f"{part}/what/", base="", title="Mine now")
        assert answer.status_code == 404, part
    assert her_desk.get("group/what/").status_code == 404


def test_nothing_can_be_copied_from_another_group(her_desk: Writer, theirs: Activity) -> None:
    sent = {"do": "copy", "part": str(theirs.pk), "as": hidden(her_desk.get(), "as")}
    assert her_desk.post(**sent).status_code == 404
    assert Proposal.objects.count() == 0


def test_looking_writes_nothing(her_desk: Writer, hers: Activity) -> None:
    for page in ("", f"{hers.pk}/what/", f"{hers.pk}/where/", "group/trust/"):
        assert her_desk.get(page).status_code == 200
    assert her_desk.get("check/").status_code == 302
    assert Proposal.objects.count() == 0


def test_a_step_that_changes_nothing_writes_nothing(her_desk: Writer, hers: Activity) -> None:
    sent = {"title": hers.title, "kind": hers.kind, "summary": hers.summary}
    assert her_desk.save(f"{hers.pk}/what", **sent).status_code == 302
    assert Proposal.objects.count() == 0


def test_a_change_waits_and_the_page_stays(
    her_desk: Writer, hers: Activity, client_of: ClientOf
) -> None:
    sent = {"title": "Wrens on Fridays", "kind": hers.kind, "summary": hers.summary}
    her_desk.save(f"{hers.pk}/what", **sent)
    assert Proposal.objects.get().said == {str(hers.pk): {"title": "Wrens on Fridays"}}
    assert "Wrens on Fridays Changed" in words(her_desk.get())
    sent_page = her_desk.post("check/", confirm="on")
    assert sent_page["Location"] == f"{her_desk.form}sent/"
    assert "Thank you. We have it" in words(her_desk.get("sent/"))
    hers.refresh_from_db()
    assert hers.title == "Wrens on Tuesdays"


def test_what_a_page_was_made_with_cannot_be_made_up() -> None:
    """Else somebody could say that we have seen what we have not."""
    a, b = begun(), begun("ben@example.com")
    jo, ben = Writer.of(a), Writer.of(b)
    others = hidden(ben.get("group/about/"), "base")
    for base in ("", "nonsense", others, hidden(jo.get("group/trust/"), "base")):
        assert jo.post("group/about/", **ABOUT, base=base).status_code == 302
    a.refresh_from_db()
    assert a.said["group"] == ABOUT


def test_staff_write_for_somebody_on_the_telephone(client_of: ClientOf, erin: User) -> None:
    proposal = writing.begin(name="Jo", email="", entered_by=erin, is_example=False)
    desk = Writer.of(proposal)
    desk.client = client_of("erin")
    desk.save("group/about", **ABOUT)
    assert proposal.edits.get().written_by == erin
