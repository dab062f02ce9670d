"""Who looks at other directories, and a machine of one on this machine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.assets.harvesting.feeds import Machine


@pytest.fixture
def machine(settings: Any) -> Iterator[Machine]:
    """The setting lets it be asked."""
    settings.HARVEST_PRIVATE_NETWORKS = True
    theirs = Machine()
    yield theirs
    theirs.stop()


@pytest.fixture
def editor(client_of: Callable[[str], Client]) -> Client:
    return client_of("erin")
