"""Staff write the name of a group, venue or village; the site finds which one is meant."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from assets.admin.finding import GROUPS, PLACES, VENUES
from assets.models import Place
from tests.assets.make import make_organisation, make_place, make_venue

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.mark.parametrize("typed", ["Café Zoë", "cafe zoe", "zoe", "ZOË caf"])
def test_case_accents_and_order_do_not_matter(typed: str) -> None:
    cafe = make_organisation(name="Café Zoë")
    make_organisation(name="Bell ringers")
    assert GROUPS.one(typed) == cafe


def test_a_whole_name_wins_over_longer_ones() -> None:
    assert PLACES.one("Matlock") == Place.objects.get(slug="matlock")


def test_several_are_named_with_their_addresses() -> None:
    make_organisation(name="Wrens of Wye")
    make_organisation(name="Wrens of Weir")
    with pytest.raises(ValidationError) as refused:
        GROUPS.one("wrens")
    assert refused.value.messages == [
        "Which of these? Wrens of Weir · wrens-of-weir; Wrens of Wye · wrens-of-wye. "
        "Write one of them in full."
    ]


def test_two_of_one_name_are_told_apart_by_their_address() -> None:
    first, second = make_organisation(name="Wrens"), make_organisation(name="Wrens")
    assert GROUPS.suggestions("wrens") == ["Wrens · wrens", "Wrens · wrens-2"]
    assert (GROUPS.label_of(first.pk), GROUPS.label_of(second.pk)) == (
        "Wrens · wrens",
        "Wrens · wrens-2",
    )
    assert GROUPS.one("Wrens · wrens-2") == second


def test_a_venue_is_written_with_its_village() -> None:
    hall = make_venue()
    assert VENUES.suggestions("bakewell hall") == ["Weir Field Hall, Bakewell"]
    assert VENUES.one("Weir Field Hall, Bakewell") == hall


def test_a_place_of_another_district_is_told_apart() -> None:
    make_place(name="Bakewell", slug="bakewell-2")
    assert PLACES.suggestions("bakewell")[:2] == [
        "Bakewell, Derbyshire Dales · bakewell",
        "Bakewell, Derbyshire Dales · bakewell-2",
    ]


def test_a_village_with_a_slip_is_offered_as_the_search_would() -> None:
    assert PLACES.suggestions("bakewel") == ["Bakewell, Derbyshire Dales"]
    assert PLACES.suggestions("bakwell")[0] == "Bakewell, Derbyshire Dales"
    with pytest.raises(ValidationError) as refused:
        PLACES.one("yulgreave")
    assert refused.value.messages == [
        "“yulgreave” is not in our list of places. Write the nearest village. "
        "Did you mean Youlgreave, Derbyshire Dales?"
    ]


def test_a_village_that_is_like_none_is_offered_nothing() -> None:
    assert PLACES.suggestions("zzyzx") == []
    with pytest.raises(ValidationError) as refused:
        PLACES.one("DE45 1DY")
    assert refused.value.messages == [
        "“DE45 1DY” is not in our list of places. Write the nearest village."
    ]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "' OR 1=1", "·", " · ", "a · b"])
def test_signs_are_only_signs(typed: str) -> None:
    make_organisation(name="Bell ringers")
    with pytest.raises(ValidationError):
        GROUPS.one(typed)


@pytest.mark.parametrize("model", ["organisation", "venue", "place"])
def test_suggestions_come_as_staff_write(client_of: ClientOf, model: str) -> None:
    make_organisation(name="Zebra Crossing")
    make_venue(name="Zebra Hall")
    make_place(name="Zebra")
    answer = client_of("erin").get(f"/admin/assets/{model}/find/", {"q": "zeb"}).json()
    assert len(answer["found"]) == 1
    assert answer["found"][0].startswith("Zebra")


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 5000, "\ud83d"])
def test_garbage_suggests_nothing(client_of: ClientOf, typed: str) -> None:
    make_organisation()
    query = typed.encode("utf-8", "surrogatepass").hex()
    escaped = "".join(f"%{query[at : at + 2]}" for at in range(0, len(query), 2))
    answer = client_of("erin").get(f"/admin/assets/organisation/find/?q={escaped}")
    assert (answer.status_code, answer.json()) == (200, {"found": []})


def test_who_may_not_see_groups_is_told_no_names(client_of: ClientOf) -> None:
    make_organisation()
    assert client_of("pam").get("/admin/assets/organisation/find/?q=weir").status_code == 403
