"""The directory in the staff pages. Importing a module registers its models."""

from assets.admin import (
    activities,
    calendar,
    daily,
    documents,
    freshness,
    help_lines,
    imports,
    organisations,
    places,
    problems,
    proposals,
    reference,
    safety,
    starting_points,
    synonyms,
    venues,
)

__all__ = [
    "activities",
    "calendar",
    "daily",
    "documents",
    "freshness",
    "help_lines",
    "imports",
    "organisations",
    "places",
    "problems",
    "proposals",
    "reference",
    "safety",
    "starting_points",
    "synonyms",
    "venues",
]
