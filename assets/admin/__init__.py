"""The directory in the staff pages. Importing a module registers its models."""

from assets.admin import (
    activities,
    calendar,
    help_lines,
    imports,
    organisations,
    places,
    problems,
    reference,
    safety,
    starting_points,
    synonyms,
    venues,
)

__all__ = [
    "activities",
    "calendar",
    "help_lines",
    "imports",
    "organisations",
    "places",
    "problems",
    "reference",
    "safety",
    "starting_points",
    "synonyms",
    "venues",
]
