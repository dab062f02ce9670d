"""A hidden venue stands at the middle of its village, whoever writes the row.

A CHECK cannot look into another table. `UPDATE OF` leaves alone what does not touch the place: a
venue can still be withdrawn after a new list of places has moved the middle.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION hidden_venue_at_the_middle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.shown <> 'public' AND NOT EXISTS (
        SELECT FROM assets_place WHERE id = NEW.place_id AND point ~= NEW.point
    ) THEN
        RAISE EXCEPTION 'Of a hidden venue only the middle of its village is kept.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hidden_venue_at_the_middle
    BEFORE INSERT OR UPDATE OF shown, point, place_id ON assets_venue
    FOR EACH ROW EXECUTE FUNCTION hidden_venue_at_the_middle();
"""
DROP = """
DROP TRIGGER hidden_venue_at_the_middle ON assets_venue;
DROP FUNCTION hidden_venue_at_the_middle();
"""


class Migration(migrations.Migration):
    dependencies = [("assets", "0003_keep_what_was_public")]
    operations = [migrations.RunSQL(MAKE, DROP)]
