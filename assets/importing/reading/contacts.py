"""Phone numbers, e-mail and web addresses as people write them, several in one cell."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood
from assets.models.contacts import BRITISH_NUMBER, Contact

LONGEST_VALUE, LONGEST_LABEL = 250, 80
# Of a whole cell. To look for brackets takes as long as the square of what stands there.
LONGEST_CELL = 3_000
# What stands in brackets may have some of its own: “(ask for Heron (Liz))”.
WITHIN = r"(?:[^()]|\([^()]*\))*"
ASIDE = re.compile(rf"\(({WITHIN})\)\s*$")
CALLED = re.compile(
    r"^(?:tel(?:ephone)?|phone|mob(?:ile)?|text|sms|e-?mail|web(?:site)?)\b[:.]? *", re.I
)
# Not within brackets: “(ask for Jo, weekdays)”.
SEVERAL = re.compile(rf"(?:[;\n]|,(?=\s*\S)| or )(?!{WITHIN}\))")
Line = dict[str, str]
_web = URLValidator(schemes=["http", "https"])


def read_phones(typed: str) -> list[Line]:
    return [_phone(part, Contact.Kind.PHONE) for part in _parts(typed)]


def read_texts(typed: str) -> list[Line]:
    """Numbers that take text messages."""
    return [_phone(part, Contact.Kind.TEXT) for part in _parts(typed)]


def read_emails(typed: str) -> list[Line]:
    found = []
    for part in _parts(typed):
        value, label = _aside(part)
        value = value.removeprefix("mailto:").strip("<>")
        try:
            validate_email(value)
        except ValidationError as error:
            raise NotUnderstood(_("Write an e-mail address such as jo@example.org.")) from error
        found.append(_line(Contact.Kind.EMAIL, value, label))
    return found


def read_webs(typed: str) -> list[Line]:
    """With https:// before it, where nothing stands there."""
    found = []
    for part in _parts(typed):
        value, label = _aside(part)
        if not re.match(r"https?://", value, re.I):
            value = f"https://{value}"
        try:
            _web(value)
        except ValidationError as error:
            raise NotUnderstood(_("Write a web address such as https://example.org.")) from error
        found.append(_line(Contact.Kind.WEB, value, label))
    return found


def _phone(part: str, kind: Contact.Kind) -> Line:
    value, label = _aside(part)
    # “+44 (0)1632” is “+44 1632”; dots and hyphens only part the digits.
    value = re.sub(r"^00 ?44", "+44", value.replace("(0)", " "))
    value = " ".join(re.sub(r"[-–./()]", " ", value).split())
    digits = value.replace(" ", "")
    if not BRITISH_NUMBER.fullmatch(digits) or not digits.removeprefix("+").isascii():
        raise NotUnderstood(_("Write a phone number such as 01632 960123: count its digits."))
    return _line(kind, value, label)


def _parts(typed: str) -> list[str]:
    if len(typed) > LONGEST_CELL:
        raise NotUnderstood(_("That is too long: 3,000 letters at most."))
    return [part.strip() for part in SEVERAL.split(typed) if part.strip()]


def _aside(part: str) -> tuple[str, str]:
    """“01632 960123 (ask for Jo)”: the value, and whom to ask for."""
    part = CALLED.sub("", part)
    label = ""
    if (match := ASIDE.search(part)) and not match[1].isdigit():
        part, label = part[: match.start()], " ".join(match[1].split())
    if len(label) > LONGEST_LABEL:
        raise NotUnderstood(_("What stands in brackets is too long: 80 letters at most."))
    return part.strip(), label


def _line(kind: Contact.Kind, value: str, label: str) -> Line:
    if len(value) > LONGEST_VALUE:
        raise NotUnderstood(_("That is too long: 250 letters at most."))
    return {"kind": kind.value, "value": value, "label": label}
