"""The shapes of areas, from a day until a day, and how many people of what age live there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.fields import RingField
from assets.models.places import Area


class BoundaryQuerySet(models.QuerySet["Boundary"]):
    def current(self) -> "BoundaryQuerySet":
        """Those that no newer edition has ended."""
        return self.filter(valid_until=None)


class Boundary(models.Model):
    """The shape of an area while it is so drawn: half-open days. Written by a load alone."""

    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="boundaries"
    )
    valid_from = models.DateField(_("from"), editable=False)
    valid_until = models.DateField(_("until"), null=True, editable=False)
    source = models.CharField(_("source"), max_length=250, editable=False)

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        ordering = ["area", "-valid_from"]
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = [
            models.CheckConstraint(
                name="boundary_days_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                violation_error_message=_("A boundary ends after it begins."),
            ),
            models.UniqueConstraint(
                "area",
                name="boundary_current_once",
                condition=Q(valid_until=None),
                violation_error_message=_("An area has one boundary at a time."),
            ),
            models.CheckConstraint(
                name="boundary_has_a_source",
                condition=~Q(source=""),
                violation_error_message=_("Say where the boundary comes from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.valid_from:%Y-%m-%d}"


class BoundaryRing(models.Model):
    """One closed line of a boundary. A point is inside where an odd number of lines is around it:
    so holes are out, and what lies in a hole is in again.
    """

    boundary = models.ForeignKey(Boundary, on_delete=models.CASCADE, related_name="rings")
    ring = RingField()

    class Meta:
        verbose_name = _("line of a boundary")
        verbose_name_plural = _("lines of boundaries")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.boundary)


class Population(models.Model):
    """How many people of some ages live in an area. Ages are whole years, half-open: 5 up to 11."""

    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="population"
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    age_from = models.PositiveSmallIntegerField(_("from age"), editable=False)
    age_before = models.PositiveSmallIntegerField(_("until before age"), editable=False)
    people = models.PositiveIntegerField(_("people"), editable=False)
    source = models.CharField(_("source"), max_length=250, editable=False)

    class Meta:
        ordering = ["area", "-year", "age_from"]
        verbose_name = _("number of people")
        verbose_name_plural = _("numbers of people")
        constraints = [
            models.CheckConstraint(
                name="population_ages_in_order",
                condition=Q(age_before__gt=F("age_from")),
                violation_error_message=_("The upper age must be above the lower one."),
            ),
            models.UniqueConstraint(
                "area",
                "year",
                "age_from",
                name="population_once",
                violation_error_message=_("There is one number for each area, year and age."),
            ),
            models.CheckConstraint(
                name="population_has_a_source",
                condition=~Q(source=""),
                violation_error_message=_("Say where the number comes from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.age_from}–{self.age_before - 1}: {self.people}"
