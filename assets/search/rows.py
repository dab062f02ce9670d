"""Search rows: written in the same transaction as the change they show, never by a signal.

`refresh` and `rebuild` run the same statement, over some listings or over all of them, so a row
can only ever be late, never different; a test compares all rows with a full rebuild.
"""

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from assets.models import Activity, Organisation, Status
from assets.turns import take_turn

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
             THEN 'teenager teenagers teens young people youth' END)
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

ACTIVITIES = f"""
INSERT INTO assets_searchrow
    (activity_id, version, sort_key, document, point, age_from, age_before, in_pregnancy)
SELECT a.id, nextval('assets_searchrow_version'), sort_key(a.title),
    setweight(to_tsvector('directory', a.title), 'A')
    || setweight(to_tsvector('directory', concat_ws(' ', o.name, together.words, {KIND_WORDS},
                                                    {AGE_WORDS}, tags.words)), 'B')
    || setweight(to_tsvector('directory', a.summary), 'C')
    || setweight(to_tsvector('directory', concat_ws(' ', a.description, o.summary, p.name,
        themes.words,
        CASE WHEN v.shown = 'public' THEN v.name END)), 'D'),
    v.point, a.age_from, coalesce(a.age_before, {NO_UPPER_AGE}), a.in_pregnancy
FROM assets_activity a
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
WHERE a.status = '{Status.PUBLIC}' AND a.id = ANY(%s)
"""

ORGANISATIONS = f"""
INSERT INTO assets_searchrow
    (organisation_id, version, sort_key, document, point, age_from, age_before, in_pregnancy)
SELECT o.id, nextval('assets_searchrow_version'), sort_key(o.name),
    setweight(to_tsvector('directory', o.name), 'A')
    || setweight(to_tsvector('directory', 'group'), 'B')
    || setweight(to_tsvector('directory', o.summary), 'C')
    || setweight(to_tsvector('directory', o.description), 'D'),
    NULL, 0, {NO_UPPER_AGE}, false
FROM assets_organisation o
WHERE o.status = '{Status.PUBLIC}' AND o.id = ANY(%s)
    AND NOT EXISTS (SELECT FROM assets_activity a
                    WHERE a.organisation_id = o.id AND a.status = '{Status.PUBLIC}')
"""


@transaction.atomic
def refresh(*, activities: Q, organisations: Q | None) -> None:
    """Write the rows of these activities and groups anew."""
    _write(
        Activity.objects.filter(activities),
        Organisation.objects.filter(organisations)
        if organisations
        else Organisation.objects.none(),
    )


@transaction.atomic
def rebuild() -> None:
    """Write every row anew."""
    _write(Activity.objects.all(), Organisation.objects.all())


def _write(activities: QuerySet[Activity], organisations: QuerySet[Organisation]) -> None:
    # Two changes at once to what one row shows: the second waits here and then sees the first.
    take_turn()
    activity_ids = list(activities.order_by().values_list("pk", flat=True).distinct())
    organisation_ids = list(organisations.order_by().values_list("pk", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM assets_searchrow WHERE activity_id = ANY(%s) OR organisation_id = ANY(%s)",
            [activity_ids, organisation_ids],
        )
        cursor.execute(ACTIVITIES, [activity_ids])
        cursor.execute(ORGANISATIONS, [organisation_ids])
