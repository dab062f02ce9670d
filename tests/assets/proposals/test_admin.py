"""The queue and the page of one proposal in the staff pages: who sees what, and what is told."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import OutgoingMail, User
from assets.admin import needs_doing, tasks
from assets.models import Organisation, Proposal
from assets.proposals import claiming, deciding, links, sending, writing
from assets.proposals.fields import GROUP
from tests.assets.admin.pages import messages, url
from tests.assets.make import make_contact
from tests.assets.proposals.made import (
    JO,
    again,
    changes_of,
    claimed,
    moves,
    new_group,
    public_activity,
    public_group,
    sent_changes,
    sent_new_group,
    wrote,
    wrote_all,
)
from tests.people import person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
LIST = "/admin/assets/proposal/"


def page_of(proposal: Proposal) -> str:
    return url(proposal, "change")


def text(answer: Any) -> str:
    return str(answer.content.decode()).partition("<main")[2]


def press(client: Client, proposal: Proposal, do: str, **more: Any) -> Any:
    data = {"version": proposal.version, "do": do, "message": ""} | more
    return client.post(page_of(proposal), data, follow=True)


def listed(client: Client, **asked: str) -> list[str]:
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    return [row.name for row in answer.context["cl"].result_list]


# --- The queue ---


def test_what_waits_longest_comes_first_then_the_rest(client_of: ClientOf) -> None:
    draft = new_group(name="Draft")
    first, second = sent_new_group(name="First"), sent_new_group(name="Second")
    done = sent_new_group(name="Done")
    deciding.decline(proposal=done, version=done.version, by=person("erin"), message="No.")
    live = sent_changes(public_group(name="Live", is_trusted=True), summary="Songs.")
    assert live.status == "accepted"
    assert listed(client_of("erin")) == ["First", "Second", "Live", "Draft", "Done"]
    assert listed(client_of("erin"), do="decide") == ["First", "Second"]
    assert listed(client_of("erin"), do="look") == ["Live"]
    assert listed(client_of("erin"), status__exact="draft") == [draft.name]
    assert listed(client_of("erin"), kind__exact="change") == ["Live"]
    assert listed(client_of("erin"), q="irs") == ["First"]
    assert (first.sent_at or 0) < (second.sent_at or 0)  # type: ignore[operator]


def test_nobody_finds_by_letters_what_they_may_not_read(client_of: ClientOf) -> None:
    sent_new_group()
    for who in ("erin", "stefan"):
        client = client_of(who)
        assert listed(client, q="jo@") == listed(client, q="Jo Kite") == []
        for asked in ("asker_email__startswith=j", "said__group__why__contains=a", "o=asker"):
            answer = client.get(f"{LIST}?{asked}", follow=True)
            assert answer.status_code in (200, 400)
            assert "jo@example.com" not in text(answer)


def test_who_only_looks_sees_what_would_change_and_not_who_asks(client_of: ClientOf) -> None:
    draft, sent = new_group(name="Nobody sent this"), sent_new_group()
    claim = claimed(public_group())
    deciding.give_back(
        proposal=sent, version=sent.version, by=person("erin"), message="Dear Jo, which?"
    )
    client = client_of("stefan")
    assert sorted(listed(client)) == ["Larch Lane Kites", "Weir Field Wrens"]
    for page in (LIST, page_of(sent), page_of(claim)):
        said = text(client.get(page))
        for secret in ("Jo Kite", JO, "960778", "I run it.", "Dear Jo", "vera@example.com"):
            assert secret not in said
        assert '<button class="button button--main"' not in said
    assert "We fly kites." in text(client.get(page_of(sent)))
    assert "Dear Jo" in text(client_of("erin").get(page_of(sent)))
    assert client.get(page_of(draft), follow=True).redirect_chain == [("/admin/", 302)]


@pytest.mark.parametrize("who", ["stefan", "pam", "vera", "visitor"])
@pytest.mark.parametrize("do", ["accept", "ticked", "back", "decline", "looked"])
def test_who_may_not_decide_cannot_press_the_buttons(
    client_of: ClientOf, who: str, do: str
) -> None:
    sent = sent_new_group()
    data = {"version": sent.version, "do": do, "message": "Yes."}
    answer = client_of(who).post(page_of(sent), data)
    assert answer.status_code == (302 if who in ("vera", "visitor") else 403)
    assert again(sent).status == "sent"


def test_the_queue_asks_as_often_for_many_as_for_one(client_of: ClientOf) -> None:
    client = client_of("erin")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(LIST)
        return len(captured)

    sent_new_group()
    claimed(public_group(name="One"))
    client.get(LIST)
    few = queries()
    for name in ("Two", "Three"):
        claimed(public_group(name=name))
    assert queries() == few


def test_what_waits_is_a_task_of_the_first_page(client_of: ClientOf, erin: User) -> None:
    activity = public_activity()
    sent_new_group()
    claimed(activity.organisation)
    claiming.has_ended(organisation=activity.organisation, activity=activity, by=None, email=JO)
    sent_changes(public_group(name="Live", is_trusted=True), summary="Songs.", name="Lively")
    (task,) = (one for one in tasks.tasks(erin) if one.title == "Groups ask us")
    assert [part.words for part in task.parts] == [
        "1 new group",
        "1 change",
        "1 “this is us”",
        "1 has ended",
        "1 live, to look at",
    ]
    client = client_of("erin")
    for part in task.parts:
        assert client.get(part.url).context["cl"].result_count == part.count
    first = needs_doing.waiting(erin)[0]
    assert (first.name, first.kind) == ("Larch Lane Kites", "New group")


# --- The page of one ---


def test_it_shows_only_what_differs_old_beside_new(client_of: ClientOf) -> None:
    sent = sent_changes(public_group(), summary="Play and cake by the river.")
    said = text(client_of("erin").get(page_of(sent)))
    assert "Play and <del>tea</del> by the river." in said
    assert "Play and <ins>cake</ins> by the river." in said
    assert ("Name of the group" in said, "/groups/weir-field-wrens/" in said) == (False, True)


def test_it_says_where_our_page_has_changed_since(client_of: ClientOf) -> None:
    sent = sent_changes(public_group(), summary="Songs.")
    Organisation.objects.update(summary="We were faster.")
    said = text(client_of("erin").get(page_of(sent)))
    assert "Our page has changed since they wrote this." in said
    assert "<q>Play and tea by the river.</q>" in said


def test_of_a_new_group_all_is_shown_and_what_looks_like_it(client_of: ClientOf) -> None:
    make_contact(public_group(name="Others"), kind="text", value="+44 1632 960777")
    public_group(name="LARCH lane kites")
    public_group(name="Nothing like it")
    sent, twice = sent_new_group(), sent_new_group()
    answer = client_of("erin").get(page_of(sent))
    found = [(one.group.name, one.why) for one, _url in answer.context["lookalikes"]]
    assert found == [
        ("LARCH lane kites", "the same name"),
        ("Others", "the same phone, e-mail or website"),
    ]
    assert list(answer.context["sent_twice"]) == [twice]
    said = text(answer)
    for told in ("Larch Lane Kites", "Kites on Sunday", "01632 960777", "Jo Kite", JO):
        assert told in said


def test_a_claim_shows_whom_to_ring_and_what_the_group_said(client_of: ClientOf) -> None:
    group = public_group()
    make_contact(group, kind="email", value="wrens@example.com")
    claim = claimed(group)
    said = text(client_of("erin").get(page_of(claim)))
    assert "We asked the group at wrens@example.com. It has not answered yet." in said
    assert ("01632 960123" in said, "I run it." in said) == (True, True)
    claiming.vouch(proposal=claim)
    assert "said yes on" in text(client_of("erin").get(page_of(claim)))
    assert "Give it back" not in said


def test_an_ending_shows_what_ends(client_of: ClientOf) -> None:
    activity = public_activity(title="Kite club")
    whole = claiming.has_ended(organisation=activity.organisation, activity=None, by=None, email=JO)
    said = text(client_of("erin").get(page_of(whole)))
    assert ("The whole group has ended" in said, "Kite club" in said) == (True, True)


def test_accepted_the_next_one_is_opened(client_of: ClientOf) -> None:
    sent, other = sent_new_group(name="First"), sent_new_group(name="Second")
    client = client_of("erin")
    answer = press(client, sent, "accept", message="Lovely.")
    assert answer.redirect_chain[-1][0] == page_of(other)
    assert messages(answer) == ["“First” is accepted now.", "This is the next one."]
    last = press(client, other, "decline", message="It is a shop.")
    assert last.redirect_chain[-1][0] == LIST
    assert messages(last) == ["“Second” is declined now.", "Nothing else waits."]
    assert moves(other) == [("sent", ""), ("declined", "It is a shop.")]


def test_one_left_for_later_does_not_come_back_at_once(client_of: ClientOf) -> None:
    names = ("Hard", "Second", "Third")
    hard, second, third = (sent_new_group(name=name) for name in names)
    client = client_of("erin")
    assert press(client, second, "accept").redirect_chain[-1][0] == page_of(third)
    assert press(client, third, "accept").redirect_chain[-1][0] == page_of(hard)


def test_the_ticked_is_accepted_and_the_rest_goes_back_with_a_message(
    client_of: ClientOf,
) -> None:
    sent = sent_changes(public_group(), summary="Songs.", name="The best wrens")
    client = client_of("erin")
    refused = press(client, sent, "ticked", tick=["group:summary"])
    assert refused.context["answer"].beside_message == "Write a line about what you did not tick."
    said = text(refused)
    assert said.count("checked>") == 1
    answer = press(client, sent, "ticked", tick=["group:summary"], message="Is it?")
    assert messages(answer)[0] == (
        "“Weir Field Wrens”: what was ticked is on the board, the rest went back."
    )
    assert again(sent).said == {"group": {"name": "The best wrens"}}
    assert Organisation.objects.get().summary == "Songs."


def test_all_of_it_is_not_accepted_where_something_is_unticked(client_of: ClientOf) -> None:
    sent = sent_changes(public_group(), summary="We mend kites.", name="Weir Field Kites")
    refused = press(client_of("erin"), sent, "accept", tick=["group:summary"])
    assert refused.context["answer"].beside_message == (
        "You have unticked something: then press “Accept the ticked”."
    )
    assert again(sent).status == "sent"
    press(client_of("erin"), sent, "accept", tick=["group:summary", "group:name"])
    assert again(sent).status == "accepted"


def test_a_new_activity_has_one_tick(client_of: ClientOf) -> None:
    proposal = changes_of(public_group(), name="W")
    new = new_group().said["new-1"]
    proposal, part = writing.add_activity(proposal=proposal, by=None)
    sent = sending.send(proposal=wrote_all(proposal, part, new), by=None)
    client = client_of("erin")
    said = text(client.get(page_of(sent)))
    assert said.count('name="tick"') == 2
    press(client, sent, "ticked", tick=["new-1:*"], message="And the name?")
    assert again(sent).said == {"group": {"name": "W"}}


def test_one_change_alone_has_no_tick_and_is_accepted(client_of: ClientOf) -> None:
    sent = sent_changes(public_group(), summary="Songs.")
    assert 'name="tick"' not in text(client_of("erin").get(page_of(sent)))
    press(client_of("erin"), sent, "accept")
    assert again(sent).status == "accepted"


def test_of_a_new_group_each_activity_has_a_tick(client_of: ClientOf) -> None:
    proposal, part = writing.add_activity(proposal=new_group(), by=None)
    monday = proposal.said["new-1"] | {"title": "Kites on Monday"}
    sent = sending.send(proposal=wrote_all(proposal, part, monday), by=None)
    client = client_of("erin")
    assert text(client.get(page_of(sent))).count('name="tick"') == 2
    answer = press(client, sent, "ticked", tick=["new-1:*"], message="Monday too?")
    assert messages(answer)[0] == (
        "“Larch Lane Kites”: what was ticked is on the board, the rest went back."
    )
    (group,) = Organisation.objects.all()
    assert [one.title for one in group.activities.all()] == ["Kites on Sunday"]


def test_what_is_written_in_again_stands_in_the_queue_as_it_was_sent(client_of: ClientOf) -> None:
    sent = sent_new_group()
    wrote(sent, GROUP, summary="We mend kites.", name="Kite menders")
    client = client_of("erin")
    assert listed(client, do="decide") == ["Kite menders"]
    said = text(client.get(LIST))
    assert ("Larch Lane Kites" in said, "Kite menders" in said) == (True, False)
    assert "Waits for us; they are changing it" in said
    page = text(client.get(page_of(sent)))
    assert "They have been writing in it again" in page
    assert ("We fly kites." in page, "We mend kites." in page) == (True, False)
    assert "Larch Lane Kites" in text(client_of("stefan").get(page_of(sent)))
    press(client, sent, "accept")
    assert Organisation.objects.get().summary == "We fly kites."


def test_sent_again_the_page_says_what_has_changed(client_of: ClientOf) -> None:
    sent = sent_new_group()
    client = client_of("erin")
    press(client, sent, "back", message="What do you do?")
    sending.send(proposal=wrote(again(sent), GROUP, summary="We mend kites."), by=None)
    page = text(client.get(page_of(sent)))
    assert "<li>Larch Lane Kites, In one or two sentences</li>" in page
    assert "When it was first here it said: <q>We fly kites.</q>" in page
    assert page.count("They have changed this.") == 1


@pytest.mark.parametrize("do", ["back", "decline"])
def test_who_was_too_late_is_not_asked_for_words(client_of: ClientOf, ada: User, do: str) -> None:
    sent = sent_new_group()
    deciding.accept(proposal=sent, version=sent.version, by=ada)
    answer = press(client_of("erin"), sent, do)
    assert answer.context["answer"].beside_message == ""
    assert "is now: accepted, by Ada Wright" in text(answer)


@pytest.mark.parametrize("do", ["back", "decline"])
def test_an_answer_without_words_is_asked_for(client_of: ClientOf, do: str) -> None:
    sent = sent_new_group()
    answer = press(client_of("erin"), sent, do)
    assert answer.context["answer"].beside_message == "Write a line to whoever asked."
    assert (again(sent).status, answer.redirect_chain) == ("sent", [])


def test_a_colleague_was_faster_and_nothing_typed_is_lost(client_of: ClientOf, ada: User) -> None:
    sent = sent_new_group()
    deciding.decline(proposal=sent, version=sent.version, by=ada, message="No.")
    answer = press(client_of("erin"), sent, "back", message="Which ages?")
    said = text(answer)
    assert "is now: declined, by Ada Wright. Nothing of yours was done." in said
    assert "<q>Which ages?</q>" in said
    assert 'name="message"' not in said


def test_what_is_written_in_meanwhile_is_read_again_first(client_of: ClientOf) -> None:
    sent = sent_new_group()
    sending.send(proposal=wrote(sent, GROUP, summary="We mend kites."), by=None)
    answer = press(client_of("erin"), sent, "accept", message="Lovely.")
    said = text(answer)
    assert "was changed while you had it open. Look again first." in said
    assert ("We mend kites." in said, ">Lovely.</textarea>" in said) == (True, True)
    assert press(client_of("erin"), again(sent), "accept").redirect_chain != []


def test_a_rule_in_the_way_is_told_with_where(client_of: ClientOf) -> None:
    sent = sent_new_group(charity_number="1234567")
    public_group(charity_number="1234567")
    answer = press(client_of("erin"), sent, "accept", message="Lovely.")
    assert answer.context["answer"].wrong == (
        "Larch Lane Kites: Another group already has this charity number.",
    )
    assert ">Lovely.</textarea>" in text(answer)


def test_a_sentence_begins_the_message_without_scripts(client_of: ClientOf) -> None:
    sent = sent_new_group()
    answer = client_of("erin").post(
        page_of(sent), {"version": sent.version, "message": "Hello Jo.", "sentence": 1}
    )
    assert ">Hello Jo.\n\nCould you say which ages it is for?</textarea>" in text(answer)
    assert again(sent).status == "sent"


def test_what_went_live_is_shown_and_looked_at_once(client_of: ClientOf, ada: User) -> None:
    live = sent_changes(public_group(is_trusted=True), summary="Play and cake by the river.")
    client = client_of("erin")
    said = text(client.get(page_of(live)))
    assert "Play and <del>tea</del> by the river." in said
    assert "Sent; words and times went live at once" in said
    assert messages(press(client, live, "looked"))[0] == "“Weir Field Wrens” was looked at."
    answer = press(client, live, "looked")
    assert answer.context["answer"].wrong == ("A colleague has looked at it already.",)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": "banana"},
        {"version": "1", "do": "explode"},
        {"version": "0", "do": "accept"},
        {"version": "1", "do": "accept", "message": "x" * 2001},
        {"version": "2", "sentence": "999"},
        {"version": "2", "do": "ticked", "tick": ["banana", "group:", ":*"]},
    ],
)
def test_garbage_is_told_and_changes_nothing(client_of: ClientOf, data: dict[str, Any]) -> None:
    sent = sent_new_group()
    answer = client_of("erin").post(page_of(sent), data)
    assert (answer.status_code, again(sent).status) == (200, "sent")
    gone = client_of("erin").get(f"{LIST}banana/change/", follow=True)
    assert gone.redirect_chain == [("/admin/", 302)]


def test_its_history_is_on_its_page(client_of: ClientOf) -> None:
    sent = sent_new_group()
    answer = client_of("erin").get(url(sent, "history"))
    assert answer["Location"] == f"{page_of(sent)}#history"


# --- For somebody on the telephone ---

ENTER = f"{LIST}enter/"


def test_a_group_is_entered_for_somebody_who_has_no_address(
    client_of: ClientOf, erin: User
) -> None:
    data = {"name": "Old Tom", "email": "", "phone": "01632 960779", "asked": "phone"}
    answer = client_of("erin").post(ENTER, data)
    begun = Proposal.objects.get()
    assert answer["Location"] == f"/list-your-group/{links.key_of(begun)}/"
    assert (begun.entered_by, begun.asked, begun.asker_phone) == (erin, "phone", "01632 960779")
    said = text(client_of("erin").get(page_of(begun)))
    assert f'<a href="{answer["Location"]}">Write in it for them</a>' in said
    assert "Entered by Erin Marsh for somebody else, on the telephone." in said
    assert "nobody gets our mails" in said
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"name": "Tom", "asked": "paper"}, ["phone"]),
        ({"name": "Tom", "asked": "phone", "phone": "abc"}, ["phone"]),
        ({"name": "", "email": "t@example.com", "asked": "paper"}, ["name"]),
        ({"name": "Tom", "email": "banana", "asked": "paper"}, ["email"]),
        ({"name": "Tom", "email": "t@example.com", "asked": "owl"}, ["asked"]),
    ],
)
def test_what_is_missing_to_answer_them_is_told(
    client_of: ClientOf, data: dict[str, str], wrong: list[str]
) -> None:
    answer = client_of("erin").post(ENTER, data)
    assert list(answer.context["form"].errors) == wrong
    assert Proposal.objects.count() == 0


def test_the_form_says_for_whom_one_writes_and_leads_back(client_of: ClientOf) -> None:
    client = client_of("erin")
    assert f'href="{LIST}">Back, without entering' in text(client.get(ENTER))
    data = {"name": "Old Tom", "phone": "01632 960779", "asked": "phone"}
    form = client.post(ENTER, data)["Location"]
    begun = Proposal.objects.get()
    for page in (form, f"{form}group/about/"):
        said = text(client.get(page))
        assert "You are writing for <bdi>Old Tom</bdi>" in said
        assert f'<a href="{page_of(begun)}">Back to the staff pages</a>' in said
    assert "You are writing for" not in text(client_of("visitor").get(form))


def test_who_only_looks_enters_nothing(client_of: ClientOf) -> None:
    assert client_of("stefan").get(ENTER).status_code == 403
    assert "Enter a group" not in text(client_of("stefan").get(LIST))


def test_times_are_those_of_a_clock_of_24_hours(client_of: ClientOf) -> None:
    sent = sent_new_group()
    mail = OutgoingMail.objects.get(label="Receipt")
    OutgoingMail.objects.update(created_at=datetime(2026, 11, 22, 13, 5, tzinfo=UTC))
    page = text(client_of("ada").get(f"/admin/accounts/outgoingmail/{mail.pk}/change/"))
    assert ("22 Nov 2026, 13:05" in page, "p.m." in page) == (True, False)
    assert again(sent).sent_at
