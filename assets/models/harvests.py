"""Other directories whose feeds we read: whose they are, each reading, and what staff are asked."""

from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation
from assets.websites.opening import is_public
from thrive.choices import known

# How many lines one reading tells in full; all of them are counted.
MOST_TOLD = 300


class SourceQuerySet(models.QuerySet["Source"]):
    def of_rows(self, rows: models.QuerySet[Any]) -> Self:
        """From which these `ImportedRow`s came. Rows of spreadsheets came from none of them."""
        key = Concat(Value(Source.PREFIX), Cast(F("pk"), models.CharField()))
        return self.alias(of_rows=key).filter(of_rows__in=rows.values("source"))


class Source(models.Model):
    """Another directory. What came from it says so on its page, in the words of its licence."""

    PREFIX = "directory "

    name = models.CharField(
        _("name"), max_length=120, unique=True, help_text=_("As families know it: it is shown.")
    )
    address = models.CharField(
        _("address of its feed"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_(
            "The base address of its Open Referral UK API, with https, or that of one file. Empty: "
            "only files that somebody brings."
        ),
    )
    licence = models.CharField(
        _("licence"), max_length=120, help_text=_("Such as: Open Government Licence v3.0.")
    )
    licence_url = models.URLField(_("address of the licence"), max_length=300, blank=True)
    every_night = models.BooleanField(_("read it every night"), default=False)
    takes_modified_after = models.BooleanField(
        _("tells what has changed"),
        default=False,
        help_text=_(
            "Its publisher understands “modified_after”. Then only changes are read, and all of it "
            "once a week."
        ),
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        help_text=_("Empty when a command did it."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("other directory")
        verbose_name_plural = _("other directories")
        constraints = [
            models.CheckConstraint(
                name="source_every_night_has_an_address",
                condition=Q(every_night=False) | ~Q(address=""),
                violation_error_message=_("Say from which address it is read every night."),
            ),
            models.CheckConstraint(
                name="source_has_a_licence",
                condition=~Q(licence=""),
                violation_error_message=_("Say under which licence we may show it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        is_open = self.address.lower().startswith("http://")
        if is_open and not settings.HARVEST_PRIVATE_NETWORKS:
            raise ValidationError({"address": _("We read only what begins with https://.")})
        if _is_private(self.address) and not settings.HARVEST_PRIVATE_NETWORKS:
            raise ValidationError({"address": _("That is a machine in a private network.")})
        if "@" in self.address.partition("//")[2].partition("/")[0]:
            # All of our team can read it here.
            raise ValidationError({"address": _("Leave out the name and password.")})

    @property
    def key(self) -> str:
        """Under which its rows are known among all that was brought in."""
        return f"{self.PREFIX}{self.pk}"


def _is_private(address: str) -> bool:
    """Of a number. What a name leads to is known only when it is asked."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        # Told as no address at all.
        return False
    try:
        return not is_public(host, 443)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class Harvest(models.Model):
    """One reading of one directory. `told` are lines of [what, name, words]."""

    class Outcome(models.TextChoices):
        READ = "read", _("Read")
        REFUSED = "refused", _("Refused: nothing was changed")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="harvests")
    begun_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    is_whole = models.BooleanField(_("all of it"), default=True)
    # Of the file that somebody brought: it may be older than what its directory tells by now.
    file_name = models.CharField(_("file"), max_length=100, blank=True)
    why = models.CharField(_("why it was refused"), max_length=500, blank=True)
    counts = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    batch = models.ForeignKey(
        "assets.ImportBatch", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty when a command did it."),
    )

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("reading of another directory")
        verbose_name_plural = _("readings of other directories")
        default_permissions = ("view",)
        constraints = [
            known("outcome", ["read", "refused"], _("Say what came of it.")),
            models.CheckConstraint(
                name="harvest_refused_says_why",
                condition=Q(outcome="read", why="") | Q(outcome="refused") & ~Q(why=""),
                violation_error_message=_("Say why it was refused."),
            ),
        ]

    def __str__(self) -> str:
        begun = date_format(timezone.localtime(self.begun_at), "j F Y, H:i")
        return f"{self.source}, {begun}"


class HarvestDuplicate(models.Model):
    """What looks like something that is here already: it waits until staff say what it is.

    `key` names it for good: see `assets.importing.known.id_of`.
    """

    class Answer(models.TextChoices):
        SAME = "same", _("The same: ours stays as it is")
        OTHER = "other", _("Another one: bring it in as a draft")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="duplicates")
    key = models.CharField(max_length=16)
    name = models.CharField(_("theirs"), max_length=250)
    why = models.CharField(_("what is alike"), max_length=100)
    # Lines of [what, words]: see `assets.harvesting.beside`.
    theirs = models.JSONField(default=list)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+"
    )
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, related_name="+")
    answer = models.CharField(_("what it is"), max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        default_permissions = ("view",)
        constraints = [
            known("answer", ["", "same", "other"], _("Say what it is.")),
            models.UniqueConstraint(
                "source",
                "key",
                name="harvestduplicate_once",
                violation_error_message=_("It is asked about once."),
            ),
            models.CheckConstraint(
                name="harvestduplicate_of_one_listing",
                condition=Q(organisation__isnull=False, activity__isnull=True)
                | Q(organisation__isnull=True, activity__isnull=False),
                violation_error_message=_("It is like one group or like one activity."),
            ),
            models.CheckConstraint(
                name="harvestduplicate_answered_by_goes_with_answer",
                condition=Q(answered_by__isnull=True) | ~Q(answer=""),
                violation_error_message=_("Say what it is."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def listing(self) -> Organisation | Activity:
        found = self.organisation or self.activity
        if found is None:
            raise ValueError("A duplicate of nothing, against its constraint.")
        return found
