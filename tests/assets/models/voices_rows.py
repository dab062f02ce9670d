"""Sound rows of what people say, and of what helps those who help."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from assets.models import Evidence
from tests.assets.make import evidence_of

VOICES: dict[type[Model], Callable[[], Any]] = {
    Evidence: evidence_of,
}
