"""Our OpenAPI document in words, for whoever writes a program against it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assets.openreferral.openapi import OF_EVERY_LIST, OF_SERVICES, OF_TERMS, Parameters, described
from assets.openreferral.shapes import Shape

# A key differs from site to site, so no example of it is right.
A_KEY = "…"


@dataclass(frozen=True)
class Explained:
    """`written` as it stands in an address: a path, or a parameter with an example of it."""

    written: str
    words: str


def base() -> str:
    """The base address, without a slash at its end."""
    address: str = described()["servers"][0]["url"]
    return address


def addresses() -> list[Explained]:
    """What follows the base address, and what is answered."""
    paths = described()["paths"]
    return [Explained(path, one["get"]["summary"]) for path, one in paths.items()]


def of_every_list() -> list[Explained]:
    return _explained(OF_EVERY_LIST)


def of_services() -> list[Explained]:
    """Organizations, and services at locations, take these as well."""
    return _explained(OF_SERVICES)


def of_terms() -> list[Explained]:
    return _explained(OF_TERMS)


def examples(today: date) -> list[Explained]:
    """What may be asked as it stands."""
    month = today.replace(day=1).isoformat()
    return [
        Explained(
            "/services?full=true&per_page=5", _("Five services, with all that we tell of each")
        ),
        Explained(
            "/services?minimum_age=11&maximum_age=15&day=SA",
            _("What is on for ages 11 to 15 on a Saturday"),
        ),
        Explained(
            "/services?postcode=DE4+3AB&proximity=5000", _("What is within 5 km of a postcode")
        ),
        Explained(f"/services?modified_after={month}", _("What changed since this month began")),
        Explained("/organizations?format=ndjson", _("Each group, one to a line")),
        Explained("/taxonomies", _("What services are tagged by: needs groups, themes and more")),
    ]


def _explained(parameters: Parameters) -> list[Explained]:
    return [
        Explained(f"{name}={_example(shape)}", str(words))
        for name, (shape, words) in parameters.items()
    ]


def _example(shape: Shape) -> str:
    said = shape.get("example", A_KEY)
    return str(said).lower() if isinstance(said, bool) else str(said)
