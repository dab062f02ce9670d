"""What every page's frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from assets.kept import kept
from assets.models import Area, HelpLine


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "help_band": kept("help-band", lambda: list(HelpLine.objects.in_band())),
        "district_name": kept("district-name", _district_name),
    }


def _district_name() -> str:
    here = Area.objects.filter(code=settings.DISTRICT).first()
    return here.in_text if here else ""
