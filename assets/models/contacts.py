"""How to reach a group, and what it tells us about trust."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.activities import Activity
from assets.models.organisations import Organisation
from thrive.choices import known

# A national number (10 or 11 digits with its 0), the same from abroad, or a short code.
# Source: Ofcom, National Telephone Numbering Plan.
BRITISH_NUMBER = re.compile(r"^(0[1-9]\d{8,9}|\+44[1-9]\d{8,9}|[1-9]\d{2,5})$")


class Contact(models.Model):
    """One way to reach a group, or one activity of it. Public: anyone can read it."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        TEXT = "text", _("Text message")
        EMAIL = "email", _("E-mail")
        WEB = "web", _("Website")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="contacts",
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    value = models.CharField(_("number or address"), max_length=250)
    label = models.CharField(
        _("whom to ask for"), max_length=80, blank=True, help_text=_("“Ask for Jo, weekdays”.")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = [
            models.Case(
                models.When(kind="phone", then=0),
                models.When(kind="text", then=1),
                models.When(kind="email", then=2),
                default=3,
            ),
            "pk",
        ]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            known("kind", ["phone", "text", "email", "web"], _("Say what kind of contact it is.")),
            models.CheckConstraint(
                name="contact_of_one_listing",
                condition=Q(organisation__isnull=False, activity__isnull=True)
                | Q(organisation__isnull=True, activity__isnull=False),
                violation_error_message=_("A contact belongs to one group or one activity."),
            ),
            models.CheckConstraint(
                name="contact_number_is_a_number",
                condition=~Q(kind__in=["phone", "text"]) | Q(value__regex=r"^\+?[0-9 ]{3,20}$"),
                violation_error_message=_("Write a phone number with digits and spaces only."),
            ),
            models.CheckConstraint(
                name="contact_web_is_https_or_http",
                condition=~Q(kind="web") | Q(value__regex=r"^https?://[^\s]+$"),
                violation_error_message=_("A web address starts with https://."),
            ),
            models.CheckConstraint(
                name="contact_email_has_an_at",
                condition=~Q(kind="email") | Q(value__regex=r"^[^\s@]+@[^\s@]+$"),
                violation_error_message=_("That is not an e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self) -> None:
        super().clean()
        digits = self.value.replace(" ", "")
        # What is no number at all is told by the constraint.
        is_number = digits.removeprefix("+").isdecimal()
        rings = self.kind in (self.Kind.PHONE, self.Kind.TEXT)
        if rings and is_number and not BRITISH_NUMBER.match(digits):
            raise ValidationError(
                {"value": _("That is not a phone number: count its digits, please.")}
            )
        try:
            if self.kind == self.Kind.EMAIL:
                validate_email(self.value)
            elif self.kind == self.Kind.WEB:
                URLValidator(schemes=["http", "https"])(self.value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error

    @property
    def href(self) -> str:
        """What a tap on it opens."""
        digits = self.value.replace(" ", "")
        match self.kind:
            case self.Kind.PHONE:
                return f"tel:{digits}"
            case self.Kind.TEXT:
                return f"sms:{digits}"
            case self.Kind.EMAIL:
                return f"mailto:{self.value}"
        return self.value


class TrustStatementQuerySet(models.QuerySet):
    def current(self) -> "TrustStatementQuerySet":
        """What may be shown today: said by somebody, and not run out."""
        today = timezone.localdate()
        return self.exclude(stance=TrustStatement.Stance.NOT_ASKED).filter(
            Q(expires_on__isnull=True) | Q(expires_on__gt=today)
        )


class TrustStatement(models.Model):
    """What a group says about trust: who saw it, when, until when. Never “safe” or “approved”.

    A DBS certificate has no expiry and is not ours to see: only the group's own word is held.
    `expires_on` is the first day on which it no longer counts.
    """

    class Kind(models.TextChoices):
        SAFEGUARDING = "safeguarding", _("safeguarding policy")
        INSURANCE = "insurance", _("insurance")
        FIRST_AID = "first-aid", _("first aid training")
        QUALITY_MARK = "quality-mark", _("quality mark")
        OFSTED = "ofsted", _("Ofsted registration")
        CHARITY = "charity", _("charity registration")
        DBS = "dbs", _("DBS checks")

    class Stance(models.TextChoices):
        SEEN = "seen", _("seen by us")
        TOLD = "told", _("told us")
        NOT_ASKED = "not-asked", _("not asked")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("group"), on_delete=models.CASCADE, related_name="trust"
    )
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    name = models.CharField(
        _("name or number"), max_length=120, blank=True, help_text=_("Of a mark or registration.")
    )
    stance = models.CharField(_("how we know"), max_length=10, choices=Stance)
    stated_on = models.DateField(_("on"), null=True, blank=True)
    expires_on = models.DateField(_("runs out on"), null=True, blank=True)

    objects = TrustStatementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("trust statement")
        verbose_name_plural = _("trust statements")
        constraints = [
            known(
                "kind",
                "safeguarding insurance first-aid quality-mark ofsted charity dbs".split(),
                _("Say what the statement is about."),
            ),
            models.UniqueConstraint(
                "organisation",
                "kind",
                "name",
                name="trust_statement_once",
                violation_error_message=_("That is stated already."),
            ),
            models.CheckConstraint(
                name="trust_statement_dated",
                condition=Q(stance="not-asked", stated_on__isnull=True)
                | (Q(stance__in=["seen", "told"]) & Q(stated_on__isnull=False)),
                violation_error_message=_("Say when you saw it or were told."),
            ),
            models.CheckConstraint(
                name="trust_statement_dbs_is_told",
                condition=~Q(kind="dbs")
                | (~Q(stance="seen") & Q(expires_on__isnull=True, name="")),
                violation_error_message=_(
                    "DBS certificates are not ours to see, and they have no end date."
                ),
            ),
            models.CheckConstraint(
                name="trust_statement_registration_has_a_number",
                condition=~Q(kind__in=["ofsted", "charity", "quality-mark"])
                | Q(stance="not-asked")
                | ~Q(name=""),
                violation_error_message=_("Give the number or name of the registration or mark."),
            ),
            models.CheckConstraint(
                name="trust_statement_expires_later",
                condition=Q(expires_on__isnull=True)
                | Q(stated_on__isnull=True)
                | Q(expires_on__gt=F("stated_on")),
                violation_error_message=_("It must run out after the day it was stated."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_stance_display()}"
