"""Whether a file may be kept: by what is in it, never by what it says of itself.

A picture is drawn anew, which leaves behind where it was taken and anything hidden in it. Of a PDF
we refuse what can act by itself. Source: OWASP File Upload Cheat Sheet.
"""

import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from assets.models.documents import MOST_BYTES

# What a photograph of a page may have, in dots: more is no photograph.
MOST_DOTS = 50_000_000
MOST_PAGES = 200
ENDINGS = {".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
TYPES = {"PDF": "application/pdf", "JPEG": "image/jpeg", "PNG": "image/png"}
# Endings of programs, scripts, archives and pages: one of them before the last is a trick.
OTHER_ENDING = re.compile(
    r"^\.(exe|com|bat|cmd|scr|msi|js|mjs|vbs|ps1|sh|php\d?|phtml|py|pl|rb|jar|jsp|aspx?|html?|svgz?"
    r"|xml|zip|rar|7z|gz|tar|docm?|docx|xlsm?|xlsx|pptm?|pptx|dll|lnk|pdf|jpe?g|png|gif)$"
)


class NotTaken(ValidationError):
    """The file cannot be kept; the words say why, and what to do."""


@dataclass(frozen=True)
class Checked:
    """What may be kept. `name` is for people to read: no file is ever called by it."""

    name: str
    media_type: str
    data: bytes


def check(name: str, data: bytes) -> Checked:
    """Raises NotTaken for anything but a PDF, JPEG or PNG of 10 MB at most."""
    ending = _ending(name)
    if len(data) > MOST_BYTES:
        raise NotTaken(_("This file is larger than 10 MB. Send fewer pages, or a smaller picture."))
    if not data:
        raise NotTaken(_("This file is empty."))
    kind = _kind(data)
    if kind is None or ENDINGS.get(ending) != kind:
        raise NotTaken(_("This is not what its name says. Send a PDF, a JPEG or a PNG."))
    kept = _checked_pdf(data) if kind == "PDF" else _drawn_anew(data, kind)
    if len(kept) > MOST_BYTES:
        raise NotTaken(_("This file is larger than 10 MB. Send fewer pages, or a smaller picture."))
    return Checked(_readable(name), TYPES[kind], kept)


def _ending(name: str) -> str:
    if re.search(r"[/\\\0]", name):
        raise NotTaken(_("There is a folder in the name of this file. Save it under a plain name."))
    suffixes = [one.lower() for one in PurePath(name).suffixes]
    if not suffixes or suffixes[-1] not in ENDINGS:
        raise NotTaken(_("We can only take a PDF, a JPEG or a PNG."))
    if any(OTHER_ENDING.match(one) for one in suffixes[:-1]):
        raise NotTaken(_("This name has two endings. Save the file under a plain name."))
    return suffixes[-1]


def _kind(data: bytes) -> str | None:
    """By its first bytes. Sources: ISO 32000-1, 7.5.2; ITU-T T.81, B.1; RFC 2083, 3.1."""
    if data.startswith(b"%PDF-"):
        return "PDF"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "PNG" if data.startswith(b"\x89PNG\r\n\x1a\n") else None


def _readable(name: str) -> str:
    plain = re.sub(r"[^\w .()-]", "", PurePath(name).name).strip()
    return plain[-120:] or _("document")


def _drawn_anew(data: bytes, kind: str) -> bytes:
    unreadable = NotTaken(_("We cannot open this picture. Is it whole?"))
    try:
        with warnings.catch_warnings():
            # A picture that would fill the memory is only warned about otherwise.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[kind]) as picture:
                if picture.width * picture.height > MOST_DOTS:
                    raise NotTaken(_("This picture is too large. Send a smaller one."))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except NotTaken:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise NotTaken(_("This picture is too large. Send a smaller one.")) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise unreadable from None
    drawn = BytesIO()
    upright.save(drawn, kind, **({"quality": 85} if kind == "JPEG" else {}))
    return drawn.getvalue()


def _checked_pdf(data: bytes) -> bytes:
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise NotTaken(_("This PDF is locked. Save it without a password."))
        root: Any = reader.trailer["/Root"].get_object()
        acts = _acts_by_itself(root)
        names = _dictionary(root.get("/Names"))
        carries = any(key in names for key in ("/JavaScript", "/EmbeddedFiles"))
        pages = len(reader.pages)
    except NotTaken:
        raise
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError, OSError):
        raise NotTaken(_("We cannot open this PDF. Is it whole?")) from None
    if (acts and _acts_by_itself(root)) or carries:
        raise NotTaken(_("This PDF holds a program or other files. Print it to a new PDF first."))
    if not 1 <= pages <= MOST_PAGES:
        raise NotTaken(_("This PDF has no pages, or more than 200."))
    return data


def _acts_by_itself(root: Any) -> bool:
    """An opening action may be a mere “show page 1”; a script, a launch or a form is not."""
    opening = root.get("/OpenAction")
    opening = opening.get_object() if hasattr(opening, "get_object") else opening
    does = opening.get("/S") if hasattr(opening, "get") else None
    return (
        "/AA" in root or "/XFA" in _dictionary(root.get("/AcroForm")) or does not in (None, "/GoTo")
    )


def _dictionary(value: Any) -> Any:
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if hasattr(found, "keys") else {}
