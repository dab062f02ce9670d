"""The directory in the staff pages. Importing a module registers its models."""

from assets.admin import (
    activities,
    calendar,
    documents,
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
    "documents",
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
