"""What one person at the tagging desk holds a listing to be. Rows are only added."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity


class TagOpinion(models.Model):
    """The first of a person is their own, made before seeing anybody else's.

    Any later one `settles` what they then know. `unsure` says that somebody else should look.
    """

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("activity"),
        on_delete=models.CASCADE,
        related_name="tag_opinions",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField(_("when"), auto_now_add=True)
    needs_groups = ArrayField(
        models.SlugField(), verbose_name=_("needs groups"), default=list, blank=True
    )
    themes = ArrayField(models.SlugField(), verbose_name=_("themes"), default=list, blank=True)
    unsure = models.BooleanField(_("not sure"), default=False)
    settles = models.BooleanField(_("having seen the others’"), default=False)

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("tag opinion")
        verbose_name_plural = _("tagging desk")
        default_permissions = ("view", "add")
        constraints = [
            models.UniqueConstraint(
                "activity",
                "person",
                condition=Q(settles=False),
                name="tagopinion_own_once",
                violation_error_message=_("You have said what you hold this to be."),
            ),
            models.CheckConstraint(
                name="tagopinion_says_something",
                condition=Q(unsure=True, needs_groups=[], themes=[])
                | Q(unsure=False, needs_groups__len__gt=0),
                violation_error_message=_("Choose a needs group, or say that you are not sure."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.person}"
