"""When an activity is on, asked in words: a row for each time of the week, several days at once."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.dates.rules import Rule
from assets.importing.fields import rule_in_json
from assets.importing.problems import NotUnderstood
from assets.importing.reading.clock import FROM_TO, is_one_time, is_time_of_day, read_clock
from assets.importing.reading.dates import read_date
from assets.models.schedules import Frequency, OnBankHolidays, TimeOfYear, Weekday, WeekOfMonth
from assets.proposals.fields import ACTIVITY
from assets.register.forms import (
    ChoicesField,
    DayField,
    LineField,
    ReadField,
    StepForm,
    as_typed,
    day_typed,
)
from assets.saying import Values
from assets.schedules import time_in_words

FEWEST_ROWS, MOST_ROWS, MOST_DATES = 3, 14, 60
PARTS = tuple("often days starts ends dates year bank first last".split())
OFTEN = [
    ("weekly", gettext_lazy("Every week")),
    ("fortnightly", gettext_lazy("Every other week")),
    ("monthly:1", gettext_lazy("The first one of the month")),
    ("monthly:2", gettext_lazy("The second one of the month")),
    ("monthly:3", gettext_lazy("The third one of the month")),
    ("monthly:4", gettext_lazy("The fourth one of the month")),
    ("monthly:-1", gettext_lazy("The last one of the month")),
    ("dates", gettext_lazy("Only on single dates")),
]
YEAR = [
    (TimeOfYear.ALL_YEAR, gettext_lazy("All year")),
    (TimeOfYear.TERM, gettext_lazy("In term time")),
    (TimeOfYear.HOLIDAYS, gettext_lazy("In the school holidays")),
]
BANK = [
    (OnBankHolidays.ASK, gettext_lazy("It depends: ask us")),
    (OnBankHolidays.NOT, gettext_lazy("We have the day off")),
    (OnBankHolidays.AS_USUAL, gettext_lazy("On as usual")),
]

# What stands beside both times where they do not go together, or might be morning or evening.
CLOCK = {
    "starts": gettext_lazy("Morning or evening? Write it with am or pm, like 6 pm."),
    "ends": gettext_lazy("It must end after it starts, on that day. Write it like 7.30 pm."),
}
ENDS_EARLY = gettext_lazy(
    "It must end after it starts, on that day. Does it go on past midnight? Write 11.59 pm."
)

# What a row says before anybody has touched it.
EMPTY: dict[str, Any] = dict.fromkeys(PARTS, "") | {
    "often": "weekly",
    "days": [],
    "year": TimeOfYear.ALL_YEAR.value,
    "bank": OnBankHolidays.ASK.value,
}


def _read_dates(typed: str) -> tuple[date, ...]:
    today = timezone.localdate()
    words = typed.replace(" and ", ",").replace("&", ",").replace(";", ",").replace("\n", ",")
    found = {read_date(one.strip(), today) for one in words.split(",") if one.strip()}
    if len(found) > MOST_DATES:
        raise NotUnderstood(_("That is more than %d dates.") % MOST_DATES)
    return tuple(sorted(found))


def _row_fields() -> dict[str, forms.Field]:
    return {
        "often": forms.ChoiceField(label=_("How often?"), required=False, choices=OFTEN),
        "days": ChoicesField(label=_("On which days?"), choices=Weekday.choices),
        "starts": LineField(label=_("From"), help_text=_("Such as 6 pm"), max_length=20),
        "ends": LineField(label=_("To"), help_text=_("Such as 7.30 pm"), max_length=20),
        "year": forms.ChoiceField(label=_("When in the year?"), required=False, choices=YEAR),
        "dates": ReadField(
            _read_dates,
            nothing=(),
            label=_("Which single dates?"),
            help_text=_("Such as 5 December, 12 December"),
            max_length=1500,
        ),
        "bank": forms.ChoiceField(label=_("On bank holidays?"), required=False, choices=BANK),
        "first": DayField(
            label=_("First day"),
            help_text=_("For every other week: a day on which it is on."),
            max_length=40,
        ),
        "last": DayField(label=_("Last day, if it ends"), max_length=40),
    }


class WhenForm(StepForm):
    of = ACTIVITY
    template = "assets/register/_when.html"
    writes = {"schedules": ()}
    # Whether a row was just added, to be filled in.
    has_room = False

    def __init__(self, base: Values, data: Any = None) -> None:
        self._before = _rows_of(base["schedules"])
        self.count = _count(data, len(self._before))
        super().__init__(base, data)
        for number in range(self.count):
            for name, field in _row_fields().items():
                self.fields[f"{name}_{number}"] = field

    def initial_of(self, base: Values) -> dict[str, Any]:
        rows = [*self._before, *[EMPTY] * (self.count - len(self._before))]
        return {
            f"{name}_{number}": value
            for number, row in enumerate(rows)
            for name, value in row.items()
        }

    def begin_with_times_of(self, schedules: Iterable[Values]) -> None:
        """The times of another activity, to be ticked for other days."""
        for number, row in enumerate(_rows_of(schedules)[: self.count]):
            ours = row | {"days": [], "dates": "", "first": "", "last": ""}
            self.initial.update({f"{name}_{number}": value for name, value in ours.items()})

    def keep_typed(self, data: Mapping[str, Any]) -> None:
        """With room for one more time."""
        super().keep_typed(data)
        if self.count < MOST_ROWS:
            for name, field in _row_fields().items():
                self.fields[f"{name}_{self.count}"] = field
            self.count += 1
            self.has_room = True

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row's fields by name, and whether anything stands in it."""
        for number in range(self.count):
            fields = {name: self[f"{name}_{number}"] for name in PARTS}
            shown = {name: field.value() for name, field in fields.items()}
            yield fields | {
                "number": number + 1,
                "is_open": number == 0 or (self.has_room and number == self.count - 1),
                "is_filled": any(shown[name] for name in ("days", "starts", "ends", "dates")),
                "has_more": any(shown[name] for name in ("dates", "first", "last"))
                or shown["bank"] not in (None, "", OnBankHolidays.ASK.value)
                or any(self.errors.get(f"{name}_{number}") for name in ("dates", "first", "last")),
            }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._rules: list[Rule] = []
        for number in range(self.count):
            if not any(f"{name}_{number}" in self.errors for name in PARTS):
                row = {name: cleaned[f"{name}_{number}"] for name in PARTS}
                self._rules += self._read_row(number, row)
        return cleaned

    def _read_row(self, number: int, row: dict[str, Any]) -> list[Rule]:
        if not any(row[name] for name in ("days", "starts", "ends", "dates", "first", "last")):
            return []
        is_dates = row["often"] == Frequency.DATES
        if is_dates and not row["dates"]:
            self.add_error(f"dates_{number}", _("Write the dates."))
        if not is_dates and not row["days"]:
            self.add_error(f"days_{number}", _("Say on which day."))
        if not is_dates and row["dates"]:
            self.add_error(f"often_{number}", _("For these dates choose “Only on single dates”."))
        clock = self._clock(number, row)
        rules = list(_rules(row, *clock)) if clock else []
        for rule in rules:
            self._check_days(number, rule)
        return rules

    def _clock(self, number: int, row: dict[str, Any]) -> tuple[time, time] | None:
        """None where it is not clear: then both fields say what to write."""
        wrong = {name: says for name in CLOCK if (says := _wrong_time(name, row[name]))}
        match = FROM_TO.fullmatch(f"{row['starts']} to {row['ends']}".lower())
        if match and not wrong:
            with suppress(NotUnderstood):
                return read_clock(match, at_a_club=True)
        unclear = {name: str(says) for name, says in CLOCK.items()}
        if is_one_time(row["starts"]):
            # Then only where it ends can be mended.
            unclear = {"ends": str(ENDS_EARLY)}
        for name, says in (wrong or unclear).items():
            self.add_error(f"{name}_{number}", says)
        return None

    def _check_days(self, number: int, rule: Rule) -> None:
        if rule.frequency == Frequency.FORTNIGHTLY:
            if rule.starts_on is None:
                says = _("Give a day on which it is on, so that we can count.")
                self.add_error(f"first_{number}", says)
            elif rule.starts_on.weekday() != rule.weekday:
                self.add_error(f"first_{number}", _("That falls on another day of the week."))
        if rule.starts_on and rule.ends_before and rule.ends_before <= rule.starts_on:
            self.add_error(f"last_{number}", _("The last day must come after the first."))

    def said(self) -> Values:
        """All of them or nothing: a time that nobody touched stays to the letter."""
        if not self.has_changed():
            return {}
        ordered = sorted(
            {*self._rules},
            key=lambda rule: (rule.weekday is None, rule.weekday or 0, rule.starts_at),
        )
        return {"schedules": [rule_in_json(rule) for rule in ordered]}


