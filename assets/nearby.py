"""What is like an activity, and near it."""

from dataclasses import replace

from assets.ages import Age
from assets.cards import Card, cards
from assets.models import Activity
from assets.search.answer import search
from assets.search.query import Query

MILES, SHOWN = 8, 3
# What has no upper age is compared as if it ended here.
GROWN_UP = 19 * 12


def nearby(activity: Activity) -> list[Card]:
    """At most three others for the same age: on the same themes, else for the same needs."""
    middle = (activity.age_from + min(activity.age_before or GROWN_UP, GROWN_UP)) // 2
    query = Query(
        near=activity.venue.point if activity.venue else None,
        within=MILES,
        age=Age(months=max(middle, activity.age_from)),
        # One more than is shown: it finds itself.
        size=SHOWN + 1,
        counted=False,
    )
    themes = tuple(theme.slug for theme in activity.themes.all())
    needs = tuple(group.slug for group in activity.needs_groups.all())
    for options in ({"theme": themes}, {"needs": needs}):
        if not all(options.values()):
            continue
        found = search(replace(query, options=options)).found
        others = [row for row in found if row.activity_id not in (None, activity.pk)][:SHOWN]
        if others:
            return cards(others)
    return []
