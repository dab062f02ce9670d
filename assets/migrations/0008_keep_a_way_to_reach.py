"""A group that is public keeps one way to reach it.

Looked at when the transaction ends: a contact may be replaced, and a group be deleted with all
that hangs on it.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION keep_a_way_to_reach() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM assets_organisation WHERE id = OLD.organisation_id AND status = 'public'
    ) AND NOT EXISTS (
        SELECT FROM assets_contact WHERE organisation_id = OLD.organisation_id
    ) THEN
        RAISE EXCEPTION 'A group that is public keeps one way to reach it.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER keep_a_way_to_reach AFTER DELETE OR UPDATE OF organisation_id
    ON assets_contact DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION keep_a_way_to_reach();
"""
DROP = """
DROP TRIGGER keep_a_way_to_reach ON assets_contact;
DROP FUNCTION keep_a_way_to_reach();
"""


class Migration(migrations.Migration):
    dependencies = [("assets", "0007_everyday_words")]
    operations = [migrations.RunSQL(MAKE, DROP)]
