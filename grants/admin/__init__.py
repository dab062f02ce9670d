"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import scoring, seats

__all__ = ["scoring", "seats"]
