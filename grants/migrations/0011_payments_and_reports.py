"""Payments, what changes after an award, and reports.

What is released, answered or accepted stands, and the record of it only grows, whoever asks the
database. With an example goes all that hangs on it.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

# $1 is the row. [0] finds whether it is of an example; [1] is the column of its state; in a state
# of [2] it does not change, but for [4]; what [3] names never does.
FINAL = """
CREATE FUNCTION grants_final_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_an_example boolean;
    before jsonb := to_jsonb(OLD);
    after jsonb;
    may_change text[] := string_to_array(TG_ARGV[4], ',');
BEGIN
    IF TG_OP = 'DELETE' THEN
        EXECUTE TG_ARGV[0] INTO of_an_example USING before;
        IF of_an_example THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'What was paid, asked or told is kept.' USING ERRCODE = 'restrict_violation';
    END IF;
    after := to_jsonb(NEW);
    IF before ->> TG_ARGV[1] = ANY (string_to_array(TG_ARGV[2], ','))
        AND after - may_change <> before - may_change
        OR EXISTS (SELECT FROM unnest(string_to_array(TG_ARGV[3], ',')) AS one
                   WHERE after -> one IS DISTINCT FROM before -> one) THEN
        RAISE EXCEPTION 'What is settled does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
OF_AN_AWARD = "SELECT is_example FROM grants_award WHERE id::text = $1 ->> 'award_id'"


def _through(table: str, column: str) -> str:
    """Of what hangs on a row of `table`, which hangs on an award."""
    return (
        "SELECT is_example FROM grants_award WHERE id ="
        f" (SELECT award_id FROM {table} WHERE id::text = $1 ->> '{column}')"
    )


