"""“Something wrong here?”: what people told us, and what staff did about it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.reports import Report
from thrive.choices import known


class ProblemStatus(models.TextChoices):
    NEW = "new", _("To look at")
    HANDLED = "handled", _("Handled")
    NOTHING = "nothing", _("Nothing to do")


PROBLEM_MOVES: dict[ProblemStatus, frozenset[ProblemStatus]] = {
    ProblemStatus.NEW: frozenset({ProblemStatus.HANDLED, ProblemStatus.NOTHING}),
    # Looked at once more.
    ProblemStatus.HANDLED: frozenset({ProblemStatus.NEW}),
    ProblemStatus.NOTHING: frozenset({ProblemStatus.NEW}),
}


class Problem(Report):
    """What is wrong with a listing or its page. Change one through `assets.problems` only."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Something it says is wrong")
        ENDED = "ended", _("It has ended, or is not on any more")
        HARD = "hard", _("This page is hard to read or use")

    MOVES: ClassVar[dict[Any, frozenset[Any]]] = PROBLEM_MOVES

    kind = models.CharField(_("what it is"), max_length=10, choices=Kind)
    email = models.EmailField(_("where to answer"), blank=True, max_length=254)
    status = models.CharField(
        _("status"), max_length=10, choices=ProblemStatus, default=ProblemStatus.NEW
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    answer = models.TextField(_("our answer"), blank=True, max_length=3000)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta(Report.Meta):
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        permissions = [("handle_problem", _("Can deal with what people tell us is wrong"))]
        constraints = [
            *Report.Meta.constraints,
            known("kind", ["wrong", "ended", "hard"], _("Say what it is.")),
            known("status", ProblemStatus.values, _("That is not a status we know.")),
            models.CheckConstraint(
                name="problem_finished_when_its_status_says_so",
                condition=Q(status="new", finished_at__isnull=True)
                | (~Q(status="new") & Q(finished_at__isnull=False)),
                violation_error_message=_("A problem that is done says when."),
            ),
            models.CheckConstraint(
                name="problem_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                violation_error_message=_("Say both when it was answered and by whom."),
            ),
        ]

    @property
    def may_be_answered(self) -> bool:
        return self.email != "" and self.answered_at is None

    def _record_move(self, was: Any, to: Any, *, by: Any, why: str) -> None:
        ProblemMove.objects.create(
            problem=self, from_status=was, to_status=to, moved_by=by, why=why
        )


class ProblemMove(models.Model):
    """One change of a problem's status: who, when, why. Rows are added, never changed."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=10, choices=ProblemStatus)
    to_status = models.CharField(_("to"), max_length=10, choices=ProblemStatus)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(_("why"), max_length=250, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["moved_at", "pk"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(
                name="problemmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", ProblemStatus.values, _("That is not a status we know.")),
            known("to_status", ProblemStatus.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
