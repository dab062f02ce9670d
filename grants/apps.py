from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = _("The fund")

    def ready(self) -> None:
        from assets.admin.tasks import OF_OTHER_APPS
        from grants.admin.tasks import WORK

        OF_OTHER_APPS.append(WORK)
