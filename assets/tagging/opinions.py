"""What people at the tagging desk hold a listing to be, and what that does to its tags."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.models import Activity, TagOpinion
from assets.tagging.suggested import in_words
from assets.tagging.verbs import set_tags
from assets.turns import take_turn
from thrive.models import NeedsGroup, TagSource, Theme
from thrive.suggesting import NEEDS, THEMES, Suggestion


@dataclass(frozen=True)
class Chosen:
    """Slugs of needs groups and themes."""

    needs_groups: frozenset[str]
    themes: frozenset[str]

    def of(self, of: str) -> frozenset[str]:
        return self.needs_groups if of == NEEDS else self.themes


@transaction.atomic
def give(
    *,
    activity: Activity,
    by: User,
    chosen: Chosen,
    suggestions: Collection[Suggestion] = (),
    has_seen_others: bool = False,
) -> TagOpinion:
    """Write down an opinion. It changes the tags unless it is a second one made independently.

    A tag that a rule suggests keeps the rule's reason. Raises ValidationError for no needs group.
    """
    take_turn()
    known = (NeedsGroup, chosen.needs_groups), (Theme, chosen.themes)
    if any(model.objects.filter(pk__in=keys).count() != len(keys) for model, keys in known):
        raise ValidationError(_("Choose among the needs groups and themes that there are."))
    opinions = TagOpinion.objects.filter(activity=activity)
    settles = has_seen_others or opinions.filter(person=by).exists()
    is_second = not settles and opinions.filter(unsure=False).exclude(person=by).exists()
    opinion = TagOpinion(
        activity=activity,
        person=by,
        needs_groups=sorted(chosen.needs_groups),
        themes=sorted(chosen.themes),
        settles=settles,
    )
    opinion.full_clean()
    opinion.save()
    if not is_second:
        for of in (NEEDS, THEMES):
            _set(activity, of, chosen.of(of), by, suggestions)
        listings.refresh(listing=activity)
    return opinion


@transaction.atomic
def say_unsure(*, activity: Activity, by: User) -> TagOpinion:
    """Somebody else should look. No tag changes."""
    take_turn()
    settles = TagOpinion.objects.filter(activity=activity, person=by).exists()
    return TagOpinion.objects.create(activity=activity, person=by, unsure=True, settles=settles)


def _set(
    activity: Activity,
    of: str,
    keys: Collection[str],
    by: User,
    suggestions: Collection[Suggestion],
) -> None:
    reasons: Mapping[str, str] = {
        one.option: in_words(one.reasons[0]) for one in suggestions if one.of == of
    }
    there = {*getattr(activity, of).values_list("pk", flat=True)}
    # What stays and what a rule suggests first; then what they chose of their own.
    accepted = {key: reasons[key] for key in keys if key in reasons and key not in there}
    stay = dict.fromkeys(there.intersection(keys), "")
    set_tags(listing=activity, of=of, wanted=stay | accepted, by=by, source=TagSource.RULE)
    own = {key: reasons.get(key, _("Chosen at the tagging desk.")) for key in keys}
    set_tags(listing=activity, of=of, wanted=own, by=by, source=TagSource.STAFF)
