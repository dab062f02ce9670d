"""Staff say what is the same, and what is not for us."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assets.models import Activity, HarvestDuplicate, Organisation, Source, Venue
from tests.assets.harvesting.feeds import another, at, bring, key, service, text
from tests.assets.make import make_activity, make_organisation, make_schedule, publish

pytestmark = pytest.mark.django_db


def lines(page: str) -> list[tuple[str, str]]:
    return re.findall(r"<dt>([^<]*)</dt><dd><bdi>([^<]*)</bdi></dd>", page)


def all_statuses() -> list[str]:
    """Of all groups, places and activities."""
    models = (Organisation, Venue, Activity)
    return sorted(one.status for model in models for one in model.objects.all())


def test_an_answer_is_kept_and_acted_on(editor: Client, erin: User) -> None:
    publish(make_organisation(name="Wren Field Club"))
    bring(service())
    source, asked = Source.objects.get(), HarvestDuplicate.objects.get()
    assert "Theirs: “Wren Field Club”" in text(editor, at(source, "duplicates"))
    editor.post(at(source, "duplicates"), {f"is-{asked.pk}": "same"})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("same", erin)
    assert bring(service()).counts == {"made": 1}


def test_theirs_stands_beside_ours(editor: Client) -> None:
    ours = publish(make_organisation(name="Wren Field Club", summary="We sing."))
    bring(service())
    page = text(editor, at(Source.objects.get(), "duplicates"))
    assert lines(page) == [
        ("Group, in one or two sentences", "Play by the river."),
        ("E-mail", "wrens@example.org"),
        (
            "Runs",
            "Wren Club: Tuesdays, 6 pm to 7.30 pm, in term time; club@example.org; "
            "01632 960123 · ask for Jo; https://wrens.example.org/club",
        ),
        ("Group, in one or two sentences", "We sing."),
        ("Phone", "01632 960123"),
    ]
    assert f'href="/admin/assets/organisation/{ours.pk}/change/"' in page


def test_the_page_of_what_is_asked_asks_as_much_for_three_as_for_one(editor: Client) -> None:
    counted = []
    for names in (["One"], ["One", "Two", "Three"]):
        for name in names:
            if not Activity.objects.filter(title=name).exists():
                make_schedule(publish(make_activity(title=name)))
        bring(*(another(name) for name in names))
        text(editor, at(Source.objects.get(), "duplicates"))
        with CaptureQueriesContext(connection) as queries:
            page = text(editor, at(Source.objects.get(), "duplicates"))
        assert page.count("<fieldset>") == len(names)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_what_is_asked_again_stands_as_they_say_it_now_and_an_answer_forgets_it(
    editor: Client,
) -> None:
    activity = publish(make_activity(title="Wren Club"))
    bring(service())
    bring(service(description="Now with drums."))
    asked = HarvestDuplicate.objects.get()
    assert ["In one or two sentences", "Now with drums."] in asked.theirs
    page = text(editor, at(Source.objects.get(), "duplicates"))
    assert page.count(f"<dd><bdi>{activity.organisation}</bdi>") == 1
    assert page.count("<dd><bdi>Bakewell</bdi>") == 2
    editor.post(at(Source.objects.get(), "duplicates"), {f"is-{asked.pk}": "same"})
    bring(service(description="And with bells."))
    asked.refresh_from_db()
    assert (asked.answer, asked.theirs) == ("same", [])


def test_what_is_not_for_us_goes_with_its_group_and_place_and_stays_away(
    editor: Client, erin: User
) -> None:
    bring(service())
    source, activity = Source.objects.get(), Activity.objects.get()
    page = editor.post(
        at(source, "drafts"), {"draft": [str(activity.pk)], "refuse": "1"}, follow=True
    )
    told = f'1 is taken away: <a href="/admin/assets/activity/{activity.pk}/change/">Wren Club</a>.'
    assert told in page.content.decode()
    its_page = text(editor, f"/admin/assets/activity/{activity.pk}/change/")
    assert "No reading brings it back." in its_page
    last = activity.moves.get(to_status="withdrawn")
    assert (last.moved_by, last.why) == (erin, "not for us")
    for _again in range(2):
        assert bring(service(description="Now with drums.")).counts == {"away": 1}
        assert all_statuses() == ["withdrawn"] * 3
    # Nor does a new place of it.
    moved = service()
    moved["service_at_locations"][0]["location"] |= {"id": key("mill"), "name": "Mill"}
    bring(moved)
    assert all_statuses() == ["withdrawn"] * 3
    # With something else of theirs, the group and the place are wanted again.
    bring(service(), another("Chess"))
    assert Activity.objects.get(title="Chess").status == "draft"
    assert all_statuses() == ["draft"] * 3 + ["withdrawn"]


def test_what_is_no_draft_any_more_is_told(editor: Client) -> None:
    bring(service(), another("Chess"))
    source, both = Source.objects.get(), [str(one.pk) for one in Activity.objects.all()]
    editor.post(at(source, "drafts"), {"draft": both[:1]})
    page = editor.post(at(source, "drafts"), {"draft": both, "refuse": "1"}, follow=True)
    said = page.content.decode()
    assert ("1 is taken away:" in said, "1 was no draft any more." in said) == (True, True)


def test_reasons_about_groups_are_no_drafts(editor: Client) -> None:
    """Without a way to reach it its group stays a draft, too: two things, and one was ticked."""
    bring(service())
    source, activity = Source.objects.get(), Activity.objects.get()
    activity.organisation.contacts.all().delete()
    page = editor.post(at(source, "drafts"), {"draft": [str(activity.pk)]}, follow=True)
    said = page.content.decode()
    assert ("stays a draft" in said, "no draft" in said) == (True, False)


def test_an_answer_can_be_taken_back(editor: Client) -> None:
    publish(make_activity(title="Wren Club"))
    bring(service())
    source, asked = Source.objects.get(), HarvestDuplicate.objects.get()
    page = at(source, "duplicates")
    assert "theirs stays out" in text(editor, page)
    assert "Ask again" not in text(editor, page)
    said = editor.post(page, {f"is-{asked.pk}": "same"}, follow=True).content.decode()
    assert f'<a href="{at(source, "read")}">Read it now</a>' in said
    assert bring(service()).counts == {"skipped": 1}
    assert "the same as our Wren Club" in text(editor, page)
    editor.post(page, {"again": str(asked.pk)})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("", None)
    assert bring(service()).counts == {"waiting": 1}


def test_what_is_not_for_us_leaves_what_others_need(editor: Client) -> None:
    bring(service(), another("Chess"))
    source, wrens = Source.objects.get(), Activity.objects.get(title="Wren Club")
    editor.post(at(source, "drafts"), {"draft": [str(wrens.pk)], "refuse": "1"})
    assert all_statuses() == ["draft"] * 3 + ["withdrawn"]
    assert editor.post(at(source, "drafts"), {"refuse": "1"}).status_code == 302
    assert all_statuses() == ["draft"] * 3 + ["withdrawn"]
