"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import grant_files, payments, published, reports, rounds, scoring, seats

__all__ = ["grant_files", "payments", "published", "reports", "rounds", "scoring", "seats"]
