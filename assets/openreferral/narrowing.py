"""Which services fit what is asked. All that is asked has to fit."""

from datetime import time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import RawSQL
from psycopg import sql

from assets.models import Activity, Area, HarvestStamp, Organisation, Postcode, Schedule, Status
from assets.openreferral.services import MONTHS
from assets.openreferral.taxonomies import OF_ACTIVITIES, all_terms
from assets.places.postcodes import Part, readings
from assets.search.text import every_term
from assets.understanding.meaning import meant

Asked = dict[str, Any]
# What looks into a service. What is over has no content that could fit.
INTO = (
    "search taxonomy_id taxonomy_term_id minimum_age maximum_age start_time end_time day postcode"
).split()


def services(asked: Asked) -> QuerySet[HarvestStamp]:
    """Everything that was ever public, unless something is asked that only some can fit."""
    return _changed(HarvestStamp.objects.of_activities().filter(_fits("activity", asked)), asked)


def services_at_locations(asked: Asked) -> QuerySet[HarvestStamp]:
    return services(asked).filter(activity__venue__isnull=False)


def groups(asked: Asked) -> QuerySet[HarvestStamp]:
    """Those that fit by their words, or run a service that fits."""
    stamps = HarvestStamp.objects.of_groups()
    if asked["organization_id"]:
        stamps = stamps.filter(organisation=asked["organization_id"])
    if _looks_into(asked):
        runs = Activity.objects.public().filter(_content(asked)).values("organisation")
        fits = Q(organisation__in=runs)
        if asked["search"] and [name for name in INTO if _is_asked(asked, name)] == ["search"]:
            named = Organisation.objects.public().filter(_says(asked["search"], "organisation_id"))
            fits |= Q(organisation__in=named.values("pk"))
        stamps = stamps.filter(fits)
    return _changed(stamps, asked)


def _changed(stamps: QuerySet[HarvestStamp], asked: Asked) -> QuerySet[HarvestStamp]:
    moment = asked["modified_after"]
    return stamps.changed_since(moment) if moment else stamps  # type: ignore[attr-defined]


def _fits(path: str, asked: Asked) -> Q:
    fits = Q()
    if asked["organization_id"]:
        fits &= Q(**{f"{path}__in": _of_group(asked["organization_id"])})
    if _looks_into(asked):
        content = Activity.objects.public().filter(_content(asked))
        fits &= Q(**{f"{path}__in": content.values("pk")})
    return fits


def _of_group(key: UUID) -> QuerySet[Any]:
    """With what is over, where its page names the group."""
    named = [Status.PUBLIC, Status.PAUSED, Status.ENDED]
    return Activity.objects.filter(
        organisation=key, organisation__status=Status.PUBLIC, status__in=named
    ).values("pk")


def _is_asked(asked: Asked, name: str) -> bool:
    return asked[name] not in (None, "", [])


def _looks_into(asked: Asked) -> bool:
    return any(_is_asked(asked, name) for name in INTO)


def _content(asked: Asked) -> Q:
    """Of a public activity."""
    fits = _tagged(asked) & _of_ages(asked["minimum_age"], asked["maximum_age"])
    if asked["search"]:
        fits &= _says(asked["search"], "activity_id")
    if asked["day"] or asked["start_time"] or asked["end_time"]:
        fits &= Q(Exists(_at(asked["day"], asked["start_time"], asked["end_time"])))
    if asked["postcode"]:
        fits &= _near(asked["postcode"], asked["proximity"])
    return fits


def _tagged(asked: Asked) -> Q:
    fits = Q()
    for key in asked["taxonomy_id"]:
        found = [one for one in OF_ACTIVITIES if one.key == str(key)]
        fits &= found[0].has_any if found else _nothing()
    if asked["taxonomy_term_id"]:
        known = {term["id"]: (taxonomy, term["term"]) for taxonomy, term in all_terms()}
        for key in asked["taxonomy_term_id"]:
            taxonomy, code = known.get(str(key), (None, ""))
            if taxonomy is None or not taxonomy.of_activities:
                fits &= _nothing()
            elif taxonomy.table:
                # Each of several terms has to be there.
                fits &= Q(pk__in=Activity.objects.filter(taxonomy.has(code)).values("pk"))
            else:
                fits &= taxonomy.has(code)
    return fits


