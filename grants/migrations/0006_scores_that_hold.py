"""Who may score what, and that a score stands once it is in, whoever asks the database.

Whoever scores has a seat, has declared, and has nothing to do with the application. Whoever has
an interest in a round does not chair it. With an example go its sheets.
"""

from django.db import migrations

SHEET = """
CREATE FUNCTION grants_who_scores() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_round uuid;
    -- What may become of a sheet that is in: it stops to count, or a person's words are erased.
    may_change text[] := string_to_array('status,void_at,void_why,note', ',');
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF (SELECT is_example FROM grants_application WHERE id = OLD.application_id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'What was scored is kept.' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT round_id INTO its_round FROM grants_application WHERE id = NEW.application_id;
    IF TG_OP = 'INSERT' THEN
        -- Whoever declares an interest at this moment waits, or is waited for.
        PERFORM 1 FROM grants_seat
            WHERE round_id = its_round AND person_id = NEW.scorer_id AND left_at IS NULL
            FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'Only those with a seat in the round score.'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM grants_declaration
                       WHERE round_id = its_round AND person_id = NEW.scorer_id) THEN
            RAISE EXCEPTION 'Nobody scores before they have declared their interests.'
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSE
        IF (OLD.application_id, OLD.scorer_id, OLD.stage)
            IS DISTINCT FROM (NEW.application_id, NEW.scorer_id, NEW.stage)
            OR OLD.status <> 'open' AND (
                NEW.status NOT IN (OLD.status, 'void')
                OR NEW.note NOT IN (OLD.note, '')
                OR to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change)
            OR OLD.status = 'void' AND (OLD.void_at, OLD.void_why)
                IS DISTINCT FROM (NEW.void_at, NEW.void_why) THEN
            RAISE EXCEPTION 'What was scored does not change.'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.status = 'open' AND NEW.status = 'submitted' AND EXISTS (
            SELECT FROM grants_criterion AS asked
            LEFT JOIN grants_score AS score
                ON score.criterion_id = asked.id AND score.sheet_id = NEW.id
            WHERE asked.round_id = its_round AND (
                score.id IS NULL OR score.reason = ''
                OR score.level_id IS NULL AND NOT score.does_not_apply)) THEN
            RAISE EXCEPTION 'Each criterion has a score and a reason.'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NEW.status <> 'void' AND EXISTS (
        SELECT FROM grants_interest
        WHERE application_id = NEW.application_id AND person_id = NEW.scorer_id) THEN
        RAISE EXCEPTION 'Nobody scores what they have an interest in.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_who_scores BEFORE INSERT OR UPDATE OR DELETE ON grants_scoresheet
    FOR EACH ROW EXECUTE FUNCTION grants_who_scores();
"""
SCORE = """
CREATE FUNCTION grants_score_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet record;
    asked record;
BEGIN
    SELECT its.status, its.id, application.is_example, application.round_id INTO sheet
        FROM grants_scoresheet AS its
        JOIN grants_application AS application ON application.id = its.application_id
        WHERE its.id = CASE TG_OP WHEN 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END
        FOR SHARE OF its;
    IF TG_OP = 'DELETE' AND (sheet.status = 'open' OR sheet.is_example) THEN
        RETURN OLD;
    END IF;
    -- A person's words can be erased.
    IF TG_OP = 'UPDATE' AND NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason'
    THEN
        RETURN NEW;
    END IF;
    IF sheet.status <> 'open' OR TG_OP = 'UPDATE' AND OLD.sheet_id <> NEW.sheet_id THEN
        RAISE EXCEPTION 'What was scored does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT round_id, may_not_apply INTO asked FROM grants_criterion WHERE id = NEW.criterion_id;
    IF asked.round_id <> sheet.round_id THEN
        RAISE EXCEPTION 'A score is by a criterion of its own round.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.does_not_apply AND NOT asked.may_not_apply THEN
        RAISE EXCEPTION 'This criterion always applies.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_score_stands BEFORE INSERT OR UPDATE OR DELETE ON grants_score
    FOR EACH ROW EXECUTE FUNCTION grants_score_stands();
"""
INTEREST = """
CREATE FUNCTION grants_interest_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_round uuid;
BEGIN
    SELECT round_id INTO its_round FROM grants_application WHERE id = NEW.application_id;
    PERFORM 1 FROM grants_seat WHERE round_id = its_round AND person_id = NEW.person_id
        FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM grants_scoresheet
               WHERE application_id = NEW.application_id AND scorer_id = NEW.person_id
               AND status <> 'void') THEN
        RAISE EXCEPTION 'Nobody scores what they have an interest in.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM grants_seat WHERE round_id = its_round AND person_id = NEW.person_id
               AND is_chair AND left_at IS NULL) THEN
        RAISE EXCEPTION 'Nobody chairs a round in which they have an interest.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_interest_holds AFTER INSERT ON grants_interest
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION grants_interest_holds();
"""
CHAIR = """
CREATE FUNCTION grants_chair_has_no_interest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM grants_seat WHERE id = NEW.id AND is_chair AND left_at IS NULL)
        AND EXISTS (SELECT FROM grants_interest AS one
                    JOIN grants_application AS its ON its.id = one.application_id
                    WHERE its.round_id = NEW.round_id AND one.person_id = NEW.person_id) THEN
        RAISE EXCEPTION 'Nobody chairs a round in which they have an interest.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_chair_has_no_interest AFTER INSERT OR UPDATE ON grants_seat
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION grants_chair_has_no_interest();
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0005_awards")]
    operations = [
        migrations.RunSQL(SHEET, "DROP FUNCTION grants_who_scores() CASCADE"),
        migrations.RunSQL(SCORE, "DROP FUNCTION grants_score_stands() CASCADE"),
        migrations.RunSQL(INTEREST, "DROP FUNCTION grants_interest_holds() CASCADE"),
        migrations.RunSQL(CHAIR, "DROP FUNCTION grants_chair_has_no_interest() CASCADE"),
    ]
