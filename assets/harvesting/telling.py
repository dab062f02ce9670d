"""What one reading did, counted in full and told by name as far as a page holds.

A line is [what, name, words], and behind them of which listing it is: see `place_of`.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from assets.importing.taking_away import OVER
from assets.models import Activity, Harvest, Listing
from assets.models.harvests import MOST_TOLD

# In the order in which it is told. Of `part`, one thing of a service does not come in.
KINDS = {
    "made": _("new"),
    "changed": _("changed"),
    "same": _("as before"),
    "gone": _("gone"),
    "left": _("left alone"),
    "kept": _("gone there, still here"),
    "away": _("not for us, or over here"),
    "waiting": _("may be here already"),
    "skipped": _("the same as ours"),
    "refused": _("refused"),
    "part": _("without a part that we cannot use"),
    "off": _("not on at present"),
}
LONGEST = 400


@dataclass
class Told:
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[list[str]] = field(default_factory=list)

    def add(self, kind: str, name: str, words: str, of: Listing | None = None) -> None:
        self.count(kind)
        if len(self.lines) < MOST_TOLD:
            place = [place_of(of)] if of else []
            self.lines.append([kind, name[:120], words[:LONGEST], *place])

    def count(self, kind: str, number: int = 1) -> None:
        self.counts[kind] += number

    def note(self, words: str) -> None:
        self.lines.insert(0, ["note", "", words[:LONGEST]])


def place_of(listing: Listing) -> str:
    """“activity 8b2c…”: the model and the key."""
    return f"{listing._meta.model_name} {listing.pk}"


def last_whole() -> list[Harvest]:
    """The last reading of each directory that read all of it: what it left alone is still so."""
    done = Harvest.objects.filter(outcome=Harvest.Outcome.READ, is_whole=True)
    last = done.order_by("source_id", "-begun_at", "-pk").distinct("source_id").values("pk")
    return [*Harvest.objects.filter(pk__in=last).select_related("source")]


def still_kept() -> dict[int, int]:
    """Key of the last whole reading of a directory → how many activities it has no longer, and we
    still have. What a group that speaks for itself here keeps is its own affair.
    """
    kept = {
        one.pk: [line[3].partition(" ")[2] for line in one.told if line[0] == "kept" and line[3:]]
        for one in last_whole()
    }
    keys = [key for several in kept.values() for key in several]
    on = Activity.objects.filter(pk__in=keys).exclude(status__in=OVER)
    theirs = on.exclude(organisation__memberships__confirmed_at__isnull=False)
    waiting = {str(key) for key in theirs.values_list("pk", flat=True)}
    counted = {pk: len(waiting & {*several}) for pk, several in kept.items()}
    return {pk: number for pk, number in counted.items() if number}


def in_words(harvest: Harvest) -> str:
    """“12 new, 3 changed, 1 refused”, or why nothing was read."""
    if harvest.outcome == Harvest.Outcome.REFUSED:
        return f"{harvest.get_outcome_display()}. {harvest.why}"
    said = [
        f"{harvest.counts[kind]:,} {words}"
        for kind, words in KINDS.items()
        if kind in harvest.counts
    ]
    return ", ".join(said) or str(_("There is nothing in it."))
