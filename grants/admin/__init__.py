"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import rounds, scoring, seats

__all__ = ["rounds", "scoring", "seats"]
