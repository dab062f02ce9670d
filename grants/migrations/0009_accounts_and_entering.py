"""Accounts of groups, sealed, with who rang about them; hosts; whom an application is entered for.

No page has written bank details before this: there are no rows to carry over.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

APPLICATION_IS_EXAMPLE = (
    "SELECT is_example FROM grants_application WHERE id::text = $1 ->> 'application_id'"
)
DETAILS_ARE_EXAMPLE = (
    "SELECT is_example FROM grants_application WHERE id ="
    " (SELECT application_id FROM grants_bankdetails WHERE id::text = $1 ->> 'details_id')"
)
RECORDS = {
    "grants_bankdetails": APPLICATION_IS_EXAMPLE,
    "grants_bankcall": DETAILS_ARE_EXAMPLE,
}
HOW = [
    ("phone", "on the telephone"),
    ("paper", "on paper, signed"),
    ("in-person", "face to face"),
]
NAME = Q(
    django.db.models.lookups.Exact(
        django.db.models.functions.text.Lower(F("first_signatory")),
        django.db.models.functions.text.Lower(F("second_signatory")),
    )
)


def _kept(table: str, query: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER grants_keep_the_record BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION grants_keep_the_record($${query}$$)",
        f"DROP TRIGGER grants_keep_the_record ON {table}",
    )


BANK = [
    migrations.RemoveConstraint("bankdetails", "bankdetails_sort_code"),
    migrations.RemoveConstraint("bankdetails", "bankdetails_account_number"),
    migrations.RemoveConstraint("bankdetails", "bankdetails_rung_at_and_by"),
    *(
        migrations.RemoveField("bankdetails", name)
        for name in ("sort_code", "account_number", "rung_at", "rung_by", "rung_number")
    ),
    migrations.AddField(
        "bankdetails",
        "organisation",
        models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT,
            related_name="bank_details",
            to="assets.organisation",
            verbose_name="group",
        ),
    ),
    migrations.AddField(
        "bankdetails", "version", models.PositiveIntegerField(verbose_name="version")
    ),
    migrations.AddField("bankdetails", "sealed", models.TextField(verbose_name="sealed")),
    migrations.AddField(
        "bankdetails", "ending", models.CharField(max_length=3, verbose_name="ends in")
    ),
    migrations.AddField(
        "bankdetails",
        "first_signatory",
        models.CharField(max_length=100, verbose_name="who signs"),
    ),
    migrations.AddField(
        "bankdetails",
        "second_signatory",
        models.CharField(max_length=100, verbose_name="who signs as well"),
    ),
    migrations.AddConstraint(
        "bankdetails",
        models.UniqueConstraint(
            "organisation",
            "version",
            name="bankdetails_version_once",
            violation_error_message="Somebody else has given new details meanwhile.",
        ),
    ),
    migrations.AddConstraint(
        "bankdetails",
        models.CheckConstraint(
            condition=~Q(sealed=""),
            name="bankdetails_is_sealed",
            violation_error_message="An account has a sort code and a number.",
        ),
    ),
    migrations.AddConstraint(
        "bankdetails",
        models.CheckConstraint(
            condition=Q(ending__regex="^[0-9]{3}$"),
            name="bankdetails_ends_in_digits",
            violation_error_message="An account number ends in digits.",
        ),
    ),
    migrations.AddConstraint(
        "bankdetails",
        models.CheckConstraint(
            condition=~Q(account_name=""),
            name="bankdetails_has_a_name",
            violation_error_message="Say in which name the account is.",
        ),
    ),
    migrations.AddConstraint(
        "bankdetails",
        models.CheckConstraint(
            condition=~Q(first_signatory="") & ~Q(second_signatory="") & ~NAME,
            name="bankdetails_two_sign",
            violation_error_message="Name two people who sign.",
        ),
    ),
]
CALL = migrations.CreateModel(
    name="BankCall",
    fields=[
        (
            "id",
            models.BigAutoField(
                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
            ),
        ),
        ("rung_at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
        ("number", models.CharField(max_length=30, verbose_name="on which number")),
        ("spoke_to", models.CharField(max_length=100, verbose_name="to whom")),
        ("is_right", models.BooleanField(verbose_name="they say it is right")),
        ("note", models.CharField(blank=True, max_length=300, verbose_name="what they said")),
        (
            "details",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="call",
                to="grants.bankdetails",
            ),
        ),
        (
            "rung_by",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
    ],
    options={
        "verbose_name": "call about bank details",
        "verbose_name_plural": "calls about bank details",
        "ordering": ["rung_at", "pk"],
        "default_permissions": (),
        "constraints": [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(spoke_to=""),
                name="bankcall_says_whom",
                violation_error_message="Say on which number, and to whom you spoke.",
            ),
            models.CheckConstraint(
                condition=Q(is_right=True) | ~Q(note=""),
                name="bankcall_wrong_says_what",
                violation_error_message="Say what is not right.",
            ),
        ],
    },
)
CHECKS = [
    migrations.AddField(
        "check",
        "host",
        models.CharField(
            blank=True,
            default="",
            help_text="Where it is not their own rules or account that we saw.",
            max_length=120,
            verbose_name="the group that looks after their money",
        ),
        preserve_default=False,
    ),
    migrations.AddField(
        "check",
        "two_sign",
        models.BooleanField(
            default=False,
            verbose_name="in the group's own name, and two people sign who are not related",
        ),
    ),
    migrations.AddConstraint(
        "check",
        models.CheckConstraint(
            condition=~Q(kind="account", outcome="passed")
            | Q(two_sign=True, host="")
            | Q(two_sign=False) & ~Q(host=""),
            name="check_account_is_theirs_or_a_hosts",
            violation_error_message=(
                "An account passes where it is in the group's own name and two people sign who are "
                "not related, or where another group looks after the money: name it."
            ),
        ),
    ),
]
ENTERED = [
    migrations.AddField(
        "application",
        "entered_for",
        models.CharField(blank=True, default="", max_length=100, verbose_name="entered for"),
        preserve_default=False,
    ),
    migrations.AddField(
        "application",
        "entered_how",
        models.CharField(
            blank=True,
            choices=HOW,
            default="",
            max_length=10,
            verbose_name="how they asked for it",
        ),
        preserve_default=False,
    ),
    migrations.AddConstraint(
        "application",
        models.CheckConstraint(
            condition=Q(entered_how__in=["", "phone", "paper", "in-person"]),
            name="application_entered_how_known",
            violation_error_message="Say how they asked for it.",
        ),
    ),
    migrations.AddConstraint(
        "application",
        models.CheckConstraint(
            condition=Q(entered_by=None, entered_for="", entered_how="")
            | Q(entered_by__isnull=False) & ~Q(entered_for="") & ~Q(entered_how=""),
            name="application_entered_says_for_whom",
            violation_error_message="Say for whom it is entered, and how they asked.",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0008_letters_and_conditions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *BANK,
        CALL,
        *CHECKS,
        *ENTERED,
        *(_kept(table, query) for table, query in RECORDS.items()),
    ]
