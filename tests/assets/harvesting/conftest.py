"""A machine of another directory, on this one: the setting lets it be asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.assets.harvesting.feeds import Machine


@pytest.fixture
def machine(settings: Any) -> Iterator[Machine]:
    settings.HARVEST_PRIVATE_NETWORKS = True
    theirs = Machine()
    yield theirs
    theirs.stop()
