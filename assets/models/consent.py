"""That a child and a parent said yes to a story, and that it goes when they no longer do.

What stories of the directory and stories of the fund have in common, and no second copy of it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thrive.choices import known


class Consent(models.Model):
    """Who said yes, how and when. Of their names nothing is kept."""

    class How(models.TextChoices):
        WRITTEN = "written", _("in writing")
        SAID = "said", _("by word of mouth, to somebody of the group")

    child_agreed = models.BooleanField(_("the child said yes"), default=False)
    parent_agreed = models.BooleanField(_("a parent or carer said yes"), default=False)
    agreed_how = models.CharField(_("how they said yes"), max_length=7, choices=How, blank=True)
    agreed_on = models.DateField(_("when they said yes"), null=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [known("agreed_how", ["", "written", "said"], _("Say how they said yes."))]


def wiped_when_withdrawn(**gone: Any) -> models.CheckConstraint:
    """For the constraints of a model with consent: taken back, its `text` goes, and is `gone`."""
    return models.CheckConstraint(
        name="%(class)s_withdrawn_is_wiped",
        condition=Q(withdrawn_at=None, withdrawn_by=None) & ~Q(text="")
        | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, text="", **gone),
        violation_error_message=_("When consent is taken back, the words go."),
    )
