"""What a case of a rule is."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
TODAY = date(2026, 11, 3)


@dataclass(frozen=True)
class Case:
    """`broken` changes a sound row to one that the rule refuses, `sound` to one it just allows.

    `also` names the rules that it cannot but break as well.
    """

    broken: dict[str, Any]
    sound: dict[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
