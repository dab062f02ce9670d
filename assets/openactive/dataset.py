"""What the feed is, as a `Dataset` that finders of open data read."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.openactive.rpde import KIND, feed_url

RPDE = "application/vnd.openactive.rpde+json; version=1"


def dataset() -> dict[str, Any]:
    site = settings.SITE_URL.geturl()
    url = site + reverse("openactive")
    publisher = {
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": site + reverse("home"),
        "email": settings.CONTACT_EMAIL,
    }
    return {
        "@context": ["https://openactive.io/", "https://schema.org/"],
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": f"{settings.SITE_NAME}: {_('sport and movement')}",
        "description": _(
            "Sport and movement for children and young people, from our directory of all that is"
            " on for them."
        ),
        "keywords": ["Activities", "Sports", "Physical Activity", "OpenActive"],
        "license": settings.OPEN_DATA_LICENCE,
        "inLanguage": ["en-GB"],
        "discussionUrl": site + reverse("about"),
        "documentation": "https://permalink.openactive.io/dataset-site/open-data-documentation",
        "publisher": publisher,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": KIND,
                "additionalType": f"https://openactive.io/{KIND}",
                "encodingFormat": RPDE,
                "contentUrl": feed_url(),
            }
        ],
    }
