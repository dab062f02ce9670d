"""What the pages of themes and of needs groups say: whom to ask, what to read, whom to call."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.help_lines import HelpLine
from assets.models.resources import Reader, Resource
from thrive.choices import known
from thrive.models import NeedsGroup, Theme


class LearningNoteQuerySet(models.QuerySet["LearningNote"]):
    def public(self) -> Self:
        return self.filter(Q(resource=None) | Q(resource__is_public=True), is_public=True)


class LearningNote(models.Model):
    """One line of such a page, for one kind of reader; a help line is for all of them."""

    class Kind(models.TextChoices):
        CALL = "call", _("Someone to talk to")
        ASK = "ask", _("Who to ask")
        READ = "read", _("Good to read")
        TRAINING = "training", _("Training")
        SIGNPOST = "signpost", _("Where to point people")
        ADVICE = "advice", _("Our own advice")

    slug = models.SlugField(_("short name"), primary_key=True)
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="learning",
    )
    needs_group = models.ForeignKey(
        NeedsGroup,
        verbose_name=_("needs group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="learning",
    )
    reader = models.CharField(_("for whom"), max_length=12, choices=Reader, blank=True)
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind)
    text = models.TextField(_("words"), max_length=600, blank=True)
    help_line = models.ForeignKey(
        HelpLine,
        verbose_name=_("help line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("resource"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="learning",
    )
    reviewer = models.CharField(
        _("reviewed by"),
        max_length=120,
        blank=True,
        help_text=_("Name and profession: they know the subject, and have read these words."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    is_public = models.BooleanField(_("on the public pages"), default=True)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    objects = LearningNoteQuerySet.as_manager()

    class Meta:
        ordering = ["reading_order", "slug"]
        verbose_name = _("line of a learning page")
        verbose_name_plural = _("lines of learning pages")
        constraints = [
            known("kind", "call ask read training signpost advice".split(), _("Say what it is.")),
            known("reader", ["", "families", "young-people", "workers"], _("Say for whom it is.")),
            models.CheckConstraint(
                name="learningnote_of_one_page",
                condition=Q(theme__isnull=False, needs_group=None)
                | Q(theme=None, needs_group__isnull=False),
                violation_error_message=_("It stands on the page of one theme or needs group."),
            ),
            models.CheckConstraint(
                name="learningnote_call_has_its_line",
                condition=Q(kind="call", help_line__isnull=False, resource=None, reader="", text="")
                | ~Q(kind="call") & Q(help_line=None) & ~Q(reader="") & ~Q(text=""),
                violation_error_message=_(
                    "Someone to talk to is a help line alone; all else has words and a reader."
                ),
            ),
            models.CheckConstraint(
                name="learningnote_read_has_its_source",
                condition=~Q(kind="read") | Q(resource__isnull=False),
                violation_error_message=_("Choose what there is to read."),
            ),
            models.CheckConstraint(
                name="learningnote_reviewed_by_somebody",
                condition=Q(reviewer="", reviewed_on=None)
                | ~Q(reviewer="") & Q(reviewed_on__isnull=False),
                violation_error_message=_("Say who reviewed it, and when."),
            ),
            models.CheckConstraint(
                name="learningnote_own_advice_is_reviewed",
                condition=~Q(kind="advice") | Q(is_public=False) | ~Q(reviewer=""),
                violation_error_message=_(
                    "Advice of our own is public only once somebody who knows has reviewed it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme or self.needs_group}: {self.text or self.help_line}"
