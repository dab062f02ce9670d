"""Search rows: written in the same transaction as the change they show, never by a signal.

`refresh` and `rebuild` run the same statement, over some listings or over all of them, so a row
can only ever be late, never different; a test compares all rows with a full rebuild.
"""

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assets import stamps
from assets.models import Activity, Organisation, Status
from assets.search.options import FILTERS, give_bits
from assets.turns import take_turn
from assets.understanding import vocabulary

# No upper age: the largest number the column holds.
NO_UPPER_AGE = 32767

# What a family would say for these ages, so that “toddler group” finds what is for toddlers.
# Only for things that are mostly for them: everybody's bell ringing is not a baby group.
AGE_WORDS = """
    concat_ws(' ',
        CASE WHEN a.in_pregnancy THEN 'pregnant pregnancy antenatal expecting bump' END,
        CASE WHEN a.age_from < 12 AND a.age_before <= 72 THEN 'baby babies newborn' END,
        CASE WHEN a.age_from < 36 AND a.age_before BETWEEN 13 AND 84
             THEN 'toddler toddlers preschool under fives' END,
        CASE WHEN a.age_from < 132 AND a.age_before BETWEEN 61 AND 156 THEN 'children kids' END,
        CASE WHEN a.age_from >= 96 AND a.age_before > 144 AND a.age_before <= 312
             THEN 'teenager teenagers teens young people youth' END,
        CASE WHEN a.age_from >= 96 AND a.age_before BETWEEN 252 AND 372 THEN 'young adults' END)
"""
WAY_WORDS = """
    (SELECT string_agg(CASE one
         WHEN 'online' THEN 'online' WHEN 'phone' THEN 'phone ring'
         WHEN 'at-home' THEN 'visits you at home' END, ' ') FROM unnest(a.ways_to_take_part) one)
"""
KIND_WORDS = """
    CASE a.kind
        WHEN 'session' THEN 'session group class'
        WHEN 'club' THEN 'club group'
        WHEN 'drop-in' THEN 'drop in dropin group'
        WHEN 'service' THEN 'service support help'
        WHEN 'helpline' THEN 'helpline phone line call'
        WHEN 'online-help' THEN 'online web app'
        WHEN 'volunteering' THEN 'volunteering volunteer'
        WHEN 'work-experience' THEN 'work experience placement'
        WHEN 'space' THEN 'space room place to use'
    END
"""
# Some would rather write than ring.
CONTACT_WORDS = """
    CASE WHEN EXISTS (SELECT FROM assets_contact c WHERE c.kind = 'text'
                      AND (c.activity_id = a.id OR c.organisation_id = o.id))
         THEN 'text message' END
"""


def _bits(name: str, tagged: str) -> str:
    """The bits of the options that a listing has; `tagged` is a table of `option`s."""
    return f"""(SELECT coalesce(bit_or(1::bigint << b.bit), 0)
        FROM assets_optionbit b JOIN ({tagged}) tagged ON tagged.option = b.option
        WHERE b.filter = '{name}')"""


def _fixed(name: str, column: str) -> str:
    """The bit of one of the few options that stand in `assets.search.options`."""
    options = next(one.fixed for one in FILTERS if one.name == name)
    cases = " ".join(f"WHEN '{option}' THEN {1 << bit}" for bit, option in enumerate(options))
    return f"CASE {column} {cases} ELSE 0 END"


def _known_on(listing: str) -> str:
    """As `Listing.known_since`: days are those of this country."""
    first = f"({listing}.first_public_at AT TIME ZONE '{settings.TIME_ZONE}')::date"
    return f"coalesce({listing}.last_checked_on, {first})"


OPTIONS = {
    "cost": """CASE WHEN a.cost IN ('free', 'donation') THEN 1 ELSE 0 END
        | CASE WHEN a.help_with_cost THEN 2 ELSE 0 END""",
    "needs": _bits(
        "needs",
        "SELECT needs_group_id AS option FROM assets_activityneedsgroup WHERE activity_id = a.id",
    ),
    "theme": _bits(
        "theme", "SELECT theme_id AS option FROM assets_activitytheme WHERE activity_id = a.id"
    ),
    "who": _bits(
        "who",
        "SELECT audience_id AS option FROM assets_activity_audiences WHERE activity_id = a.id",
    ),
    "access": _bits(
        "access",
        """SELECT accessfeature_id AS option FROM assets_activity_access_features
        WHERE activity_id = a.id UNION SELECT accessfeature_id FROM assets_venue_access_features
        WHERE venue_id = a.venue_id""",
    ),
    "language": _bits(
        "language",
        "SELECT language_id AS option FROM assets_activity_languages WHERE activity_id = a.id",
    ),
    "way": f"""(SELECT coalesce(bit_or({_fixed("way", "one")}), 0)
        FROM unnest(a.ways_to_take_part) one)""",
    "come": _fixed("come", "a.how_to_come"),
    "room": _fixed("room", "a.newcomers"),
    "level": _fixed("level", "a.level"),
}

