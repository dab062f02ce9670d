"""Real dates: terms, bank holidays, changes, and every date on which something happens."""

import assets.models.calendar
import assets.models.occurrences
import django.contrib.postgres.constraints
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0004_hidden_venues_at_the_middle'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The rule that terms do not overlap compares an authority and a span of days at once.
        BtreeGistExtension(),
        migrations.CreateModel(
            name='BankHoliday',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False, verbose_name='day')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
            ],
            options={
                'verbose_name': 'bank holiday',
                'verbose_name_plural': 'bank holidays',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='DateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='day')),
                ('kind', models.CharField(choices=[('cancelled', 'not on'), ('moved', 'moved'), ('extra', 'an extra date')], max_length=10, verbose_name='what changes')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='moved to')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='to')),
                ('note', models.CharField(blank=True, help_text='Shown to families: why, or where.', max_length=120, verbose_name='note')),
            ],
            options={
                'verbose_name': 'change to a date',
                'verbose_name_plural': 'changes to dates',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDateChange',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('on', models.DateField(verbose_name='day')),
                ('kind', models.CharField(choices=[('cancelled', 'not on'), ('moved', 'moved'), ('extra', 'an extra date')], max_length=10, verbose_name='what changes')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='moved to')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='to')),
                ('note', models.CharField(blank=True, help_text='Shown to families: why, or where.', max_length=120, verbose_name='note')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical change to a date',
                'verbose_name_plural': 'historical changes to dates',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('parts_of_day', models.PositiveSmallIntegerField()),
                ('cancelled', models.BooleanField(default=False)),
                ('ask_first', models.BooleanField(default=False)),
                ('moved_to', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SchoolTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Such as “Autumn 2026, first half”.', max_length=60, verbose_name='name')),
                ('starts_on', models.DateField(verbose_name='first day of school')),
                ('ends_before', models.DateField(help_text='The day after the last day of school.', verbose_name='over by')),
                ('source_url', models.URLField(max_length=300, verbose_name='address of the source')),
                ('checked_on', models.DateField(verbose_name='checked on')),
                ('staff_note', models.TextField(blank=True, max_length=500, verbose_name='still to confirm')),
            ],
            options={
                'verbose_name': 'school term',
                'verbose_name_plural': 'school terms',
                'ordering': ['starts_on', 'authority'],
            },
        ),
        migrations.AddField(
            model_name='historicalschedule',
            name='on_bank_holidays',
            field=models.CharField(choices=[('ask', 'not known: ask first'), ('as-usual', 'on as usual'), ('not', 'not on')], default='ask', max_length=10, verbose_name='on bank holidays'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='on_bank_holidays',
            field=models.CharField(choices=[('ask', 'not known: ask first'), ('as-usual', 'on as usual'), ('not', 'not on')], default='ask', max_length=10, verbose_name='on bank holidays'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(('on_bank_holidays__in', ['ask', 'as-usual', 'not'])), name='schedule_on_bank_holidays_known', violation_error_message='Say what bank holidays change.'),
        ),
        migrations.AddField(
            model_name='datechange',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='date_changes', to='assets.activity'),
        ),
        migrations.AddField(
            model_name='datechange',
            name='schedule',
            field=models.ForeignKey(blank=True, help_text='Empty: everything of that day.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='date_changes', to='assets.schedule', verbose_name='only this rule'),
        ),
        migrations.AddField(
            model_name='historicaldatechange',
            name='activity',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='assets.activity'),
        ),
        migrations.AddField(
            model_name='historicaldatechange',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldatechange',
            name='schedule',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: everything of that day.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='assets.schedule', verbose_name='only this rule'),
        ),
        migrations.AddField(
            model_name='occurrence',
            name='activity',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='assets.activity'),
        ),
        migrations.AddField(
            model_name='occurrence',
            name='schedule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='assets.schedule'),
        ),
        migrations.AddField(
            model_name='schoolterm',
            name='authority',
            field=models.ForeignKey(help_text='The county, or the council itself where there is none.', on_delete=django.db.models.deletion.PROTECT, related_name='school_terms', to='assets.area', verbose_name='education authority'),
        ),
        migrations.AddConstraint(
            model_name='datechange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cancelled', 'moved', 'extra'])), name='datechange_kind_known', violation_error_message='Say what changes.'),
        ),
        migrations.AddConstraint(
            model_name='datechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cancelled'), ('to_on__isnull', True)), models.Q(('kind', 'moved'), ('to_on__isnull', False)), models.Q(('kind', 'extra'), ('schedule__isnull', False), ('to_on__isnull', True)), models.Q(('kind', 'extra'), ('starts_at__isnull', False), ('to_on__isnull', True)), _connector='OR'), name='datechange_has_its_parts', violation_error_message='A moved date needs its new day; an extra date its times, or the rule that it belongs to.'),
        ),
        migrations.AddConstraint(
            model_name='datechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('starts_at__isnull', True)), models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='datechange_times_in_order', violation_error_message='Say from when to when: it must end after it starts.'),
        ),
        migrations.AddConstraint(
            model_name='datechange',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'moved'), ('starts_at__isnull', True), ('to_on', models.F('on')), _negated=True), name='datechange_goes_somewhere', violation_error_message='Moved to the same day, it needs other times.'),
        ),
        migrations.AddConstraint(
            model_name='datechange',
            constraint=models.UniqueConstraint(models.F('activity'), models.F('schedule'), models.F('on'), name='datechange_once', nulls_distinct=False, violation_error_message='There is a change of that day already.'),
        ),
        migrations.AddIndex(
            model_name='occurrence',
            index=models.Index(condition=models.Q(('cancelled', False)), fields=['on', 'activity'], include=('parts_of_day',), name='occurrence_on'),
        ),
        migrations.AddIndex(
            model_name='occurrence',
            index=models.Index(fields=['activity', 'starts_at'], name='occurrence_next'),
        ),
        migrations.AddConstraint(
            model_name='occurrence',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='occurrence_times_in_order', violation_error_message='It must end after it starts.'),
        ),
        migrations.AddConstraint(
            model_name='occurrence',
            constraint=models.CheckConstraint(condition=models.Q(('on', assets.models.occurrences._LondonDay('starts_at'))), name='occurrence_on_its_day', violation_error_message='It must start on its day, as London has it.'),
        ),
        migrations.AddConstraint(
            model_name='occurrence',
            constraint=models.CheckConstraint(condition=models.Q(('parts_of_day__range', (1, 15))), name='occurrence_parts_of_day_known', violation_error_message='It must be at some time of the day.'),
        ),
        migrations.AddConstraint(
            model_name='occurrence',
            constraint=models.CheckConstraint(condition=models.Q(('moved_to__isnull', True), ('cancelled', True), _connector='OR'), name='occurrence_moved_is_not_on', violation_error_message='What has moved away is not on.'),
        ),
        migrations.AddConstraint(
            model_name='schoolterm',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__gt', models.F('starts_on'))), name='schoolterm_days_in_order', violation_error_message='The day it is over by must come after the first.'),
        ),
        migrations.AddConstraint(
            model_name='schoolterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('authority', '='), (assets.models.calendar._Days('starts_on', 'ends_before'), '&&')], name='schoolterm_days_once', violation_error_message='There is a term on some of these days already.'),
        ),
        migrations.AddConstraint(
            model_name='schoolterm',
            constraint=models.UniqueConstraint(models.F('authority'), models.F('name'), name='schoolterm_named_once', violation_error_message='There is a term of that name already.'),
        ),
        # A change of one rule's date belongs to what the rule belongs to, whoever writes it.
        migrations.RunSQL(
            """
            ALTER TABLE assets_schedule ADD CONSTRAINT schedule_with_activity
                UNIQUE (id, activity_id);
            ALTER TABLE assets_datechange ADD CONSTRAINT datechange_of_one_activity
                FOREIGN KEY (schedule_id, activity_id) REFERENCES assets_schedule (id, activity_id)
                DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE assets_datechange DROP CONSTRAINT datechange_of_one_activity;
            ALTER TABLE assets_schedule DROP CONSTRAINT schedule_with_activity;
            """,
        ),
    ]
