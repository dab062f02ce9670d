"""Awards and others' grants for tests: whole ones, of which a test says only what matters to it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from assets.models import Area, Place
from grants.models import GrantFile, PublishedGrant
from grants.threesixty.awarded import Awarded, Recipient
from grants.threesixty.loading import Loaded, load
from grants.threesixty.publishing import publish
from grants.threesixty.reading import read_grants
from thrive.models import NeedsGroup, Theme

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FETCHED = date(2026, 11, 1)


def awarded(number: int = 1, **fields: Any) -> Awarded:
    """£500 to the Bell Ringers for Bakewell, awarded on 1 June 2026 for a year from July."""
    area = Area.objects.get_or_create(
        code="E07000035", defaults={"name": "Derbyshire Dales", "kind": Area.Kind.DISTRICT}
    )[0]
    whole: dict[str, Any] = {
        "reference": f"GGO1-{number:03}",
        "title": f"Bells {number}",
        "description": "Hand bells for a club of twelve children.",
        "awarded": Decimal(500),
        "asked_for": Decimal("650.50"),
        "awarded_on": date(2026, 6, 1),
        "starts_on": date(2026, 7, 1),
        "ends_before": date(2027, 7, 1),
        "recipient": Recipient("Bell Ringers", "bells", "1234567", "", "DE45 1AA"),
        "funder": "Public Health",
        "programme_code": "GGO1",
        "programme": "Spring 2026",
        "area": area,
        "places": tuple(Place.objects.filter(slug="bakewell")),
        "needs_groups": tuple(NeedsGroup.objects.filter(slug="thriving")),
        "themes": tuple(Theme.objects.filter(slug="youth-voice")),
    }
    return Awarded(**(whole | fields))


def make_ours(number: int = 1, **fields: Any) -> PublishedGrant:
    return publish(award=awarded(number, **fields))


def said(number: int = 1, **fields: Any) -> dict[str, Any]:
    """A grant of another funder, as a file of theirs has it."""
    return {
        "id": f"360G-other-{number}",
        "title": f"A garden {number}",
        "description": "Beds and tools for a garden.",
        "currency": "GBP",
        "amountAwarded": 2500,
        "awardDate": "2024-03-05",
        "recipientOrganization": [
            {"id": "GB-CHC-1234567", "name": "Bell Ringers", "postalCode": "DE45 1AA"}
        ],
        "fundingOrganization": [{"id": "GB-CHC-9876543", "name": "Garden Trust"}],
        "beneficiaryLocation": [{"name": "Matlock"}],
        "grantProgramme": [{"title": "Gardens"}],
    } | fields


def as_file(*grants: Any, **about: Any) -> bytes:
    return json.dumps({"grants": list(grants), **about}).encode()


def load_theirs(*grants: Any, name: str = "theirs.json", **more: Any) -> Loaded:
    read = read_grants(name, as_file(*grants))
    how = {"publisher": "Garden Trust", "licence": LICENCE, "fetched_on": FETCHED, "by": None}
    return load(read=read, **{**how, **more})


def make_theirs(number: int = 1, **fields: Any) -> PublishedGrant:
    load_theirs(said(number, **fields), name=f"{number}.json")
    return PublishedGrant.objects.get(identifier=f"360G-other-{number}")


def make_file(**fields: Any) -> GrantFile:
    return GrantFile.objects.create(
        **{
            "name": "theirs.json",
            "sha256": f"{GrantFile.objects.count():064x}",
            "publisher": "Garden Trust",
            "licence": LICENCE,
            "fetched_on": FETCHED,
            "made": 1,
            "changed": 0,
            "same": 0,
        }
        | fields
    )
