"""Options that staff edit: each gets a bit once and for good, and there is room for so many."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from assets import listings, reference
from assets.models import Activity, Audience, Language, OptionBit
from assets.search.answer import search
from assets.search.options import bits, give_bits
from assets.search.query import Query
from tests.assets.admin.pages import errors, save, url
from tests.assets.make import make_activity, publish
from thrive.models import Theme

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
ROOM = 63


def given() -> dict[tuple[str, str], int]:
    rows = OptionBit.objects.values_list("filter", "option", "bit")
    return {(name, option): bit for name, option, bit in rows}


def make_theme(slug: str) -> Theme:
    return Theme.objects.create(slug=slug, name=slug, description="New.", source="Made up")


def fill(room: int = ROOM) -> list[Audience]:
    """So many audiences in all, each with its bit."""
    missing = room - Audience.objects.count()
    made = [Audience(slug=f"more-{n:02}", name=f"More {n:02}") for n in range(missing)]
    Audience.objects.bulk_create(made)
    give_bits()
    return made


def test_a_new_option_gets_the_next_bit_and_the_others_keep_theirs() -> None:
    give_bits()
    before = given()
    make_theme("aardvarks")
    give_bits()
    last = max(bit for (name, _option), bit in before.items() if name == "theme")
    assert given() == before | {("theme", "aardvarks"): last + 1}
    give_bits()
    assert given()["theme", "aardvarks"] == last + 1


def test_a_bit_is_never_given_to_another_option() -> None:
    make_theme("aardvarks")
    give_bits()
    bit = given()["theme", "aardvarks"]
    Theme.objects.get(slug="aardvarks").delete()
    make_theme("zebras")
    give_bits()
    assert (given()["theme", "aardvarks"], given()["theme", "zebras"]) == (bit, bit + 1)


def test_a_new_option_is_found_and_counted_at_once_though_bits_are_kept() -> None:
    activity = publish(make_activity())
    assert search(Query(options={"who": ("farmers",)})).total == 0
    assert "farmers" not in bits()["who"]
    activity.audiences.add(Audience.objects.create(slug="farmers", name="Farmers"))
    listings.refresh(listing=activity)
    answer = search(Query(options={"who": ("farmers",)}))
    assert (answer.total, answer.counts["who"]["farmers"]) == (1, 1)
    assert search(Query()).counts["who"]["farmers"] == 1


def test_the_last_option_there_is_room_for_is_found() -> None:
    last = fill()[-1]
    activity = publish(make_activity())
    publish(make_activity(title="Another"))
    activity.audiences.add(last, *Audience.objects.all()[:2])
    listings.refresh(listing=activity)
    assert given()["who", last.slug] == ROOM - 1
    answer = search(Query(options={"who": (last.slug,)}))
    assert ([one.activity_id for one in answer.found], answer.counts["who"][last.slug]) == (
        [activity.pk],
        1,
    )


@pytest.mark.parametrize(
    ("model", "fields"),
    [(Audience, {"name": "Too many"}), (Language, {"code": "xx", "name": "Xish", "own_name": "X"})],
)
def test_one_option_too_many_is_refused_and_the_site_still_answers(
    client_of: ClientOf, model: type[Audience | Language], fields: dict[str, str]
) -> None:
    activity = publish(make_activity())
    there = model.objects.count()
    made = [f"x{n:02}" for n in range(ROOM - there)]
    if model is Audience:
        fill()
    else:
        Language.objects.bulk_create(Language(code=one, name=one, own_name=one) for one in made)
        give_bits()
    answer = save(client_of("erin"), url(model, "add"), **fields, reading_order="7")
    assert errors(answer) == {"__all__": ["A filter has room for 63 options."]}
    assert model.objects.count() == ROOM
    listings.refresh(listing=Activity.objects.get(pk=activity.pk))
    assert client_of("visitor").get("/activities/").status_code == 200


def test_one_too_many_is_refused_by_the_database_too() -> None:
    fill()
    before = given()
    Audience.objects.create(slug="one-too-many", name="One too many")
    with pytest.raises(IntegrityError, match="optionbit_fits"), transaction.atomic():
        reference.load()
    assert given() == before
    assert search(Query()).total == 0


def test_an_option_added_by_staff_has_its_bit_before_anything_else_is_saved(
    client_of: ClientOf,
) -> None:
    save(client_of("erin"), url(Audience, "add"), name="Young farmers", reading_order="7")
    assert ("who", "young-farmers") in given()
