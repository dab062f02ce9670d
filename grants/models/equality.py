"""Who leads a group and whom it is for, asked apart from the application. Nobody reads one answer.

The two questions, and most of the communities, are those of the DEI Data Standard of the Funders
for Race Equality Alliance: who leads, and whom the work is meant for.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.applications import Application


class Community(models.TextChoices):
    RACE = "race", _("People who meet racism, Gypsies, Roma and Travellers among them")
    DISABLED = "disabled", _("Disabled people, or people who are ill for long")
    LGBT = "lgbt", _("LGBT+ people")
    WOMEN = "women", _("Women and girls")
    FAITH = "faith", _("A faith community")
    MIGRANTS = "migrants", _("People who have come from another country")
    YOUNG = "young", _("Young people under 25")
    POOR = "poor", _("People with little money")
    EVERYBODY = "everybody", _("Nobody in particular: it is a mix, or for everybody")


def _communities(label: Any) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=10, choices=Community),
        verbose_name=label,
        default=list,
        blank=True,
    )


def _known(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"equalityanswer_{field}_known",
        condition=Q(**{f"{field}__contained_by": list(Community.values)}),
        violation_error_message=_("Choose from the list."),
    )


class EqualityAnswer(models.Model):
    """What one group told of itself. Only sums over a whole round leave this table."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="equality_answer"
    )
    led_by = _communities(_("most of those who lead the group"))
    is_for = _communities(_("whom this is mainly for"))
    answered_at = models.DateTimeField(_("answered"), auto_now=True)

    class Meta:
        verbose_name = _("equality answer")
        verbose_name_plural = _("equality answers")
        constraints = [
            _known("led_by"),
            _known("is_for"),
            models.CheckConstraint(
                name="equalityanswer_says_something",
                condition=~Q(led_by=[], is_for=[]),
                violation_error_message=_("Tick something, or leave it out."),
            ),
        ]

    def __str__(self) -> str:
        # Not a word of what it says: this may stand in a log.
        return str(_("equality answer"))
