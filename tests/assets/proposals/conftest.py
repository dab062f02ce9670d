"""Mails about proposals lead to pages of the whole site."""

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def _addresses(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.assets.proposals.urls"
