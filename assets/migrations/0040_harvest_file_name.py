from typing import Any

from django.db import migrations, models


def name_it(apps: Any, _editor: Any) -> None:
    """What its file was called nobody has kept."""
    apps.get_model("assets", "Harvest").objects.filter(from_file=True).update(file_name="…")


def forget_it(apps: Any, _editor: Any) -> None:
    apps.get_model("assets", "Harvest").objects.exclude(file_name="").update(from_file=True)


class Migration(migrations.Migration):
    dependencies = [("assets", "0039_checked_by_directory")]

    operations = [
        migrations.AddField(
            model_name="harvest",
            name="file_name",
            field=models.CharField(blank=True, max_length=100, verbose_name="file"),
        ),
        migrations.RunPython(name_it, forget_it),
        migrations.RemoveField(model_name="harvest", name="from_file"),
    ]
