"""One round of the fund: its money, its dates, and what may follow what.

Once it opens it is frozen: what was promised to those who apply, what they are asked and how they
are scored does not change any more. The database holds to that as well (migration 0002).
"""

import uuid
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.models import Area
from thrive.choices import known
from thrive.models import NeedsGroup

# Below /grants/: these are pages of their own.
RESERVED = ("awards", "360giving", "applications")


class RoundStatus(models.TextChoices):
    """Labels are the staff's; `ROUND_WORDS` are the page's."""

    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open")
    SCORING = "scoring", _("Being scored")
    PANEL = "panel", _("With the panel")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")


ROUND_WORDS = {
    RoundStatus.SCORING: _("We are reading what was sent."),
    RoundStatus.PANEL: _("We are deciding."),
    RoundStatus.DECIDED: _("It is decided."),
    RoundStatus.CLOSED: _("This round is over."),
}
MOVES: dict[RoundStatus, frozenset[RoundStatus]] = {
    RoundStatus.DRAFT: frozenset({RoundStatus.OPEN}),
    RoundStatus.OPEN: frozenset({RoundStatus.SCORING}),
    RoundStatus.SCORING: frozenset({RoundStatus.PANEL}),
    # Back: the panel wants something read again.
    RoundStatus.PANEL: frozenset({RoundStatus.SCORING, RoundStatus.DECIDED}),
    RoundStatus.DECIDED: frozenset({RoundStatus.CLOSED}),
    RoundStatus.CLOSED: frozenset(),
}


def money(label: object, **more: object) -> models.DecimalField:
    """Pounds and pence, up to £9,999,999.99."""
    return models.DecimalField(label, max_digits=9, decimal_places=2, **more)  # type: ignore[arg-type]


class RoundQuerySet(models.QuerySet["Round"]):
    def public(self) -> Self:
        """What anyone may see."""
        return self.exclude(status=RoundStatus.DRAFT)

    def to_tell_machines(self) -> Self:
        """What is made up stays at home on a real site."""
        found = self.public()
        return found if settings.PRIVATE_POSTGRES else found.filter(is_example=False)

    def taking_applications(self) -> Self:
        """Open just now, by the server's clock."""
        now = timezone.now()
        return self.filter(status=RoundStatus.OPEN, opens_at__lte=now, closes_at__gt=now)


