"""Filters: what is ticked stays ticked, each can be taken away, and every number is kept."""

import pytest

from assets.search.query import PAGE_SIZE
from tests.assets.shown import asked, search

pytestmark = pytest.mark.usefixtures("example_district")


def test_ticked_boxes_stay_ticked() -> None:
    page = search().send(("cost", "free"), ("needs", "thriving"), ("access", "step-free"))
    assert sorted(page.sent) == [
        ("access", "step-free"),
        ("cost", "free"),
        ("needs", "thriving"),
    ]


def test_the_form_takes_along_how_the_page_is_looked_at() -> None:
    ids = "AAAAAAAAAAAAAAAAAAAAAA"
    page = search(f"sort=name&view=dates&ids={ids}").send(("cost", "free"))
    assert sorted(page.sent) == [
        ("cost", "free"),
        ("ids", ids),
        ("sort", "name"),
        ("view", "dates"),
    ]


@pytest.mark.parametrize("query", ["", "near=Matlock&within=5", "age=12&cost=free"])
def test_each_number_in_the_panel_is_what_ticking_gives(query: str) -> None:
    page = search(query)
    boxes = [(box, count) for box, count in page.counts.items() if box not in page.sent]
    assert len(boxes) > 30
    for box, count in boxes[::2] if query else boxes:
        if box[0] == "cost" and "cost=" in query:
            continue
        assert (box, search(f"{query}&{box[0]}={box[1]}").total) == (box, count)


def test_two_of_one_filter_are_either_and_two_filters_are_both() -> None:
    free, help_with_cost = search("cost=free").total, search("cost=help").total
    assert search("cost=free&cost=help").total == free + help_with_cost
    assert search("cost=free&age=3").total < free


def test_a_chip_takes_one_away_and_keeps_the_rest() -> None:
    query = "q=group&near=Matlock&within=20&age=3&cost=free&cost=help&sort=name&view=text&page=2"
    rest = asked(f"?{query}")
    rest.remove(("page", "2"))
    page = search(query.replace("&view=text", "").replace("&page=2", ""))
    taken = {
        "“group”": ("q", "group"),
        "Near Matlock": ("near", "Matlock"),
        "Within 20 miles": ("within", "20"),
        "Age 3": ("age", "3"),
        "Free": ("cost", "free"),
        "Help with the cost": ("cost", "help"),
    }
    rest.remove(("view", "text"))
    left = {words: [one for one in rest if one != gone] for words, gone in taken.items()}
    # A distance from nowhere narrows nothing.
    left["Near Matlock"].remove(("within", "20"))
    assert {words: asked(url) for words, url in page.chips.items()} == left


def test_a_chip_keeps_the_list_and_the_view_and_starts_on_the_first_page() -> None:
    ids = "AAAAAAAAAAAAAAAAAAAAAA"
    page = search(f"cost=free&view=dates&ids={ids}&page=2")
    assert asked(page.chips["Free"]) == [("ids", ids), ("view", "dates")]


def test_clear_all_keeps_what_was_kept() -> None:
    ids = "AAAAAAAAAAAAAAAAAAAAAA"
    page = search(f"cost=free&ids={ids}")
    assert ("Clear all", f"/activities/?ids={ids}") in page.links
    assert ("Clear all", "/activities/") in search("cost=free").links


def test_bad_values_are_told_and_nothing_else_is_lost() -> None:
    page = search("q=art&near=Matlock&age=banana&cost=free&needs=thriving&sort=name&view=text")
    assert page.status == 400
    assert "Write an age such as 7, 18 months or pregnant." in page.html
    assert sorted(page.sent) == [
        ("age", "banana"),
        ("cost", "free"),
        ("near", "Matlock"),
        ("needs", "thriving"),
        ("q", "art"),
        ("sort", "name"),
        ("view", "text"),
    ]
    mended = page.send(("age", "12"), without=["age"])
    assert mended.status == 200
    assert dict(mended.sent)["cost"] == "free"


@pytest.mark.parametrize(
    "bad", ["sort=nope", "view=nope", "when=on", "cost=nope", "starting=nope", "page=nope"]
)
def test_what_nobody_can_mend_in_the_form_is_not_sent_again(bad: str) -> None:
    page = search(f"q=art&{bad}")
    assert page.status == 400
    assert page.says == []
    again = page.send()
    assert again.status == 200
    assert again.sent == [("q", "art")]


def test_filters_stay_where_the_panel_is_not_there() -> None:
    page = search("near=Atlantis&cost=free&when=week")
    assert page.counts == {}
    found = page.send(("near", "Matlock"), without=["near"])
    assert sorted(found.sent) == [("cost", "free"), ("near", "Matlock"), ("when", "week")]


@pytest.mark.parametrize("view", ["", "&view=text", "&view=print"])
def test_past_the_end_is_said_in_every_view(view: str) -> None:
    page = search(f"page=99{view}")
    assert page.status == 404
    assert "There is no such page: the list is shorter. You could:" in page.all("p")


def test_by_day_has_no_pages_to_be_past_the_end_of() -> None:
    assert search("view=dates&page=99").status == 200


def test_pages_hold_each_result_once() -> None:
    first = search("sort=name")
    second = first.follow("Next")
    assert len(first.titles) == PAGE_SIZE
    assert asked(second.path) == [("page", "2"), ("sort", "name")]
    assert not {*first.titles} & {*second.titles}