FINALS = {
    "grants_payment": ("status", "released,cancelled", "award_id,number,amount", ""),
    "grants_variation": (
        "answer",
        "agreed,refused,withdrawn",
        "award_id,purpose,ends_before,amount,asked_at,asked_by_id",
        "",
    ),
    "grants_repayment": ("id", "", "award_id,amount,asked_at,asked_by_id", ""),
    # A story goes when consent is taken back.
    "grants_report": ("status", "accepted", "award_id", "said"),
}
RECORDS = {
    "grants_paymentmove": _through("grants_payment", "payment_id"),
    "grants_paymentexport": "SELECT false",
    "grants_repaymentreceived": _through("grants_repayment", "repayment_id"),
    "grants_reportmove": _through("grants_report", "report_id"),
}
PARTS = """
CREATE FUNCTION grants_report_parts_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its record;
BEGIN
    SELECT report.status, award.is_example INTO its
        FROM grants_report AS report JOIN grants_award AS award ON award.id = report.award_id
        WHERE report.id = CASE TG_OP WHEN 'DELETE' THEN OLD.report_id ELSE NEW.report_id END;
    IF its.status = 'accepted' AND NOT (TG_OP = 'DELETE' AND its.is_example) THEN
        RAISE EXCEPTION 'What is settled does not change.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


def _trigger(function: str, when: str, table: str, *arguments: str) -> migrations.RunSQL:
    said = ", ".join(f"$said${one}$said$" for one in arguments)
    return migrations.RunSQL(
        f"CREATE TRIGGER {function} BEFORE {when} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}({said})",
        f"DROP TRIGGER {function} ON {table}",
    )


TRIGGERS = [
    migrations.RunSQL(FINAL, "DROP FUNCTION grants_final_stands() CASCADE"),
    migrations.RunSQL(PARTS, "DROP FUNCTION grants_report_parts_stand() CASCADE"),
    *(
        _trigger("grants_final_stands", "UPDATE OR DELETE", table, OF_AN_AWARD, *how)
        for table, how in FINALS.items()
    ),
    *(
        _trigger("grants_keep_the_record", "UPDATE OR DELETE", table, query)
        for table, query in RECORDS.items()
    ),
    *(
        _trigger("grants_report_parts_stand", "INSERT OR UPDATE OR DELETE", table)
        for table in ("grants_reportoutcome", "grants_reportspending")
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0026_websites'),
        ('grants', '0010_panel_scores'),
        ('thrive', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('slug', models.SlugField(primary_key=True, serialize=False, verbose_name='address')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('help', models.CharField(max_length=250, verbose_name='how to count it')),
                ('reading_order', models.PositiveSmallIntegerField(default=100, verbose_name='reading order')),
            ],
            options={
                'verbose_name': 'outcome',
                'verbose_name_plural': 'outcomes',
                'ordering': ['reading_order', 'name'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='amount')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('held_until', models.CharField(choices=[('nothing', 'nothing: it may be paid when it is due'), ('condition', 'a condition'), ('report', 'their report, accepted')], default='nothing', max_length=9, verbose_name='waits for')),
                ('condition', models.CharField(blank=True, max_length=250, verbose_name='which condition')),
                ('condition_met_at', models.DateTimeField(null=True, verbose_name='condition met')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('approved', 'Approved'), ('released', 'Released'), ('cancelled', 'Cancelled')], default='planned', max_length=9, verbose_name='status')),
                ('funder', models.CharField(max_length=120, verbose_name='whose money it is')),
                ('cost_code', models.CharField(blank=True, max_length=40, verbose_name='cost code')),
                ('supplier_number', models.CharField(blank=True, max_length=40, verbose_name='supplier number')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='grants.bankdetails', verbose_name='account')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='approved')),
                ('released_at', models.DateTimeField(null=True, verbose_name='released')),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'ordering': ['due_on', 'award', 'number'],
                'permissions': [('approve_payment', 'Can say that a payment is right'), ('release_payment', 'Can let a payment go')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='PaymentExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='from')),
                ('before', models.DateField(verbose_name='and before')),
                ('payments', models.JSONField(default=list)),
                ('total', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='in all')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'file for finance',
                'verbose_name_plural': 'files for finance',
                'ordering': ['-made_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PaymentMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(choices=[('planned', 'Planned'), ('approved', 'Approved'), ('released', 'Released'), ('cancelled', 'Cancelled')], max_length=9, verbose_name='from')),
                ('to_status', models.CharField(choices=[('planned', 'Planned'), ('approved', 'Approved'), ('released', 'Released'), ('cancelled', 'Cancelled')], max_length=9, verbose_name='to')),
                ('moved_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('why', models.TextField(blank=True, max_length=2000, verbose_name='why')),
            ],
            options={
                'verbose_name': 'move',
                'verbose_name_plural': 'moves',
                'ordering': ['moved_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Repayment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='asked for')),
                ('received', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=9, verbose_name='received')),
                ('why', models.TextField(max_length=2000, verbose_name='why')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked')),
            ],
            options={
                'verbose_name': 'repayment',
                'verbose_name_plural': 'repayments',
                'ordering': ['asked_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RepaymentReceived',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='amount')),
                ('came_on', models.DateField(verbose_name='came on')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='reference')),
                ('noted_at', models.DateTimeField(auto_now_add=True, verbose_name='noted')),
            ],
            options={
                'verbose_name': 'money that came back',
                'verbose_name_plural': 'money that came back',
                'ordering': ['noted_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_short', models.BooleanField(verbose_name='short')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('status', models.CharField(choices=[('draft', 'Not sent yet'), ('sent', 'To be read'), ('returned', 'Given back'), ('accepted', 'Accepted')], default='draft', max_length=8, verbose_name='status')),
                ('said', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField(null=True, verbose_name='last written in')),
                ('children', models.PositiveIntegerField(null=True, verbose_name='children and young people reached')),
                ('sessions', models.PositiveIntegerField(null=True, verbose_name='sessions held')),
                ('spent', models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name='spent')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ['due_on', 'pk'],
                'permissions': [('review_report', 'Can read reports, give them back and accept them')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ReportMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(choices=[('draft', 'Not sent yet'), ('sent', 'To be read'), ('returned', 'Given back'), ('accepted', 'Accepted')], max_length=8, verbose_name='from')),
                ('to_status', models.CharField(choices=[('draft', 'Not sent yet'), ('sent', 'To be read'), ('returned', 'Given back'), ('accepted', 'Accepted')], max_length=8, verbose_name='to')),
                ('moved_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('why', models.TextField(blank=True, max_length=2000, verbose_name='why')),
            ],
            options={
                'verbose_name': 'move',
                'verbose_name_plural': 'moves',
                'ordering': ['moved_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.PositiveIntegerField(verbose_name='before')),
                ('after', models.PositiveIntegerField(verbose_name='after')),
            ],
            options={
                'verbose_name': 'outcome of a report',
                'verbose_name_plural': 'outcomes of reports',
                'ordering': ['report', 'outcome'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReportSpending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='amount')),
            ],
            options={
                'verbose_name': 'spending of a report',
                'verbose_name_plural': 'spending of reports',
                'ordering': ['report', 'heading'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='story')),
                ('on_pages', models.BooleanField(default=False, verbose_name='may stand on our public pages')),
                ('to_funders', models.BooleanField(default=False, verbose_name='may be told to funders')),
                ('child_agreed', models.BooleanField(default=False, verbose_name='the child said yes')),
                ('parent_agreed', models.BooleanField(default=False, verbose_name='a parent or carer said yes')),
                ('agreed_how', models.CharField(blank=True, choices=[('written', 'in writing'), ('said', 'by word of mouth, to somebody of the group')], max_length=7, verbose_name='how they said yes')),
                ('agreed_on', models.DateField(null=True, verbose_name='when they said yes')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Variation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='what for, from now on')),
                ('ends_before', models.DateField(null=True, verbose_name='ends before')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name='amount')),
                ('why', models.TextField(max_length=2000, verbose_name='why')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked')),
                ('answer', models.CharField(choices=[('asked', 'Waits for an answer'), ('agreed', 'Agreed'), ('refused', 'Not agreed'), ('withdrawn', 'Taken back')], default='asked', max_length=9, verbose_name='answer')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='why we say so')),
                ('amends', models.TextField(blank=True, max_length=5000, verbose_name='added to the agreement')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
            ],
            options={
                'verbose_name': 'change that a group asks for',
                'verbose_name_plural': 'changes that groups ask for',
                'ordering': ['asked_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='award',
            name='repaid',
            field=models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=9, verbose_name='paid back'),
        ),
        migrations.AddField(
            model_name='round',
            name='report_within',
            field=models.PositiveSmallIntegerField(default=28, help_text='From the end of the grant.', verbose_name='days to report in'),
        ),
        migrations.AddField(
            model_name='round',
            name='short_report_to',
            field=models.DecimalField(decimal_places=2, default=Decimal('1000'), help_text='Up to so much, a group tells how many children came, and a story. No more.', max_digits=9, verbose_name='a short report for awards up to'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('repaid__gte', 0), ('repaid__lte', models.F('paid')), ('repaid__lte', models.F('returned'))), name='award_repaid_fits', violation_error_message='No more is paid back than was paid.'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('planned__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('amount'), '-', models.F('returned')), '+', models.F('repaid')))), name='award_given_back_is_not_paid', violation_error_message='What went back into the pot is not paid.'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('planned', 0), ('accepted_at__isnull', False), _connector='OR'), name='award_paid_was_accepted', violation_error_message='Nothing is paid before they have said yes.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('short_report_to__gte', 0)), name='round_short_report_counts', violation_error_message='No less than nothing: 0 asks everybody for all of it.'),
        ),
        migrations.AddField(
            model_name='payment',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='payment',
            name='award',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payments', to='grants.award', verbose_name='award'),
        ),
        migrations.AddField(
            model_name='payment',
            name='condition_met_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payment',
            name='released_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by'),
        ),
        migrations.AddField(
            model_name='paymentexport',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='paymentmove',
            name='moved_by',
            field=models.ForeignKey(help_text='Empty when a command did it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='paymentmove',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='grants.payment'),
        ),
        migrations.AddField(
            model_name='repayment',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='repayment',
            name='award',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repayments', to='grants.award', verbose_name='award'),
        ),
        migrations.AddField(
            model_name='repaymentreceived',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by'),
        ),
        migrations.AddField(
            model_name='repaymentreceived',
            name='repayment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='came', to='grants.repayment'),
        ),
        migrations.AddField(
            model_name='report',
            name='award',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report', to='grants.award', verbose_name='award'),
        ),
        migrations.AddField(
            model_name='report',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by'),
        ),
        migrations.AddField(
            model_name='report',
            name='written_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportmove',
            name='moved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='reportmove',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='grants.report'),
        ),
        migrations.AddField(
            model_name='reportoutcome',
            name='outcome',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.outcome'),
        ),
        migrations.AddField(
            model_name='reportoutcome',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='grants.report'),
        ),
        migrations.AddField(
            model_name='reportspending',
            name='heading',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.budgetheading'),
        ),
        migrations.AddField(
            model_name='reportspending',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spending', to='grants.report'),
        ),
        migrations.AddField(
            model_name='story',
            name='report',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='story', to='grants.report'),
        ),
        migrations.AddField(
            model_name='story',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by'),
        ),
        migrations.AddField(
            model_name='variation',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by'),
        ),
        migrations.AddField(
            model_name='variation',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='variation',
            name='award',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variations', to='grants.award', verbose_name='award'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'approved', 'released', 'cancelled'])), name='payment_status_known', violation_error_message='That is not a status we know.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('held_until__in', ['nothing', 'condition', 'report'])), name='payment_held_until_known', violation_error_message='Say what it waits for.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(models.F('award'), models.F('number'), name='payment_number_once', violation_error_message='Another payment has this number.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_is_something', violation_error_message='A payment is above nothing.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('funder', ''), _negated=True), name='payment_says_whose_money', violation_error_message='Say whose money it is.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('held_until', 'condition'), _negated=True), ('condition', '')), models.Q(('held_until', 'condition'), models.Q(('condition', ''), _negated=True)), _connector='OR'), name='payment_condition_is_said', violation_error_message='Say which condition, where there is one.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('condition_met_at', None), ('condition_met_by', None)), models.Q(('condition_met_at__isnull', False), ('condition_met_by__isnull', False), ('held_until', 'condition')), _connector='OR'), name='payment_met_at_and_by', violation_error_message='Say when the condition was met, and who saw it.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('approved_at', None), ('approved_by', None), ('status__in', ['planned', 'cancelled'])), models.Q(('account__isnull', False), ('approved_at__isnull', False), ('approved_by__isnull', False), ('status__in', ['approved', 'released', 'cancelled'])), _connector='OR'), name='payment_approved_is_whole', violation_error_message='What is approved says when, by whom, to which account.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_by', None), models.Q(('status', 'released'), _negated=True)), models.Q(('released_at__isnull', False), ('released_by__isnull', False), ('status', 'released')), _connector='OR'), name='payment_released_at_and_by', violation_error_message='What is released says when, and by whom.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('released_by', None), models.Q(('approved_by', models.F('released_by')), _negated=True), _connector='OR'), name='payment_two_people', violation_error_message='Whoever approved a payment does not release it.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'released'), _negated=True), models.Q(('held_until', 'condition'), _negated=True), ('condition_met_at__isnull', False), _connector='OR'), name='payment_waits_for_its_condition', violation_error_message='Its condition is not met yet.'),
        ),
        migrations.AddConstraint(
            model_name='paymentexport',
            constraint=models.CheckConstraint(condition=models.Q(('first_day__lt', models.F('before'))), name='paymentexport_is_of_a_period', violation_error_message='The first day is before the last.'),
        ),
        migrations.AddConstraint(
            model_name='paymentmove',
            constraint=models.CheckConstraint(condition=models.Q(('from_status', models.F('to_status')), _negated=True), name='paymentmove_goes_somewhere', violation_error_message='It already has that status.'),
        ),
        migrations.AddConstraint(
            model_name='paymentmove',
            constraint=models.CheckConstraint(condition=models.Q(('from_status__in', ['planned', 'approved', 'released', 'cancelled'])), name='paymentmove_from_status_known', violation_error_message='That is not a status we know.'),
        ),
        migrations.AddConstraint(
            model_name='paymentmove',
            constraint=models.CheckConstraint(condition=models.Q(('to_status__in', ['planned', 'approved', 'released', 'cancelled'])), name='paymentmove_to_status_known', violation_error_message='That is not a status we know.'),
        ),
        migrations.AddConstraint(
            model_name='repayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='repayment_is_something', violation_error_message='A repayment is above nothing.'),
        ),
        migrations.AddConstraint(
            model_name='repayment',
            constraint=models.CheckConstraint(condition=models.Q(('received__gte', 0), ('received__lte', models.F('amount'))), name='repayment_received_fits', violation_error_message='That is more than we asked for.'),
        ),
        migrations.AddConstraint(
            model_name='repayment',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='repayment_says_why', violation_error_message='Say why.'),
        ),
        migrations.AddConstraint(
            model_name='repaymentreceived',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='repaymentreceived_is_something', violation_error_message='What came back is above nothing.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('written_at', None), ('written_by', None)), models.Q(('written_at__isnull', False), ('written_by__isnull', False)), _connector='OR'), name='report_written_at_and_by', violation_error_message='Say both when it was written in and by whom.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'sent', 'returned', 'accepted'])), name='report_status_known', violation_error_message='That is not a status we know.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None), ('status', 'draft')), models.Q(models.Q(('status', 'draft'), _negated=True), ('children__gt', 0), ('sent_at__isnull', False), ('sent_by__isnull', False), models.Q(('is_short', True), models.Q(('sessions__gt', 0), ('spent__isnull', False)), _connector='OR')), _connector='OR'), name='report_sent_is_whole', violation_error_message='What was sent is whole.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('spent', None), ('spent__gte', 0), _connector='OR'), name='report_spent_is_no_less_than_nothing', violation_error_message='No less than nothing was spent.'),
        ),
        migrations.AddConstraint(
            model_name='reportmove',
            constraint=models.CheckConstraint(condition=models.Q(('from_status', models.F('to_status')), _negated=True), name='reportmove_goes_somewhere', violation_error_message='It already has that status.'),
        ),
        migrations.AddConstraint(
            model_name='reportmove',
            constraint=models.CheckConstraint(condition=models.Q(('from_status__in', ['draft', 'sent', 'returned', 'accepted'])), name='reportmove_from_status_known', violation_error_message='That is not a status we know.'),
        ),
        migrations.AddConstraint(
            model_name='reportmove',
            constraint=models.CheckConstraint(condition=models.Q(('to_status__in', ['draft', 'sent', 'returned', 'accepted'])), name='reportmove_to_status_known', violation_error_message='That is not a status we know.'),
        ),
        migrations.AddConstraint(
            model_name='reportoutcome',
            constraint=models.UniqueConstraint(models.F('report'), models.F('outcome'), name='reportoutcome_once', violation_error_message='This outcome is in the report already.'),
        ),
        migrations.AddConstraint(
            model_name='reportspending',
            constraint=models.UniqueConstraint(models.F('report'), models.F('heading'), name='reportspending_once', violation_error_message='This heading is in the report already.'),
        ),
        migrations.AddConstraint(
            model_name='reportspending',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='reportspending_is_no_less_than_nothing', violation_error_message='No less than nothing was spent.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_how__in', ['', 'written', 'said'])), name='story_agreed_how_known', violation_error_message='Say how they said yes.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('on_pages', False), ('to_funders', False)), models.Q(('agreed_on__isnull', False), ('child_agreed', True), ('parent_agreed', True), models.Q(('agreed_how', ''), _negated=True)), _connector='OR'), name='story_used_with_consent', violation_error_message='A story is used only where the child and a parent said yes: say how and when.'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), models.Q(('text', ''), _negated=True)), models.Q(('on_pages', False), ('text', ''), ('to_funders', False), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='story_withdrawn_is_wiped', violation_error_message='When consent is taken back, the words go.'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['asked', 'agreed', 'refused', 'withdrawn'])), name='variation_answer_known', violation_error_message='That is not an answer we know.'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.UniqueConstraint(models.F('award'), condition=models.Q(('answer', 'asked')), name='variation_one_at_a_time', violation_error_message='A change waits for an answer already.'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose', ''), _negated=True), ('ends_before__isnull', False), models.Q(('amount__gt', 0), ('amount__isnull', False)), _connector='OR'), name='variation_asks_for_something', violation_error_message='Say what is to change.'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='variation_says_why', violation_error_message='Say why.'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'asked'), ('answered_at', None), ('answered_by', None), ('reason', '')), models.Q(('answer', 'withdrawn'), ('answered_at__isnull', False), ('answered_by__isnull', False)), models.Q(('answer__in', ['agreed', 'refused']), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='variation_answered_is_whole', violation_error_message='An answer says when, by whom and why.'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'agreed'), models.Q(('amends', ''), _negated=True)), models.Q(models.Q(('answer', 'agreed'), _negated=True), ('amends', '')), _connector='OR'), name='variation_agreed_amends', violation_error_message='What is agreed is added to the agreement.'),
        ),
        *TRIGGERS,
    ]
