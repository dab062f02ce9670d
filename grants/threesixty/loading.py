"""Load other funders' grants, all of a file or nothing, and take a load back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assets.turns import take_turn
from grants.models import GrantFile, GrantSource, PublishedGrant
from grants.threesixty.checking import Said
from grants.threesixty.columns import columns_of
from grants.threesixty.reading import GrantsRead

AT_ONCE = 500
# All that a file can change of a grant that is here.
CHANGES = [
    one.name
    for one in PublishedGrant._meta.concrete_fields
    if one.name not in ("id", "identifier", "source", "is_example") and not one.generated
]


@dataclass(frozen=True)
class Loaded:
    """`file` is None for a check, and where nothing has changed."""

    made: int
    changed: int
    same: int
    file: GrantFile | None = None


@transaction.atomic
def load(
    *,
    read: GrantsRead,
    publisher: str,
    licence: str,
    fetched_on: date,
    by: User | None,
    check: bool = False,
) -> Loaded:
    """Store what is new or says something new. Raises ValidationError for what may not be loaded.

    The same file twice changes nothing; nor does what another file said already.
    """
    _may_be_loaded(read, publisher, licence, fetched_on)
    take_turn()
    here = _here(read)
    new = [said for said in read.grants if said["id"] not in here]
    differs = [said for said in read.grants if said["id"] in here and said != here[said["id"]].said]
    done = Loaded(len(new), len(differs), len(read.grants) - len(new) - len(differs))
    if check or not (new or differs):
        return done
    file = GrantFile(
        name=read.name,
        sha256=read.sha256,
        publisher=publisher,
        licence=licence,
        fetched_on=fetched_on,
        made=done.made,
        changed=done.changed,
        same=done.same,
        before=[_as_it_was(here[said["id"]]) for said in differs],
        loaded_by=by,
    )
    file.clean_fields(exclude=["before", "loaded_by", "undone_at", "undone_by"])
    file.validate_constraints()
    file.save()
    PublishedGrant.objects.bulk_create([_row(said, file) for said in new], batch_size=AT_ONCE)
    _change([_row(said, file) for said in differs])
    return Loaded(done.made, done.changed, done.same, file)


@transaction.atomic
def undo(*, file: GrantFile, by: User | None) -> int:
    """Take back what a file brought; what it changed says again what it said. How many grants.

    Raises ValidationError where that has been done, or where a later file builds on this one.
    """
    take_turn()
    later = GrantFile.objects.filter(pk__gt=file.pk, undone_at=None)
    if any(one["file"] == file.pk for each in later for one in each.before):
        raise ValidationError(_("A later file has changed some of these. Take that back first."))
    taken = GrantFile.objects.filter(pk=file.pk, undone_at=None).update(
        undone_at=timezone.now(), undone_by=by
    )
    if not taken:
        raise ValidationError(_("This file has been taken back already."))
    file.refresh_from_db()
    files = GrantFile.objects.in_bulk({one["file"] for one in file.before})
    _change([_row(one["said"], files[one["file"]]) for one in file.before])
    gone, _each = file.grants.all().delete()
    return gone + len(file.before)


def _may_be_loaded(read: GrantsRead, publisher: str, licence: str, fetched_on: date) -> None:
    if read.problems:
        raise ValidationError(_("There are problems in the file, so nothing of it was loaded."))
    if not publisher.strip():
        raise ValidationError(_("Say who published it."))
    if not licence.strip():
        raise ValidationError(_("Say under which licence we may use it."))
    if fetched_on > timezone.localdate():
        raise ValidationError(_("It cannot have been fetched in the future."))


def _here(read: GrantsRead) -> dict[str, PublishedGrant]:
    """By identifier. Raises ValidationError where any is ours."""
    found = PublishedGrant.objects.filter(identifier__in=[one["id"] for one in read.grants])
    here = {one.identifier: one for one in found}
    if ours := sum(one.is_ours for one in here.values()):
        says = ngettext(
            "%d grant of it is our own, and is here already.",
            "%d grants of it are our own, and are here already.",
            ours,
        )
        raise ValidationError(says % ours)
    return here


def _as_it_was(grant: PublishedGrant) -> dict[str, Any]:
    return {"file": grant.file_id, "said": grant.said}


def _row(said: Said, file: GrantFile) -> PublishedGrant:
    return PublishedGrant(source=GrantSource.THEIRS, file=file, **columns_of(said))


def _change(rows: Sequence[PublishedGrant]) -> None:
    PublishedGrant.objects.bulk_update(rows, CHANGES, batch_size=AT_ONCE)
