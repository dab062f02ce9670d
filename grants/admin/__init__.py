"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import awards, grant_files, letters, published, rounds, scoring, seats

__all__ = ["awards", "grant_files", "letters", "published", "rounds", "scoring", "seats"]
