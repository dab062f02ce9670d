"""A file that goes with an application."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.documents import MOST_BYTES
from grants.models.applications import Application
from grants.models.round_form import CheckKind
from thrive.choices import known


class ApplicationDocument(models.Model):
    """A file that goes with an application. `assets.documents` says which are taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("what it shows"), max_length=15, choices=CheckKind, blank=True)
    name = models.CharField(_("file"), max_length=120)
    media_type = models.CharField(_("type"), max_length=40)
    data = models.BinaryField(max_length=MOST_BYTES)
    brought_at = models.DateTimeField(_("brought"), auto_now_add=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Of one page, shown once: a second press finds the first document.
    once = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["brought_at", "pk"]
        verbose_name = _("document of an application")
        verbose_name_plural = _("documents of applications")
        constraints = [
            known("kind", ["", *CheckKind.values], _("Say what the document shows.")),
            models.CheckConstraint(
                name="applicationdocument_type_is_safe",
                condition=Q(media_type__in=["application/pdf", "image/jpeg", "image/png"]),
                violation_error_message=_("A document is a PDF, a JPEG or a PNG."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
