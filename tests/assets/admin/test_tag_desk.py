"""The tagging desk, and what every tag keeps of where it came from."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assets.admin import history
from assets.models import Activity, ActivityNeedsGroup, Status, TagOpinion
from assets.storing import store
from assets.tagging import opinions
from assets.tagging.agreement import ENOUGH, agreement, agreements, pairs
from assets.tagging.desk import Why, lines
from assets.tagging.opinions import Chosen
from assets.tagging.verbs import set_tags
from tests.assets.admin.pages import messages, url
from tests.assets.make import at, make_activity, tag
from tests.people import person
from thrive.models import TagSource

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
DESK = url(TagOpinion, "changelist")


def cricket(**changes: Any) -> Activity:
    return make_activity(**{"title": "Nets", "summary": "Cricket.", "kind": "club"} | changes)


def chose(*needs: str, themes: tuple[str, ...] = ()) -> Chosen:
    return Chosen(frozenset(needs), frozenset(themes))


def tags(activity: Activity) -> list[tuple[str, str, str, str]]:
    rows = ActivityNeedsGroup.objects.filter(activity=activity).order_by("needs_group_id")
    return [(row.needs_group_id, row.source, str(row.added_by or ""), row.reason) for row in rows]


def answer(client: Client, do: str, **said: Any) -> Any:
    """Presses a button of the desk as it is shown now."""
    shown = client.get(DESK).context["shown"]
    data = {"key": shown.line.activity.pk, "version": shown.version, "do": do}
    return client.post(DESK, data | said, follow=True)


def whys(who: User) -> list[tuple[str, Why | None]]:
    return [(line.activity.title, line.why) for line in lines(who)]


# --- Every path says who, why and when -------------------------------------------------------


def test_a_tag_from_a_groups_form_says_so(erin: User) -> None:
    activity = cricket()
    store(activity, {"needs_groups": ["thriving"]}, erin, TagSource.GROUP)
    assert tags(activity) == [
        ("thriving", "group", "Erin Marsh", "Ticked by the group on its form.")
    ]


def test_what_is_there_stays_as_it_was_said_first(erin: User, ada: User) -> None:
    activity = cricket()
    store(activity, {"needs_groups": ["thriving"]}, erin, TagSource.GROUP)
    both = {"needs_groups": ["getting-advice", "thriving"]}
    store(activity, both, ada, TagSource.IMPORT)
    assert tags(activity) == [
        (
            "getting-advice",
            "import",
            "Ada Wright",
            "Said so in the data that was brought in.",
        ),
        ("thriving", "group", "Erin Marsh", "Ticked by the group on its form."),
    ]


def test_history_tells_who_put_a_tag_on_why_and_who_took_it_off(erin: User, ada: User) -> None:
    activity = cricket()
    wanted = {"thriving": "A club."}
    set_tags(listing=activity, of="needs_groups", wanted=wanted, by=erin, source=TagSource.STAFF)
    set_tags(listing=activity, of="needs_groups", wanted={}, by=ada, source=TagSource.STAFF)
    told = [
        (str(entry.who or ""), entry.what, entry.why)
        for entry in reversed(history.timeline(activity))
    ]
    assert told == [
        ("", "added", ""),
        ("Erin Marsh", "Needs group “Staying well” added", "A club."),
        ("Ada Wright", "Needs group “Staying well” removed", ""),
    ]


# --- The queue -------------------------------------------------------------------------------


def test_untagged_contested_and_unsure_come_first_and_what_is_agreed_does_not(
    erin: User, ada: User
) -> None:
    cricket(title="untagged")
    agreed, differs, unsure, people = (
        cricket(title=title) for title in ("agreed", "differs", "unsure", "people")
    )
    for one in (agreed, unsure):
        tag(one, "needs_groups", "thriving")
    tag(differs, "needs_groups", "getting-advice")
    opinions.say_unsure(activity=unsure, by=erin)
    opinions.give(activity=people, by=erin, chosen=chose("thriving"))
    opinions.give(activity=people, by=ada, chosen=chose("getting-advice"))
    assert whys(erin) == [
        ("untagged", Why.UNTAGGED),
        ("people", Why.PEOPLE),
        ("differs", Why.RULES),
        ("unsure", Why.UNSURE),
    ]


def test_what_a_rule_cannot_tell_waits_as_not_sure(erin: User) -> None:
    activity = cricket(title="x", summary="For young people who are coping.", kind="service")
    tag(activity, "needs_groups", "thriving")
    assert whys(erin) == [("x", Why.UNSURE)]


def test_what_has_ended_does_not_wait(erin: User) -> None:
    at(Activity, Status.ENDED)
    assert whys(erin) == []


# --- One button ------------------------------------------------------------------------------


def test_taking_what_is_suggested_keeps_the_rules_reason_and_words(client_of: ClientOf) -> None:
    activity = cricket()
    done = answer(client_of("erin"), "take")
    assert messages(done) == ["“Nets” is tagged."]
    ((needs, source, who, reason),) = tags(activity)
    assert (needs, source, who) == ("thriving", "rule", "Erin Marsh")
    assert reason.endswith("The words: “Cricket”.")
    assert done.context["shown"] is None


def test_choosing_otherwise_is_staffs_and_takes_the_old_tag_off(client_of: ClientOf) -> None:
    activity = cricket()
    tag(activity, "needs_groups", "getting-help")
    answer(client_of("erin"), "save", needs_groups=["getting-advice"])
    assert tags(activity) == [
        ("getting-advice", "staff", "Erin Marsh", "Chosen at the tagging desk.")
    ]


def test_keeping_it_settles_what_the_rules_said(client_of: ClientOf, erin: User) -> None:
    activity = cricket()
    tag(activity, "needs_groups", "getting-advice")
    answer(client_of("erin"), "keep")
    assert [row[0] for row in tags(activity)] == ["getting-advice"]
    assert whys(erin) == []


def test_saving_nothing_is_told_and_changes_nothing(client_of: ClientOf) -> None:
    activity = cricket()
    done = answer(client_of("erin"), "save")
    assert messages(done) == ["Choose a needs group, or say that you are not sure."]
    assert not TagOpinion.objects.exists()
    assert tags(activity) == []


def test_two_windows_do_not_overwrite_each_other(client_of: ClientOf) -> None:
    activity = cricket()
    erin, ada = client_of("erin"), client_of("ada")
    shown = ada.get(DESK).context["shown"]
    answer(erin, "take")
    data = {"key": activity.pk, "version": shown.version, "do": "save", "needs_groups": "thriving"}
    done = ada.post(DESK, data, follow=True)
    assert messages(done) == ["Somebody else has just changed this one. Look again first."]
    assert TagOpinion.objects.count() == 1


@pytest.mark.parametrize(
    "garbage", [{}, {"key": "x"}, {"do": "sing"}, {"needs_groups": "no-such-group"}]
)
def test_garbage_is_told_and_stores_nothing(client_of: ClientOf, garbage: dict[str, str]) -> None:
    activity = cricket()
    data = {"key": activity.pk, "version": "1", "do": "save"} | garbage if garbage else {}
    assert client_of("erin").post(DESK, data, follow=True).status_code == 200
    assert not TagOpinion.objects.exists()


def test_who_only_looks_sees_the_desk_without_buttons(client_of: ClientOf) -> None:
    cricket()
    page = client_of("stefan").get(DESK)
    assert page.status_code == 200
    assert 'name="do"' not in page.content.decode()
    assert client_of("stefan").post(DESK, {}).status_code == 403


# --- Two people ------------------------------------------------------------------------------


def test_a_second_opinion_is_asked_before_the_first_is_seen(client_of: ClientOf) -> None:
    cricket()
    answer(client_of("erin"), "save", needs_groups=["getting-advice"])
    page = client_of("ada").get(DESK)
    shown = page.context["shown"]
    assert shown.line.why == Why.SECOND
    assert (shown.tags, shown.suggestions, shown.can_take, shown.can_keep) == (
        None,
        [],
        False,
        False,
    )
    assert [one.name for one in shown.needs_groups if one.is_ticked] == []
    assert "Erin Marsh" not in page.content.decode()


def test_a_second_opinion_that_differs_waits_to_be_settled(client_of: ClientOf, ada: User) -> None:
    activity = cricket()
    answer(client_of("erin"), "save", needs_groups=["getting-advice"])
    done = answer(client_of("ada"), "save", needs_groups=["thriving"])
    assert messages(done) == ["You two differ about “Nets”. It waits at the desk to be settled."]
    assert [row[0] for row in tags(activity)] == ["getting-advice"]
    assert whys(ada) == [("Nets", Why.PEOPLE)]
    answer(client_of("ada"), "save", needs_groups=["thriving", "getting-advice"])
    assert [row[0] for row in tags(activity)] == ["getting-advice", "thriving"]
    assert whys(ada) == []
    assert pairs() == [(frozenset({"getting-advice"}), frozenset({"thriving"}))]


def test_an_opinion_stays_on_record(erin: User) -> None:
    opinion = opinions.give(activity=cricket(), by=erin, chosen=chose("thriving"))
    for act in (opinion.delete, lambda: TagOpinion.objects.update(unsure=True)):
        with (
            pytest.raises(IntegrityError, match="The record of who did what"),
            transaction.atomic(),
        ):
            act()


def test_kappa_is_what_is_agreed_beyond_chance() -> None:
    # Cohen's own measure on a table that is often shown: 20 and 15 agreed, 5 and 10 not.
    answers = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10
    answers += [(False, False)] * 15
    found = agreement("x", answers)
    assert found.percent == 70
    assert found.kappa == pytest.approx(0.4)
    assert agreement("x", [(True, True)] * ENOUGH).kappa is None
    few = agreement("x", [(True, True)] * (ENOUGH - 1))
    assert (few.is_enough, few.share, few.kappa) == (False, None, None)


def test_agreement_is_told_for_each_needs_group(client_of: ClientOf) -> None:
    activity = cricket()
    for who in ("erin", "ada"):
        opinions.give(activity=activity, by=person(who), chosen=chose("thriving"))
    assert [(one.name, one.number) for one in agreements()] == [
        ("Staying well", 1),
        ("Advice and finding your way", 1),
        ("Help towards a goal", 1),
        ("Longer or specialist help", 1),
        ("Support to stay safe", 1),
    ]
    assert "not enough yet" in client_of("erin").get(DESK).content.decode()


def test_the_desk_takes_as_many_questions_for_four_as_for_two(client_of: ClientOf) -> None:
    client = client_of("erin")
    numbers = []
    for _time in range(2):
        cricket()
        cricket()
        client.get(DESK)
        with CaptureQueriesContext(connection) as asked:
            client.get(DESK)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
