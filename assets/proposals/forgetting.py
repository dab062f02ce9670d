"""What a proposal said of a place that is hidden is forgotten: of a home only the village stays.

All else that is written stays for good; where somebody lives does not.
"""

from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from assets.models import Proposal, ProposalEdit, ProposalMove, Venue
from assets.places.words import plain
from assets.proposals.fields import NEW_VENUE

Values = dict[str, Any]

# Columns that hold the values of parts, and those that hold the values of one.
BY_PART = {Proposal: ("said", "was", "sent", "sent_before"), ProposalMove: ("took",)}
OF_ONE = {ProposalEdit: ("said", "before")}


def is_hidden(new_venue: Values | None) -> bool:
    shown = (new_venue or {}).get("shown", Venue.Shown.PUBLIC)
    return bool(shown != Venue.Shown.PUBLIC)


def only_the_village(new_venue: Values | None) -> Values | None:
    """What is kept of a new place: everything of a public one."""
    if new_venue is None or not is_hidden(new_venue):
        return new_venue
    return {"shown": new_venue["shown"], "place": new_venue.get("place")}


def forget_in_part(proposal: Proposal, part: str) -> None:
    """A new place has become a home while it was being written: earlier words about it go."""
    for edit in proposal.edits.filter(part=part):
        for column in OF_ONE[ProposalEdit]:
            values = getattr(edit, column)
            if values.get(NEW_VENUE) and not is_hidden(values[NEW_VENUE]):
                values[NEW_VENUE] = None
        edit.save()
    for parts in (proposal.sent, proposal.sent_before):
        values = parts.get(part, {})
        if values.get(NEW_VENUE) and not is_hidden(values[NEW_VENUE]):
            values[NEW_VENUE] = proposal.said[part][NEW_VENUE]
    proposal.save()


def forget_venue(was: Venue, now: Venue) -> None:
    """A venue was hidden: wherever a proposal told where it is, only its village stays."""
    hidden = {"shown": now.shown, "place": now.place.slug}
    for model, columns in (BY_PART | OF_ONE).items():
        for row in _naming(model, columns, was):
            for column in columns:
                parts = getattr(row, column)
                for values in parts.values() if model in BY_PART else [parts]:
                    if _is_there(values.get(NEW_VENUE), was):
                        values[NEW_VENUE] = hidden
            row.save()


def _naming(model: Any, columns: tuple[str, ...], venue: Venue) -> QuerySet[Any]:
    """Rows with this postcode somewhere in them, however it was typed."""
    text = {f"{column}_text": Cast(column, TextField()) for column in columns}
    spaced, solid = venue.postcode, venue.postcode.replace(" ", "")
    named = Q()
    for column in text:
        named |= Q(**{f"{column}__icontains": spaced}) | Q(**{f"{column}__icontains": solid})
    found: QuerySet[Any] = model.objects.annotate(**text).filter(named)
    return found


def _is_there(new_venue: Any, venue: Venue) -> bool:
    if not new_venue:
        return False
    typed = str(new_venue.get("postcode") or "")
    return plain(typed).replace(" ", "") == plain(venue.postcode).replace(" ", "")
