"""Bring a document, look at it, take it back. Each is one transaction."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.documents.checking import check
from assets.models import Document, DocumentMove, DocumentOpening, Organisation, TrustStatement
from assets.models.documents import MOVES, DocumentStatus

# More at once is a mistake, or mischief.
MOST_WAITING = 10


@transaction.atomic
def bring(
    *, organisation: Organisation, kind: str, name: str, data: bytes, once: UUID, by: User
) -> Document:
    """Keep a document until we have looked. A second press finds the first one.

    Raises NotTaken for a file that we cannot keep, and ValidationError where many wait already.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    ours = Document.objects.filter(organisation=organisation)
    if found := ours.without_data().filter(once=once).first():
        return found
    if ours.waiting().count() >= MOST_WAITING:
        raise ValidationError(_("Ten documents wait for us already. Let us read those first."))
    checked = check(name, data)
    document = Document(
        organisation=organisation,
        kind=kind,
        name=checked.name,
        media_type=checked.media_type,
        data=checked.data,
        once=once,
        brought_by=by,
    )
    document.full_clean(exclude=["organisation", "brought_by"])
    document.save()
    return document


def opened(*, document: Document, by: User) -> None:
    """Somebody of our team has the file before them."""
    DocumentOpening.objects.get_or_create(document=document, opened_by=by)


@transaction.atomic
def seen(
    *,
    document: Document,
    name: str,
    expires_on: date | None,
    keep: bool,
    by: User,
    elsewhere: str = "",
) -> bool:
    """We read it: the page says “seen by us” from today on. False where a colleague was faster.

    Only who has opened the file may say so, or who says where else they saw it. The file goes,
    unless it is to be kept. Raises ValidationError for what may not be stated.
    """
    was_read = elsewhere.strip() or document.openings.filter(opened_by=by).exists()
    if not was_read and Document.objects.waiting().filter(pk=document.pk).exists():
        said = _("Open the file first. Or say where else you saw the document.")
        raise ValidationError({"elsewhere": said})
    if not _move(document, DocumentStatus.SEEN, by, elsewhere, wipe=not keep):
        return False
    group = document.organisation
    told = group.trust.filter(kind=document.kind, stance=TrustStatement.Stance.TOLD)
    stated = group.trust.filter(kind=document.kind, name=name).first() or told.first()
    stated = stated or TrustStatement(organisation=group, kind=document.kind)
    stated.name, stated.stance = name, TrustStatement.Stance.SEEN
    stated.stated_on, stated.expires_on = timezone.localdate(), expires_on
    stated._history_user = by  # type: ignore[attr-defined]
    stated.full_clean()
    stated.save()
    return True


@transaction.atomic
def refuse(*, document: Document, why: str, by: User) -> bool:
    """It does not show what it should. The file goes; the group reads why."""
    if not why.strip():
        raise ValidationError({"why": _("Say to the group what is missing.")})
    return _move(document, DocumentStatus.REFUSED, by, why, wipe=True)


@transaction.atomic
def drop(*, document: Document, by: User) -> bool:
    """The group takes it back: the file goes, whatever we thought of it."""
    return _move(document, DocumentStatus.DROPPED, by, "", wipe=True)


def _move(document: Document, to: DocumentStatus, by: User, why: str, *, wipe: bool) -> bool:
    was = DocumentStatus(document.status)
    if to not in MOVES[was]:
        return False
    gone = {"data": b""} if wipe else {}
    unmoved = Document.objects.filter(pk=document.pk, status=was)
    if not unmoved.update(status=to, **gone):
        return False
    DocumentMove.objects.create(
        document=document, from_status=was, to_status=to, moved_by=by, why=why
    )
    document.status = to
    return True
