"""The list of groups, and how one is found in it."""

import re

import pytest
from django.test import Client

from tests.assets.make import make_organisation, publish

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    page = Client().get("/groups/", {"name": typed}).content.decode()
    return re.findall(r'<h2 class="card__title"><a[^>]*><bdi>(.*?)</bdi>', page)


def test_a_group_is_found_by_its_name_or_by_what_it_says_of_itself() -> None:
    publish(make_organisation(name="Café Zoë", summary="Soup and a chat."))
    publish(make_organisation(name="Bell ringers", summary="We ring, and have soup after."))
    make_organisation(name="Soup makers", summary="Still a draft.")
    assert found("zoe") == ["Café Zoë"]
    assert found("SOUP") == ["Bell ringers", "Café Zoë"]
    assert found("draft") == []
    assert found("%") == []


def test_the_label_says_what_is_searched() -> None:
    assert "Name, or what they do" in Client().get("/groups/").content.decode()
