"""Something that is on twice on Tuesdays, and a day on which it is looked at."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest
import time_machine

from assets.models import Activity
from tests.assets.make import make_activity, make_schedule, publish


@pytest.fixture
def on_that_sunday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def activity(db: None) -> Activity:
    """Public, on Tuesdays from 10 to 11.30 all year and from 4 to 6 pm in term time."""
    made = make_activity()
    make_schedule(made)
    make_schedule(made, starts_at=time(16), ends_at=time(18), time_of_year="term")
    draft = make_activity(title="Draft class")
    make_schedule(draft)
    return publish(made)
