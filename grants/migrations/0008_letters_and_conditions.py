"""What a letter offers; conditions. What was sent or agreed does not change, whoever asks."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


LETTER = """
CREATE FUNCTION grants_letter_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF (SELECT is_example FROM grants_application WHERE id = OLD.application_id) THEN
            RETURN OLD;
        END IF;
    ELSIF to_jsonb(NEW) = to_jsonb(OLD) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was sent does not change.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER grants_letter_stands BEFORE UPDATE OR DELETE ON grants_letter
    FOR EACH ROW EXECUTE FUNCTION grants_letter_stands();
"""
AGREEMENT = """
CREATE FUNCTION grants_agreement_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.accepted_at IS NOT NULL
        AND (OLD.agreement, OLD.accepted_at, OLD.accepted_by_id, OLD.subsidy, OLD.application_id)
        IS DISTINCT FROM
            (NEW.agreement, NEW.accepted_at, NEW.accepted_by_id, NEW.subsidy, NEW.application_id)
    THEN
        RAISE EXCEPTION 'What was agreed does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_agreement_stands BEFORE UPDATE ON grants_award
    FOR EACH ROW EXECUTE FUNCTION grants_agreement_stands();
"""
CONDITION = """
CREATE FUNCTION grants_condition_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its record;
BEGIN
    SELECT application.is_example, award.accepted_at INTO its
        FROM grants_application AS application
        LEFT JOIN grants_award AS award ON award.application_id = application.id
        WHERE application.id = CASE TG_OP WHEN 'INSERT' THEN NEW.application_id
                                          ELSE OLD.application_id END;
    IF its.accepted_at IS NULL OR its.is_example AND TG_OP = 'DELETE'
        OR TG_OP = 'UPDATE' AND (OLD.application_id, OLD.words, OLD.due_on)
            IS NOT DISTINCT FROM (NEW.application_id, NEW.words, NEW.due_on) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'What was agreed does not change.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER grants_condition_stands BEFORE INSERT OR UPDATE OR DELETE ON grants_condition
    FOR EACH ROW EXECUTE FUNCTION grants_condition_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_what_staff_may_read'),
        ('grants', '0007_published_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=500, verbose_name='what the group does')),
                ('due_on', models.DateField(verbose_name='by')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('met_at', models.DateTimeField(null=True, verbose_name='met')),
                ('waived_at', models.DateTimeField(null=True, verbose_name='waived')),
                ('waived_why', models.CharField(blank=True, max_length=300, verbose_name='why it was waived')),
            ],
            options={
                'verbose_name': 'condition',
                'verbose_name_plural': 'conditions',
                'ordering': ['due_on', 'added_at'],
            },
        ),
        migrations.AddField(
            model_name='letter',
            name='amount',
            field=models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name='amount'),
        ),
        migrations.AddField(
            model_name='letter',
            name='subsidy',
            field=models.CharField(choices=[('none', 'no subsidy: nobody is put at an advantage in trade'), ('minimal', 'Minimal Financial Assistance, confirmed by the group')], default='none', max_length=8, verbose_name='subsidy'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('subsidy__in', ['none', 'minimal'])), name='letter_subsidy_known', violation_error_message='Say whether it is a subsidy.'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', None), ('kind', 'award')), models.Q(('amount__gt', 0), ('amount__isnull', False), ('kind', 'award')), models.Q(models.Q(('kind', 'award'), _negated=True), ('amount', None), ('subsidy', 'none')), _connector='OR'), name='letter_only_an_award_offers', violation_error_message='Only an award has an amount, and one above nothing.'),
        ),
        migrations.AddField(
            model_name='condition',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='condition',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='grants.application'),
        ),
        migrations.AddField(
            model_name='condition',
            name='met_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ticked by'),
        ),
        migrations.AddField(
            model_name='condition',
            name='waived_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='waived by'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.UniqueConstraint(models.F('application'), models.F('words'), models.F('due_on'), name='condition_once', violation_error_message='This condition is there already.'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='condition_says_what', violation_error_message='Say what the group does.'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('met_at', None), ('met_by', None)), models.Q(('met_at__isnull', False), ('met_by__isnull', False)), _connector='OR'), name='condition_met_at_and_by', violation_error_message='Say both when it was met and who says so.'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('waived_at', None), ('waived_by', None), ('waived_why', '')), models.Q(('waived_at__isnull', False), ('waived_by__isnull', False), models.Q(('waived_why', ''), _negated=True)), _connector='OR'), name='condition_waived_says_why', violation_error_message='What is waived says when, by whom and why.'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('met_at', None), ('waived_at', None), _connector='OR'), name='condition_met_or_waived', violation_error_message='It is met or waived, not both.'),
        ),
        migrations.RunSQL(LETTER, "DROP FUNCTION grants_letter_stands() CASCADE"),
        migrations.RunSQL(AGREEMENT, "DROP FUNCTION grants_agreement_stands() CASCADE"),
        migrations.RunSQL(CONDITION, "DROP FUNCTION grants_condition_stands() CASCADE"),
    ]
