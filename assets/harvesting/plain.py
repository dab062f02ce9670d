"""What strangers wrote, as plain values: nothing of it is believed to be what it should be."""

import html
import json
import math
import re
from datetime import date
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from assets.harvesting.refused import FeedRefused
from assets.importing.table import tidy

Json = dict[str, Any]
# The status of a service that is on. Source: HSDS-UK-3.0, `service`.
ON = "active"
# Of a text with marks, so many letters are looked at: to look for the end of each mark takes long.
LONGEST = 20_000
BLOCKS = re.compile(r"(?i)<br\s*/?>|</(?:p|div|li|h[1-6]|tr)\s*>")
NEVER_SHOWN = re.compile(r"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")


def parsed(data: bytes | str) -> Any:
    """Raises FeedRefused for what is no JSON, or is nested without an end."""
    try:
        return json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FeedRefused(_("The feed is broken: it is no JSON that we can read.")) from error


def _no_number(name: str) -> None:
    raise ValueError(name)


def text(value: Any) -> str:
    """Without marks of HTML and of no letters at all; nothing, where it is no text or a trap."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    said = str(value)
    if "<" in said or "&" in said:
        said = said[:LONGEST]
        try:
            said = html.unescape(strip_tags(BLOCKS.sub("\n", NEVER_SHOWN.sub("", said))))
        except (SuspiciousOperation, ValueError):
            # Marks that never end, one in another; a letter with a number of thousands of digits.
            return ""
    return tidy(said)


def line(value: Any) -> str:
    return " ".join(text(value).split())


def number(value: Any) -> float | None:
    """Also one that is written as text; nothing, where it is none."""
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int) and abs(value) > 10**12:
        return None
    return float(value) if math.isfinite(value) else None


def day(value: Any) -> str:
    """The day of a date or of a moment, year first; nothing, where there is none."""
    found = DAY.match(line(value))
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""


def one(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def several(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
