"""One search, answered by one statement: how many, the rows of this page, a count per option."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from assets.fields import parse_point
from assets.models import Occurrence
from assets.places.grid import GridPoint, miles_between
from assets.search.counts import alone, counted, counts
from assets.search.dated import MOST_DATES
from assets.search.query import Answer, Found, Query
from assets.search.statement import answer_statement, by_day_statement, dates_statement
from assets.search.text import NOTHING, Words, every_term, says_anything, some_terms
from assets.understanding.meaning import Meaning, meant
from assets.understanding.vocabulary import corrected

# So few rows that somebody may have missed what they meant.
LITTLE = 3
# Of how well the best row fits; less is not what was asked for.
MOSTLY = 0.7


def search(query: Query, *, some_words: bool = True) -> Answer:
    """The page asked for; an empty page past the end, with the true total.

    Where little has all the words, they are read again as if slips had been made; then rows with
    some of them will do, if `some_words` may; at last, whatever fits the rest of the question.
    """
    if not query.words:
        return _ask(query, NOTHING)
    meaning = query.meaning or meant(query.words)
    if meaning.says_little and _is_narrowed(query):
        # “Activities for my 3 year old” asks for an age, and for nothing by its words.
        return _without_words(query)
    answer = _ask(query, every_term(meaning))
    if not some_words or (answer.total >= LITTLE and not _hides_better(query, meaning, answer)):
        return answer
    if not answer.total and not _says_anything(meaning):
        return _without_words(query)
    looked_for = ""
    if query.meaning is None and (mended := corrected(query.words)):
        without_slips = _ask(query, every_term(meant(mended)))
        if without_slips.total > answer.total:
            return replace(without_slips, looked_for=mended)
        meaning, looked_for = meant(mended), mended
    if len(meaning.terms) > 1 or looked_for:
        some = _ask(query, some_terms(meaning))
        if some.total > answer.total or answer.fit < MOSTLY * some.fit:
            return replace(some, some_words=True, looked_for=looked_for)
    if not answer.total and _is_narrowed(query):
        return replace(_ask(query, NOTHING), no_words=True)
    return answer


def _hides_better(query: Query, meaning: Meaning, answer: Answer) -> bool:
    """Whether some row fits much better than the best of those that have every term.

    All the words, here and there in long descriptions, say less than most of them in a title.
    """
    if len(meaning.terms) < 2:
        return False
    some = _ask(replace(query, counted=False, page=1, size=1), some_terms(meaning))
    return answer.fit < MOSTLY * some.fit


def by_day(query: Query, answer: Answer, first: date, before: date) -> list[Found]:
    """Every date, from the first day up to the second, of all that `answer` found: soonest first.

    `next` is that date, and may be off.
    """
    words = NOTHING
    meaning = query.meaning or meant(answer.looked_for or query.words)
    if query.words and not answer.no_words and not answer.words_say_nothing:
        words = some_terms(meaning) if answer.some_words else every_term(meaning)
    with connection.cursor() as cursor:
        cursor.execute(*by_day_statement(query, words, first, before))
        return [_found(row, query.near) for row in cursor.fetchall()]


def dates_of(query: Query, activities: Sequence[UUID]) -> dict[UUID, list[Occurrence]]:
    """Every date of these, on the days and at the times asked for; those that are off among them.

    Soonest first, as far back as dates are kept.
    """
    found: dict[UUID, list[Occurrence]] = {one: [] for one in activities}
    statement, values = dates_statement(query, list(found))
    for one in Occurrence.objects.raw(statement.as_string(), values):
        found[one.activity_id].append(one)
    return found


def _without_words(query: Query) -> Answer:
    return replace(_ask(replace(query, words=""), NOTHING), words_say_nothing=True)


def _is_narrowed(query: Query) -> bool:
    """By more than a place: whom for, when, or a filter."""
    return bool(query.age or query.when or query.times or query.options)


def _says_anything(meaning: Meaning) -> bool:
    """Whether more is left of the words than “and”, “the” and the like."""
    with connection.cursor() as cursor:
        cursor.execute(says_anything(meaning))
        return bool(cursor.fetchone()[0])


def _ask(query: Query, words: Words) -> Answer:
    what = counted(query)
    with connection.cursor() as cursor:
        cursor.execute(*answer_statement(query, words, what))
        rows = cursor.fetchall()
    (total, answered, best, *_), *page = rows
    without = alone(what, answered)
    return Answer(
        total=total,
        found=[_found(row, query.near) for _total, _numbers, _best, *row in page],
        fit=float(best or 0),
        page=query.page,
        counts=counts(what, answered),
        without={name: total + number for name, number in without.items()},
        size=query.size,
    )


def _found(row: Sequence[Any], near: GridPoint | None) -> Found:
    row_id, version, activity_id, organisation_id, point, *date = row
    where = parse_point(point) if point else None
    far = miles_between(near, where) if near and where else None
    names = ("on", "starts_at", "ends_at", "ask_first", "note", "cancelled", "moved_to")
    following = Occurrence(**dict(zip(names, date, strict=False))) if date[0] else None
    return Found(row_id, version, activity_id, organisation_id, far, following, where)


# Rows without a search: each with the next time it is on.
ROWS = """
SELECT r.id, r.version, r.activity_id, r.organisation_id, NULL::point, next_one."on",
       next_one.starts_at, next_one.ends_at, next_one.ask_first, next_one.note