class Round(models.Model):
    """Change one through `grants.rounds` only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("Its page is at /grants/ and this, such as “spring-2027”."),
        error_messages={"unique": _("Another round has this address.")},
    )
    code = models.CharField(
        _("short code"),
        max_length=8,
        unique=True,
        validators=[
            RegexValidator(r"^[A-Z][A-Z0-9]*$", _("Write capital letters and digits, like GGO2."))
        ],
        help_text=_("Every application's reference begins with it: GGO2 makes GGO2-001."),
        error_messages={"unique": _("Another round has this code.")},
    )
    title = models.CharField(_("title"), max_length=120)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=RoundStatus,
        default=RoundStatus.DRAFT,
        editable=False,
    )
    area = models.ForeignKey(
        Area, verbose_name=_("district"), on_delete=models.PROTECT, related_name="rounds"
    )
    summary = models.CharField(_("in one or two sentences"), max_length=250)
    about = models.TextField(_("what it is for"), max_length=5000)
    who_may_apply = models.TextField(_("who may apply"), max_length=3000)
    not_funded = models.TextField(_("what it cannot pay for"), blank=True, max_length=3000)
    equality_note = models.TextField(
        _("equality note"),
        blank=True,
        max_length=2000,
        help_text=_("How we make sure that everybody has a fair chance, and whom to ask for help."),
    )
    funder = models.CharField(_("whose money it is"), max_length=120)
    cost_code = models.CharField(_("cost code"), max_length=40, blank=True)
    pot = money(_("pot"), help_text=_("What there is to give, in pounds."))
    committed = money(_("committed"), default=Decimal(0), editable=False)
    smallest_award = money(_("smallest award"), validators=[MinValueValidator(Decimal("0.01"))])
    largest_award = money(_("largest award"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(
        _("closes"), help_text=_("On the second, by the clock of this server, in London time.")
    )
    decisions_on = models.DateField(_("they hear from us by"))
    spend_from = models.DateField(_("money may be spent from"))
    spend_before = models.DateField(
        _("and before"), help_text=_("The first day on which it may not.")
    )
    quorum = models.PositiveSmallIntegerField(
        _("quorum"), default=3, help_text=_("So many must be there for the panel to decide.")
    )
    young_weight = models.DecimalField(
        _("weight of a young scorer"),
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        help_text=_("1 is as much as anybody else. It is published."),
    )
    short_report_to = money(
        _("a short report for awards up to"),
        default=Decimal(1_000),
        help_text=_("Up to so much, a group tells how many children came, and a story. No more."),
    )
    report_within = models.PositiveSmallIntegerField(
        _("days to report in"), default=28, help_text=_("From the end of the grant.")
    )
    needs_groups = models.ManyToManyField(
        NeedsGroup,
        verbose_name=_("needs groups that it may fund"),
        related_name="rounds",
        help_text=_("Volunteers are not paid to do what clinics do."),
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="copies"
    )
    # Of the last application that came in: the next one has the next number.
    last_number = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "slug"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        permissions = [
            ("run_round", "Can prepare and run a round"),
            ("chair_round", "Can chair the panel of a round"),
            ("score_round", "Can score applications of a round"),
        ]
        constraints = [
            known("status", RoundStatus.values, _("That is not a status we know.")),
            models.CheckConstraint(
                name="round_never_overspent",
                condition=Q(committed__gte=0, committed__lte=F("pot")),
                violation_error_message=_("There is not so much left in the pot."),
            ),
            models.CheckConstraint(
                name="round_awards_fit",
                condition=Q(
                    smallest_award__gt=0,
                    smallest_award__lte=F("largest_award"),
                    largest_award__lte=F("pot"),
                ),
                violation_error_message=_(
                    "The smallest award is above nothing, the largest no smaller, and no larger "
                    "than the pot."
                ),
            ),
            models.CheckConstraint(
                name="round_opens_before_it_closes",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("It opens before it closes."),
            ),
            models.CheckConstraint(
                name="round_spend_from_before",
                condition=Q(spend_from__lt=F("spend_before")),
                violation_error_message=_("Money may be spent from a day before the last."),
            ),
            models.CheckConstraint(
                name="round_has_a_quorum",
                condition=Q(quorum__gte=1),
                violation_error_message=_("At least one must be there."),
            ),
            models.CheckConstraint(
                name="round_young_weight_counts",
                condition=Q(young_weight__gt=0, young_weight__lte=5),
                violation_error_message=_("A weight is above 0 and 5 at most."),
            ),
            models.CheckConstraint(
                name="round_short_report_counts",
                condition=Q(short_report_to__gte=0),
                violation_error_message=_("No less than nothing: 0 asks everybody for all of it."),
            ),
            models.CheckConstraint(
                name="round_slug_is_free",
                condition=~Q(slug__in=RESERVED),
                violation_error_message=_("That address is another page's."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def __repr__(self) -> str:
        return f"<Round {self.code}: {self.status}>"

    @property
    def left(self) -> Decimal:
        """Pounds of the pot that nobody has been promised."""
        left: Decimal = self.pot - self.committed
        return left

    @property
    def is_draft(self) -> bool:
        return self.status == RoundStatus.DRAFT

    @property
    def takes_applications(self) -> bool:
        now = timezone.now()
        return self.status == RoundStatus.OPEN and self.opens_at <= now < self.closes_at

    @property
    def is_coming(self) -> bool:
        """Made public, and not open yet."""
        return self.status == RoundStatus.OPEN and timezone.now() < self.opens_at

    @property
    def public_words(self) -> str:
        """What the page says of where it is; empty while that is a matter of its dates."""
        return str(ROUND_WORDS.get(RoundStatus(self.status), ""))


class RoundMove(models.Model):
    """One change of a round's status: who, when, why. Rows are added, never changed."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=10, choices=RoundStatus)
    to_status = models.CharField(_("to"), max_length=10, choices=RoundStatus)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        help_text=_("Empty when a command did it."),
        related_name="+",
    )
    why = models.CharField(_("why"), max_length=250, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(
                name="roundmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", RoundStatus.values, _("That is not a status we know.")),
            known("to_status", RoundStatus.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
