"""A file in steps: brought, looked at, loaded. The same load as by command."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from grants.models import GrantUpload
from grants.threesixty.loading import Loaded, load
from grants.threesixty.reading import GrantsRead, read_grants

# What nobody has loaded by then is forgotten: it may hold what is not ours to keep.
KEPT = timedelta(days=7)


@transaction.atomic
def bring(
    *, name: str, data: bytes, publisher: str, licence: str, fetched_on: date, by: User
) -> GrantUpload:
    """Keep the file until it is loaded. Raises FileNotRead for what is no file of grants."""
    GrantUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    read = read_grants(name, data)
    return GrantUpload.objects.create(
        owner=by,
        name=read.name,
        data=data,
        publisher=publisher or read.publisher,
        licence=licence or read.licence,
        fetched_on=fetched_on,
    )


def grants_of(upload: GrantUpload) -> GrantsRead:
    return read_grants(upload.name, bytes(upload.data))


@transaction.atomic
def load_upload(*, upload: GrantUpload, read: GrantsRead, by: User, check: bool) -> Loaded:
    """Load it, after which the upload is forgotten; or only tell what loading it would do."""
    loaded = load(
        read=read,
        publisher=upload.publisher,
        licence=upload.licence,
        fetched_on=upload.fetched_on,
        by=by,
        check=check,
    )
    if not check:
        upload.delete()
    return loaded
