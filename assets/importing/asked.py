"""What whoever loads a file asks for, and what they are told."""

from collections import Counter
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets.importing.known import Duplicate
from assets.importing.problems import Problem
from assets.models import ImportBatch, Status


class Choice(models.TextChoices):
    """What becomes of a row that looks like what is here already."""

    ASK = "ask", gettext_lazy("Ask")
    SKIP = "skip", gettext_lazy("Keep ours as it is")
    UPDATE = "update", gettext_lazy("Change ours to what the file says")
    ADD = "add", gettext_lazy("Add it as another one")


@dataclass(frozen=True)
class Options:
    """`choices` are for single rows, by `Duplicate.id`; `duplicates` for all the others."""

    by: User | None = None
    file_name: str = ""
    check: bool = False
    status: Status | None = None
    duplicates: Choice = Choice.ASK
    choices: ReadOnly[str, Choice] = field(default_factory=dict)


@dataclass
class Loaded:
    """`totals` counts by kind of listing and by what was done: made, changed, same, skipped,
    and asked, where somebody is to choose first.

    `duplicates` are those about which nothing was chosen, `chosen` the others.
    `batch` is None where nothing was loaded: after a check, with problems, with a question about
    duplicates, and where the file changes nothing.
    """

    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    chosen: list[Duplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)
    batch: ImportBatch | None = None

    @property
    def is_whole(self) -> bool:
        return not self.problems and not self.duplicates
