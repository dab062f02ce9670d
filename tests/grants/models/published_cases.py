"""What breaks a rule of published grants, what goes just so far, and sound rows of them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Model

from grants.models import GrantFile, GrantUpload, PublishedGrant
from tests.assets.models.case import NOW, TODAY, Case
from tests.grants.awarded import LICENCE, make_file, make_ours
from tests.people import person

OTHER = "another-funder"
THEIRS: dict[str, Any] = {"source": "theirs", "file": lambda _row: make_file()}
PUBLISHED: dict[str, Case] = {
    "grantfile_once": Case(
        {"sha256": lambda _row: make_file().sha256},
        {"sha256": lambda _row: make_file(undone_at=NOW).sha256},
    ),
    "grantfile_fingerprint_is_one": Case({"sha256": "A" * 64}, {"sha256": "a" * 64}),
    "grantfile_says_whose": Case({"licence": ""}, {"licence": "CC0"}),
    "grantfile_undone_by_goes_with_when": Case(
        {"undone_by": lambda _row: person("mona")},
        {"undone_by": lambda _row: person("mona"), "undone_at": NOW},
    ),
    "publishedgrant_source_known": Case(
        {"source": "odd"}, THEIRS, also=("publishedgrant_theirs_has_a_file",)
    ),
    "publishedgrant_theirs_has_a_file": Case({"source": "theirs"}, THEIRS),
    "publishedgrant_identifier_on_one_line": Case(
        {"identifier": "360G-\n1"}, {"identifier": "360G 1"}
    ),
    "publishedgrant_has_names": Case({"recipient_name": ""}, {"recipient_name": "", **THEIRS}),
    "publishedgrant_currency_is_one": Case({"currency": "gbp"}, {"currency": "EUR"}),
    "publishedgrant_ours_is_above_nothing": Case(
        {"amount_awarded": Decimal(0)}, {"amount_awarded": Decimal(0), **THEIRS}
    ),
    "publishedgrant_ours_starts_before_it_ends": Case(
        {"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)},
        {"starts_on": TODAY, "ends_on": TODAY},
    ),
    "publishedgrant_only_ours_is_an_example": Case(
        {"is_example": True, **THEIRS}, {"is_example": True}
    ),
}


def published_grant() -> PublishedGrant:
    """The second of two."""
    first = make_ours()
    return PublishedGrant(
        id=uuid4(),
        identifier=OTHER,
        source="ours",
        title="More bells",
        currency="GBP",
        amount_awarded=Decimal(100),
        award_date=date(2026, 6, 1),
        funder_id=first.funder_id,
        funder_name=first.funder_name,
        recipient_id=first.recipient_id,
        recipient_name=first.recipient_name,
        said={},
    )


def grant_file() -> GrantFile:
    return GrantFile(
        name="theirs.json",
        sha256="f" * 64,
        publisher="Garden Trust",
        licence=LICENCE,
        fetched_on=TODAY,
        made=1,
        changed=0,
        same=0,
    )


PUBLISHED_ROWS: dict[type[Model], Callable[[], Any]] = {
    GrantFile: grant_file,
    GrantUpload: lambda: GrantUpload(
        owner=person("mona"), name="theirs.json", data=b"{}", fetched_on=TODAY
    ),
    PublishedGrant: published_grant,
}
