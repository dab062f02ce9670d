"""What the rules suggest for activities, by their words and facts."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assets.models import Activity, Status
from thrive.rules import suggest_each
from thrive.suggesting import Facts, Reason, Rules, Suggestion

# Those that somebody may still come to. What has ended or was withdrawn needs no tag.
TAGGED = (Status.PUBLIC, Status.DRAFT, Status.PAUSED)


def to_tag() -> QuerySet[Activity]:
    """The activities whose tags matter, with all that rules look at."""
    found: QuerySet[Activity] = Activity.objects.filter(status__in=TAGGED)
    return found.select_related("organisation").prefetch_related("audiences")


def text_of(activity: Activity) -> str:
    """Each part ends a sentence, so that no “not” reaches into the next."""
    return "\n".join([activity.title, activity.summary, activity.description])


def facts_of(activity: Activity) -> Facts:
    return Facts(
        kind=activity.kind,
        level=activity.level,
        how_to_come=activity.how_to_come,
        audiences=frozenset(one.pk for one in activity.audiences.all()),
        age_from=activity.age_from,
        age_before=activity.age_before,
    )


def suggested(activities: Sequence[Activity], rules: Rules) -> list[list[Suggestion]]:
    """For each of these, in their order."""
    return suggest_each(((text_of(one), facts_of(one)) for one in activities), rules)


def options(suggestions: Iterable[Suggestion], of: str) -> frozenset[str]:
    return frozenset(one.option for one in suggestions if one.of == of)


def in_words(reason: Reason) -> str:
    """“Help lines give advice. The words: “helpline”, “ring us”.”"""
    if not reason.words:
        return reason.message
    said = ", ".join(f"“{words}”" for words in reason.words[:4])
    return _("%(message)s The words: %(words)s.") % {"message": reason.message, "words": said}
