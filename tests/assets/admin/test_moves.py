"""Making public, pausing, ending: by buttons of one page, and for several from the list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.admin.lifecycle import MOVE_WORDS
from assets.models import Listing, Organisation, SearchRow, Status
from assets.models.lifecycle import MOVES
from tests.assets.admin.pages import messages, url
from tests.assets.make import (
    MAKERS,
    again,
    at,
    make_activity,
    make_organisation,
    make_ready,
    make_schedule,
    publish,
)
from thrive.models import NeedsGroup

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.fixture
def editor(client_of: ClientOf) -> Client:
    return client_of("erin")


def press(client: Client, listing: Any, status: Status, **given: Any) -> Any:
    data = {"to": status, "version": listing.version, "why": ""} | given
    return client.post(url(listing, "move"), data, follow=True)


def choose(client: Client, action: str, *chosen: Listing, **given: Any) -> Any:
    data = {"action": action, "_selected_action": [one.pk for one in chosen], "index": "0"}
    return client.post(url(type(chosen[0]), "changelist"), data | given, follow=True)


@pytest.mark.parametrize("model", list(MAKERS))
@pytest.mark.parametrize("status", list(Status))
def test_the_page_offers_the_moves_that_are_allowed(
    editor: Client, model: type[Listing], status: Status
) -> None:
    page = editor.get(url(at(model, status), "change"))
    offered = {value for value, _words in page.context["moves"]}
    assert offered == set(MOVES[status])
    html = page.content.decode()
    assert {to for to in Status if f'name="to" value="{to}"' in html} == offered


def test_every_status_has_words_for_its_button() -> None:
    assert set(MOVE_WORDS) == set(Status)


@pytest.mark.parametrize("model", list(MAKERS))
def test_a_press_moves_and_says_why(editor: Client, erin: User, model: type[Listing]) -> None:
    listing = at(model, Status.DRAFT)
    answer = press(editor, listing, Status.PUBLIC, why="Rang them")
    move = listing.moves.get()
    assert (move.to_status, move.moved_by, move.why) == ("public", erin, "Rang them")
    assert again(listing).status == Status.PUBLIC
    assert messages(answer)[-1] == f"“{listing}” is public now."


def test_what_is_paused_leaves_the_search_at_once(editor: Client) -> None:
    group = publish(make_organisation())
    press(editor, group, Status.PAUSED)
    assert SearchRow.objects.count() == 0


def test_the_second_of_two_presses_loses_and_says_so(editor: Client) -> None:
    group = at(Organisation, Status.DRAFT)
    press(editor, group, Status.PUBLIC)
    answer = press(editor, again(group), Status.PUBLIC)
    assert messages(answer) == [f"“{group}” is Public: it cannot become Public."]
    assert group.moves.count() == 1


def test_a_press_on_an_old_page_loses_and_says_so(editor: Client, ada: User) -> None:
    group = at(Organisation, Status.DRAFT)
    theirs = again(group)
    theirs.summary = "Not finished yet, please wait."
    listings.save(listing=theirs, by=ada)
    answer = press(editor, group, Status.PUBLIC)
    assert messages(answer) == [f"“{group}” was changed while you had it open. Look again first."]
    assert again(group).status == Status.DRAFT


def test_what_is_not_fit_to_be_public_says_what_is_missing(editor: Client) -> None:
    group = make_organisation()
    answer = press(editor, group, Status.PUBLIC)
    assert messages(answer) == ["Add a way to reach the group first."]
    assert again(group).status == Status.DRAFT


def test_what_stands_in_the_way_of_an_activity_is_linked(editor: Client) -> None:
    activity = make_activity()
    group = activity.organisation
    link = f'Make the group public first: <a href="{url(group, "change")}">{group}</a>.'
    assert messages(press(editor, activity, Status.PUBLIC)) == [link]
    answer = choose(editor, "move_to_public", activity, sure="1", why="")
    assert messages(answer) == [f"Toddler group: {link}"]
    assert link in answer.content.decode()


def test_what_meets_at_a_venue_is_linked_when_it_may_not_go(editor: Client) -> None:
    activity = publish(make_activity(title="<b>Bold</b>"))
    answer = press(editor, again(activity.venue), Status.ENDED)
    assert messages(answer) == [
        "These still meet here. Move or end them first: "
        f'<a href="{url(activity, "change")}">&lt;b&gt;Bold&lt;/b&gt;</a>.'
    ]


def test_an_activity_without_times_or_needs_groups_is_public_with_a_warning(
    editor: Client,
) -> None:
    activity = make_activity()
    make_ready(activity)
    answer = press(editor, activity, Status.PUBLIC)
    assert messages(answer) == [
        "“Toddler group” has no times and no needs group: few will find it by either.",
        "“Toddler group” is public now.",
    ]
    make_schedule(activity)
    press(editor, again(activity), Status.PAUSED)
    answer = press(editor, again(activity), Status.PUBLIC)
    assert messages(answer)[0] == (
        "“Toddler group” has no needs group: “What would help?” does not lead to it."
    )
    activity.schedules.all().delete()
    thriving = NeedsGroup.objects.get(slug="thriving")
    activity.needs_groups.add(thriving, through_defaults={"source": "staff"})
    press(editor, again(activity), Status.PAUSED)
    answer = press(editor, again(activity), Status.PUBLIC)
    assert messages(answer)[0] == "“Toddler group” has no times: nobody can see when it is on."


@pytest.mark.parametrize(
    "given", [{"to": "gone"}, {"to": ""}, {"version": "x"}, {"why": "y" * 251}]
)
def test_garbage_moves_nothing(editor: Client, given: dict[str, str]) -> None:
    group = at(Organisation, Status.DRAFT)
    answer = press(editor, group, Status.PUBLIC, **given)
    assert messages(answer) == ["That did not work. Give a reason of 250 letters at most."]
    assert again(group).status == Status.DRAFT


def test_a_move_needs_the_token_of_its_page(client_of: ClientOf) -> None:
    group = at(Organisation, Status.DRAFT)
    strict = client_of("erin")
    strict.handler.enforce_csrf_checks = True
    data = {"to": "public", "version": group.version}
    assert strict.post(url(group, "move"), data).status_code == 403
    assert again(group).status == Status.DRAFT


def test_a_move_of_nothing_is_not_found(editor: Client) -> None:
    group = at(Organisation, Status.DRAFT)
    missing = url(group, "move").replace(str(group.pk), "00000000-0000-4000-8000-000000000000")
    assert editor.post(missing, {"to": "public", "version": 1}).status_code == 404


# --- Checks ---


@pytest.mark.parametrize(("by", "words"), [("team", "our team"), ("group", "the group")])
def test_a_check_is_noted_with_who_and_today(
    editor: Client, erin: User, by: str, words: str
) -> None:
    group = publish(make_organisation())
    answer = editor.post(
        url(group, "check"), {"checked_by": by, "note": "Policy seen"}, follow=True
    )
    check = group.checks.get()
    assert (check.person, check.note, check.get_checked_by_display()) == (
        erin,
        "Policy seen",
        words,
    )
    assert again(group).last_checked_on == timezone.localdate()
    assert messages(answer) == [f"“{group}” is checked as of today."]


def test_a_check_by_nobody_is_refused(editor: Client) -> None:
    group = publish(make_organisation())
    answer = editor.post(url(group, "check"), {"checked_by": "them"}, follow=True)
    assert messages(answer) == ["That did not work. Write a note of 250 letters at most."]
    assert group.checks.count() == 0


# --- Several at once ---


def test_several_are_asked_about_before_anything_moves(editor: Client) -> None:
    one, two = (at(Organisation, Status.DRAFT) for _number in range(2))
    answer = choose(editor, "move_to_public", one, two)
    assert answer.context["count"] == 2
    assert [again(group).status for group in (one, two)] == [Status.DRAFT, Status.DRAFT]


def test_several_are_moved_and_what_could_not_is_told(editor: Client) -> None:
    one, two = (at(Organisation, Status.DRAFT) for _number in range(2))
    bare = make_organisation(name="Bare")
    answer = choose(editor, "move_to_public", one, two, bare, sure="1", why="Spring round")
    assert [again(group).status for group in (one, two, bare)] == [
        Status.PUBLIC,
        Status.PUBLIC,
        Status.DRAFT,
    ]
    assert one.moves.get().why == "Spring round"
    assert messages(answer) == [
        "Done for 2 listings.",
        "Bare: Add a way to reach the group first.",
    ]


def test_several_are_checked_today(editor: Client) -> None:
    groups = [publish(make_organisation()) for _number in range(2)]
    choose(editor, "checked_today", *groups, sure="1", why="")
    today = timezone.localdate()
    assert [again(group).last_checked_on for group in groups] == [today, today]


def test_a_reason_that_is_too_long_is_told_and_kept(editor: Client) -> None:
    group = at(Organisation, Status.DRAFT)
    answer = choose(editor, "move_to_public", group, sure="1", why="y" * 251)
    assert list(answer.context["form"].errors) == ["why"]
    assert "y" * 251 in answer.content.decode()
    assert again(group).status == Status.DRAFT


def test_who_only_looks_is_offered_nothing_for_several(client_of: ClientOf) -> None:
    group = at(Organisation, Status.DRAFT)
    viewer = client_of("stefan")
    assert viewer.get(url(Organisation, "changelist")).context["action_form"] is None
    choose(viewer, "move_to_public", group, sure="1")
    assert again(group).status == Status.DRAFT
