from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts import form_words


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and sign-in")

    def ready(self) -> None:
        form_words.use()
