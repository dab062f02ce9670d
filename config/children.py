"""Programs that end when the command that started them ends, by kill -9 too."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import Self

# Its standard input is a pipe that the system closes when the command has ended.
WATCHER = 'read -r _; kill -TERM "$1"'


class Child:
    """A program that runs while the context lasts."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, in_terminal: bool = False
    ) -> None:
        """`in_terminal`: it may read from there, and Ctrl-C reaches it."""
        self._command = command
        self._environment = environment
        self._own_session = not in_terminal

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            self._command, env=self._environment, start_new_session=self._own_session
        )
        self._watcher = subprocess.Popen(
            ["/bin/sh", "-c", WATCHER, "watcher", str(self._process.pid)],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._watcher.kill()
        self._watcher.communicate()
        if self.ended() is None:
            self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ended(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._process.poll()

    def wait(self) -> int:
        """Its exit code, told as a shell does."""
        code = self._process.wait()
        return code if code >= 0 else 128 - code

    def restart_if_ended(self, *, pause: float) -> bool:
        """Whether it was started again; not within `pause` seconds of the last time."""
        if self.ended() is None or time.monotonic() < self._started + pause:
            return False
        self.__exit__()
        self.__enter__()
        return True
