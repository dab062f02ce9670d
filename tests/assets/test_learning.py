"""Learning pages: whom to call first, whom to ask, what others wrote, and nothing that harms."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets import learning, listings
from assets.learning_load import FOLDER
from assets.models import HelpLine, LearningNote, Reader, Resource
from tests.assets.make import make_activity, publish, tag
from tests.guards.test_reading_age import HIGHEST_GRADE, grade
from thrive.models import NeedsGroup, Theme

pytestmark = pytest.mark.django_db

# Of eating disorders our pages name no figures, no ways and no bodies.
HARMFUL = (
    r"weigh\w*|calor\w*|kcal\w*|bmi|kilos?|kgs?|stones?|lbs?|inch\w*|dress size|size \d+|thin\w*|"
    r"skinn\w*|slim\w*|fat|purg\w*|laxativ\w*|vomit\w*|sick up|bing\w*|fasting|starv\w*|diet\w*|"
    r"body image|mirror|before and after|lose|lost|gain\w*"
)
# Where a need is heavy, somebody to talk to comes before all else.
HEAVY = {
    "/themes/eating-disorders/": "Beat",
    "/themes/anxiety-and-isolation/": "Childline",
    "/themes/social-media/": "Childline",
    "/thrive/getting-more-help/": "NHS 111",
    "/thrive/getting-risk-support/": "999",
}


def pages() -> list[str]:
    themes = [f"/themes/{theme.pk}/" for theme in Theme.objects.all()]
    return [*themes, *(f"/thrive/{group.pk}/" for group in NeedsGroup.objects.all())]


def main_part(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def our_words(of: str) -> Iterator[str]:
    """All that the files say on the page of this theme, and of what there is to read about it."""
    page = next(one for one in of_file("learning", "page") if one.get("theme") == of)
    yield from (line["text"] for line in page["line"])
    for resource in of_file("resources", "resource"):
        if of in resource.get("themes", []):
            yield from (resource["name"], resource["summary"])


def of_file(name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text())[key]
    return rows


def make_note(**changes: Any) -> LearningNote:
    fields = {
        "slug": f"note-{LearningNote.objects.count()}",
        "theme_id": "mobility",
        "reader": "families",
        "kind": "ask",
        "text": "Ask the driver.",
    }
    return LearningNote.objects.create(**fields | changes)


def test_every_page_speaks_to_each_reader() -> None:
    for path in pages():
        page = main_part(path)
        headings = re.findall(
            r'<h2 id="(?:families|young-people|workers)-heading">(.*?)</h2>', page
        )
        assert headings == ["Families", "Young people", "People who work with them"], path
        assert page.count("<h3>Who to ask</h3>") == 3, path


@pytest.mark.parametrize("path", HEAVY)
def test_where_it_is_heavy_somebody_to_talk_to_stands_first(path: str) -> None:
    page = main_part(path)
    first = re.search(r'<ul class="help-lines">\s*<li[^>]*><a[^>]*>([^<]*)', page)
    assert first
    assert first[1].startswith(HEAVY[path])
    assert page.index('class="help-lines"') < page.index('id="families"')


def test_on_eating_disorders_no_figures_no_ways_and_no_bodies() -> None:
    said = list(our_words("eating-disorders"))
    assert len(said) > 8
    # The number of a guideline, and an age.
    told = [re.sub(r"NG69|under 19", "", one) for one in said]
    harmful = [one for one in told if re.search(rf"\b({HARMFUL})\b|\d", one, re.I)]
    assert harmful == []
    assert "<img" not in main_part("/themes/eating-disorders/")


def test_what_would_harm_is_noticed() -> None:
    for words in ("Eat 1,200 calories", "She lost weight", "He is too thin", "Use a mirror"):
        assert re.search(rf"\b({HARMFUL})\b", words, re.I), words


def test_our_own_words_are_easy_to_read() -> None:
    lines = [line["text"] for page in of_file("learning", "page") for line in page["line"]]
    summaries = [one["summary"] for one in of_file("resources", "resource")]
    assert grade(lines) <= HIGHEST_GRADE
    assert grade(summaries) <= HIGHEST_GRADE


def test_nothing_in_the_files_claims_that_somebody_looked() -> None:
    assert not Resource.objects.exclude(checked_on=None).exists()
    assert "link not checked yet" in main_part("/themes/eating-disorders/")
    Resource.objects.filter(pk="beat").update(
        checked_on=date(2026, 11, 3), check_again_by=date(2027, 5, 3)
    )
    assert "checked on 3 November 2026" in main_part("/themes/eating-disorders/")


def test_advice_of_our_own_shows_its_reviewer_or_does_not_show() -> None:
    make_note(kind="advice", text="Sing on the bus.", is_public=False)
    assert "Sing on the bus." not in main_part("/themes/mobility/")
    make_note(
        kind="advice",
        text="Hum on the bus.",
        reviewer="Dr Ada Wright, bus doctor",
        reviewed_on=date(2026, 11, 3),
    )
    page = main_part("/themes/mobility/")
    assert "Hum on the bus." in page
    assert "Reviewed by Dr Ada Wright, bus doctor on 3 November 2026." in page


def test_what_points_to_something_hidden_is_hidden_too() -> None:
    assert "Traveline" in main_part("/themes/mobility/")
    Resource.objects.filter(pk="traveline").update(is_public=False)
    assert "traveline" not in main_part("/themes/mobility/").lower()


def test_what_is_near_leads_to_the_search_that_finds_as_many() -> None:
    for title in ("Bus club", "Bike club"):
        club = publish(make_activity(title=title, age_from=132, age_before=216))
        tag(club, "themes", "mobility")
        listings.refresh(listing=club)
    caches["pieces"].clear()
    found = learning.of(theme=Theme.objects.get(pk="mobility"))
    counts = {part.reader: part.count for part in found.parts}
    assert counts == {"families": 0, "young-people": 2, "workers": 0}
    search = next(part.search for part in found.parts if part.reader == Reader.YOUNG_PEOPLE)
    page = Client().get(f"/activities/?{search}")
    assert page.context["answer"].total == 2


def test_a_page_asks_no_more_for_many_lines_than_for_few() -> None:
    counted = []
    for _time in range(2):
        caches["pieces"].clear()
        with CaptureQueriesContext(connection) as queries:
            main_part("/themes/mobility/")
        counted.append(len(queries))
        for _number in range(3):
            make_note(kind="read", resource_id="beat")
    assert counted[0] == counted[1]


def test_loading_again_leaves_what_staff_changed() -> None:
    LearningNote.objects.filter(pk="mobility-families-1").update(text="Ask the vicar.")
    Resource.objects.filter(pk="beat").update(summary="Ours now.")
    before = LearningNote.objects.count()
    call_command("load_reference", verbosity=0)
    assert LearningNote.objects.get(pk="mobility-families-1").text == "Ask the vicar."
    assert Resource.objects.get(pk="beat").summary == "Ours now."
    assert LearningNote.objects.count() == before


def test_a_help_line_that_is_changed_is_changed_here_too() -> None:
    HelpLine.objects.filter(pk="beat").update(phone="01632 960555", phone_tel="01632960555")
    assert 'href="tel:01632960555"' in main_part("/themes/eating-disorders/")


# --- Resources ---


def listed(query: str = "") -> list[str]:
    page = Client().get(f"/resources/?{query}").content.decode()
    return re.findall(
        r'<h2 class="card__title"><a href="https://[^"]*"[^>]*><bdi>(.*?)</bdi>', page
    )


def test_resources_are_found_by_words_and_by_what_they_are_about() -> None:
    assert "Beat" in listed()
    assert listed("q=GUIDELINE+treat") == ["Eating disorders: recognition and treatment (NG69)"]
    assert listed("theme=speech-and-language&reader=workers") == ["Speech and Language UK"]
    assert listed("theme=mobility&theme=youth-voice&reader=young-people") == [
        "Hear by Right",
        "Traveline",
    ]
    assert listed("q=zebracrossing") == []


def test_the_counts_of_the_filters_are_what_choosing_them_finds() -> None:
    page = Client().get("/resources/?reader=workers")
    groups = {group.name: group for group in page.context["groups"]}
    for name in ("reader", "theme", "needs"):
        for option in [*groups[name].options, *groups[name].more]:
            asked = "" if name == "reader" else "&reader=workers"
            assert len(listed(f"{name}={option.value}{asked}")) == option.count, option


def test_what_is_not_public_is_on_no_page() -> None:
    Resource.objects.filter(pk="beat").update(is_public=False)
    assert "Beat" not in listed()
    assert "Beat" not in listed("q=beat")


def test_bad_values_and_pages_past_the_end() -> None:
    assert Client().get("/resources/?reader=banana").status_code == 400
    assert Client().get(f"/resources/?q={'x' * 101}").status_code == 400
    assert Client().get("/resources/?page=99").status_code == 404


def test_what_nobody_has_looked_at_for_long_is_a_task(client_of: Any) -> None:
    today = timezone.localdate()
    Resource.objects.update(checked_on=today, check_again_by=today + timedelta(days=1))
    editor = client_of("erin")
    assert "What there is to read, due for a check" in editor.get("/admin/").content.decode()
    assert not Resource.objects.due().exists()
    Resource.objects.filter(pk="beat").update(
        checked_on=today - timedelta(days=200), check_again_by=today - timedelta(days=1)
    )
    Resource.objects.filter(pk="minded").update(checked_on=None, check_again_by=None)
    page = editor.get("/admin/assets/resource/?do=check")
    assert [row.pk for row in page.context["cl"].result_list] == ["minded", "beat"]
    editor.post(
        "/admin/assets/resource/",
        {"action": "checked_today", "_selected_action": ["minded", "beat"]},
    )
    assert not Resource.objects.due().exists()


def test_staff_add_something_to_read(client_of: Any) -> None:
    sent = {
        "name": "Boots and brollies",
        "summary": "What to wear.",
        "address": "http://example.org/",
        "publisher": "A charity",
        "readers": ["workers"],
        "is_public": "on",
    }
    editor = client_of("erin")
    page = editor.post("/admin/assets/resource/add/", sent)
    assert [*page.context["adminform"].form.errors] == ["address"]
    sent["address"] = "https://example.org/"
    assert editor.post("/admin/assets/resource/add/", sent).status_code == 302
    assert listed("q=brollies") == ["Boots and brollies"]


def test_staff_cannot_publish_advice_that_nobody_reviewed(client_of: Any) -> None:
    sent = {
        "theme": "mobility",
        "reader": "families",
        "kind": "advice",
        "text": "Skip to the bus.",
        "is_public": "on",
        "reading_order": "5",
    }
    editor = client_of("erin")
    page = editor.post("/admin/assets/learningnote/add/", sent)
    assert [*page.context["adminform"].form.errors] == ["reviewer"]
    sent |= {"reviewer": "Dr Ada Wright", "reviewed_on": "2026-11-03"}
    assert editor.post("/admin/assets/learningnote/add/", sent).status_code == 302
    assert "Skip to the bus." in main_part("/themes/mobility/")
