"""Reference data of every app, after each `migrate`."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.reference import ReferenceDataError


class Command(BaseCommand):
    help = (
        "Writes the data that every site needs (roles, needs groups, themes, help lines …) from "
        "the files in the code to the database. Run it after each migrate; twice does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                said = [line for app in apps.get_app_configs() for line in _load(app.name)]
        except ReferenceDataError as error:
            raise CommandError(str(error)) from None
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(said or [_("Nothing to change.")]))


def _load(app: str) -> list[str]:
    """Runs an app's `reference.load()`; what it returns, if anything, are sentences to show."""
    if find_spec(f"{app}.reference") is None:
        return []
    module = import_module(f"{app}.reference")
    return [line for line in (module.load() or []) if line] if hasattr(module, "load") else []
