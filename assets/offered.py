"""What a search can be narrowed by, in the page's words and with its counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from assets import schedules
from assets.kept import kept
from assets.models import AccessFeature, Audience, Language
from assets.models.activities import HowToCome, Level, Newcomers, WayToTakePart
from assets.search.options import FREE, HELP_WITH_COST
from assets.search.when import Window
from thrive.models import NeedsGroup, Theme

Choices = list[tuple[str, str]]
# Of a long list, so many stand open; those chosen always do.
SHOWN_AT_ONCE = 6
# Few and always there, even where nothing has them: they say what there could be.
ALWAYS_SHOWN = {"needs", "when", "time", "cost"}
WINDOWS = {
    "today": gettext_lazy("Today"),
    "tomorrow": gettext_lazy("Tomorrow"),
    "saturday": gettext_lazy("This Saturday"),
    "sunday": gettext_lazy("This Sunday"),
    "week": gettext_lazy("In the next 7 days"),
    "next-week": gettext_lazy("Next week"),
    "holidays": gettext_lazy("In the school holidays"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """One question of the filters: `options` stand open, `more` behind a line to tap."""

    name: str
    legend: str
    options: list[Option]
    more: list[Option]

    @property
    def chosen(self) -> int:
        return sum(one.chosen for one in [*self.options, *self.more])


def legends() -> Mapping[str, str]:
    """Every filter by its parameter, in the order of the page."""
    return _legends(get_language())


@cache
def _legends(_language: str | None) -> Mapping[str, str]:
    return {
        "when": _("When"),
        "time": _("Time of day"),
        "cost": _("Cost"),
        "needs": _("What would help?"),
        "access": _("What makes it easy"),
        "who": _("Who it is for"),
        "room": _("Room for new people"),
        "come": _("How to come"),
        "way": _("In person or not"),
        "serves": _("Who may come"),
        "theme": _("On your mind"),
        "language": _("Languages"),
        "level": _("Open to"),
        "unchecked": _("Last checked"),
    }


def choices() -> dict[str, Choices]:
    """The options of every filter but `when`, in reading order."""
    return {**kept(f"filter-choices:{get_language()}", _choices)}


def _choices() -> dict[str, Choices]:
    return {
        "time": [
            ("morning", _("Morning")),
            ("afternoon", _("Afternoon")),
            ("after-school", _("After school")),
            ("evening", _("Evening")),
        ],
        "cost": [(FREE, _("Free")), (HELP_WITH_COST, _("Help with the cost"))],
        "serves": [("yes", _("Only what is for people here"))],
        "unchecked": [("1", _("Also what nobody has checked for a year"))],
        "way": [(value, str(label)) for value, label in WayToTakePart.choices],
        "come": [(value, str(label)) for value, label in HowToCome.choices],
        "room": [(one.value, str(one.label)) for one in (Newcomers.YES, Newcomers.WAITING)],
        "level": [(value, str(label)) for value, label in Level.choices],
        "needs": list(NeedsGroup.objects.values_list("slug", "plain_name")),
        "theme": list(Theme.objects.values_list("slug", "name")),
        "who": list(Audience.objects.values_list("slug", "name")),
        "access": list(AccessFeature.objects.values_list("slug", "name")),
        "language": list(Language.objects.values_list("code", "name")),
    }


def when_choices(windows: Iterable[Window]) -> Choices:
    """“Today”, “In the holidays (19 Dec to 3 Jan)”, or the day somebody chose."""
    return [(window.name, _window_in_words(window)) for window in windows]


def _window_in_words(window: Window) -> str:
    if window.name in WINDOWS:
        return str(WINDOWS[window.name])
    return _("On %s") % on_day(window.first)


def on_day(day: date) -> str:
    return schedules.day_in_words(day)


def groups(
    chosen: Mapping[str, Iterable[str]],
    counts: Mapping[str, Mapping[str, int]],
    offered: Mapping[str, Choices],
    asked: Mapping[str, str] | None = None,
) -> list[Group]:
    """Every filter that has something to choose from, with a count on each option.

    `asked` are the filters of another list, by parameter, each with its legend.
    """
    found = []
    for name, legend in (asked or legends()).items():
        picked, counted = {*chosen.get(name, ())}, counts.get(name, {})
        options = [
            Option(value, label, counted.get(value, 0), value in picked)
            for value, label in offered.get(name, [])
            if counted.get(value) or value in picked or name in ALWAYS_SHOWN
        ]
        if not options or not offered.get(name):
            continue
        at_once = len(options) if len(options) <= SHOWN_AT_ONCE + 1 else SHOWN_AT_ONCE
        first, rest = options[:at_once], options[at_once:]
        first += [one for one in rest if one.chosen]
        found.append(Group(name, legend, first, [one for one in rest if not one.chosen]))
    return found
