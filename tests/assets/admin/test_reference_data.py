"""Themes, audiences and the like in the staff pages: the search knows a new name at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.test import Client

from assets.admin.base import DirectoryForm
from assets.models import (
    AccessFeature,
    Audience,
    HarvestStamp,
    HelpLine,
    Language,
    Place,
    SearchRow,
)
from assets.search import rows
from tests.assets.admin.pages import errors, opened, save, url
from tests.assets.make import make_activity, make_organisation, make_venue, publish
from thrive.models import Theme

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def documents() -> list[tuple[object, str]]:
    return sorted(SearchRow.objects.values_list("activity_id", "document"), key=str)


@pytest.mark.parametrize(
    ("model", "relation"),
    [
        (Theme, "themes"),
        (Audience, "audiences"),
        (AccessFeature, "access_features"),
        (Language, "languages"),
    ],
)
def test_a_new_name_is_searched_for_at_once(
    client_of: ClientOf, model: type[Any], relation: str
) -> None:
    activity = publish(make_activity())
    row = model._default_manager.exclude(pk="en").first()
    getattr(activity, relation).add(row)
    save(client_of("ada"), url(row, "change"), name="Zebracrossing")
    now = documents()
    assert [document.count("'zebracross'") for _key, document in now] == [1]
    rows.rebuild()
    assert documents() == now


@pytest.mark.parametrize(("model", "owner"), [(Theme, "organisation"), (AccessFeature, "venue")])
def test_a_new_name_is_heard_by_who_asks_for_what_changed(
    client_of: ClientOf, model: type[Any], owner: str
) -> None:
    """Also where an activity tells it of its group, or of its place."""
    activity, other = publish(make_activity()), publish(make_activity(title="Other"))
    other.organisation = publish(make_organisation(name="Other"))
    other.venue = publish(make_venue(name="Other", postcode="DE4 3AB"))
    other.save()
    row = model._default_manager.filter(**({"of_venue": True} if owner == "venue" else {}))[0]
    relation = "themes" if owner == "organisation" else "access_features"
    getattr(getattr(activity, owner), relation).add(row)
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    HarvestStamp.objects.update(modified_at=long_ago)
    save(client_of("ada"), url(row, "change"), name="Zebracrossing")
    heard = HarvestStamp.objects.filter(modified_at__gt=long_ago)
    assert {one.activity or one.organisation for one in heard} == {activity, activity.organisation}


def test_a_place_with_a_new_name_is_searched_for_at_once(client_of: ClientOf) -> None:
    venue = make_venue()
    publish(make_activity(venue=venue))
    save(client_of("erin"), url(venue.place, "change"), name="Zebracrossing")
    assert "'zebracross':" in SearchRow.objects.get().document
    assert Place.objects.get(slug="bakewell").name == "Zebracrossing"


def test_a_new_audience_gets_its_address_from_its_name(client_of: ClientOf) -> None:
    save(client_of("erin"), url(Audience, "add"), name="Young farmers", reading_order="7")
    assert Audience.objects.get(name="Young farmers").slug == "young-farmers"


@pytest.mark.parametrize("name", ["Young farmers!", "农民"])
def test_a_name_that_gives_no_address_is_told(client_of: ClientOf, name: str) -> None:
    Audience.objects.create(slug="young-farmers", name="Young farmers")
    answer = save(client_of("erin"), url(Audience, "add"), name=name, reading_order="7")
    assert errors(answer) == {
        "name": ["Choose another name: this one gives no address of its own."]
    }


def test_the_address_of_an_audience_stays(client_of: ClientOf) -> None:
    audience = Audience.objects.create(slug="young-farmers", name="Young farmers")
    save(client_of("erin"), url(audience, "change"), name="Young people on farms")
    audience.refresh_from_db()
    assert (audience.slug, audience.name) == ("young-farmers", "Young people on farms")


def test_a_help_line_must_be_reachable(client_of: ClientOf) -> None:
    line = HelpLine.objects.get(slug="999")
    empty = dict.fromkeys(("phone", "phone_tel", "text_number", "web", "email"), "")
    answer = save(client_of("erin"), url(line, "change"), in_band="", **empty)
    assert errors(answer) == {"phone": ["Give a number to call or text, or an address."]}


def test_a_changed_help_line_is_written_down(client_of: ClientOf) -> None:
    line = HelpLine.objects.get(slug="999")
    save(client_of("erin"), url(line, "change"), hours="Always.")
    assert LogEntry.objects.get().object_id == "999"
    page = client_of("stefan").get(url(line, "history")).content.decode()
    assert ("Erin Marsh" in page, "Changed Hours." in page) == (True, True)


def test_a_place_keeps_its_address_and_middle(client_of: ClientOf) -> None:
    place = Place.objects.get(slug="bakewell")
    form = opened(client_of("erin"), url(place, "change"))
    client_of("erin").post(url(place, "change"), form | {"slug": "x", "point": "400000, 300000"})
    place_now = Place.objects.get(pk=place.pk)
    assert (place_now.slug, place_now.point) == ("bakewell", place.point)


def forms(of: type[DirectoryForm] = DirectoryForm) -> list[type[DirectoryForm]]:
    return [of, *(form for child in of.__subclasses__() for form in forms(child))]


def test_every_rule_with_a_field_of_its_own_is_a_rule_of_the_table() -> None:
    """A renamed constraint would silently be told at the top again."""
    models = apps.get_models()
    known = {constraint.name for model in models for constraint in model._meta.constraints}
    named = {
        name
        for form in forms()
        if form.__module__.startswith("assets.admin")
        for name in form.beside
    }
    assert named - known == set()
