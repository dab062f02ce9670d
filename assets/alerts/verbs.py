"""Asking for an alert, saying yes to it, stopping it. Nothing here tells who follows what."""

from django.db import connection, transaction
from django.utils import timezone

from accounts.outbox import queue
from assets.alerts import letters
from assets.alerts.sealed import Said, seal, what, whose
from assets.models import Alert
from assets.models.alerts import MOST

# Any number, so long as it is the same everywhere.
LOCK = 8_350


@transaction.atomic
def ask(*, address: str, search: str) -> None:
    """Write to this address to ask for a yes. Whoever asks learns nothing of who follows what.

    Asked again, it is the same alert and, on the same day, the same mail.
    """
    marks = {"whose": whose(address), "what": what(search)}
    _take_turn(marks["whose"])
    # A yes, or a stop, that comes at this moment is waited for, and not written over.
    alert = Alert.objects.select_for_update().filter(**marks).first()
    if alert is None:
        number = _free_place(marks["whose"])
        if number is None:
            letters.put_full(address)
            return
        sealed = seal(Said(address, search))
        alert = Alert.objects.create(number=number, sealed=sealed, **marks)
    if alert.confirmed_at:
        letters.put_known(alert, address)
        return
    alert.asked_at = timezone.now()
    alert.save()
    letters.put_confirm(alert, address)


def _free_place(mark: str) -> int | None:
    """Where none is free, what nobody has said yes to for longest gives way: somebody else may
    have asked for it.
    """
    theirs = Alert.objects.filter(whose=mark)
    taken = set(theirs.values_list("number", flat=True))
    if free := [number for number in range(1, MOST + 1) if number not in taken]:
        return free[0]
    unsaid = theirs.select_for_update().filter(confirmed_at=None).order_by("asked_at").first()
    if unsaid is None:
        return None
    number = unsaid.number
    stop(alert=unsaid)
    return number


def _take_turn(mark: str) -> None:
    """Two at once, of one address, must not take the same place. Nobody else waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, mark])


@transaction.atomic
def confirm(*, alert: Alert) -> None:
    """Yes; and yes, still. Pressed twice it is pressed once."""
    now = timezone.now()
    there = Alert.objects.select_for_update().filter(pk=alert.pk).first()
    # It may have been stopped a moment ago.
    if there is None or (there.confirmed_at and not there.asked_again_at):
        return
    there.told_until = there.told_until or now
    there.confirmed_at, there.asked_again_at = now, None
    there.save()


@transaction.atomic
def stop(*, alert: Alert) -> None:
    """Nothing of it is left, nor of the mails that went to its address."""
    # A letter that is being written is waited for: it goes, too.
    Alert.objects.select_for_update().filter(pk=alert.pk).first()
    queue.forget_about(letters.about(alert), waiting=True)
    alert.delete()
