"""What stands in the words is put where it belongs, and said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assets.forms import LONGEST_WORDS
from tests.assets.shown import asked, search

pytestmark = pytest.mark.usefixtures("example_district")
LINK = "Look for just those words instead"
IN_A_WEEK = timezone.localdate() + timedelta(days=7)


def test_a_place_in_the_words_goes_to_its_own_field() -> None:
    page = search("q=football+tideswell")
    assert page.sent == [("q", "football"), ("near", "Tideswell")]
    assert page.says == [f"We read “football tideswell” as: “football”, near Tideswell. {LINK}"]
    assert page.titles == [
        "Saturday football",
        "Rovers All-Ways",
        "Thistle Seeds",
        "Thistles under 14",
    ]


def test_a_day_in_the_words_is_ticked_among_the_filters() -> None:
    page = search("q=football+saturday")
    assert page.sent == [("q", "football"), ("when", "saturday")]
    assert page.says == [f"We read “football saturday” as: “football”, This Saturday. {LINK}"]


def test_an_age_in_the_words_goes_to_its_own_field() -> None:
    page = search("q=football+7+year+old")
    assert page.sent == [("q", "football"), ("age", "7")]
    assert page.says == [f"We read “football 7 year old” as: “football”, age 7 years. {LINK}"]


def test_a_cost_in_the_words_is_ticked_among_the_filters() -> None:
    page = search("q=free+football")
    assert page.sent == [("q", "football"), ("cost", "free")]
    assert page.says == [f"We read “free football” as: “football”, Free. {LINK}"]


def test_all_of_them_at_once() -> None:
    page = search("q=football+near+tideswell+on+saturday+for+my+7+year+old")
    assert dict(page.sent) == {
        "q": "football",
        "near": "Tideswell",
        "age": "7",
        "when": "saturday",
    }
    assert page.says[0].endswith(
        f"as: “football”, near Tideswell, age 7 years, This Saturday. {LINK}"
    )


def test_just_those_words_are_looked_for_when_somebody_would_rather() -> None:
    page = search("q=football+tideswell").follow(LINK)
    assert "for “football tideswell”" in page.heading
    assert ("q", "football tideswell") in page.sent
    assert "near" not in dict(page.sent)
    assert not [text for text in page.says if text.startswith("We read")]


def test_just_those_words_stay_so_while_other_things_change() -> None:
    page = search("q=football+saturday&exact=1").send(("cost", "free"))
    assert ("q", "football saturday") in page.sent
    assert "when" not in dict(page.sent)


def test_other_words_are_read_again() -> None:
    page = search("q=football+saturday&exact=1")
    changed = page.send(("q", "football tideswell"), without=["q"])
    assert dict(changed.sent)["near"] == "Tideswell"


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("q=football+tideswell&near=Matlock", "near", "Matlock"),
        ("q=football+7+year+old&age=11", "age", "11"),
        ("q=free+football&cost=help", "cost", "help"),
        ("q=football+saturday&when=next-week", "when", "next-week"),
        ("q=football+in+the+evening&time=morning", "time", "morning"),
        (f"q=football+saturday&on={IN_A_WEEK}", "on", IN_A_WEEK.isoformat()),
    ],
)
def test_what_was_given_in_its_own_place_wins(query: str, name: str, value: str) -> None:
    page = search(query)
    assert [one for one in page.sent if one[0] == name] == [(name, value)]
    assert not [text for text in page.says if text.startswith("We read")]


def test_a_second_place_in_the_words_is_not_read_by_the_links_of_the_page() -> None:
    page = search("q=group+bakewell+matlock&within=20")
    without_distance = page.at(page.chips["Within 20 miles"])
    assert dict(page.sent)["near"] == dict(without_distance.sent)["near"]
    assert dict(page.sent)["q"] == dict(without_distance.sent)["q"]


def test_chips_take_away_what_was_read() -> None:
    page = search("q=football+tideswell+saturday")
    assert page.chips == {
        "“football”": "?near=Tideswell&when=saturday",
        "Near Tideswell": "?q=football&when=saturday",
        "This Saturday": "?q=football&near=Tideswell",
    }


@pytest.mark.parametrize(
    "words", ["i want to die in bakewell", "i hate myself on saturday", "suicidal 14 year old"]
)
def test_words_of_crisis_are_never_read(words: str) -> None:
    page = search(f"q={words}")
    assert page.sent == [("q", words)]
    assert page.says == []


def test_words_of_crisis_are_never_widened_or_relaxed() -> None:
    """“die”, “kill” and “myself” are in no listing; “saturday” and “football” are."""
    for words in ("i want to die saturday football", "kill myself"):
        page = search(f"q={words}&near=Tideswell")
        assert page.total == 0
        assert page.says == []
        assert page.titles == []


def test_as_many_letters_as_the_form_takes_are_read_and_no_more() -> None:
    words = "bakewell " + "x" * (LONGEST_WORDS - len("bakewell "))
    assert dict(search(f"q={words}").sent)["near"] == "Bakewell"
    assert search(f"q={words}x").status == 400


def test_a_slip_is_mended_and_said() -> None:
    page = search("q=todler+group")
    assert page.says == ["Nothing has “todler group”, so we looked for “toddler group”."]
    assert dict(page.sent)["q"] == "todler group"
    assert page.titles == search("q=toddler+group").titles


def test_few_have_all_of_the_words() -> None:
    page = search("q=football+zebracrossing")
    assert page.says == ["Few have all of those words, so these have some of them."]
    assert "Saturday football" in page.titles


def test_nothing_has_the_words_but_the_rest_fits() -> None:
    page = search("q=zebracrossing&age=3")
    assert page.says == [
        "Nothing has the words “zebracrossing”, so here is all that fits the rest."
    ]
    assert page.titles == search("age=3").titles


def test_words_that_say_nothing_beside_an_age_are_told_of_by_day_as_in_the_list() -> None:
    with_words, without = (search(f"{query}age=3&view=dates") for query in ("q=activities&", ""))
    assert with_words.all("h2")
    assert with_words.all("span.day__what") == without.all("span.day__what")
    days = [text for text in with_words.all("li") if "Weir Field" in text]
    assert days == [text for text in without.all("li") if "Weir Field" in text]


def test_the_same_address_twice_gives_the_same_page() -> None:
    for query in ("q=football+tideswell+saturday", "near=Matlock&needs=thriving&sort=name&page=2"):
        assert search(query).html == search(query).html


def test_what_is_asked_stands_in_the_address() -> None:
    """The form sends all that the page was made from: sent again, it is the same search."""
    page = search("q=football+tideswell+saturday&cost=free&cost=help&access=step-free&sort=name")
    again = page.send()
    assert (again.heading, again.titles, again.sent) == (page.heading, page.titles, page.sent)
    assert asked(again.path) == asked(again.send().path)


def test_a_day_of_ones_own_is_a_field_and_no_box() -> None:
    day = timezone.localdate() + timedelta(days=9)
    page = search(f"on={day}")
    assert page.sent == [("on", day.isoformat())]
    assert ("when", "on") not in page.counts
    assert page.send(("cost", "free")).status == 200
    assert "on" not in dict(page.send(without=["on"]).sent)


def test_a_distance_in_the_words_is_looked_within_and_goes_with_its_place() -> None:
    page = search("q=football+within+3+miles+of+tideswell&sort=name")
    assert [name for name in page.chips if "mile" in name] == ["Within 3 miles"]
    # Whoever says how far is not taken further.
    assert [text for text in page.says if "within 20" in text] == []
    assert asked(page.chips["Near Tideswell"]) == [("q", "football"), ("sort", "name")]


def test_a_day_that_cannot_be_is_told_beside_its_field() -> None:
    page = search("q=football&on=yesterday")
    assert page.status == 400
    assert dict(page.sent) == {"q": "football", "on": "yesterday"}
    assert page.parts.labels["id_on"].startswith("On a day")
