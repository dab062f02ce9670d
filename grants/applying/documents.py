"""Files that go with an application: checked before they are kept.

They can be taken back until it is sent. Another can be added until all is over, for a check may ask
for one, and so may an award.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assets.documents.checking import check
from grants.applying.writing import NotOpen
from grants.models import Application, ApplicationDocument
from grants.models.application_status import TAKES_DOCUMENTS

# More is a mistake, or mischief. What we ask for later comes on top.
MOST, MOST_LATER = 12, 24


@transaction.atomic
def bring(
    *, application: Application, kind: str, name: str, data: bytes, once: UUID, by: User
) -> ApplicationDocument:
    """Keep a file. A second press finds the first one.

    Raises NotTaken for a file that we cannot keep, NotOpen once all is over, and ValidationError
    where there are many already.
    """
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    if found := locked.documents.filter(once=once).defer("data").first():
        return found
    if locked.status not in TAKES_DOCUMENTS:
        raise NotOpen
    if locked.is_draft and locked.documents.count() >= MOST:
        raise ValidationError(_("There are %d files already. Take one back first.") % MOST)
    if locked.documents.count() >= MOST_LATER:
        raise ValidationError(_("There are %d files already. Please ask us.") % MOST_LATER)
    checked = check(name, data)
    document = ApplicationDocument(
        application=locked,
        kind=kind,
        name=checked.name,
        media_type=checked.media_type,
        data=checked.data,
        once=once,
        brought_by=by,
    )
    document.full_clean(exclude=["application", "brought_by"])
    document.save(force_insert=True)
    return document


@transaction.atomic
def drop(*, document: ApplicationDocument) -> bool:
    """Takes a file back for good. False once the application is sent: it goes with it."""
    locked = Application.objects.select_for_update(of=["self"]).get(pk=document.application_id)
    if not locked.is_draft:
        return False
    return bool(ApplicationDocument.objects.filter(pk=document.pk).delete()[0])
