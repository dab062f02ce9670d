"""Start from what's happening: each is a search that works, and finds something."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from assets.crisis import needs_help_first
from assets.models import StartingPoint
from assets.starting_points import as_a_search, finds
from tests.assets.admin.pages import errors, messages, save, url
from tests.assets.make import make_activity, publish

ClientOf = Callable[[str], Client]


def test_each_finds_something_in_the_example_district(example_district: None) -> None:
    counted = {point.slug: finds(point.search) for point in StartingPoint.objects.all()}
    assert len(counted) >= 16
    assert [slug for slug, count in counted.items() if not count] == []


def test_each_is_a_search_as_we_write_it_and_none_is_of_a_crisis(db: None) -> None:
    for point in StartingPoint.objects.all():
        assert as_a_search(point.search) == point.search
        assert not needs_help_first(point.name)


def test_each_on_the_home_page_opens_a_search_that_says_what_it_looks_for(
    example_district: None,
) -> None:
    page = Client().get("/").content.decode()
    links = re.findall(r'<a class="chip" href="(.*?)">(.*?)</a>', page)
    assert [unescape(name) for _href, name in links] == [
        point.name for point in StartingPoint.objects.all()
    ]
    for href, _name in links:
        answer = Client().get(unescape(href))
        assert (answer.status_code, bool(answer.context["chips"])) == (200, True)


def test_the_search_stays_first_on_the_home_page(db: None) -> None:
    page = Client().get("/").content.decode()
    assert page.index('id="finder"') < page.index('id="start-heading"')


def test_without_any_the_home_page_has_no_empty_heading(db: None) -> None:
    StartingPoint.objects.all().delete()
    assert "start-heading" not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("q=mud", "q=mud"),
        ("?q=Too much mud", "q=Too+much+mud"),
        ("https://board.example.org/activities/?q=mud&near=&age=3#main", "q=mud&age=3"),
        ("/activities/?q=café&page=4&view=dates&ids=abc", "q=caf%C3%A9"),
        ("who=lgbt&who=girls", "who=lgbt&who=girls"),
    ],
)
def test_a_pasted_address_is_understood(db: None, typed: str, kept: str) -> None:
    assert as_a_search(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("mud", "search"),
        ("q=", "search"),
        ("page=2", "search"),
        ("theme=dragons", "search"),
        ("age=banana", "search"),
        ("q=mud&x=1", "search"),
        ("q=%00", "search"),
        ("q=i want to die", "crisis"),
        ("near=Atlantis", "place"),
    ],
)
def test_what_the_search_does_not_understand_is_told(db: None, typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        as_a_search(typed)
    assert caught.value.code == code


def test_staff_add_one_and_hear_what_it_finds(client_of: ClientOf) -> None:
    publish(make_activity(title="Wellies and puddles"))
    path = url(StartingPoint, "add")
    said = {"name": "Too much mud", "search": "/activities/?q=wellies"}
    answer = save(client_of("erin"), path, **said)
    assert "It finds 1 listing today." in messages(answer)
    mud = StartingPoint.objects.get(name="Too much mud")
    assert (mud.slug, mud.search) == ("too-much-mud", "q=wellies")
    answer = save(client_of("erin"), url(mud, "change"), search="q=zebracrossing")
    assert "It finds 0 listings today." in messages(answer)


def test_staff_are_told_beside_the_field(client_of: ClientOf) -> None:
    path = url(StartingPoint, "add")
    answer = save(client_of("erin"), path, name="Mud", search="theme=mud")
    assert errors(answer) == {
        "search": ["The search does not understand this. Copy the address of a page that works."]
    }
