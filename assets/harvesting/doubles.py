"""What of a feed looks like what is here already: asked about once, and the answer is kept."""

from assets.harvesting import beside
from assets.importing.asked import Choice
from assets.importing.fields import ACTIVITY, GROUP
from assets.importing.known import Duplicate, Lookalikes, Rows
from assets.importing.sheet import Sheet, Wanted
from assets.importing.taking_away import OVER
from assets.models import Activity, HarvestDuplicate, Organisation, Source
from assets.saying import AnyListing

Answer = HarvestDuplicate.Answer
CHOICES = {Answer.SAME: Choice.SKIP, Answer.OTHER: Choice.ADD}


class Doubles:
    def __init__(self, source: Source) -> None:
        self._source = source
        known = source.duplicates.select_related("organisation", "activity__organisation")
        self._known = {one.key: one for one in known}
        self._asked: set[str] = set()

    @property
    def choices(self) -> dict[str, Choice]:
        """What staff have answered, as a load wants it."""
        return {key: CHOICES[Answer(one.answer)] for key, one in self._known.items() if one.answer}

    @property
    def same(self) -> dict[str, AnyListing]:
        """What of ours staff have said a row is, whatever either is called by now; if it is on."""
        said = (one for one in self._known.values() if one.answer == Answer.SAME)
        return {one.key: one.listing for one in said if one.listing.status not in OVER}

    def held(self, sheet: Sheet, lookalikes: Lookalikes) -> list[tuple[Wanted, Duplicate]]:
        """The activities about which, or about whose group, nobody has said what it is."""
        wanted = [*sheet.groups.values(), *sheet.activities.values()]
        rows = Rows(self._source.key, wanted)
        open_: dict[tuple[str, str], Duplicate] = {}
        for one in wanted:
            found = None if rows.find(one) else lookalikes.find(one)
            if found and not self._answer_of(found, one, sheet):
                open_[one.of, one.key] = found
        held: list[tuple[Wanted, Duplicate]] = []
        for one in sheet.activities.values():
            of_group = open_.get((GROUP, one.group.key)) if one.group else None
            if like := open_.get((ACTIVITY, one.key), of_group):
                held.append((one, like))
        return held

    def _answer_of(self, found: Duplicate, wanted: Wanted, sheet: Sheet) -> str:
        known = self._known.get(found.id)
        if found.id not in self._asked:
            self._asked.add(found.id)
            if not (known and known.answer):
                # What is not answered yet is asked as it stands there now.
                known = self._known[found.id] = self._ask(found, wanted, sheet)
        return known.answer if known else ""

    def _ask(self, found: Duplicate, wanted: Wanted, sheet: Sheet) -> HarvestDuplicate:
        listing = found.listing
        asked, _is_new = HarvestDuplicate.objects.update_or_create(
            source=self._source,
            key=found.id,
            defaults={
                "name": str(wanted.values["name" if wanted.of == GROUP else "title"])[:250],
                "why": found.why[:100],
                "theirs": beside.of_theirs(wanted, sheet),
                "organisation": listing if isinstance(listing, Organisation) else None,
                "activity": listing if isinstance(listing, Activity) else None,
            },
        )
        return asked

    def forget_unasked(self) -> None:
        """What nobody has answered, and no feed asks any more."""
        unanswered = self._source.duplicates.filter(answer="")
        unanswered.exclude(key__in=self._asked).delete()
