"""What people tell us about a listing: what problems and worries about safety share."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation
from assets.models.venues import Venue

WORDS_AT_MOST = 3000


class Report(models.Model):
    """About one listing. `key` is made with the page: sent twice, it is one report."""

    MOVES: ClassVar[dict[Any, frozenset[Any]]] = {}

    key = models.UUIDField(editable=False)
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("activity"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    words = models.TextField(_("what they wrote"), blank=True, max_length=WORDS_AT_MOST)
    reported_at = models.DateTimeField(_("told us"), auto_now_add=True)
    status: Any

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "key",
                name="%(class)s_key_once",
                violation_error_message=_("We have this one already."),
            ),
            models.CheckConstraint(
                name="%(class)s_of_one_listing",
                condition=Q(activity__isnull=False, organisation__isnull=True, venue__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=False, venue__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=True, venue__isnull=False),
                violation_error_message=_("It is about one activity, one group or one place."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.listing)

    @property
    def listing(self) -> Activity | Organisation | Venue:
        found = self.activity or self.organisation or self.venue
        if found is None:
            raise ValueError("A report without a listing, against its constraint.")
        return found

    def move(self, to: Any, *, by: AbstractBaseUser, why: str = "", **changes: Any) -> bool:
        """Moves it as it stood when it was read, with its record, all or nothing.

        False when somebody else moved it first. ValueError for a move that is not in `MOVES`.
        """
        was = self.status
        if to not in self.MOVES[was]:
            raise ValueError(f"It cannot go from {was} to {to}.")
        changes["status"] = to
        with transaction.atomic():
            rows: Any = type(self)._base_manager
            unmoved = rows.filter(pk=self.pk, status=was)
            if not unmoved.update(**changes):
                return False
            self._record_move(was, to, by=by, why=why)
        for name, value in changes.items():
            setattr(self, name, value)
        return True

    def _record_move(self, was: Any, to: Any, *, by: AbstractBaseUser, why: str) -> None:
        raise NotImplementedError
