"""What is promised, sent or done does not change any more, whoever asks the database.

With an example round goes all that hangs on it; a person's words can be erased.
"""

from django.db import migrations

# Of an open round: where it stands, and what can only grow or be told more exactly.
MAY_CHANGE = (
    "status,committed,version,last_number,pot,closes_at,decisions_on,cost_code,copied_from_id"
)
ROUND = f"""
CREATE FUNCTION grants_round_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' OR OLD.is_example AND TG_OP = 'DELETE' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - string_to_array('{MAY_CHANGE}', ',')
          = to_jsonb(OLD) - string_to_array('{MAY_CHANGE}', ',')
        AND NEW.pot >= OLD.pot AND NEW.closes_at >= OLD.closes_at AND NEW.status <> 'draft' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A round that has opened does not change.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER grants_round_is_frozen BEFORE UPDATE OR DELETE ON grants_round
    FOR EACH ROW EXECUTE FUNCTION grants_round_is_frozen();
"""
# `$1` is the row; the query finds its round.
FORM = """
CREATE FUNCTION grants_form_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
    its jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    EXECUTE TG_ARGV[0] INTO one USING its;
    IF TG_OP = 'UPDATE' AND one.status = 'draft' THEN
        -- From a round that has opened nothing is carried off, either.
        EXECUTE TG_ARGV[0] INTO one USING to_jsonb(OLD);
    END IF;
    IF one.status = 'draft' OR one.is_example AND TG_OP = 'DELETE' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'A round that has opened does not change.' USING ERRCODE = 'restrict_violation';
END $$;
"""
OF_A_ROUND = "SELECT status, is_example FROM grants_round WHERE id::text = $1 ->> 'round_id'"
OF_A_CRITERION = (
    "SELECT status, is_example FROM grants_round WHERE id ="
    " (SELECT round_id FROM grants_criterion WHERE id::text = $1 ->> 'criterion_id')"
)
FORM_TABLES = {
    "grants_eligibilityquestion": OF_A_ROUND,
    "grants_question": OF_A_ROUND,
    "grants_criterion": OF_A_ROUND,
    "grants_budgetheading": OF_A_ROUND,
    "grants_requiredcheck": OF_A_ROUND,
    "grants_round_needs_groups": OF_A_ROUND,
    "grants_level": OF_A_CRITERION,
}
SENT = """
CREATE FUNCTION grants_what_was_sent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    texts text[] := string_to_array(
        'said,round_id,number,title,summary,minimum,ideal,total_cost,people,starts_on,ends_before,'
        'age_from,age_before,submitted_at,submitted_by_id', ',');
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF OLD.submitted_at IS NULL OR NEW.said = '{}'::jsonb THEN
        RETURN NEW;
    END IF;
    -- What stands beside them may change: its status, say, or whose group it turns out to be.
    IF (SELECT bool_and(before -> one = after -> one) FROM unnest(texts) AS one) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was sent does not change.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER grants_what_was_sent BEFORE UPDATE ON grants_application
    FOR EACH ROW EXECUTE FUNCTION grants_what_was_sent();
"""
RECORD = """
CREATE FUNCTION grants_keep_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_an_example boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        EXECUTE TG_ARGV[0] INTO of_an_example USING to_jsonb(OLD);
        IF of_an_example THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'The record of who did what is not changed.'
        USING ERRCODE = 'restrict_violation';
END $$;
"""
ROUND_IS_EXAMPLE = "SELECT is_example FROM grants_round WHERE id::text = $1 ->> 'round_id'"
APPLICATION_IS_EXAMPLE = (
    "SELECT is_example FROM grants_application WHERE id::text = $1 ->> 'application_id'"
)
SEAT_IS_EXAMPLE = (
    "SELECT is_example FROM grants_round WHERE id ="
    " (SELECT round_id FROM grants_seat WHERE id::text = $1 ->> 'seat_id')"
)
SHEET_IS_EXAMPLE = (
    "SELECT is_example FROM grants_application WHERE id ="
    " (SELECT application_id FROM grants_scoresheet WHERE id::text = $1 ->> 'sheet_id')"
)
RECORDS = {
    "grants_roundmove": ROUND_IS_EXAMPLE,
    "grants_declaration": ROUND_IS_EXAMPLE,
    "grants_applicationmove": APPLICATION_IS_EXAMPLE,
    "grants_interest": APPLICATION_IS_EXAMPLE,
    "grants_check": APPLICATION_IS_EXAMPLE,
    "grants_seatmove": SEAT_IS_EXAMPLE,
    "grants_sheetedit": SHEET_IS_EXAMPLE,
}
# A score is of its own criterion's levels.
LEVELS = (
    "ALTER TABLE grants_level ADD CONSTRAINT grants_level_of_criterion UNIQUE (id, criterion_id);"
    "ALTER TABLE grants_score ADD CONSTRAINT score_level_is_the_criterions"
    " FOREIGN KEY (level_id, criterion_id) REFERENCES grants_level (id, criterion_id)"
    " DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE grants_score DROP CONSTRAINT score_level_is_the_criterions;"
    "ALTER TABLE grants_level DROP CONSTRAINT grants_level_of_criterion",
)


def _trigger(name: str, when: str, table: str, query: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}($${query}$$)",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_rounds_and_applications")]
    operations = [
        migrations.RunSQL(ROUND, "DROP FUNCTION grants_round_is_frozen() CASCADE"),
        migrations.RunSQL(FORM, "DROP FUNCTION grants_form_is_frozen() CASCADE"),
        *(
            _trigger("grants_form_is_frozen", "INSERT OR UPDATE OR DELETE", table, query)
            for table, query in FORM_TABLES.items()
        ),
        migrations.RunSQL(SENT, "DROP FUNCTION grants_what_was_sent() CASCADE"),
        migrations.RunSQL(RECORD, "DROP FUNCTION grants_keep_the_record() CASCADE"),
        *(
            _trigger("grants_keep_the_record", "UPDATE OR DELETE", table, query)
            for table, query in RECORDS.items()
        ),
        migrations.RunSQL(*LEVELS),
    ]
