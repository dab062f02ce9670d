"""What the search says of itself, and what it must not throw away."""

import re

import pytest
from django.test import Client

from assets.forms import DEFAULT_MILES
from assets.understanding.distances import MILES


def page(query: str) -> str:
    return Client().get(f"/activities/?{query}").content.decode()


def test_distress_is_met_with_people_to_reach_by_voice_and_by_text(example_district: None) -> None:
    for words in ("can't cope", "i cant cope", "panic attack", "hopeless", "i hate myself"):
        shown = page(f"q={words}")
        assert "You do not have to carry this alone" in shown
        assert 'href="tel:08001111"' in shown
        assert 'href="sms:85258' in shown
        assert "drawing" not in shown


def test_words_of_crisis_never_lead_to_what_merely_shares_a_word(example_district: None) -> None:
    assert "Saturday football" not in page("q=i want to die on saturday")
    assert "Saturday football" in page("q=football zebracrossing")


def test_a_search_by_needs_group_says_so(example_district: None) -> None:
    assert "results: Help towards a goal</h1>" in page("needs=getting-help")


@pytest.mark.parametrize("garbage", ["garbage", "thriving&needs=nope&theme=nope"])
def test_a_needs_group_or_theme_that_is_none_is_told_by_name(
    example_district: None, garbage: str
) -> None:
    for name, label in (("needs", "What would help?"), ("theme", "On your mind")):
        answer = Client().get(f"/activities/?{name}={garbage}")
        assert answer.status_code == 400
        assert f"<li>{label} – Choose from the list.</li>" in answer.content.decode()


def test_a_distance_from_nowhere_says_that_it_needs_a_place(example_district: None) -> None:
    assert "tell us where" in page("within=3&age=4")
    assert "tell us where" not in page("within=3&near=Matlock")
    assert "tell us where" not in page("age=4")


def test_a_place_stays_while_other_things_are_taken_away(example_district: None) -> None:
    shown = page("q=toddler&near=DE4+3AB&age=2")
    assert 'href="?near=DE4+3AB&amp;age=2"' in shown
    assert 'href="?q=toddler&amp;age=2"' in shown


def test_a_page_past_the_end_says_so(example_district: None) -> None:
    assert "There is no such page" in page("page=99")


def test_nobody_is_told_to_just_come_to_somebodys_home(example_district: None) -> None:
    shown = Client().get("/activities/sums-and-soup/").content.decode()
    assert "somebody&#x27;s home" in shown
    assert "Just come along" not in shown


def test_the_form_offers_each_distance(example_district: None) -> None:
    offered = re.findall(r'<option value="(\d*)"( selected)?>(\d+) miles?', page(""))
    # The usual one has no value: it need not be chosen.
    assert [(value, int(miles)) for value, _selected, miles in offered] == [
        ("" if miles == DEFAULT_MILES else str(miles), miles) for miles in MILES
    ]
    assert [value for value, selected, _miles in offered if selected] == [""]
