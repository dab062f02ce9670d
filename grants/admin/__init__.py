"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import (
    applications,
    awards,
    bank,
    board_updates,
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
    "board_updates",
    "grant_files",
    "letters",
    "payments",
    "published",
    "reports",
    "rounds",
    "scoring",
    "seats",
]
