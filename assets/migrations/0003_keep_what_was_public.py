"""What was once public is not deleted, and the record of who did what is only ever added to.

Two exceptions. Example rows go, with all that hangs on them. And what was never public goes too:
Django deletes a draft's moves and checks before the draft itself.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION keep_what_was_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.first_public_at IS NULL OR (TG_OP = 'DELETE' AND OLD.is_example) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'What was public is kept. Withdraw it instead.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.first_public_at IS DISTINCT FROM OLD.first_public_at THEN
        RAISE EXCEPTION 'When something first became public does not change.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.is_example AND NOT OLD.is_example THEN
        RAISE EXCEPTION 'What was public does not become an example.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION keep_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'The record of who did what is not changed.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    EXECUTE format(
        'SELECT first_public_at IS NOT NULL AND NOT is_example FROM %I WHERE id = $1', TG_ARGV[0]
    ) INTO kept USING OLD.listing_id;
    IF kept THEN
        RAISE EXCEPTION 'The record of who did what is kept.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
"""
DROP_FUNCTIONS = "DROP FUNCTION keep_what_was_public(); DROP FUNCTION keep_the_record();"


def triggers(listing: str) -> migrations.RunSQL:
    table = f"assets_{listing}"
    records = (f"{table}move", f"{table}assurance")
    make = [
        f"CREATE TRIGGER keep_what_was_public BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION keep_what_was_public()"
    ]
    make += [
        f"CREATE TRIGGER keep_the_record BEFORE UPDATE OR DELETE ON {record}"
        f" FOR EACH ROW EXECUTE FUNCTION keep_the_record('{table}')"
        for record in records
    ]
    drop = [f"DROP TRIGGER keep_what_was_public ON {table}"]
    drop += [f"DROP TRIGGER keep_the_record ON {record}" for record in records]
    return migrations.RunSQL(";\n".join(make), ";\n".join(drop))


class Migration(migrations.Migration):
    dependencies = [("assets", "0002_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        triggers("organisation"),
        triggers("activity"),
        triggers("venue"),
    ]
