"""How to reach a service or a group, as cells of a row: by itself, and not by a person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from assets.harvesting.plain import Json, line, several
from assets.importing.reading.contacts import LONGEST_LABEL, WITHIN
from assets.models import Contact

SILENT = frozenset({"fax", "tty", "textphone", "minicom"})
BRACKETS = re.compile(WITHIN)
ENDS = re.compile(r"[,;() ]")
TEXTS = frozenset({"sms", "text"})


def web(value: object) -> str:
    """Nothing but http and https: a feed could give any other address, too.

    What would end it in a cell of several is written as addresses may be: “%2C” for a comma.
    """
    said = ENDS.sub(lambda found: f"%{ord(found[0]):02X}", line(value))
    return said if re.match(r"https?://", said, re.I) else ""


@dataclass(frozen=True)
class Reach:
    """How to reach a service or a group, each in one cell."""

    phones: str = ""
    texts: str = ""
    emails: str = ""
    webs: str = ""

    @property
    def is_any(self) -> bool:
        return bool(self.phones or self.texts or self.emails or self.webs)


def reach_of(owner: Json, web_of: str, home: str) -> Reach:
    """By itself; not by a person, who may have left by now.

    `web_of` names its website. A page of the directory itself, at the host `home`, is none.
    """
    shared = [found for found in several(owner.get("contacts")) if _is_shared(found)]
    emails = [_with_whom(line(found.get("email")), line(found.get("name"))) for found in shared]
    webs = [_with_whom(web(found.get("url")), line(found.get("name"))) for found in shared]
    if not any(emails):
        emails = [line(owner.get("email"))]
    if not any(webs) and not _is_at(home, web(owner.get(web_of))):
        webs = [web(owner.get(web_of))]
    numbers = _numbers(owner, shared)
    return Reach(
        _cell(said for is_text, said in numbers if not is_text),
        _cell(said for is_text, said in numbers if is_text),
        _cell(emails),
        _cell(webs),
    )


def _cell(found: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(said for said in found if said))


def _is_shared(contact: Json) -> bool:
    """Ours have the kind of contact as their title, and whom to ask for as their name."""
    return not line(contact.get("name")) or line(contact.get("title")) in _kinds()


def _is_at(home: str, address: str) -> bool:
    try:
        return bool(home) and urlsplit(address).hostname == home
    except ValueError:
        return False


def _with_whom(said: str, whom: str) -> str:
    # It is looked at for brackets, and a stranger may have written a book.
    whom = " ".join(whom[:LONGEST_LABEL].split())
    if not BRACKETS.fullmatch(whom):
        whom = " ".join(re.sub(r"[()]", " ", whom).split())
    return f"{said} ({whom})" if said and whom else said


def _numbers(owner: Json, contacts: list[Json]) -> list[tuple[bool, str]]:
    """Whether it takes text messages, and the number."""
    found: list[tuple[bool, str]] = []
    for phone in several(owner.get("phones")):
        found.append((_is_text(phone, ""), _number(phone, "")))
    for contact in contacts:
        title, whom = line(contact.get("title")), line(contact.get("name"))
        for phone in several(contact.get("phones")):
            found.append((_is_text(phone, title), _number(phone, whom)))
    return found


def _is_text(phone: Json, title: str) -> bool:
    return line(phone.get("type")).lower() in TEXTS or title == str(Contact.Kind.TEXT.label)


def _number(phone: Json, whom: str) -> str:
    """Nothing, of a fax."""
    if line(phone.get("type")).lower() in SILENT:
        return ""
    about = line(phone.get("description"))
    aside = [whom, "" if about in _kinds() else about]
    if extension := line(phone.get("extension")):
        aside.append(_("extension %s") % extension)
    said = re.sub(r"[();,]", " ", line(phone.get("number")))
    return _with_whom(said.strip(), " ".join(aside))


def _kinds() -> list[str]:
    return [str(label) for label in Contact.Kind.labels]
