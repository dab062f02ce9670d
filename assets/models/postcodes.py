"""The postcodes of the district and around it, and the first halves of all of the country.

All rows come from `assets.places.load`; docs/decisions/0003-places.md says from where.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.fields import PointField, on_the_grid
from assets.models.places import Area, InAreas

# Without its space. The forms that exist are listed by Royal Mail: A9, A99, A9A, AA9, AA99, AA9A.
OUTWARD_CODE = r"^[A-Z]{1,2}[0-9][0-9A-Z]?$"
POSTCODE = r"^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"


class OutwardCode(models.Model):
    """The first half of a postcode, and the fixed middle of all postcodes that begin with it."""

    code = models.CharField(_("first half"), max_length=4, primary_key=True)
    point = PointField(_("its middle"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("first half of postcodes")
        verbose_name_plural = _("first halves of postcodes")
        constraints = [
            models.CheckConstraint(
                name="outwardcode_is_one",
                condition=Q(code__regex=OUTWARD_CODE),
                violation_error_message=_("Write the first half of a postcode, like DE4."),
            ),
            models.CheckConstraint(
                name="outwardcode_on_the_grid",
                condition=on_the_grid("point"),
                violation_error_message=_("That is not a point of the British National Grid."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Postcode(InAreas):
    """A postcode of the district or near it: one in use, or one that was."""

    code = models.CharField(_("postcode"), max_length=7, primary_key=True)
    outward = models.ForeignKey(
        OutwardCode,
        verbose_name=_("first half"),
        on_delete=models.PROTECT,
        related_name="postcodes",
    )
    district = models.ForeignKey(
        Area, verbose_name=_("district"), on_delete=models.PROTECT, related_name="postcodes"
    )
    point = PointField(_("where it is"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = [
            models.CheckConstraint(
                name="postcode_is_one",
                condition=Q(code__regex=POSTCODE),
                violation_error_message=_("Write the whole postcode without its space: DE43AB."),
            ),
            models.CheckConstraint(
                name="postcode_begins_with_outward",
                condition=Q(code__startswith=F("outward")),
                violation_error_message=_("The first half must be that of the postcode."),
            ),
            models.CheckConstraint(
                name="postcode_on_the_grid",
                condition=on_the_grid("point"),
                violation_error_message=_("That is not a point of the British National Grid."),
            ),
        ]

    def __str__(self) -> str:
        """As people write it: DE4 3AB."""
        return f"{self.code[:-3]} {self.code[-3:]}"


class PlacesLoad(models.Model):
    """What was loaded, from which edition, and when. The newest row tells what there is."""

    selection = models.CharField(_("what"), max_length=250, editable=False)
    edition = models.CharField(_("edition"), max_length=60, editable=False)
    lists = models.CharField(_("fingerprint of our own lists"), max_length=64, editable=False)
    postcodes = models.PositiveIntegerField(_("postcodes"), editable=False)
    places = models.PositiveIntegerField(_("places"), editable=False)
    loaded_at = models.DateTimeField(_("loaded"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("load of places")
        verbose_name_plural = _("loads of places")

    def __str__(self) -> str:
        return f"{self.selection}, {self.edition}"
