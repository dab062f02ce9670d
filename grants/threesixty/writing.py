"""Our grants as open data: a package in JSON, and a table."""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.export.files import BYTE_ORDER_MARK, harmless
from grants.models import PublishedGrant
from grants.threesixty.standard import VERSION
from grants.threesixty.table import rows_of


def as_json(grants: Iterable[PublishedGrant]) -> bytes:
    """A package. The standard knows none without a grant."""
    home = settings.SITE_URL.geturl()
    said = [one.said for one in grants]
    package = {
        "version": VERSION,
        "title": _("Grants of %s") % settings.SITE_NAME,
        "issued": timezone.localdate().isoformat(),
        "modified": max(one["dateModified"] for one in said),
        "publisher": {
            "identifier": settings.GRANTS_FUNDER_ID,
            "name": settings.SITE_NAME,
            "website": home,
        },
        "license": settings.GRANTS_LICENCE,
        "downloadURL": home + reverse("grants_json"),
        "accessURL": home + reverse("awards"),
        "grants": said,
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode()


def as_csv(grants: Iterable[PublishedGrant]) -> bytes:
    head, rows = rows_of([one.said for one in grants])
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _cell(value: Any) -> Any:
    """Lines of a description stay lines: a program that reads a table of grants keeps them."""
    return harmless(value) if isinstance(value, str) else value
