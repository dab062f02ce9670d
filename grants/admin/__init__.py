"""The fund in the staff pages. Importing a module registers its models."""

from grants.admin import rounds

__all__ = ["rounds"]
