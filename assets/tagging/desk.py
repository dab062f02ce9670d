"""What waits at the tagging desk, and why: untagged, contested and unsure first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assets.models import Activity, ActivityNeedsGroup, ActivityTheme, TagOpinion
from assets.tagging.suggested import options, suggested, to_tag
from thrive.models import Tag
from thrive.rules import rules_in_use
from thrive.suggesting import NEEDS, Suggestion


class Why(IntEnum):
    """In the order in which they come."""

    UNTAGGED = 1
    PEOPLE = 2
    RULES = 3
    UNSURE = 4
    SECOND = 5

    @property
    def label(self) -> str | Promise:
        return LABELS[self]


LABELS: dict[Why, str | Promise] = {
    Why.UNTAGGED: _("No needs group yet"),
    Why.PEOPLE: _("Two people differ"),
    Why.RULES: _("The rules differ from the tags"),
    Why.UNSURE: _("Not sure"),
    Why.SECOND: _("A second opinion"),
}


@dataclass
class Line:
    """One activity at the desk, as this person should see it."""

    activity: Activity
    needs: frozenset[str]
    suggestions: list[Suggestion]
    opinions: list[TagOpinion] = field(default_factory=list)
    why: Why | None = None

    @property
    def is_blind(self) -> bool:
        """Their own opinion first, before they see tags and what anybody else holds it to be."""
        return self.why == Why.SECOND


@dataclass(frozen=True)
class Tags:
    """The tags of one activity, with who said so and why."""

    needs_groups: list[Tag]
    themes: list[Tag]


def tags_of(activity: Activity) -> Tags:
    needs = ActivityNeedsGroup.objects.filter(activity=activity)
    themes = ActivityTheme.objects.filter(activity=activity)
    return Tags(
        list(needs.select_related("needs_group", "added_by").order_by("needs_group")),
        list(themes.select_related("theme", "added_by").order_by("theme")),
    )


def version_of(activity: Activity) -> str:
    """Changes with the listing, its tags and what is said of them: two may have it open at once."""
    opinion = TagOpinion.objects.filter(activity=activity).aggregate(last=Max("pk"))["last"]
    tags = [
        str(key) for model in (ActivityNeedsGroup, ActivityTheme) for key in _keys(model, activity)
    ]
    return f"{activity.version}-{opinion or 0}-{'.'.join(tags)}"


def _keys(model: type[ActivityNeedsGroup | ActivityTheme], activity: Activity) -> list[int]:
    rows = model._default_manager.filter(activity=activity)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def lines(person: User, activities: Sequence[Activity] | None = None) -> list[Line]:
    """Everything that waits, the most urgent first; of these activities, if given."""
    found = list(to_tag().order_by("created_at", "pk")) if activities is None else list(activities)
    needs: dict[UUID, set[str]] = defaultdict(set)
    rows = ActivityNeedsGroup.objects.filter(activity__in=found)
    for key, needs_group in rows.values_list("activity_id", "needs_group_id"):
        needs[key].add(needs_group)
    opinions: dict[UUID, list[TagOpinion]] = defaultdict(list)
    said = TagOpinion.objects.filter(activity__in=found).select_related("person")
    for opinion in said.order_by("given_at", "pk"):
        opinions[opinion.activity_id].append(opinion)
    all_of_them = [
        Line(one, frozenset(needs[one.pk]), suggestions, opinions[one.pk])
        for one, suggestions in zip(found, suggested(found, rules_in_use()), strict=True)
    ]
    for line in all_of_them:
        line.why = _why(line, person)
    waiting = [line for line in all_of_them if line.why is not None or activities is not None]
    return sorted(waiting, key=lambda line: line.why or len(Why) + 1)


def _why(line: Line, person: User) -> Why | None:
    if not line.needs:
        return Why.UNTAGGED
    if not line.opinions:
        return _why_by_rules(line)
    if line.opinions[-1].unsure:
        return Why.UNSURE
    own = [one for one in line.opinions if not one.settles and not one.unsure]
    if any(one.settles and not one.unsure for one in line.opinions):
        return None
    if len({(*one.needs_groups, "|", *one.themes) for one in own}) > 1:
        return Why.PEOPLE
    if len(own) == 1 and all(one.person_id != person.pk for one in line.opinions):
        return Why.SECOND
    return None


def _why_by_rules(line: Line) -> Why | None:
    """Nobody has looked yet. Where a rule cannot tell, staff choose."""
    of_needs = [one for one in line.suggestions if one.of == NEEDS]
    sure = options([one for one in of_needs if not one.is_unsure], NEEDS)
    if any(one.is_unsure for one in of_needs) and sure <= line.needs:
        return Why.UNSURE
    if sure != line.needs:
        return Why.RULES
    return None