def _nothing() -> Q:
    return Q(pk__in=[])


def _of_ages(low: Decimal | None, high: Decimal | None) -> Q:
    """Whoever is of some of these ages may come. In years: 4 lasts until the fifth birthday."""
    fits = Q()
    if low is not None:
        fits &= Q(age_before__isnull=True) | Q(age_before__gt=int(low * MONTHS))
    if high is not None:
        before = (high + 1 if high == int(high) else high) * MONTHS
        fits &= Q(age_from__lt=int(before))
    return fits


def _says(words: str, column: str) -> Q:
    """By all the words, as the search of the site reads them, without guessing."""
    found = every_term(meant(words))
    # No row has words that say nothing.
    tables = found.tables
    statement = sql.SQL("WITH {tables} one AS (SELECT 1) SELECT r.{column} FROM assets_searchrow r")
    parts: list[sql.Composable] = [statement.format(tables=tables, column=sql.Identifier(column))]
    if found.meaning.terms:
        parts.append(sql.SQL("JOIN said ON said.id = r.id"))
    parts.append(sql.SQL("WHERE r.{} IS NOT NULL AND").format(sql.Identifier(column)))
    parts.append(found.condition)
    connection.ensure_connection()
    whole = sql.SQL(" ").join(parts).as_string(connection.connection)
    # Written by psycopg, with every word of theirs as a literal.
    return Q(pk__in=RawSQL(f"({whole.replace('%', '%%')})", []))  # noqa: S611


def _at(days: list[int], after: time | None, before: time | None) -> QuerySet[Schedule]:
    """One rule fits all of it: the day, and when it begins and ends."""
    rules = Schedule.objects.filter(activity=OuterRef("pk"))
    if days:
        rules = rules.annotate(days_of_dates=_DaysOfDates(F("dates"))).filter(
            Q(weekday__in=days) | Q(days_of_dates__overlap=days)
        )
    if after:
        rules = rules.filter(starts_at__gte=after)
    if before:
        rules = rules.filter(ends_at__lte=before)
    return rules


class _DaysOfDates(Func):
    """The days of the week on which single dates fall; Monday is 0."""

    template = (
        "(SELECT array_agg(DISTINCT extract(isodow FROM day)::int - 1)"
        " FROM unnest(%(expressions)s) day)"
    )
    output_field = ArrayField(IntegerField())


def _near(typed: str, metres: float | None) -> Q:
    """With a distance: it meets so near. Without: it is not for people of other areas only.

    A hidden place is where its village is: that is the only point it has.
    """
    postcode = _postcode(typed)
    if postcode is None:
        return _nothing()
    serves = Q(area_served__isnull=True) | Q(area_served__in=_areas_of(postcode))
    if metres is None:
        return serves
    point = f"({postcode.point.easting!r},{postcode.point.northing!r})"
    inside = RawSQL(
        "(SELECT id FROM assets_venue WHERE point <@ circle(%s::point, %s))", [point, metres]
    )
    return serves & Q(venue__in=inside)


def _postcode(typed: str) -> Postcode | None:
    """None where it is not one of those we know."""
    codes = [one.code for one in readings(typed) if one.part is Part.FULL]
    found = Postcode.objects.select_related("district__parent").in_bulk(codes)
    return next((found[code] for code in codes if code in found), None)


def _areas_of(postcode: Postcode) -> list[UUID]:
    keys = [postcode.district_id, postcode.ward_id, postcode.parish_id]
    area: Area | None = postcode.district
    while area and area.parent_id:
        keys.append(area.parent_id)
        area = area.parent
    return [key for key in keys if key]
