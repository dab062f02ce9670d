"""The outbox's worker."""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils.translation import gettext as _

from accounts.outbox import sender

PAUSE = 2.0  # seconds; somebody is waiting for a code
TIDY_EVERY = 30  # pauses


class Command(BaseCommand):
    help = (
        "Sends the mail that waits in the outbox. Several may run at once. Stops after the mail "
        "in hand when told to (SIGTERM, Ctrl-C)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="Keep going, and send new mail as it comes."
        )

    def handle(self, *args: Any, loop: bool, **options: Any) -> None:
        self.stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        if not sender.transport_is_set_up():
            self.stdout.write(_("Mail is not set up (MAIL_URL), so it waits in the outbox."))
        if loop:
            self._loop()
        else:
            self._once()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stop.set()

    def _once(self, *, tidy: bool = True) -> None:
        if tidy:
            sender.tidy()
        if sender.transport_is_set_up():
            sender.send_due(self.stop.is_set)

    def _loop(self) -> None:
        rounds = 0
        while not self.stop.is_set():
            try:
                self._once(tidy=rounds % TIDY_EVERY == 0)
            except DatabaseError as error:
                # The server is restarting, say. A mail in hand will show as “not known”.
                self.stderr.write(f"{type(error).__name__}: {_('the database did not answer.')}")
            close_old_connections()
            rounds += 1
            self.stop.wait(PAUSE)
