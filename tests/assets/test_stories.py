"""Stories: told with a yes and once a colleague has read them; gone at once when taken back."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assets import listings, stories
from assets.models import Activity, SharedStory, Status
from tests.assets.make import make_activity, make_venue, publish
from tests.people import person
from thrive.models import Theme

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
LIST = "/admin/assets/sharedstory/"
YES = {
    "child_agreed": True,
    "parent_agreed": True,
    "agreed_how": "said",
    "agreed_on": date(2026, 11, 3),
}


def make_story(title: str = "The bus", *, public: bool = True, **changes: Any) -> SharedStory:
    tied = {name: changes.pop(name) for name in stories.TIED_TO if name in changes}
    fields = {"title": title, "text": f"{title} came.", "whose": "child"} | YES | changes
    story = stories.note(story=SharedStory(**fields), by=person("mona"), tied=tied)
    return stories.publish(story=story, by=person("erin")) if public else story


def themes(*keys: str) -> list[Theme]:
    return list(Theme.objects.filter(pk__in=keys))


def told(query: str = "") -> list[str]:
    page = Client().get(f"/stories/?{query}").content.decode()
    return re.findall(r'<h2 class="card__title"><bdi>(.*?)</bdi>', page)


@pytest.mark.parametrize(
    ("whose", "changes", "is_told"),
    [
        ("child", {}, True),
        ("child", {"parent_agreed": False}, False),
        ("child", {"child_agreed": False}, False),
        ("child", {"agreed_on": None}, False),
        ("child", {"agreed_how": ""}, False),
        ("young-person", {"parent_agreed": False}, True),
        ("young-person", {"child_agreed": False}, False),
        ("parent", {"child_agreed": False}, False),
        ("parent", {}, True),
    ],
)
def test_it_is_told_only_where_they_said_yes(
    whose: str, changes: dict[str, Any], is_told: bool
) -> None:
    story = make_story(public=False, whose=whose, **changes)
    if is_told:
        stories.publish(story=story, by=person("erin"))
    else:
        with pytest.raises(ValidationError):
            stories.publish(story=story, by=person("erin"))
    assert told() == (["The bus"] if is_told else [])


def test_a_colleague_reads_it_first(client_of: ClientOf) -> None:
    story = make_story(public=False)
    assert told() == []
    with pytest.raises(ValidationError, match="Somebody else"):
        stories.publish(story=story, by=person("mona"))
    page = client_of("erin").post(f"{LIST}{story.pk}/publish/", follow=True)
    assert "It is public now." in page.content.decode()
    assert told() == ["The bus"]


def test_what_is_changed_is_read_again() -> None:
    story = make_story()
    story.text = "It never came."
    stories.note(story=story, by=person("ada"))
    assert told() == []
    with pytest.raises(ValidationError):
        stories.publish(story=story, by=person("ada"))


def test_taken_back_it_is_gone_from_everywhere_at_once(client_of: ClientOf) -> None:
    hall = publish(make_venue())
    club = publish(make_activity(title="Bus club", venue=hall))
    story = make_story("Zebra night", activities=[club], venues=[hall], themes=themes("mobility"))
    at = f"/places/{hall.slug}/"
    public = ["/stories/", f"/activities/{club.slug}/", at, "/themes/mobility/"]
    assert all("Zebra" in Client().get(path).content.decode() for path in public)
    editor = client_of("erin")
    assert editor.post(f"{LIST}{story.pk}/withdraw/").status_code == 302
    assert not any("Zebra" in Client().get(path).content.decode() for path in public)
    assert "Zebra" not in editor.get(LIST).content.decode()
    assert "Zebra" not in editor.get(f"{LIST}{story.pk}/change/").content.decode()
    assert "Zebra" not in everything()
    again = stories.withdraw(story=story, by=person("ada"))
    assert again.withdrawn_by == person("erin")
    with pytest.raises(ValidationError):
        stories.note(story=again, by=person("ada"))
    with pytest.raises(ValidationError):
        stories.publish(story=again, by=person("ada"))


def everything() -> str:
    """Every table that could keep a story: its own, its history if it had one, the staff's log."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "story" in table or table == "django_admin_log":
                cursor.execute(f"SELECT string_agg(t::text, '|') FROM {table} t")
                found.append(str(cursor.fetchone()[0]))
    return " ".join(found)


