"""Who of our team sees which applications. Every staff page, list, count and total fetches by this.

An interest takes away sight as well as score, from everybody, administrators too. And as what is
left of a pot tells by subtraction, whoever has any interest in a round sees none of its totals.
Who writes an application, or acts for its group, has an interest whether they say so or not.
"""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from assets.models import Organisation
from grants.models import (
    Applicant,
    Application,
    ApplicationDocument,
    ApplicationStatus,
    Award,
    Declaration,
    Interest,
    Round,
    RoundStatus,
    ScoreSheet,
    Seat,
    SheetStatus,
)
from grants.models.application_status import PROVISIONAL, TO_SCORE

# Who sees what became of an award: one of these is enough.
SEES_AWARDS = ("run_round", "approve_payment", "release_payment")
# Once the panel meets it talks about the scores of everybody.
TALKED_ABOUT = [RoundStatus.PANEL, RoundStatus.DECIDED, RoundStatus.CLOSED]


def writes_or_acts_for(person: Any) -> Q:
    """Of applications: what this person has to do with them as everybody can see.

    Who of our team typed one in for somebody on the telephone has nothing to do with it.
    """
    written = Applicant.objects.filter(person=person).exclude(application__entered_by=person)
    own = Organisation.objects.acted_for_by(person)
    return Q(pk__in=written.values("application")) | Q(organisation__in=own)


def concerns(person: Any) -> Q:
    """Of applications: what this person has an interest in, said or plain to see."""
    declared = Interest.objects.of(person).values("application")
    return Q(pk__in=declared) | writes_or_acts_for(person)


def applications(person: Any) -> QuerySet[Application]:
    """What this member of staff may read: what was sent, and never what they have to do with.

    Who runs rounds reads all the rest; who scores or chairs, in the rounds where they have a seat
    and have declared their interests.
    """
    sent = Application.objects.sent().exclude(concerns(person))
    if person.has_perm("grants.run_round"):
        return sent
    seats = Seat.objects.taken().filter(person=person).values("round")
    declared = Declaration.objects.filter(person=person).values("round")
    return sent.filter(Q(round__in=seats) & Q(round__in=declared))


def applications_as_told(person: Any) -> QuerySet[Application]:
    """The same, each with a `shown_status` by which it is listed, found and ordered.

    Whoever has an interest in a round does not learn what its panel has settled of the others
    either, until all are told: what is left would tell.
    """
    closed_to = Application.objects.sent().filter(concerns(person)).values("round")
    untold = Q(status__in=PROVISIONAL, round__in=closed_to)
    shown = Case(When(untold, then=Value(ApplicationStatus.IN_SCORING)), default=F("status"))
    return applications(person).annotate(shown_status=shown)


def being_written(person: Any, round: Round) -> int:
    """How many drafts there are. Nobody of our team reads one before it is sent."""
    drafts = Application.objects.filter(round=round, status=ApplicationStatus.DRAFT)
    return drafts.exclude(concerns(person)).count()


def documents(person: Any) -> QuerySet[ApplicationDocument]:
    """Files of what this person may read. They tell of people: young scorers get none."""
    young = Seat.objects.filter(person=person, is_young=True).values("round")
    read = applications(person).exclude(round__in=young)
    return ApplicationDocument.objects.filter(application__in=read)


def is_young_in(person: Any, round: Round) -> bool:
    """Whether this person reads nothing there that tells of people."""
    return Seat.objects.filter(round=round, person=person, is_young=True).exists()


def to_declare_on(person: Any, round: Round) -> QuerySet[Application]:
    """Whose names somebody has to look at before they read anything: group and title only."""
    sent = Application.objects.sent().filter(round=round)
    return sent.exclude(status=ApplicationStatus.WITHDRAWN).only(
        "round", "number", "group_name", "title", "organisation"
    )


