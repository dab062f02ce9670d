"""Who of our team sees which applications. Every staff page, list, count and total fetches by this.

An interest takes away sight as well as score, from everybody, administrators too. And as what is
left of a pot tells by subtraction, whoever has any interest in a round sees none of its totals.
"""

from typing import Any

from django.db.models import Q, QuerySet

from grants.models import Application, ApplicationStatus, Declaration, Interest, Round, Seat


def applications(person: Any) -> QuerySet[Application]:
    """What this member of staff may read: what was sent, and never what they have to do with.

    Who runs rounds reads all the rest; who scores or chairs, in the rounds where they have a seat
    and have declared their interests.
    """
    sent = Application.objects.sent().exclude(interests__person=person)
    if person.has_perm("grants.run_round"):
        return sent
    seats = Seat.objects.taken().filter(person=person).values("round")
    declared = Declaration.objects.filter(person=person).values("round")
    return sent.filter(Q(round__in=seats) & Q(round__in=declared))


def to_declare_on(person: Any, round: Round) -> QuerySet[Application]:
    """Whose names somebody has to look at before they read anything: group and title only."""
    sent = Application.objects.sent().filter(round=round)
    return sent.exclude(status=ApplicationStatus.WITHDRAWN).only(
        "round", "number", "group_name", "title", "organisation"
    )


def has_interest_in(person: Any, round: Round) -> bool:
    return Interest.objects.of(person).filter(application__round=round).exists()


def may_see_totals(person: Any, round: Round) -> bool:
    """The board, the results, the pot and what is left of it."""
    if has_interest_in(person, round):
        return False
    if person.has_perm("grants.run_round"):
        return True
    seated = Seat.objects.taken().filter(person=person, round=round).exists()
    return seated and Declaration.objects.filter(person=person, round=round).exists()
