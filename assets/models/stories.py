"""Stories in people's own words: told where they said yes, gone at once when they no longer do."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.consent import Consent, wiped_when_withdrawn
from assets.models.unnamed import reaches_nobody
from assets.models.venues import Venue
from thrive.choices import known
from thrive.models import Theme, WayOfWorking


class SharedStoryQuerySet(models.QuerySet["SharedStory"]):
    def public(self) -> Self:
        """What may stand on public pages: every one of them fetches by this."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def to_read(self) -> Self:
        """Those that wait for a colleague to read them."""
        return self.filter(published_at=None, withdrawn_at=None)


class SharedStory(Consent):
    """A story of an activity, a place or a theme: never a name, and no history that outlives it.

    Change one through `assets.stories` only. Stories of awards are the fund's own.
    """

    class Whose(models.TextChoices):
        CHILD = "child", _("a child or young person under 16")
        YOUNG_PERSON = "young-person", _("a young person of 16 or over")
        PARENT = "parent", _("a parent or carer")

    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(
        _("story"),
        max_length=3000,
        blank=True,
        help_text=_("No names, schools or streets: nothing that a child could be known by."),
    )
    whose = models.CharField(_("whose words"), max_length=12, choices=Whose)
    activities = models.ManyToManyField(
        Activity, verbose_name=_("activities"), blank=True, related_name="stories"
    )
    venues = models.ManyToManyField(
        Venue, verbose_name=_("places"), blank=True, related_name="stories"
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="stories"
    )
    ways_of_working = models.ManyToManyField(
        WayOfWorking, verbose_name=_("ways of working"), blank=True, related_name="stories"
    )
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    published_at = models.DateTimeField(_("read and made public"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    is_example = models.BooleanField(_("example"), default=False)

    objects = SharedStoryQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            *Consent.Meta.constraints,
            known("whose", ["child", "young-person", "parent"], _("Say whose words these are.")),
            reaches_nobody("title", "text"),
            wiped_when_withdrawn(title="", published_at=None, published_by=None),
            models.CheckConstraint(
                name="sharedstory_public_with_consent",
                condition=Q(published_at=None)
                | Q(child_agreed=True, agreed_on__isnull=False)
                & ~Q(agreed_how="")
                & (Q(parent_agreed=True) | Q(whose="young-person")),
                violation_error_message=_(
                    "It is told only where the child said yes, and under 16 a parent too: say how "
                    "and when."
                ),
            ),
            models.CheckConstraint(
                name="sharedstory_read_by_a_colleague",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, is_example=True)
                | Q(published_at__isnull=False, published_by__isnull=False)
                & (Q(noted_by=None) | ~Q(published_by=F("noted_by"))),
                violation_error_message=_("Somebody else than who noted it reads it first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("a story that was taken back"))
