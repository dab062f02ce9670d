"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import (
    applications,
    awards,
    bank,
    grant_files,
    letters,
    payments,
    published,
    reports,
    rounds,
    scoring,
    seats,
)

__all__ = [
    "applications",
    "awards",
    "bank",
    "grant_files",
    "letters",
    "payments",
    "published",
    "reports",
    "rounds",
    "scoring",
    "seats",
]
