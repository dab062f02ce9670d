import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


# As the other parts of a round: once it has opened, it aims at what it aims at.
OF_A_ROUND = "SELECT status, is_example FROM grants_round WHERE id::text = $1 ->> 'round_id'"


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0030_voices'),
        ('grants', '0012_equality'),
        ('thrive', '0002_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalBoardUpdate',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('board', models.CharField(help_text='Its name stands at the top.', max_length=120, verbose_name='for which board')),
                ('first_on', models.DateField(verbose_name='from')),
                ('ends_before', models.DateField(help_text='The first day that is not part of it.', verbose_name='and before')),
                ('issues', models.TextField(blank=True, help_text='What stands in the way. One a line. No names of children or families.', max_length=2000, verbose_name='issues')),
                ('asks', models.TextField(blank=True, help_text='One a line.', max_length=2000, verbose_name='what we ask of the board')),
                ('goals', models.TextField(blank=True, help_text='One a line.', max_length=2000, verbose_name='what this adds to the board’s goals')),
                ('contact', models.CharField(help_text='Who, and how to reach them.', max_length=200, verbose_name='whom to talk to')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last written in')),
                ('is_example', models.BooleanField(default=False, editable=False, verbose_name='example')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'historical update for a board',
                'verbose_name_plural': 'historical updates for boards',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='BoardUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.CharField(help_text='Its name stands at the top.', max_length=120, verbose_name='for which board')),
                ('first_on', models.DateField(verbose_name='from')),
                ('ends_before', models.DateField(help_text='The first day that is not part of it.', verbose_name='and before')),
                ('issues', models.TextField(blank=True, help_text='What stands in the way. One a line. No names of children or families.', max_length=2000, verbose_name='issues')),
                ('asks', models.TextField(blank=True, help_text='One a line.', max_length=2000, verbose_name='what we ask of the board')),
                ('goals', models.TextField(blank=True, help_text='One a line.', max_length=2000, verbose_name='what this adds to the board’s goals')),
                ('contact', models.CharField(help_text='Who, and how to reach them.', max_length=200, verbose_name='whom to talk to')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last written in')),
                ('is_example', models.BooleanField(default=False, editable=False, verbose_name='example')),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'update for a board',
                'verbose_name_plural': 'updates for boards',
                'ordering': ['-ends_before', 'board', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('first_on__lt', models.F('ends_before'))), name='boardupdate_is_of_some_days', violation_error_message='It ends after the day on which it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('board', ''), _negated=True), models.Q(('contact', ''), _negated=True)), name='boardupdate_says_for_whom', violation_error_message='Say for which board it is, and whom to talk to.'), models.UniqueConstraint(models.F('board'), models.F('first_on'), models.F('ends_before'), name='boardupdate_once', violation_error_message='There is an update for this board and these days.'), models.CheckConstraint(condition=models.Q(('issues__regex', '[^[:space:]@]+@[^[:space:]@]+\\.[[:alpha:]]{2,}'), ('issues__regex', '(\\+44|0)([ ().-]*[0-9]){9,10}'), ('asks__regex', '[^[:space:]@]+@[^[:space:]@]+\\.[[:alpha:]]{2,}'), ('asks__regex', '(\\+44|0)([ ().-]*[0-9]){9,10}'), ('goals__regex', '[^[:space:]@]+@[^[:space:]@]+\\.[[:alpha:]]{2,}'), ('goals__regex', '(\\+44|0)([ ().-]*[0-9]){9,10}'), _connector='OR', _negated=True), name='boardupdate_reaches_nobody', violation_error_message='Leave out e-mail addresses and telephone numbers: nobody is to be known by this.')],
            },
        ),
        migrations.CreateModel(
            name='RoundGap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ages', models.CharField(blank=True, choices=[('0-4', '0–4'), ('5-10', '5–10'), ('11-15', '11–15'), ('16-17', '16–17'), ('18-25', '18–25')], max_length=5, verbose_name='ages')),
                ('needs_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thrive.needsgroup', verbose_name='needs group')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.place', verbose_name='in and around')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gaps', to='grants.round')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thrive.theme', verbose_name='theme')),
            ],
            options={
                'verbose_name': 'gap it aims at',
                'verbose_name_plural': 'gaps it aims at',
                'ordering': ['round', 'theme', 'needs_group', 'ages', 'place__name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ages__in', ['', '0-4', '5-10', '11-15', '16-17', '18-25'])), name='roundgap_ages_known', violation_error_message='Choose ages from the list.'), models.CheckConstraint(condition=models.Q(('theme', None), ('needs_group', None), _connector='XOR'), name='roundgap_is_about_one_thing', violation_error_message='A gap is about a theme or a needs group: choose one.'), models.UniqueConstraint(models.F('round'), models.F('theme'), models.F('needs_group'), models.F('ages'), models.F('place'), name='roundgap_once', nulls_distinct=False, violation_error_message='This gap is in the list already.')],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER grants_form_is_frozen BEFORE INSERT OR UPDATE OR DELETE"
            " ON grants_roundgap FOR EACH ROW"
            f" EXECUTE FUNCTION grants_form_is_frozen($${OF_A_ROUND}$$)",
            "DROP TRIGGER grants_form_is_frozen ON grants_roundgap",
        ),
    ]
