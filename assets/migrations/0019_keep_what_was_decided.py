"""The record of what became of proposals and documents is only ever added to.

Exceptions: where somebody lives is taken out of what a proposal brought, messages are wiped in
time, and with an example goes all that hangs on it.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION keep_what_was_decided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_an_example boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'took' - 'message' = to_jsonb(OLD) - 'took' - 'message'
            AND coalesce(to_jsonb(NEW) ->> 'message', '') IN
                ('', coalesce(to_jsonb(OLD) ->> 'message', '')) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'The record of who did what is not changed.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    EXECUTE TG_ARGV[0] INTO of_an_example USING to_jsonb(OLD) ->> TG_ARGV[1];
    IF of_an_example THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The record of who did what is kept.'
        USING ERRCODE = 'restrict_violation';
END $$;
"""
OF_AN_EXAMPLE = {
    "assets_proposalmove": (
        "SELECT is_example FROM assets_proposal WHERE id::text = $1",
        "proposal_id",
    ),
    "assets_documentmove": (
        "SELECT is_example FROM assets_organisation WHERE id ="
        " (SELECT organisation_id FROM assets_document WHERE id::text = $1)",
        "document_id",
    ),
}


def _trigger(table: str) -> migrations.RunSQL:
    query, column = OF_AN_EXAMPLE[table]
    make = (
        f"CREATE TRIGGER keep_what_was_decided BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION keep_what_was_decided($${query}$$, '{column}')"
    )
    return migrations.RunSQL(make, f"DROP TRIGGER keep_what_was_decided ON {table}")


class Migration(migrations.Migration):
    dependencies = [("assets", "0018_keep_what_was_done")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keep_what_was_decided()"),
        *map(_trigger, OF_AN_EXAMPLE),
    ]
