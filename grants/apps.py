from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = _("The fund")

    def ready(self) -> None:
        from assets import example as example_district
        from assets import example_removal
        from assets.admin.tasks import OF_OTHER_APPS
        from assets.daily.jobs import OF_THE_FUND
        from grants import daily, example
        from grants.admin import after_tasks, check_tasks, tasks
        from grants.reporting import nightly

        OF_OTHER_APPS += [tasks.WORK, check_tasks.WORK, after_tasks.WORK]
        OF_THE_FUND += [daily.offers, nightly.reports]
        example_district.OF_OTHER_APPS.append(example.load)
        example_removal.OF_OTHER_APPS.append(example.remove)
