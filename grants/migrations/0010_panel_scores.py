"""What the panel made of scores, and for which application somebody left the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


IN_TIME = """
CREATE FUNCTION grants_panel_score_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM grants_application AS its
        JOIN grants_round AS round ON round.id = its.round_id
        JOIN grants_meeting AS meeting ON meeting.round_id = round.id
        WHERE its.id = NEW.application_id AND meeting.id = NEW.meeting_id
            AND round.status = 'panel') THEN
        RAISE EXCEPTION 'The panel scores while the round is with it.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grants_panel_score_in_time BEFORE INSERT ON grants_panelscore
    FOR EACH ROW EXECUTE FUNCTION grants_panel_score_in_time();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0009_accounts_and_entering'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PanelScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='points')),
                ('scored', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='by the scorers')),
                ('reason', models.TextField(max_length=2000, verbose_name='why')),
                ('agreed_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'score of the panel',
                'verbose_name_plural': 'scores of the panel',
                'ordering': ['agreed_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='attendance',
            name='left_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='grants.application'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='attendances', to='grants.seat'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('left_for', None), ('left_at__isnull', False), _connector='OR'), name='attendance_left_for_is_left', violation_error_message='Say when they left.'),
        ),
        migrations.AddField(
            model_name='panelscore',
            name='agreed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='panelscore',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panel_scores', to='grants.application'),
        ),
        migrations.AddField(
            model_name='panelscore',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel_scores', to='grants.meeting'),
        ),
        migrations.AddConstraint(
            model_name='panelscore',
            constraint=models.CheckConstraint(condition=models.Q(('points', None), models.Q(('points__gte', 0), ('points__lte', 100)), _connector='OR'), name='panelscore_is_of_100', violation_error_message='Points are 0 to 100.'),
        ),
        migrations.AddConstraint(
            model_name='panelscore',
            constraint=models.CheckConstraint(condition=models.Q(('scored', None), models.Q(('scored__gte', 0), ('scored__lte', 100)), _connector='OR'), name='panelscore_scored_is_of_100', violation_error_message='Points are 0 to 100.'),
        ),
        migrations.AddConstraint(
            model_name='panelscore',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='panelscore_says_why', violation_error_message='Say why.'),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER grants_keep_the_record BEFORE UPDATE OR DELETE ON grants_panelscore"
            " FOR EACH ROW EXECUTE FUNCTION grants_keep_the_record($$SELECT is_example"
            " FROM grants_application WHERE id::text = $1 ->> 'application_id'$$)",
            "DROP TRIGGER grants_keep_the_record ON grants_panelscore",
        ),
        migrations.RunSQL(IN_TIME, "DROP FUNCTION grants_panel_score_in_time() CASCADE"),
    ]
