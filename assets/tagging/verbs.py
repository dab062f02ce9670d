"""Puts tags on a listing and takes them off: who, why and when stay, with what was removed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Activity, Organisation, Venue
from thrive.models import Tag, TagSource


def table_of(listing: Any, of: str) -> tuple[Any, str, str]:
    """The table of `needs_groups`, `themes` and the like; how it names the listing and the tag."""
    field: Any = listing._meta.get_field(of)
    return field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()


def usual_reason(source: TagSource | str) -> str:
    """Why, where nobody has written more."""
    match source:
        case TagSource.GROUP:
            return _("Ticked by the group on its form.")
        case TagSource.IMPORT:
            return _("Said so in the data that was brought in.")
    return _("Chosen by our team.")


@transaction.atomic
def set_tags(
    *,
    listing: Activity | Organisation | Venue,
    of: str,
    wanted: Mapping[str, str],
    by: User | None,
    source: TagSource,
) -> None:
    """Exactly these tags, each with its reason. What is there already stays as it was said first.

    Search rows are still as before: `listings.refresh` is the caller's.
    """
    through, ours, theirs = table_of(listing, of)
    rows = through._default_manager.filter(**{ours: listing})
    there: dict[str, Tag] = {getattr(row, f"{theirs}_id"): row for row in rows}
    for key in there.keys() - wanted.keys():
        gone = there[key]
        gone._history_user = by  # type: ignore[attr-defined]
        gone.delete()
    for key in sorted(wanted.keys() - there.keys()):
        reason = wanted[key][:250] or usual_reason(source)
        values = {ours: listing, f"{theirs}_id": key, "source": source, "reason": reason}
        new = through(**values, added_by=by)
        new._history_user = by
        new.save()
