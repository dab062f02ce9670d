"""Groups and places narrowed down in the example district: lists, counts, chips."""

import random
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from assets.filters import OrganisationFilter, VenueFilter
from assets.models import Activity, Organisation, SearchRow, Venue
from assets.places.resolve import Resolved, resolve

pytestmark = pytest.mark.usefixtures("example_district")


def page_of(asked: str) -> str:
    return Client().get(f"/groups/?{asked}").content.decode()


def test_each_thing_asked_for_can_be_taken_away() -> None:
    page = page_of("name=a&near=Bakewell&within=20&needs=thriving&needs=getting-help")
    chips = re.findall(r'<a class="chip" href="(.*?)">.*?</span>(.*?)<svg', page)
    said = {unescape(label): QueryDict(unescape(href)[1:]) for href, label in chips}
    assert list(said) == [
        "“a”",
        "Near Bakewell",
        "Within 20 miles",
        "Staying well",
        "Help towards a goal",
    ]
    assert "name" not in said["“a”"]
    assert "near" not in said["Near Bakewell"]
    assert "within" not in said["Within 20 miles"]
    assert said["Staying well"].getlist("needs") == ["getting-help"]


def test_a_place_nobody_knows_is_told_with_what_was_meant() -> None:
    assert "Did you mean:" in page_of("near=Stanton")
    page = page_of("near=Atlantis&needs=thriving")
    assert "We could not find “Atlantis”" in page
    assert '<a class="tap" href="?needs=thriving">' in page


def tags_of(group: Organisation) -> dict[str, set[Any]]:
    runs = [
        one
        for one in Activity.objects.public()
        if one.organisation_id == group.pk or group in one.partners.all()
    ]
    return {
        "needs": {tag.pk for one in runs for tag in one.needs_groups.all()},
        "who": {tag.pk for one in runs for tag in one.audiences.all()},
        "theme": {tag.pk for one in runs for tag in one.themes.all()}
        | {tag.pk for tag in group.themes.all()},
        "working": {tag.pk for tag in group.ways_of_working.all()},
        "points": {row.point for row in SearchRow.objects.filter(activity__in=runs)},
    }


def searches() -> Iterator[dict[str, list[str]]]:
    dice = random.Random(8)
    options = {
        "needs": ["thriving", "getting-advice", "getting-help"],
        "who": ["parents-and-carers", "young-carers", "girls", "home-educated"],
        "theme": ["inclusion", "mobility", "youth-voice", "social-media"],
        "working": ["coaching", "spaces-and-places", "facilitation"],
    }
    for _number in range(40):
        yield {
            name: dice.sample(values, dice.randint(1, 2))
            for name, values in options.items()
            if dice.random() < 0.5
        }


def test_lists_and_counts_are_those_of_a_plain_slow_look() -> None:
    groups = {group: tags_of(group) for group in Organisation.objects.public()}
    place = resolve("Bakewell")
    assert isinstance(place, Resolved)
    for asked in searches():
        parameters = QueryDict("near=Bakewell&within=5", mutable=True)
        for name, values in asked.items():
            parameters.setlist(name, values)
        form = OrganisationFilter(parameters, Organisation.objects.public())
        assert form.is_valid()

        def passes(tags: dict[str, Any], without: str = "", asked: Any = asked) -> bool:
            near = any(
                point is None or place.point.metres_to(point) <= 5 * 1609.344
                for point in tags["points"]
            )
            return near and all(
                tags[name] & {*values} for name, values in asked.items() if name != without
            )

        assert {*form.qs} == {group for group, tags in groups.items() if passes(tags)}
        counts = form.counts()
        for name in form.tags:
            slow: dict[str, int] = {}
            for tags in groups.values():
                for option in tags[name] if passes(tags, name) else ():
                    slow[option] = slow.get(option, 0) + 1
            assert dict(counts[name]) == slow


def test_places_and_their_counts_are_those_of_a_plain_slow_look() -> None:
    venues = {
        venue: {
            "access": {one.pk for one in venue.access_features.all()},
            "working": {one.pk for one in venue.ways_of_working.all()},
        }
        for venue in Venue.objects.public()
        if venue.shown == "public"
    }
    searches: list[dict[str, list[str]]] = [
        {},
        {"access": ["step-free", "parking"]},
        {"working": ["spaces-and-places"]},
    ]
    for asked in searches:
        parameters = QueryDict(mutable=True)
        for name, values in asked.items():
            parameters.setlist(name, values)
        form = VenueFilter(parameters, Venue.objects.to_find())
        assert form.is_valid()
        fits = {
            venue
            for venue, tags in venues.items()
            if {*asked.get("access", [])} <= tags["access"]
            and (not asked.get("working") or tags["working"] & {*asked["working"]})
        }
        assert {*form.qs} == fits
        counts = form.counts()["access"]
        assert dict(counts) == {
            option: sum(option in venues[venue]["access"] for venue in fits) for option in counts
        }
        assert {*counts} == {option for venue in fits for option in venues[venue]["access"]}