FROM assets_searchrow r JOIN assets_activity a ON a.id = r.activity_id
LEFT JOIN LATERAL (
    SELECT * FROM assets_occurrence o
    WHERE o.activity_id = a.id AND NOT o.cancelled AND o.ends_at > %(now)s
    ORDER BY o.starts_at LIMIT 1) next_one ON true
"""
OF_ORGANISATION = f"""{ROWS}
WHERE a.organisation_id = %(group)s OR EXISTS (
    SELECT FROM assets_activitypartner ap
    WHERE ap.activity_id = a.id AND ap.organisation_id = %(group)s)
ORDER BY r.sort_key, r.id
"""
AT_VENUE = f"{ROWS} WHERE a.venue_id = %(venue)s ORDER BY r.sort_key, r.id"
DATES_AT_VENUE = f"""
SELECT r.id, r.version, r.activity_id, r.organisation_id, NULL::point, o."on",
       o.starts_at, o.ends_at, o.ask_first, o.note, o.cancelled, o.moved_to
FROM assets_searchrow r JOIN assets_activity a ON a.id = r.activity_id
JOIN assets_occurrence o ON o.activity_id = a.id
WHERE a.venue_id = %(venue)s AND o."on" < %(before)s AND o.ends_at > now()
ORDER BY o.starts_at, r.sort_key, r.id LIMIT {MOST_DATES}
"""
IN_PLACE = f"""{ROWS}
JOIN assets_venue v ON v.id = a.venue_id
WHERE v.place_id = %(place)s ORDER BY r.sort_key, r.id
"""
BY_IDS = f"{ROWS} WHERE a.id = ANY(%(ids)s) ORDER BY array_position(%(ids)s, a.id)"


def of_organisation(organisation_id: UUID) -> list[Found]:
    """Everything public that a group runs or helps to run, by name."""
    return _rows(OF_ORGANISATION, {"group": organisation_id})


def at_venue(venue_id: UUID) -> list[Found]:
    """Everything public that happens there, by name."""
    return _rows(AT_VENUE, {"venue": venue_id})


def dates_at_venue(venue_id: UUID, before: date) -> list[Found]:
    """Every date there up to a day: soonest first. `next` is that date, and may be off."""
    return _rows(DATES_AT_VENUE, {"venue": venue_id, "before": before})


def in_place(place_id: UUID) -> list[Found]:
    """Everything public that happens in a village or town, by name."""
    return _rows(IN_PLACE, {"place": place_id})


def by_ids(ids: Sequence[UUID]) -> list[Found]:
    """Those of these activities that are public, in this order."""
    return _rows(BY_IDS, {"ids": list(ids)})


def _rows(statement: str, values: dict[str, Any]) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values | {"now": timezone.now()})
        return [_found(row, None) for row in cursor.fetchall()]
