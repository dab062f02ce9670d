"""What is being done as PostgreSQL is killed: what there is before, the verb, and all it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.outbox import sender
from accounts.outbox.models import OutgoingMail
from grants import offers, paying, releasing
from grants.applying import sending
from grants.models import (
    Application,
    ApplicationEdit,
    ApplicationMove,
    Award,
    Decision,
    Letter,
    Payment,
    PaymentMove,
    PublishedGrant,
    Round,
    RoundMove,
    Score,
    ScoreSheet,
    SheetEdit,
)
from grants.scoring import writing as scoring
from tests.assets.make import make_organisation, make_place
from tests.grants.make import make_application, make_round, make_sheet
from tests.grants.paid import approved, make_award
from tests.grants.panel import award, sit_down
from tests.grants.released import decided
from tests.grants.writing import written
from tests.people import person


@dataclass(frozen=True)
class Flow:
    """`act` may be done again, whatever became of it. `stands` is all that it changes."""

    prepare: Callable[[], None]
    act: Callable[[], Any]
    stands: Callable[[], Any]


def _written() -> None:
    its_round = make_round()
    for name in ("Bakewell", "Matlock"):
        make_place(name=name, slug=name.lower())
    written(its_round, person("vera"), make_organisation(name="Aura Bikes"))


def _submit() -> None:
    sending.submit(application=Application.objects.get(), by=person("vera"))


def _application_stands() -> Any:
    one = Application.objects.get()
    return (
        (one.status, one.number, one.ideal, one.said),
        list(one.places.values_list("slug", flat=True)),
        Round.objects.get().last_number,
        list(ApplicationMove.objects.values_list("to_status", flat=True)),
        list(ApplicationEdit.objects.values_list("part", "said")),
        _mails(),
    )


def _half_scored() -> None:
    sheet = make_sheet("sal")
    Application.objects.update(status="in-scoring")
    Round.objects.update(status="scoring")
    _write_scores(sheet)


def _write_scores(sheet: ScoreSheet) -> ScoreSheet:
    said = {"note": "Read on the train."}
    for one in scoring.criteria_of(sheet.application.round):
        said[scoring.level_field(one)] = str(one.levels.get(points=2).pk)
        said[scoring.reason_field(one)] = f"Why I gave {one.name} two."
    return scoring.write(sheet=sheet, version=sheet.version, said=said, by=person("sal"))


def _hand_in() -> None:
    sheet = ScoreSheet.objects.get()
    if sheet.is_open:
        scoring.hand_in(sheet=sheet, version=sheet.version, by=person("sal"))


def _sheet_stands() -> Any:
    return (
        list(ScoreSheet.objects.values_list("status", "note", "version")),
        list(Score.objects.values_list("level__points", "reason")),
        list(SheetEdit.objects.values_list("version", "said")),
    )


def _at_the_panel() -> None:
    its_round = make_round(pot=Decimal(1_000), largest_award=Decimal(1_000))
    sit_down(its_round)
    make_application(round=its_round, status="in-scoring")


def _award() -> None:
    application = Application.objects.get()
    if not application.decisions.exists():
        award(application, 700)


def _decision_stands() -> Any:
    return (
        list(Application.objects.values_list("status", "award")),
        list(Decision.objects.values_list("outcome", "amount")),
        list(ApplicationMove.objects.values_list("to_status", flat=True)),
        Round.objects.get().committed,
    )


def _all_decided() -> None:
    decided()


def _release() -> None:
    releasing.release(round=Round.objects.get(), by=person("mona"))


def _release_stands() -> Any:
    return (
        list(Round.objects.values_list("status", "committed")),
        list(RoundMove.objects.values_list("to_status", flat=True)),
        list(Application.objects.order_by("number").values_list("status", "award")),
        list(Award.objects.values_list("status", "amount")),
        [(one.body, one.sent_at is None) for one in Letter.objects.order_by("kind")],
        _mails(),
    )


def _offered() -> None:
    decided()
    _release()


def _accept() -> None:
    offers.accept(
        award=Award.objects.get(), name="Vera Holt", agreement="As it stands.", by=person("vera")
    )


def _award_stands() -> Any:
    return (
        list(Award.objects.values_list("status", "accepted_name", "agreement")),
        list(Award.objects.get().moves.values_list("to_status", flat=True)),
    )


def _approved() -> None:
    approved(make_award(1_000), 500)


def _pay() -> None:
    paying.release(payment=Payment.objects.get(), by=person("rhea"))


def _payment_stands() -> Any:
    return (
        list(Payment.objects.values_list("status", "amount", "released_by__email")),
        list(Award.objects.values_list("planned", "paid")),
        list(PaymentMove.objects.values_list("to_status", flat=True)),
        PublishedGrant.objects.count(),
        _mails(),
    )


def _send() -> None:
    """What was being sent when it stopped is unknown, and is not sent again."""
    sender.send_due(lambda: False)


def _mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("once").values_list("to", "subject"))


FLOWS: dict[str, Flow] = {
    "submitting": Flow(_written, _submit, _application_stands),
    "handing in scores": Flow(_half_scored, _hand_in, _sheet_stands),
    "awarding": Flow(_at_the_panel, _award, _decision_stands),
    "releasing": Flow(_all_decided, _release, _release_stands),
    "accepting": Flow(_offered, _accept, _award_stands),
    "paying": Flow(_approved, _pay, _payment_stands),
}
SENDING = Flow(_offered, _send, _mails)
