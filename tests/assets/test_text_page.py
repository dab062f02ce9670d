"""Text alone: for a slow phone with little credit, and a search by itself."""

import pytest
from django.test import Client

from assets.search.query import PAGE_SIZE
from tests.assets.shown import asked, search

pytestmark = pytest.mark.usefixtures("example_district")
MOST_BYTES = 15_000


@pytest.mark.parametrize("query", ["", "near=Matlock&within=20", "age=12&near=Bakewell&within=20"])
def test_a_full_page_is_small(query: str) -> None:
    page = search(f"view=text&{query}")
    assert len(page.all("h2")) == PAGE_SIZE
    assert len(page.html.encode()) < MOST_BYTES


def test_a_full_page_with_a_full_list_is_not_much_larger() -> None:
    ids = ",".join(["AAAAAAAAAAAAAAAAAAAAAA"] * 40)
    assert len(search(f"view=text&ids={ids}").html.encode()) < MOST_BYTES


def test_it_loads_nothing_else() -> None:
    page = Client().get("/activities/?view=text").content.decode()
    assert [
        tag for tag in ("<link", "<img", "<svg", "<script", "<style", "style=") if tag in page
    ] == []


def test_it_is_a_search_by_itself() -> None:
    page = search("view=text").send(("q", "football"), without=["q"])
    assert ("view", "text") in asked(page.path)
    assert page.all("h2") == search("q=football").titles
    assert page.links[0] == ("Need help now?", "/help-now/")


def test_its_pages_lead_on_and_back() -> None:
    page = search("view=text&sort=name")
    assert page.follow("Next").follow("Back").html == page.html
    assert "Page 1 of 10 Next" in page.all("p")


def test_mistakes_are_told_in_text_alone() -> None:
    page = search("view=text&age=banana&q=art")
    assert page.status == 400
    assert "Write an age such as 7, 18 months or pregnant." in page.all("p")
    assert "stylesheet" not in page.html
    assert sorted(page.sent) == [("age", "banana"), ("q", "art"), ("view", "text")]


def test_a_place_that_nobody_knows_is_told_in_text_alone() -> None:
    page = search("view=text&near=Matlok+Bth")
    assert "stylesheet" not in page.html
    assert page.heading == "We could not find that place" or page.total


def test_nothing_found_is_told_with_ways_on_in_text_alone() -> None:
    page = search("view=text&near=Bakewell&age=3&needs=getting-more-help")
    assert "stylesheet" not in page.html
    assert [way[1] for way in page.ways_on] == [45, 5]
    assert ("see everything on the board", "/activities/") in page.links


def test_words_of_crisis_show_people_first_in_text_too() -> None:
    page = search("view=text&q=i+want+to+die")
    assert "You do not have to carry this alone" in page.html
    assert "stylesheet" not in page.html


def test_filters_and_colours_are_one_tap_away() -> None:
    page = search("view=text&near=Matlock&cost=free")
    assert dict(page.links)["With filters and colours"] == "?near=Matlock&cost=free"