def test_staff_note_a_story_and_no_log_keeps_its_words(client_of: ClientOf) -> None:
    club = publish(make_activity(title="Bus club"))
    sent = {
        "title": "Zebra night",
        "text": "We went by bus.",
        "whose": "child",
        "child_agreed": "on",
        "parent_agreed": "on",
        "agreed_how": "written",
        "agreed_on": "2026-11-03",
        "activities": f"https://example.org/activities/{club.slug}/\n",
        "themes": ["mobility"],
    }
    editor = client_of("erin")
    wrong = editor.post(f"{LIST}add/", sent | {"activities": "nowhere"})
    assert [*wrong.context["adminform"].form.errors] == ["activities"]
    named = editor.post(f"{LIST}add/", sent | {"text": "Ring me on 01632 960123"})
    assert [*named.context["adminform"].form.errors] == ["text"]
    assert editor.post(f"{LIST}add/", sent).status_code == 302
    story = SharedStory.objects.get()
    assert [*story.activities.all()] == [club]
    assert story.noted_by == person("erin")
    page = editor.post(f"{LIST}{story.pk}/publish/", follow=True).content.decode()
    assert "Somebody else than who noted it reads it first." in page
    assert told() == []


@pytest.mark.parametrize("who", ["stefan", "vera", "visitor"])
def test_who_may_not_change_neither_publishes_nor_takes_back(client_of: ClientOf, who: str) -> None:
    story = make_story(public=False)
    for verb in ("publish", "withdraw", "change"):
        answer = client_of(who).post(f"{LIST}{story.pk}/{verb}/")
        assert answer.status_code == (403 if who == "stefan" else 302)
    story.refresh_from_db()
    assert (story.published_at, story.withdrawn_at) == (None, None)


def test_stories_are_found_by_whose_theme_way_and_words() -> None:
    make_story("The bus", themes=themes("mobility", "youth-voice"))
    make_story("The boat", whose="parent", ways_of_working=["coaching"], themes=themes("mobility"))
    assert told() == ["The boat", "The bus"]
    assert told("whose=parent") == ["The boat"]
    assert told("theme=youth-voice&theme=mobility") == ["The boat", "The bus"]
    assert told("working=coaching") == ["The boat"]
    assert told("q=BUS+came") == ["The bus"]
    assert told("q=zebra") == []
    assert Client().get("/stories/?whose=banana").status_code == 400


def test_a_story_does_not_name_an_activity_that_nobody_may_see() -> None:
    club = publish(make_activity(title="Secret club"))
    make_story(activities=[club])
    assert "Secret club" in Client().get("/stories/").content.decode()
    listings.move(listing=club, to=Status.WITHDRAWN, by=None)
    assert "Secret club" not in Client().get("/stories/").content.decode()


def test_the_page_asks_no_more_for_three_stories_than_for_one() -> None:
    counted = []
    for number in (1, 2):
        for one in range(number):
            club = publish(make_activity(title=f"Club {number} {one}"))
            make_story(f"Story {number} {one}", activities=[club], themes=themes("mobility"))
        Client().get("/stories/")
        with CaptureQueriesContext(connection) as queries:
            Client().get("/stories/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_table_itself_keeps_no_words_of_what_was_taken_back(erin: User) -> None:
    story = make_story()
    stories.withdraw(story=story, by=erin)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedStory.objects.filter(pk=story.pk).update(text="Once more")
    assert Activity.objects.count() == 0
