"""Nothing found is not the end: what to let go of, what is nearest, whom to ask."""

import pytest
from django.test import override_settings

from assets.models import Place
from tests.assets.make import make_activity, make_venue, publish
from tests.assets.shown import search

# In the example district each of these finds nothing, for one reason or for several.
NOTHING = [
    "near=Bakewell&age=3&needs=getting-more-help",
    "near=Bakewell&age=3&needs=getting-more-help&within=3",
    "q=football&near=Wirksworth&age=1&within=1&needs=getting-more-help",
    "q=counselling&age=40&cost=help",
    "q=todler+counselling&near=Winster&within=1&age=25&when=saturday&cost=help",
    "age=3&needs=getting-more-help&serves=yes&near=Matlock",
    "q=football+bakewell+sunday+free+1+year+old",
]


def _in_the_middle_of(place: str, title: str) -> None:
    village = Place.objects.get(slug=place)
    venue = make_venue(place=village, shown="masked", address="", postcode="")
    publish(make_activity(title=title, venue=venue))


@pytest.mark.parametrize("view", ["", "&view=text", "&view=dates", "&view=print"])
@pytest.mark.parametrize("query", NOTHING)
def test_each_way_on_gives_just_what_it_says(example_district: None, query: str, view: str) -> None:
    page = search(query + view)
    for words, count, url in page.ways_on:
        assert (words, page.at(url).total) == (words, count)


def test_the_examples_do_find_nothing_and_have_ways_on(example_district: None) -> None:
    pages = [search(query) for query in NOTHING]
    assert [page.total for page in pages] == [0] * len(NOTHING)
    assert all(page.ways_on for page in pages)


def test_the_most_promising_way_comes_first(example_district: None) -> None:
    assert [way[:2] for way in search(NOTHING[0]).ways_on] == [
        ("leave out “What would help”", 45),
        ("leave out the age", 5),
    ]


@pytest.mark.django_db
def test_what_is_little_without_a_filter_is_not_looked_for_further_away() -> None:
    """One free thing is near and two are far: leaving out the filter gives the one it says."""
    publish(make_activity(title="Near", how_to_come="just-come"))
    _in_the_middle_of("matlock", "Far")
    page = search("near=Bakewell&come=book&within=3")
    assert [way[:2] for way in page.ways_on] == [("leave out “How to come”", 1)]
    page = search("near=Bakewell&come=book")
    [(_words, count, url)] = page.ways_on
    assert page.at(url).total == count


@pytest.mark.django_db
def test_the_nearest_thing_is_the_nearest_however_the_list_is_sorted() -> None:
    for title, place in (("A far one", "buxton"), ("Z nearer", "matlock")):
        _in_the_middle_of(place, title)
    for sort in ("", "name", "checked", "next"):
        page = search(f"near=Bakewell&within=3&sort={sort}")
        assert page.total == 0
        assert page.titles == ["Z nearer"]
        assert "The nearest that fits is further away" in page.all("h2")


def test_a_person_can_be_asked(example_district: None) -> None:
    with override_settings(CONTACT_EMAIL="ask@example.org"):
        for view in ("", "&view=text", "&view=print"):
            page = search(f"q=zebracrossing{view}")
            assert ("ask@example.org", "mailto:ask@example.org") in page.links


def test_words_of_crisis_lead_to_people_and_not_to_the_nearest_thing(
    example_district: None,
) -> None:
    page = search("q=i+want+to+die+zebracrossing&near=Matlock")
    assert ("talk to somebody now", "/help-now/") in page.links
    assert page.titles == []
