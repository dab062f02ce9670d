"""Whose websites may show our lists on their own pages."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

# Small letters, dots, a port at most: nothing that could end the header that it is sent in.
HOST = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[1-9][0-9]{0,4})?$"


class EmbedHostQuerySet(models.QuerySet["EmbedHost"]):
    def allowed(self) -> list[str]:
        """The hosts whose pages may show ours, each as it stands in a header."""
        return list(self.filter(is_allowed=True).values_list("host", flat=True))


class EmbedHost(models.Model):
    """One host. It is never deleted: with `is_allowed` off its pages show an empty frame."""

    host = models.CharField(
        _("host"),
        max_length=120,
        unique=True,
        help_text=_("Such as www.bakewell-school.org.uk. With and without “www.” are two hosts."),
    )
    whose = models.CharField(_("whose website it is"), max_length=120)
    is_allowed = models.BooleanField(_("may show our lists"), default=True)
    note = models.CharField(_("who asked, and when"), max_length=250, blank=True)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )

    objects = EmbedHostQuerySet.as_manager()
    history: ClassVar = HistoricalRecords()

    class Meta:
        ordering = ["host"]
        verbose_name = _("partner’s website")
        verbose_name_plural = _("partners’ websites")
        constraints = [
            models.CheckConstraint(
                name="embedhost_is_a_host",
                condition=Q(host__regex=HOST),
                violation_error_message=_(
                    "Write the host alone, in small letters: www.bakewell-school.org.uk"
                ),
            ),
            models.CheckConstraint(
                name="embedhost_says_whose",
                condition=~Q(whose=""),
                violation_error_message=_("Say whose website it is."),
            ),
        ]

    def __str__(self) -> str:
        return self.host
