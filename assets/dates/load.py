"""Loads bank holidays, and the school terms in assets/reference/school_terms.toml.

Both are only ever added: what staff have changed stays as they left it.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assets.dates.calendars import keeping_terms_of
from assets.dates.changes import write_with_rows
from assets.models import Area, BankHoliday
from thrive.reference import read

FOLDER = Path(__file__).parent.parent / "reference"
SEASONS = ("autumn", "spring", "summer")


@transaction.atomic
def load() -> None:
    """What is not there yet, and the dates of everything that it changes."""
    if load_bank_holidays():
        load_school_terms()
        write_with_rows(Q())
    elif authorities := load_school_terms():
        write_with_rows(keeping_terms_of(*authorities))


def load_bank_holidays() -> int:
    """England's, from last year to the year after next. How many were new.

    When Christmas falls on a Saturday, both that day and its substitute are here: groups are as
    likely to be off on the one as on the other.
    """
    year = timezone.localdate().year
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(year - 1, year + 3))
    there = set(BankHoliday.objects.values_list("day", flat=True))
    new = [
        BankHoliday(day=day, name=name.replace("(observed)", "(substitute day)"))
        for day, name in sorted(known.items())
        if day not in there
    ]
    BankHoliday.objects.bulk_create(new)
    return len(new)


def load_school_terms() -> set[Area]:
    """Of the areas that there are: which of them got a term. Places load after reference data."""
    years = read(FOLDER, "school_terms")["school_year"]
    areas = {area.code: area for area in Area.objects.all()}
    changed = set()
    for year in years:
        if area := areas.get(year["authority"]):
            added = [_add(area, term) for term in _terms(year)]
            changed |= {area} if any(added) else set()
    return changed


def _terms(year: dict[str, Any]) -> list[dict[str, Any]]:
    about = {name: year[name] for name in ("source_url", "checked_on")}
    about["staff_note"] = year.get("staff_note", "")
    return [
        about
        | {
            "name": f"{season.capitalize()} {starts_on.year}, {half} half",
            "starts_on": starts_on,
            "ends_before": last + timedelta(days=1),
        }
        for season in SEASONS
        for half, (starts_on, last) in zip(("first", "second"), year[season], strict=True)
    ]


def _add(authority: Area, term: dict[str, Any]) -> bool:
    """False: it is there already, perhaps under a name or with days that staff have given it."""
    starts_on: date = term["starts_on"]
    same_days = Q(starts_on__lt=term["ends_before"], ends_before__gt=starts_on)
    if authority.school_terms.filter(Q(name=term["name"]) | same_days).exists():
        return False
    authority.school_terms.create(**term)
    return True
