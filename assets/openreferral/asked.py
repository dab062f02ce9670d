"""What a harvester asks: every parameter of the standard, read strictly."""

import re
from datetime import UTC, datetime, time
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from assets.openreferral.schedules import DAYS

PER_PAGE, MOST_PER_PAGE = 50, 500
# Keys alone: all in one answer, as the standard wants it.
MOST_MINIMAL = 100_000
MOST_PAGE = 1_000_000_000
OLDEST = 120
# Metres: from one end of the country to the other.
FARTHEST = 2_000_000
LONGEST = 200
YEARS = (1970, 2200)
FLAGS = {"true": True, "1": True, "false": False, "0": False}
FORMATS = ("json", "ndjson")
DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
TIMES = ["%H:%M", "%H:%M:%S"]
# A plus sign in an address is read as a space.
LOST_PLUS = re.compile(r" (\d\d:?\d\d)$")


class Flag(forms.CharField):
    def to_python(self, value: Any) -> Any:
        said = str(super().to_python(value)).lower()
        if said and said not in FLAGS:
            raise ValidationError(_("Say true or false."))
        return FLAGS.get(said, False)


class Days(forms.CharField):
    """“MO”, “Monday” or “MO,WE”: the days of the week, Monday is 0."""

    def to_python(self, value: Any) -> Any:
        return [self._day(one.strip()) for one in str(super().to_python(value)).split(",") if one]

    def _day(self, said: str) -> int:
        if said.upper() in DAYS:
            return DAYS.index(said.upper())
        if said.lower() in DAY_NAMES:
            return DAY_NAMES.index(said.lower())
        raise ValidationError(_("Name a day of the week: MO or Monday."))


class Moment(forms.CharField):
    """Without a zone it is London's time, which is never later than universal time: more, not
    less, is told.
    """

    def to_python(self, value: Any) -> Any:
        said = LOST_PLUS.sub(r"+\1", str(super().to_python(value)))
        if not said:
            return None
        try:
            moment = parse_datetime(said)
            if moment is None and (day := parse_date(said)):
                moment = datetime.combine(day, time())
        except ValueError:
            moment = None
        if moment is None or not YEARS[0] <= moment.year <= YEARS[1]:
            raise ValidationError(_("Write a date and time like 2026-11-01T09:30:00Z."))
        aware = moment if moment.tzinfo else timezone.make_aware(moment)
        return aware.astimezone(UTC)


class Format(forms.CharField):
    def to_python(self, value: Any) -> Any:
        said = str(super().to_python(value)).lower() or FORMATS[0]
        if said not in FORMATS:
            raise ValidationError(_("Ask for json or ndjson."))
        return said


class Keys(forms.Field):
    """Several: each has to fit."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return [UUID(one) for one in value or [] if one]
        except ValueError as why:
            raise ValidationError(_("Write a UUID.")) from why


def _number(highest: float, **how: Any) -> dict[str, Any]:
    return {"required": False, "min_value": 0, "max_value": highest, **how}


class PageForm(forms.Form):
    """Of every list."""

    page = forms.IntegerField(**_number(MOST_PAGE, min_value=1))
    per_page = forms.IntegerField(**_number(MOST_MINIMAL, min_value=1))
    search = forms.CharField(required=False, max_length=LONGEST)
    format = Format(required=False)

    def clean_per_page(self) -> int:
        asked: int = self.cleaned_data["per_page"] or PER_PAGE
        return self._at_most(asked, MOST_PER_PAGE)

    def _at_most(self, asked: int, most: int) -> int:
        if asked > most:
            raise ValidationError(_("%(most)d a page at most.") % {"most": most})
        return asked

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1


class TermForm(PageForm):
    taxonomy_id = Keys(required=False)
    parent_id = forms.UUIDField(required=False)
    top_only = Flag(required=False)


class ServiceForm(PageForm):
    """Of services, organizations, and services at locations."""

    minimal = Flag(required=False)
    full = Flag(required=False)
    taxonomy_id = Keys(required=False)
    taxonomy_term_id = Keys(required=False)
    minimum_age = forms.DecimalField(**_number(OLDEST))
    maximum_age = forms.DecimalField(**_number(OLDEST))
    start_time = forms.TimeField(required=False, input_formats=TIMES)
    end_time = forms.TimeField(required=False, input_formats=TIMES)
    day = Days(required=False)
    postcode = forms.CharField(required=False, max_length=LONGEST)
    proximity = forms.FloatField(**_number(FARTHEST))
    organization_id = forms.UUIDField(required=False)
    modified_after = Moment(required=False)

    def clean_per_page(self) -> int:
        return self.cleaned_data["per_page"] or 0

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        if said["proximity"] is not None and not said["postcode"]:
            self.add_error("proximity", _("Say near which postcode."))
        low, high = said["minimum_age"], said["maximum_age"]
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", _("It must not be below the minimum age."))
        if said["minimal"] and said["full"]:
            self.add_error("full", _("Either all or as little as possible, not both."))
        most = MOST_MINIMAL if said["minimal"] else MOST_PER_PAGE
        usual = MOST_MINIMAL if said["minimal"] else PER_PAGE
        try:
            said["per_page"] = self._at_most(said["per_page"] or usual, most)
        except ValidationError as why:
            self.add_error("per_page", why)
        return said


# May be said several times.
SEVERAL = frozenset({"taxonomy_id", "taxonomy_term_id"})

# Of every list: what one list does not take, another does, and is no slip.
KNOWN = [*{**ServiceForm.base_fields, **TermForm.base_fields}]
# From 0, nothing alike, to 1, the same: “perPage” is per_page, “age” is not page.
ALIKE = 0.88


def _slips(typed: QueryDict) -> dict[str, str]:
    """Whoever writes “modifed_after” would else harvest everything every day, and never know."""
    near = {name: _like(name[:LONGEST].lower()) for name in typed if name not in KNOWN}
    meant = _("We do not know this. Did you mean %s?")
    return {name: meant % found for name, found in near.items() if found}


def _like(slip: str) -> str:
    """Nothing, where it is like none. Two letters of a short name change places easily: “pgae”."""
    swapped = (name for name in KNOWN if sorted(name) == sorted(slip))
    return next(swapped, "") or next(iter(get_close_matches(slip, KNOWN, 1, ALIKE)), "")


def read(form: type[PageForm], typed: QueryDict) -> dict[str, Any]:
    """What is asked. Raises ValidationError with what is wrong, by parameter.

    What the standard does not know is passed over, but for slips of the pen.
    """
    if slips := _slips(typed):
        raise ValidationError(slips)
    twice = [
        name for name in form.base_fields if name not in SEVERAL and len(typed.getlist(name)) > 1
    ]
    if twice:
        raise ValidationError({name: _("Say it once.") for name in twice})
    asked = form(typed)
    if not asked.is_valid():
        raise ValidationError(asked.errors.as_data())
    return asked.cleaned_data
