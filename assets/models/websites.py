"""Whether a website opened when we last looked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WebsiteLook(models.Model):
    """One web address, as we found it last. `dead_days`: on how many days in a row it was dead."""

    address = models.CharField(_("address"), max_length=250, unique=True)
    looked_on = models.DateField(_("looked at"))
    dead_days = models.PositiveSmallIntegerField(_("did not open, days"), default=0)
    why = models.CharField(_("why"), max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("website")
        verbose_name_plural = _("websites")
        constraints = [
            models.CheckConstraint(
                name="websitelook_dead_says_why",
                condition=Q(dead_days=0, why="") | Q(dead_days__gt=0) & ~Q(why=""),
                violation_error_message=_("What does not open says why."),
            )
        ]

    def __str__(self) -> str:
        return self.address
