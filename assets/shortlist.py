"""A list of one's own without an account: what was kept stands in the address and nowhere else.

Each activity is its UUID in 22 letters (base 64 for addresses, RFC 4648 section 5), so that ten
fit a QR code that a phone reads from paper.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import qrcode
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from qrcode.image.svg import SvgPathImage

PARAMETER = "ids"
# More than anybody can go to; and an address has to stay short enough to send.
MOST = 40
# More letters than this make a picture too fine for an old phone.
LETTERS_IN_A_PICTURE = 700


@dataclass(frozen=True)
class Shortlist:
    """What was kept, in the order of keeping."""

    ids: tuple[UUID, ...] = ()

    def __contains__(self, activity: object) -> bool:
        return activity in self.ids

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return ",".join(_short(one) for one in self.ids)

    @property
    def carry(self) -> str:
        """The end of an address that takes the list along; empty while nothing is kept."""
        return f"?{PARAMETER}={self.text}" if self.ids else ""

    @property
    def url(self) -> str:
        return reverse("shortlist") + self.carry

    def toggled(self, activity: UUID) -> "Shortlist":
        """With it, or without it if it was there. A full list stays as it is."""
        if activity in self.ids:
            return Shortlist(tuple(one for one in self.ids if one != activity))
        return Shortlist((*self.ids, activity)) if len(self.ids) < MOST else self


def shortlist(parameters: QueryDict) -> Shortlist:
    """What the address holds; what is no activity's sign is left out."""
    found: dict[UUID, None] = {}
    for text in parameters.get(PARAMETER, "")[: 24 * MOST].split(","):
        if (one := _read(text)) is not None:
            found[one] = None
    return Shortlist(tuple(found)[:MOST])


def toggle_urls(parameters: QueryDict, activities: Iterable[UUID]) -> dict[UUID, str]:
    """For each activity this same page with it kept, or no longer kept; a full list takes none."""
    kept = shortlist(parameters)
    others = parameters.copy()
    others.pop(PARAMETER, None)
    rest = others.urlencode()
    urls = {}
    for one in activities:
        if len(kept) == MOST and one not in kept:
            continue
        text = kept.toggled(one).text
        own = f"{PARAMETER}={text}" if text else ""
        urls[one] = "?" + "&".join(filter(None, [rest, own]))
    return urls


def picture(kept: Shortlist) -> SafeString | None:
    """The list's address as a QR code, SVG; None where it would be too fine to read."""
    address = f"{settings.SITE_URL.geturl()}{kept.url}"
    if not kept.ids or len(address) > LETTERS_IN_A_PICTURE:
        return None
    drawn = BytesIO()
    code = qrcode.make(
        address, image_factory=SvgPathImage, error_correction=qrcode.constants.ERROR_CORRECT_L
    )
    code.save(drawn)
    svg = drawn.getvalue().decode()
    return SafeString(svg[svg.index("<svg") :])  # drawn here, from our own letters


def _short(activity: UUID) -> str:
    return urlsafe_b64encode(activity.bytes).decode().rstrip("=")


def _read(text: str) -> UUID | None:
    try:
        return UUID(bytes=urlsafe_b64decode(f"{text}=="))
    except (Error, ValueError):
        return None
