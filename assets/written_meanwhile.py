"""Two people who write in the same thing at the same moment: nobody's text is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User


@dataclass(frozen=True)
class Theirs:
    """What stands there now. `by` wrote it; None for somebody without an account, or our team."""

    value: Any
    by: User | None


class WrittenMeanwhile(ValidationError):
    """Two people changed the same value: `theirs` has what stands there now, by its name."""

    def __init__(self, theirs: Mapping[str, Theirs]) -> None:
        self.theirs = theirs
        super().__init__(_("Somebody else has changed this while you were writing."))
