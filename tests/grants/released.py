"""A round that the panel has decided, with letters that were read; and its release."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assets.models import Organisation
from grants import deciding, releasing
from grants.models import Application, Award, Letter, Round
from tests.grants.make import make_application, make_round
from tests.grants.panel import sit_down
from tests.people import person

OUTCOMES = (deciding.AWARD, deciding.RESERVE, deciding.DECLINE)


def letter_to(
    application: Application, kind: str, *, is_read: bool = True, amount: Decimal | None = None
) -> Letter:
    """`amount`: of one who waits in reserve; else what the panel gave."""
    application.refresh_from_db()
    letter = Letter.objects.create(
        application=application,
        kind=kind,
        subject="Your application",
        body="Dear group,\n…",
        amount=amount or application.award,
    )
    if is_read:
        releasing.write_letter(
            letter=letter,
            subject=letter.subject,
            body=f"Dear {application.group_name},\nit is {kind}.",
            version=letter.version,
            is_read=True,
            by=person("mona"),
        )
    return letter


def decided(groups: Sequence[Organisation] = (), **fields: Any) -> Round:
    """One award of £800, one in reserve, one declined, each with a letter that was read.

    `groups`: three; else new ones. `fields` are those of the round and its applications alike.
    """
    its_round = make_round(pot=Decimal(1_000), largest_award=Decimal(1_000), **fields)
    sit_down(its_round)
    for rank, outcome in enumerate(OUTCOMES, start=1):
        own: dict[str, Any] = {"organisation": groups[rank - 1]} if groups else {}
        application = make_application(round=its_round, status="in-scoring", **own, **fields)
        deciding.decide(
            application=application,
            outcome=outcome,
            amount=Decimal(800) if outcome == deciding.AWARD else None,
            reason="We talked.",
            by=person("cora"),
            seen=None,
            rank=rank,
        )
        letter_to(application, outcome)
    return its_round


def release(round: Round) -> Round:
    return releasing.release(round=round, by=person("mona"))


def offered() -> Award:
    """£800 offered to Vera's group, of £1,000 asked for."""
    its_round = release(decided())
    return Award.objects.select_related("application__round").get(application__round=its_round)
