"""The verbs of stories: noted with consent, read by a colleague, taken back at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import SharedStory

# Empty in most stories; the rules of the table say when they may be.
NOT_TYPED = {
    "agreed_on",
    "noted_by",
    "published_at",
    "published_by",
    "withdrawn_at",
    "withdrawn_by",
}
TIED_TO = ("activities", "venues", "themes", "ways_of_working")


@transaction.atomic
def note(
    *, story: SharedStory, by: User | None, tied: Mapping[str, Collection[Any]] | None = None
) -> SharedStory:
    """Stores a story, not public: what is changed is read again first. `tied` is by `TIED_TO`.

    ValidationError for what breaks a rule, and for one that was taken back.
    """
    if story.pk and _locked(story).withdrawn_at:
        raise ValidationError(_("It was taken back. Nothing of it is kept."))
    # Whoever wrote last is not who reads it.
    story.noted_by = by
    story.published_at = story.published_by = None
    if story.agreed_on and story.agreed_on > timezone.localdate():
        raise ValidationError({"agreed_on": _("That day is still to come.")})
    story.clean_fields(exclude=NOT_TYPED)
    story.validate_constraints()
    story.save()
    for name, rows in (tied or {}).items():
        getattr(story, name).set(rows)
    return story


@transaction.atomic
def publish(*, story: SharedStory, by: User | None) -> SharedStory:
    """Read, and told from now on. ValidationError without consent, and for one's own."""
    its = _locked(story)
    if its.withdrawn_at:
        raise ValidationError(_("It was taken back. Nothing of it is kept."))
    if its.published_at is None:
        its.published_at, its.published_by = timezone.now(), by
        its.validate_constraints()
        its.save(update_fields=["published_at", "published_by"])
    return its


@transaction.atomic
def withdraw(*, story: SharedStory, by: User) -> SharedStory:
    """Somebody no longer agrees. The words are wiped, and no page has them. Twice is once."""
    its = _locked(story)
    if its.withdrawn_at:
        return its
    its.withdrawn_at, its.withdrawn_by = timezone.now(), by
    its.title = its.text = ""
    its.published_at = its.published_by = None
    its.save()
    return its


def _locked(story: SharedStory) -> SharedStory:
    return SharedStory.objects.select_for_update(of=["self"]).get(pk=story.pk)


# --- For the pages ---

# Beside an activity or a theme.
SHOWN = 3


@dataclass(frozen=True)
class Told:
    """One story as everybody reads it."""

    title: str
    text: str
    whose: str
    is_example: bool


def told(**of: Any) -> list[Told]:
    """`told(themes=theme)`, `told(activities=activity)`: the newest few."""
    return [as_told(one) for one in SharedStory.objects.public().filter(**of)[:SHOWN]]


def as_told(story: SharedStory) -> Told:
    whose = {
        SharedStory.Whose.CHILD: _("Told by a child or young person"),
        SharedStory.Whose.YOUNG_PERSON: _("Told by a young person"),
        SharedStory.Whose.PARENT: _("Told by a parent or carer"),
    }
    return Told(story.title, story.text, whose[SharedStory.Whose(story.whose)], story.is_example)