def has_interest_of(person: Any, application: Application) -> bool:
    return Application.objects.filter(concerns(person), pk=application.pk).exists()


def has_interest_in(person: Any, round: Round) -> bool:
    return Application.objects.sent().filter(concerns(person), round=round).exists()


def may_see_totals(person: Any, round: Round) -> bool:
    """The board, the results, the pot and what is left of it."""
    if has_interest_in(person, round):
        return False
    if person.has_perm("grants.run_round"):
        return True
    return sits_and_has_declared(person, round)


def rounds_to_total(person: Any) -> QuerySet[Round]:
    """Of who runs rounds: those of which they may see every figure, as `may_see_totals` has it."""
    if not person.has_perm("grants.run_round"):
        return Round.objects.none()
    own = Application.objects.sent().filter(concerns(person))
    return Round.objects.exclude(pk__in=own.values("round"))


def rounds_with_results(person: Any) -> QuerySet[Round]:
    """Those whose scores and board this person reads: their totals, and once their own are in.

    Before the panel meets that is who runs rounds; then whoever sits in one and has declared.
    """
    has_interest = Application.objects.sent().filter(concerns(person), round=OuterRef("pk"))
    to_fill_in = own_sheets(person).filter(
        application__round=OuterRef("pk"), status=SheetStatus.OPEN
    )
    found = Round.objects.exclude(status=RoundStatus.DRAFT)
    found = found.exclude(Exists(has_interest)).exclude(Exists(to_fill_in))
    if person.has_perm("grants.run_round"):
        return found
    seats = Seat.objects.taken().filter(person=person).values("round")
    declared = Declaration.objects.filter(person=person).values("round")
    return found.filter(Q(pk__in=seats) & Q(pk__in=declared), status__in=TALKED_ABOUT)


def sits_and_has_declared(person: Any, round: Round) -> bool:
    seated = Seat.objects.taken().filter(person=person, round=round).exists()
    return seated and Declaration.objects.filter(person=person, round=round).exists()


def awards(person: Any) -> QuerySet[Award]:
    """What was offered and is theirs to see to, its payments and its report: as above, but never
    what they have to do with.
    """
    if not any(person.has_perm(f"grants.{one}") for one in SEES_AWARDS):
        return Award.objects.none()
    return Award.objects.exclude(application__in=Application.objects.filter(concerns(person)))


def own_sheets(person: Any) -> QuerySet[ScoreSheet]:
    """What somebody scores, of what they may read: neither void, nor of what was taken back."""
    seen = applications(person).filter(status__in=TO_SCORE)
    return ScoreSheet.objects.of_scorer(person).filter(application__in=seen)


def sheets(person: Any, application: Application) -> QuerySet[ScoreSheet]:
    """The sheets of one application that are in and that this person may read.

    A scorer reads nobody's before their own is in. Who has none to fill in waits for the panel,
    unless they run the round.
    """
    if not applications(person).filter(pk=application.pk).exists():
        return ScoreSheet.objects.none()
    found = ScoreSheet.objects.counted().filter(application=application)
    own = ScoreSheet.objects.of_scorer(person).filter(application=application)
    if own.filter(status=SheetStatus.OPEN).exists():
        return found.filter(scorer=person)
    runs_it = person.has_perm("grants.run_round")
    if runs_it or own.exists() or application.round.status in TALKED_ABOUT:
        return found
    return found.none()


def void_sheets(person: Any, application: Application) -> QuerySet[ScoreSheet]:
    """What does not count any more: kept for who runs the round, and nobody else."""
    own = ScoreSheet.objects.of_scorer(person).filter(application=application)
    to_fill_in = own.filter(status=SheetStatus.OPEN).exists()
    if to_fill_in or not person.has_perm("grants.run_round"):
        return ScoreSheet.objects.none()
    seen = applications(person).filter(pk=application.pk)
    return ScoreSheet.objects.filter(application__in=seen, status=SheetStatus.VOID)
