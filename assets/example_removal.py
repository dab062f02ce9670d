"""Takes the example district away again, and nothing else."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q

from accounts import example as example_people
from accounts.models import User
from assets import example_voices
from assets.example import wait_for_others
from assets.example_rows import ExampleError
from assets.models import (
    Activity,
    ActivityNeedsGroup,
    ActivityTheme,
    Contact,
    DateChange,
    Listing,
    Organisation,
    OrganisationTheme,
    Proposal,
    Schedule,
    TrustStatement,
    Venue,
)
from assets.understanding import vocabulary

# In the order in which they can be deleted, each with whose history it has by which field.
HISTORIES: dict[type[Listing], list[tuple[Any, str]]] = {
    Activity: [
        (Activity, "id"),
        (Schedule, "activity"),
        (DateChange, "activity"),
        (Contact, "activity"),
        (ActivityNeedsGroup, "activity"),
        (ActivityTheme, "activity"),
    ],
    Venue: [(Venue, "id")],
    Organisation: [
        (Organisation, "id"),
        (Contact, "organisation"),
        (TrustStatement, "organisation"),
        (OrganisationTheme, "organisation"),
    ],
}


# What later apps have loaded goes first. They append to it at start-up.
OF_OTHER_APPS: list[Callable[[], None]] = []


@transaction.atomic
def remove() -> dict[str, int]:
    """Take away all of it and nothing else: how many of each model.

    ExampleError, and nothing is removed, while something real stands on an example row.
    """
    wait_for_others()
    if real := _real_ones_here():
        raise ExampleError(
            f"Real activities still have an example venue or group: {real}. "
            "Change them first. Nothing was removed."
        )
    for remove_theirs in OF_OTHER_APPS:
        remove_theirs()
    example_voices.remove()
    # Those of a group would go with it; a new group is not here yet.
    Proposal.objects.filter(is_example=True).delete()
    removed = {str(model._meta.verbose_name_plural): _remove(model) for model in HISTORIES}
    try:
        removed[str(User._meta.verbose_name_plural)] = example_people.remove()
    except ProtectedError as error:
        listed = {str(getattr(row, "listing", row)) for row in error.protected_objects}
        raise ExampleError(
            "Example people are named in the records of something real: "
            f"{', '.join(f'“{name}”' for name in sorted(listed))}. Nothing was removed."
        ) from error
    # Nobody says their words any more.
    vocabulary.rebuild()
    return removed


def _real_ones_here() -> str:
    """Real activities that could not be without an example row, in words."""
    here = Q(venue__is_example=True) | Q(organisation__is_example=True)
    together = Q(partners__is_example=True)
    real = Activity.objects.filter(here | together, is_example=False).distinct()
    return ", ".join(
        f"“{activity}” ({activity.venue or activity.organisation})" for activity in real
    )


def _remove(model: type[Listing]) -> int:
    """Examples of this model, with all rows about them; history last, for deleting writes some."""
    ids = list(model._default_manager.filter(is_example=True).values_list("pk", flat=True))
    model._default_manager.filter(pk__in=ids).delete()
    for owner, field in HISTORIES[model]:
        owner.history.filter(**{f"{field}__in": ids}).delete()
    return len(ids)
