from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThriveConfig(AppConfig):
    name = "thrive"
    verbose_name = _("THRIVE and themes")
