"""The publishers' own example, which has a latitude of 100 and a postcode of nowhere."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from assets.models import Activity
from tests.assets.harvesting.feeds import bring

EXAMPLES = Path(settings.BASE_DIR).parent / "shared" / "standards" / "oruk" / "examples"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not EXAMPLES.is_dir(), reason="The standards are not beside this project."),
]


def example() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / "service_full.json").read_text("utf-8"))
    return found


def test_their_example_is_refused_for_its_latitude() -> None:
    assert bring(example()).told == [
        ["refused", "Community Counselling", "its latitude is “100”: it lies between -90 and 90"]
    ]


def test_with_its_place_put_right_it_comes_in() -> None:
    service = example()
    location = service["service_at_locations"][0]["location"]
    location |= {"latitude": 53.2, "longitude": -1.6}
    location["addresses"][0] |= {"postal_code": "DE45 1DY"}
    harvest = bring(service)
    assert (harvest.why, harvest.counts["made"]) == ("", 1)
    activity = Activity.objects.get()
    assert (activity.title, activity.age_from, activity.age_before) == (
        "Community Counselling",
        144,
        1212,
    )
    # Its times ended in 2005, and its price in 2022.
    assert not activity.schedules.exists()
    assert activity.cost_note == "fees_description"
