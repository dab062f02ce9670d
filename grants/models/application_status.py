"""Where an application is: what may follow what, and the words for it, ours and the group's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationStatus(models.TextChoices):
    """Labels are the staff's; `APPLICANT_WORDS` are the group's."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Sent")
    IN_SCORING = "in-scoring", _("Being scored")
    TO_AWARD = "to-award", _("Award (not told)")
    TO_RESERVE = "to-reserve", _("Reserve (not told)")
    TO_DECLINE = "to-decline", _("Decline (not told)")
    AWARDED = "awarded", _("Awarded")
    RESERVE = "reserve", _("In reserve")
    DECLINED = "declined", _("Declined")
    INELIGIBLE = "ineligible", _("May not be funded")
    WITHDRAWN = "withdrawn", _("Taken back")


S = ApplicationStatus
# What the panel has settled and nobody outside knows.
PROVISIONAL = (S.TO_AWARD, S.TO_RESERVE, S.TO_DECLINE)
# What has money of the pot.
GIVEN = (S.TO_AWARD, S.AWARDED)
TOLD = (S.AWARDED, S.RESERVE, S.DECLINED)
UNDECIDED = (S.DRAFT, S.SUBMITTED, S.IN_SCORING, *PROVISIONAL)
APPLICANT_WORDS = {
    S.DRAFT: _("You have not sent this yet"),
    S.SUBMITTED: _("We have it"),
    S.IN_SCORING: _("We are reading it"),
    # The same words for all three: a word more would tell.
    S.TO_AWARD: _("We are reading it"),
    S.TO_RESERVE: _("We are reading it"),
    S.TO_DECLINE: _("We are reading it"),
    S.AWARDED: _("We said yes"),
    S.RESERVE: _("You are next in line"),
    S.DECLINED: _("We said no this time"),
    S.INELIGIBLE: _("This round could not take it"),
    S.WITHDRAWN: _("You took it back"),
}
MOVES: dict[ApplicationStatus, frozenset[ApplicationStatus]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.SUBMITTED: frozenset({S.IN_SCORING, S.INELIGIBLE, S.WITHDRAWN}),
    S.IN_SCORING: frozenset({*PROVISIONAL, S.INELIGIBLE, S.WITHDRAWN}),
    S.TO_AWARD: frozenset({S.IN_SCORING, S.TO_RESERVE, S.TO_DECLINE, S.AWARDED, S.WITHDRAWN}),
    S.TO_RESERVE: frozenset({S.IN_SCORING, S.TO_AWARD, S.TO_DECLINE, S.RESERVE, S.WITHDRAWN}),
    S.TO_DECLINE: frozenset({S.IN_SCORING, S.TO_AWARD, S.TO_RESERVE, S.DECLINED, S.WITHDRAWN}),
    # Money that was freed moves the reserve list.
    S.RESERVE: frozenset({S.AWARDED, S.DECLINED, S.WITHDRAWN}),
    S.AWARDED: frozenset(),
    S.DECLINED: frozenset(),
    # A check that was made in error can be made again.
    S.INELIGIBLE: frozenset({S.SUBMITTED}),
    S.WITHDRAWN: frozenset(),
}
# We may still ask its group for a document: a check is open, or an award has a condition.
TAKES_DOCUMENTS = (*UNDECIDED, S.RESERVE, S.AWARDED)
# What scorers are given. What the panel has settled for now it may want scored again.
TO_SCORE = (S.SUBMITTED, S.IN_SCORING, *PROVISIONAL)
# Of one group in one round only one of these.
LIVE = tuple(one for one in S if one not in (S.WITHDRAWN, S.INELIGIBLE))
# These may be half written.
UNFINISHED = [S.DRAFT, S.WITHDRAWN]