def _wrong_time(name: str, typed: str) -> str:
    """What is wrong with one of the two times, by itself."""
    if not typed:
        return _("Say when it starts.") if name == "starts" else _("Say when it ends.")
    return "" if is_time_of_day(typed) else _("Write a time like 6 pm, 7.30 pm or 18:30.")


def _count(data: Any, already: int) -> int:
    """As many rows as the page had, which says so itself."""
    typed = str(data.get("rows", "")) if data else ""
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    return min(max(FEWEST_ROWS, already + (not data), wanted), max(MOST_ROWS, already))


def _rules(row: dict[str, Any], starts_at: time, ends_at: time) -> Iterator[Rule]:
    frequency, _colon, which = (row["often"] or "weekly").partition(":")
    shared: dict[str, Any] = {
        "time_of_year": row["year"] or TimeOfYear.ALL_YEAR.value,
        "on_bank_holidays": row["bank"] or OnBankHolidays.ASK.value,
        "starts_on": row["first"],
        "ends_before": row["last"] + timedelta(days=1) if row["last"] else None,
    }
    if frequency == Frequency.DATES:
        yield Rule(frequency, starts_at, ends_at, dates=row["dates"], **shared)
        return
    for day in row["days"]:
        week = WeekOfMonth(int(which)).value if which else None
        yield Rule(frequency, starts_at, ends_at, int(day), week, **shared)


