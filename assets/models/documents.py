"""A document that a group shows us: kept only until we have looked, unless there is a reason."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.contacts import TrustStatement
from assets.models.organisations import Organisation
from thrive.choices import known

MOST_BYTES = 10_000_000
# A DBS certificate is not ours to see.
KINDS = [one for one in TrustStatement.Kind if one != TrustStatement.Kind.DBS]


class DocumentStatus(models.TextChoices):
    WAITING = "waiting", _("Waits for us")
    SEEN = "seen", _("Seen")
    REFUSED = "refused", _("Not what we need")
    DROPPED = "dropped", _("Taken back")


MOVES: dict[DocumentStatus, frozenset[DocumentStatus]] = {
    DocumentStatus.WAITING: frozenset(
        {DocumentStatus.SEEN, DocumentStatus.REFUSED, DocumentStatus.DROPPED}
    ),
    DocumentStatus.SEEN: frozenset({DocumentStatus.DROPPED}),
    DocumentStatus.REFUSED: frozenset({DocumentStatus.DROPPED}),
    DocumentStatus.DROPPED: frozenset(),
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def waiting(self) -> Self:
        return self.filter(status=DocumentStatus.WAITING).order_by("brought_at")

    def of_member(self, person: Any) -> Self:
        """Of the groups that this person acts for, as far as they were not taken back."""
        own = Organisation.objects.acted_for_by(person)
        return self.filter(organisation__in=own).exclude(status=DocumentStatus.DROPPED)

    def without_data(self) -> Self:
        """For lists, where nobody reads ten megabytes; `is_kept` while there is a file."""
        is_kept = ExpressionWrapper(~Q(data=b""), output_field=models.BooleanField())
        return self.defer("data").annotate(is_kept=is_kept)


class Document(models.Model):
    """`data` is empty once we have looked and do not keep it. Bring one by `assets.documents`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("group"), on_delete=models.CASCADE, related_name="documents"
    )
    kind = models.CharField(
        _("what it shows"), max_length=12, choices=[(one.value, one.label) for one in KINDS]
    )
    name = models.CharField(_("file"), max_length=120)
    media_type = models.CharField(_("type"), max_length=40)
    data = models.BinaryField()
    status = models.CharField(
        _("status"), max_length=10, choices=DocumentStatus, default=DocumentStatus.WAITING
    )
    brought_at = models.DateTimeField(_("brought"), auto_now_add=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Of one page, shown once: a second press finds the first document.
    once = models.UUIDField(unique=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            known("kind", [one.value for one in KINDS], _("Say what the document shows.")),
            known("status", DocumentStatus.values, _("That is not a status we know.")),
            models.CheckConstraint(
                name="document_type_is_safe",
                condition=Q(media_type__in=["application/pdf", "image/jpeg", "image/png"]),
                violation_error_message=_("A document is a PDF, a JPEG or a PNG."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organisation}"


class DocumentOpening(models.Model):
    """Somebody of our team has opened the file: the first time of each. Rows are only added."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="openings")
    opened_at = models.DateTimeField(_("when"), auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        constraints = [
            models.UniqueConstraint(
                "document",
                "opened_by",
                name="documentopening_once",
                violation_error_message=_("They have opened it already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.opened_by}"


class DocumentMove(models.Model):
    """One change of a document's status: who, when, why. Rows are added, never changed."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=10, choices=DocumentStatus)
    to_status = models.CharField(_("to"), max_length=10, choices=DocumentStatus)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    why = models.CharField(_("why"), max_length=250, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            known("from_status", DocumentStatus.values, _("That is not a status we know.")),
            known("to_status", DocumentStatus.values, _("That is not a status we know.")),
            models.CheckConstraint(
                name="documentmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
