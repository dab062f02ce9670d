"""What was done to a round, written down for good."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WHAT = {
    "copied": "copied from an earlier round",
    "saved": "saved",
    "dates": "the closing time was moved",
    "pot": "the pot was added to",
}
# Of the function in the migration before; an example goes with all that hangs on it.
KEEP = """
CREATE TRIGGER grants_keep_the_record BEFORE UPDATE OR DELETE ON grants_roundrecord
    FOR EACH ROW EXECUTE FUNCTION grants_keep_the_record(
        $$SELECT is_example FROM grants_round WHERE id::text = $1 ->> 'round_id'$$)
"""


def person(**more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0002_what_cannot_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="RoundRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[*WHAT.items()], max_length=10, verbose_name="what"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("whole", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("why", models.CharField(blank=True, max_length=250, verbose_name="why")),
                (
                    "made_by",
                    person(
                        help_text="Empty when a command did it.", null=True, verbose_name="who"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="grants.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "record of a round",
                "verbose_name_plural": "records of rounds",
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", [*WHAT])),
                        name="roundrecord_what_known",
                        violation_error_message="Say what was done.",
                    ),
                    models.UniqueConstraint(
                        models.F("round"),
                        models.F("version"),
                        name="roundrecord_version_once",
                        violation_error_message="This version has its record already.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, "DROP TRIGGER grants_keep_the_record ON grants_roundrecord"),
    ]
