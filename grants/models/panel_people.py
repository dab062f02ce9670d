"""Who sits in a round, and what they have to do with those who apply."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.applications import Application
from grants.models.rounds import Round
from thrive.choices import known


class SeatQuerySet(models.QuerySet["Seat"]):
    def taken(self) -> Self:
        """Of those who have not left."""
        return self.filter(left_at=None)


class Seat(models.Model):
    """One person's place in one round: they score, and sit on its panel."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="seats",
    )
    partner = models.CharField(
        _("for whom"), max_length=120, blank=True, help_text=_("Such as the council or a charity.")
    )
    is_chair = models.BooleanField(_("chair"), default=False)
    is_young = models.BooleanField(
        _("young scorer"),
        default=False,
        help_text=_("Has the round's published weight, and reads nothing that tells of people."),
    )
    joined_at = models.DateTimeField(_("since"), auto_now_add=True)
    left_at = models.DateTimeField(_("left"), null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["round", "joined_at", "pk"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                "round",
                "person",
                name="seat_once",
                violation_error_message=_("They have a seat in this round already."),
            ),
            models.UniqueConstraint(
                "round",
                name="seat_one_chair",
                condition=Q(is_chair=True, left_at=None),
                violation_error_message=_("A round has one chair."),
            ),
            models.CheckConstraint(
                name="seat_young_is_no_chair",
                condition=~Q(is_chair=True, is_young=True),
                violation_error_message=_("A young scorer does not chair."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def weight(self) -> Decimal:
        """How much a score of theirs counts; 1 is as much as anybody else's."""
        return self.round.young_weight if self.is_young else Decimal(1)


class Declaration(models.Model):
    """That somebody has looked at who applies, and said what they have to do with them.

    Nothing to say is said as well. Without one nobody reads an application.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="declarations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="declarations",
    )
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["round", "made_at"]
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [
            models.UniqueConstraint(
                "round",
                "person",
                name="declaration_once",
                violation_error_message=_("You have made your declaration. Add to it instead."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class InterestQuerySet(models.QuerySet["Interest"]):
    def of(self, person: Any) -> Self:
        return self.filter(person=person)


class Interest(models.Model):
    """What one person has to do with one application. It is added to, never taken back.

    It takes away sight as well as score: see `grants.sight`.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct", _("direct: I or somebody close to me gains by it")
        INDIRECT = "indirect", _("indirect: I work with them, or for a partner of theirs")
        HELPED = "helped", _("I helped to write it")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="interests",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    why = models.CharField(_("what it is"), max_length=300)
    declared_at = models.DateTimeField(_("when"), auto_now_add=True)
    # For somebody who cannot: their manager knows of it.
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Declared after they had scored it: those scores are void.
    is_late = models.BooleanField(_("late"), default=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at", "pk"]
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints = [
            known("kind", ["direct", "indirect", "helped"], _("Say what kind it is.")),
            models.UniqueConstraint(
                "application",
                "person",
                name="interest_once",
                violation_error_message=_("This interest is declared already."),
            ),
            models.CheckConstraint(
                name="interest_says_why",
                condition=~Q(why=""),
                violation_error_message=_("Say what it is, in a few words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"


class SeatMove(models.Model):
    """One change of who chairs or sits: who, when, why. Rows are added, never changed."""

    class What(models.TextChoices):
        JOINED = "joined", _("joined")
        LEFT = "left", _("left")
        CHAIR = "chair", _("took the chair")
        HANDED_OVER = "handed-over", _("handed the chair over")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="moves")
    what = models.CharField(_("what"), max_length=12, choices=What)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    why = models.CharField(_("why"), max_length=250, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("change of a seat")
        verbose_name_plural = _("changes of seats")
        constraints = [
            known("what", ["joined", "left", "chair", "handed-over"], _("Say what changed."))
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_what_display()}"
