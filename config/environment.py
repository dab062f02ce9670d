"""Settings read from the environment: a wrong value stops the start and says which."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

# The host goes into a header: nothing may stand there but a host.
TILES = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?"
    r"(?P<path>/(?:[A-Za-z0-9._~/?&=%:@+-]|{[xyz]})*)"
)


@dataclass(frozen=True)
class Tiles:
    """A map of somebody else's: where its pictures are, and whose it is in words."""

    address: str
    attribution: str

    @property
    def host(self) -> str:
        """Whom a browser asks for pictures: “tiles.example.org”."""
        return urlsplit(self.address).netloc

    @property
    def origin(self) -> str:
        """What the Content-Security-Policy has to allow."""
        return f"https://{self.host}"


@dataclass(frozen=True)
class Environment:
    """Named values, each read as one kind of thing. Errors name the variable, never a secret."""

    values: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set, and the site cannot start without it.")
        return default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value in ("1", "true", "yes", "on"):
            return True
        if value in ("0", "false", "no", "off"):
            return False
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise ImproperlyConfigured(
                f"{name} must be a whole number of {least} or more, not “{value}”."
            )
        return int(value)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default).upper()
        if value not in allowed:
            raise ImproperlyConfigured(
                f"{name} must be one of {', '.join(allowed)}, not “{value}”."
            )
        return value

    def words(self, name: str, default: str = "") -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def site_url(self, name: str, default: str) -> SplitResult:
        """The site's own address, such as https://example.org (no path)."""
        value = self.text(name, default)
        try:
            parts = urlsplit(value.rstrip("/"))
            wrong = parts.scheme not in ("http", "https") or not parts.hostname or parts.path
            _ = parts.port
        except ValueError:
            wrong = True
        if wrong:
            raise ImproperlyConfigured(
                f"{name} must be an address such as https://example.org, not “{value}”."
            )
        return parts

    def database(self, name: str) -> dict[str, object]:
        """Django's database settings from a PostgreSQL URL. The URL is never repeated in errors."""
        value = self.text(name)
        if not value.startswith(("postgres://", "postgresql://")):
            raise ImproperlyConfigured(f"{name} must start with postgresql://.")
        try:
            parts = conninfo_to_dict(value)
        except psycopg.ProgrammingError:
            raise ImproperlyConfigured(f"{name} is not a PostgreSQL URL we can read.") from None
        if not parts.get("dbname"):
            raise ImproperlyConfigured(f"{name} does not say which database.")
        known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD"} | {
            "host": "HOST",
            "port": "PORT",
        }
        settings: dict[str, object] = {
            ours: parts.pop(theirs, "") for theirs, ours in known.items()
        }
        return settings | {"ENGINE": "django.db.backends.postgresql", "OPTIONS": parts}

    def tiles(self, name: str) -> Tiles | None:
        """Such as https://tiles.example.org/{z}/{x}/{y}.png; whose they are must be said, too."""
        value = self.text(name, "")
        if not value:
            return None
        found = TILES.fullmatch(value)
        if not found or sorted(re.findall(r"{(\w)}", found["path"])) != ["x", "y", "z"]:
            raise ImproperlyConfigured(
                f"{name} must be an address on one host, such as "
                f"https://tiles.example.org/{{z}}/{{x}}/{{y}}.png, not “{value}”."
            )
        credit = f"{name}_ATTRIBUTION"
        if not self.text(credit, ""):
            raise ImproperlyConfigured(f"{credit} must say whose map {name} shows.")
        return Tiles(value, self.text(credit))

    def mail(self, name: str) -> dict[str, object]:
        """How mail leaves: smtp://, smtps:// or smtp+tls:// with a host, file:// with a folder."""
        value = self.text(name, "")
        if not value:
            return {"BACKEND": ""}
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            raise ImproperlyConfigured(f"{name} is not an address we can read.") from None
        if parts.scheme == "file" and parts.path:
            folder = Path(unquote(parts.path))
            return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend"} | {
                "OPTIONS": {"file_path": folder}
            }
        if parts.scheme not in ("smtp", "smtps", "smtp+tls") or not parts.hostname:
            raise ImproperlyConfigured(
                f"{name} must start with smtp://, smtps://, smtp+tls:// and a host, or file:///."
            )
        return {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": parts.hostname,
                "port": port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_ssl": parts.scheme == "smtps",
                "use_tls": parts.scheme == "smtp+tls",
                "timeout": 20,
            },
        }
