"""The record of what was done about problems and worries is only ever added to.

Two exceptions. Reasons are wiped in time: they may tell of people. And with an example listing
goes all that hangs on it.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION keep_what_was_done() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_an_example boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.why = '' AND to_jsonb(NEW) - 'why' = to_jsonb(OLD) - 'why' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'The record of who did what is not changed.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    EXECUTE format(
        'SELECT coalesce(activity.is_example, organisation.is_example, venue.is_example)
         FROM %I AS report
         LEFT JOIN assets_activity AS activity ON activity.id = report.activity_id
         LEFT JOIN assets_organisation AS organisation ON organisation.id = report.organisation_id
         LEFT JOIN assets_venue AS venue ON venue.id = report.venue_id
         WHERE report.id::text = $1', TG_ARGV[0]
    ) INTO of_an_example USING to_jsonb(OLD) ->> TG_ARGV[1];
    IF of_an_example THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The record of who did what is kept.'
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def trigger(record: str, report: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER keep_what_was_done BEFORE UPDATE OR DELETE ON {record}"
        f" FOR EACH ROW EXECUTE FUNCTION keep_what_was_done('{report}', '{column}')",
        f"DROP TRIGGER keep_what_was_done ON {record}",
    )


class Migration(migrations.Migration):
    dependencies = [("assets", "0017_what_people_tell_us")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keep_what_was_done()"),
        trigger("assets_problemmove", "assets_problem", "problem_id"),
        trigger("assets_safetyrecord", "assets_safetyworry", "worry_id"),
    ]
