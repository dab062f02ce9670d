"""What `make run` prints, so that anybody can try the staff pages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.example import PASSWORD, SIGN_INS
from accounts.models import User


class Command(BaseCommand):
    help = "Prints the example sign-ins. They exist on the private PostgreSQL only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRIVATE_POSTGRES:
            raise CommandError(_("Example sign-ins exist only on the private PostgreSQL."))
        there = set(User.objects.filter(is_example=True).values_list("email", flat=True))
        found = [sign_in for sign_in in SIGN_INS if sign_in.email in there]
        if not found:
            self.stdout.write(_("No example people yet: manage.py load_example makes them."))
            return
        self.stdout.write(_("Example sign-ins (no second step is asked of them):"))
        for sign_in in found:
            self.stdout.write(f"  {sign_in.email:<24}{PASSWORD:<22}{sign_in.about}")
