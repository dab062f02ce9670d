"""Who wants to be told of what is new: sealed, so that the table tells nobody who follows what."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# As `assets.alerts.sealed` makes one.
MARK = "^[0-9a-f]{64}$"
# So many searches somebody may follow.
MOST = 5
# A yes by e-mail is waited for so long; then the row goes.
CONFIRM_WITHIN = timedelta(days=7)
# A letter a week. Some hours early is the same night, by a clock that was changed.
EVERY = timedelta(days=7) - timedelta(hours=3)
# After a year we ask whether it is still wanted, and end it where nobody says so.
LASTS = timedelta(days=365)
ASKED_BEFORE = timedelta(days=14)


class AlertQuerySet(models.QuerySet["Alert"]):
    def due(self, now: datetime) -> Self:
        """Those whose week is over."""
        return self.filter(told_until__lte=now - EVERY)

    def never_confirmed(self, now: datetime) -> Self:
        return self.filter(confirmed_at=None, asked_at__lte=now - CONFIRM_WITHIN)

    def to_ask_again(self, now: datetime) -> Self:
        return self.filter(confirmed_at__lte=now - LASTS + ASKED_BEFORE, asked_again_at=None)

    def over(self, now: datetime) -> Self:
        """A year old, and nobody has answered for as long as we said."""
        return self.filter(confirmed_at__lte=now - LASTS, asked_again_at__lte=now - ASKED_BEFORE)


class Alert(models.Model):
    """A search that somebody follows by e-mail. Change one through `assets.alerts.verbs` alone.

    `sealed` holds the address and the search; `whose` and `what` are marks of the two, by which
    they are found again and from which they cannot be read. All that is new up to `told_until`
    has been told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    whose = models.CharField(max_length=64, editable=False)
    what = models.CharField(max_length=64, editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    sealed = models.TextField(editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    told_until = models.DateTimeField(null=True, editable=False)
    asked_again_at = models.DateTimeField(null=True, editable=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "whose",
                "what",
                name="alert_once",
                violation_error_message=_("This search is followed with this address already."),
            ),
            models.UniqueConstraint(
                "whose",
                "number",
                name="alert_number_once",
                violation_error_message=_("That place among somebody’s alerts is taken."),
            ),
            models.CheckConstraint(
                name="alert_only_so_many",
                condition=Q(number__range=(1, MOST)),
                violation_error_message=_("Nobody follows more than five searches."),
            ),
            models.CheckConstraint(
                name="alert_holds_something",
                condition=~Q(sealed="") & Q(whose__regex=MARK, what__regex=MARK),
                violation_error_message=_("An alert has an address and a search."),
            ),
            models.CheckConstraint(
                name="alert_told_once_confirmed",
                condition=Q(confirmed_at=None, told_until=None, asked_again_at=None)
                | Q(confirmed_at__isnull=False, told_until__isnull=False),
                violation_error_message=_("Nobody is told anything before they said yes."),
            ),
        ]
        indexes = [models.Index("told_until", name="alert_due")]

    def __str__(self) -> str:
        return str(self.pk)
