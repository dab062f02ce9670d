"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import applications, bank, grant_files, published, rounds, scoring, seats

__all__ = ["applications", "bank", "grant_files", "published", "rounds", "scoring", "seats"]