def _rows_of(schedules: Iterable[Values]) -> list[dict[str, Any]]:
    """What stands in each row: days that are alike but for the day share one."""
    rows: list[dict[str, Any]] = []
    for rule in schedules:
        row = _row_of(rule)
        alike = next((one for one in rows if _but_for_days(one) == _but_for_days(row)), None)
        if alike and row["days"] and rule["frequency"] != Frequency.FORTNIGHTLY:
            alike["days"] += row["days"]
        else:
            rows.append(row)
    return rows


def _but_for_days(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "days"}


def _row_of(rule: Values) -> dict[str, Any]:
    week, weekday, over = rule["week_of_month"], rule["weekday"], rule["ends_before"]
    return {
        "often": f"{rule['frequency']}:{week}" if week else rule["frequency"],
        "days": [] if weekday is None else [str(weekday)],
        "starts": as_typed(time_in_words, time.fromisoformat(rule["starts_at"])),
        "ends": as_typed(time_in_words, time.fromisoformat(rule["ends_at"])),
        "dates": ", ".join(day_typed(day) for day in rule["dates"]),
        "year": rule["time_of_year"],
        "bank": rule["on_bank_holidays"],
        "first": day_typed(rule["starts_on"]),
        "last": day_typed(date.fromisoformat(over) - timedelta(days=1)) if over else "",
    }