ACTIVITIES = f"""
INSERT INTO assets_searchrow
    (activity_id, version, sort_key, document, point, age_from, age_before, in_pregnancy,
     area_served, checked_on, known_on, times, {", ".join(OPTIONS)})
SELECT a.id, nextval('assets_searchrow_version'), sort_key(a.title),
    setweight(to_tsvector('directory', a.title), 'A')
    || setweight(to_tsvector('directory', concat_ws(' ', o.name, together.words, {KIND_WORDS},
                                                    {AGE_WORDS}, {WAY_WORDS}, tags.words,
                                                    {CONTACT_WORDS})), 'B')
    || setweight(to_tsvector('directory', concat_ws(' ', a.summary, themes.words)), 'C')
    || setweight(to_tsvector('directory', concat_ws(' ', a.description, o.summary, p.name,
        CASE WHEN v.shown = 'public' THEN v.name END)), 'D'),
    v.point, a.age_from, coalesce(a.age_before, {NO_UPPER_AGE}), a.in_pregnancy,
    area.code, a.last_checked_on, {_known_on("a")},
    (SELECT coalesce(bit_or(oc.parts_of_day), 0) FROM assets_occurrence oc
     WHERE oc.activity_id = a.id AND NOT oc.cancelled AND oc.ends_at > %(now)s),
    {", ".join(OPTIONS.values())}
FROM assets_activity a
LEFT JOIN assets_area area ON area.id = a.area_served_id
JOIN assets_organisation o ON o.id = a.organisation_id AND o.status = '{Status.PUBLIC}'
LEFT JOIN assets_venue v ON v.id = a.venue_id
LEFT JOIN assets_place p ON p.id = v.place_id
LEFT JOIN LATERAL (
    SELECT string_agg(partner.name, ' ' ORDER BY partner.id) AS words
    FROM assets_activitypartner ap
    JOIN assets_organisation partner ON partner.id = ap.organisation_id
        AND partner.status = '{Status.PUBLIC}'
    WHERE ap.activity_id = a.id) together ON true
LEFT JOIN LATERAL (
    SELECT string_agg(name, ' ' ORDER BY name) AS words FROM (
        SELECT au.name FROM assets_activity_audiences aa
            JOIN assets_audience au ON au.slug = aa.audience_id WHERE aa.activity_id = a.id
        UNION ALL
        SELECT f.name FROM assets_activity_access_features af
            JOIN assets_accessfeature f ON f.slug = af.accessfeature_id WHERE af.activity_id = a.id
        UNION ALL
        SELECT l.name FROM assets_activity_languages al
            JOIN assets_language l ON l.code = al.language_id
            WHERE al.activity_id = a.id AND l.code <> 'en') named) tags ON true
LEFT JOIN LATERAL (
    SELECT string_agg(t.name, ' ' ORDER BY t.slug) AS words
    FROM assets_activitytheme at JOIN thrive_theme t ON t.slug = at.theme_id
    WHERE at.activity_id = a.id) themes ON true
WHERE a.status = '{Status.PUBLIC}' AND a.id = ANY(%(ids)s)
"""

ORGANISATIONS = f"""
INSERT INTO assets_searchrow
    (organisation_id, version, sort_key, document, point, age_from, age_before, in_pregnancy,
     checked_on, known_on, theme, times, {", ".join(name for name in OPTIONS if name != "theme")})
SELECT o.id, nextval('assets_searchrow_version'), sort_key(o.name),
    setweight(to_tsvector('directory', o.name), 'A')
    || setweight(to_tsvector('directory', 'group'), 'B')
    || setweight(to_tsvector('directory', o.summary), 'C')
    || setweight(to_tsvector('directory', o.description), 'D'),
    NULL, 0, {NO_UPPER_AGE}, false, o.last_checked_on, {_known_on("o")},
    {
    _bits(
        "theme",
        "SELECT theme_id AS option FROM assets_organisationtheme WHERE organisation_id = o.id",
    )
},
    0{", 0" * (len(OPTIONS) - 1)}
FROM assets_organisation o
WHERE o.status = '{Status.PUBLIC}' AND o.id = ANY(%(ids)s)
    AND NOT EXISTS (SELECT FROM assets_activity a
                    WHERE a.organisation_id = o.id AND a.status = '{Status.PUBLIC}')
"""


@transaction.atomic
def refresh(*, activities: Q, organisations: Q | None) -> None:
    """Write the rows of these activities and groups anew, and stamp them for harvesters."""
    changed = (
        Activity.objects.filter(activities),
        Organisation.objects.filter(organisations)
        if organisations
        else Organisation.objects.none(),
    )
    _write(*changed)
    stamps.write(*changed)


@transaction.atomic
def rebuild() -> None:
    """Write every row anew, and forget words that no listing says any more."""
    _write(Activity.objects.all(), Organisation.objects.all())
    vocabulary.rebuild()


def _write(activities: QuerySet[Activity], organisations: QuerySet[Organisation]) -> None:
    # Two changes at once to what one row shows: the second waits here and then sees the first.
    take_turn()
    give_bits()
    activity_ids = list(activities.order_by().values_list("pk", flat=True).distinct())
    organisation_ids = list(organisations.order_by().values_list("pk", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM assets_searchrow WHERE activity_id = ANY(%s) OR organisation_id = ANY(%s)",
            [activity_ids, organisation_ids],
        )
        cursor.execute(ACTIVITIES, {"ids": activity_ids, "now": timezone.now()})
        cursor.execute(ORGANISATIONS, {"ids": organisation_ids})
    vocabulary.add_words_of(activity_ids, organisation_ids)
