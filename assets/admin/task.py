"""One kind of work that waits, and how much of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from accounts.models import User


@dataclass(frozen=True)
class Part:
    """“3 groups”, and where they are listed."""

    count: int
    words: str
    url: str


@dataclass(frozen=True)
class Task:
    """One kind of work; `nothing` is said when none of it waits."""

    title: str | Promise
    nothing: str | Promise
    parts: list[Part] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class Work:
    """The work of an app above this one: whether it can be somebody's, and what waits of it."""

    may_be_of: Callable[[User], bool]
    tasks: Callable[[User], list[Task]]


def part_of(model: Any, count: int, do: str) -> Part:
    opts = model._meta
    name = opts.verbose_name if count == 1 else opts.verbose_name_plural
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist", query={"do": do})
    return Part(count, f"{count} {name}", url)
