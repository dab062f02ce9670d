"""Everybody is told at once; an offer is answered once; what is freed goes to who is next."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.outbox.models import OutgoingMail
from grants import deciding, offers, releasing
from grants.applying import sending
from grants.models import Application, Award, Interest, Letter, Round
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.make import make_application
from tests.grants.panel import award
from tests.grants.released import decided, letter_to, release
from tests.people import person

__all__ = ["committed"]


def statuses(round: Round) -> list[str]:
    return list(round.applications.order_by("number").values_list("status", flat=True))


@pytest.fixture
def its_round(db: None) -> Round:
    return decided()


def test_all_are_told_at_once_and_each_only_once(its_round: Round) -> None:
    assert OutgoingMail.objects.count() == 0
    for _press in range(5):
        release(its_round)
    assert statuses(its_round) == ["awarded", "reserve", "declined"]
    its_round.refresh_from_db()
    assert its_round.status == "decided"
    mails = OutgoingMail.objects.order_by("pk").values_list("to", "reason", "body")
    assert list(mails) == [
        ("vera@example.com", "letter-award", "Dear Group 1,\nit is award.\n"),
        ("vera@example.com", "letter-reserve", "Dear Group 2,\nit is reserve.\n"),
        ("vera@example.com", "letter-decline", "Dear Group 3,\nit is decline.\n"),
    ]
    assert [(one.amount, one.status) for one in Award.objects.all()] == [(Decimal(800), "offered")]


def test_nothing_is_told_until_all_is_ready_and_it_says_what_is_not(its_round: Round) -> None:
    first, second, _third = its_round.applications.order_by("number")
    Application.objects.filter(pk=first.pk).update(organisation=None)
    Letter.objects.filter(application=second).update(read_at=None, read_by=None)
    make_application(round=its_round)
    make_application(round=its_round, status="to-decline")
    with pytest.raises(releasing.NotReady) as refused:
        release(its_round)
    assert refused.value.todo == [
        "R1-004 is not decided.",
        "R1-001: the group “Group 1” is not in the directory yet.",
        "Nobody has read the letter to R1-002.",
        "R1-005 has no letter.",
    ]
    for _more in range(3):
        make_application(round=its_round)
    assert releasing.not_ready(its_round)[0] == "4 are not decided."
    assert statuses(its_round)[:3] == ["to-award", "to-reserve", "to-decline"]
    assert (OutgoingMail.objects.count(), Award.objects.count()) == (0, 0)


def test_what_is_taken_back_in_time_is_told_nothing(its_round: Round) -> None:
    first = its_round.applications.get(number=1)
    sending.withdraw(application=first, by=person("vera"))
    OutgoingMail.objects.all().delete()
    release(its_round)
    assert statuses(its_round) == ["withdrawn", "reserve", "declined"]
    assert (Award.objects.count(), OutgoingMail.objects.count()) == (0, 2)


@pytest.mark.parametrize("who", ["cora", "sal", "erin", "vera"])
def test_only_who_runs_rounds_releases(who: str, its_round: Round) -> None:
    with pytest.raises(PermissionDenied):
        releasing.release(round=its_round, by=person(who))


def test_who_has_an_interest_releases_nothing(its_round: Round) -> None:
    mona = person("mona")
    Interest.objects.create(
        application=its_round.applications.get(number=1),
        person=mona,
        kind="helped",
        why="Read a draft",
        declared_by=mona,
    )
    with pytest.raises(PermissionDenied):
        release(its_round)


def test_a_letter_changed_after_it_was_read_has_to_be_read_again(its_round: Round) -> None:
    letter = Letter.objects.order_by("pk").first()
    assert letter is not None
    said = {"letter": letter, "subject": "Other", "body": "Other", "by": person("mona")}
    version = letter.version
    releasing.write_letter(**said, version=version, is_read=False)  # type: ignore[arg-type]
    assert letter.read_at is None
    with pytest.raises(releasing.LetterChanged):
        releasing.write_letter(**said, version=version, is_read=True)  # type: ignore[arg-type]


def test_a_letter_that_was_sent_stays_as_it_was(its_round: Round) -> None:
    release(its_round)
    letter = Letter.objects.filter(kind="award").get()
    with pytest.raises(ValidationError, match="has been sent"):
        releasing.write_letter(
            letter=letter,
            subject="Other",
            body="Other",
            version=letter.version,
            is_read=True,
            by=person("mona"),
        )


def the_award(round: Round) -> Award:
    release(round)
    return Award.objects.get()


def test_an_offer_is_accepted_once_word_for_word(its_round: Round) -> None:
    offer, vera = the_award(its_round), person("vera")
    for name in ("Vera Holt", "Somebody Else"):
        offers.accept(award=offer, name=name, agreement="The terms.", by=vera)
    offer.refresh_from_db()
    assert (offer.status, offer.accepted_name, offer.accepted_by, offer.agreement) == (
        "accepted",
        "Vera Holt",
        vera,
        "The terms.",
    )
    assert offer.moves.count() == 1
    with pytest.raises(offers.TooLate):
        offers.decline(award=offer, by=vera)


def test_what_is_declined_goes_to_who_is_next_in_line(its_round: Round) -> None:
    offer = the_award(its_round)
    offers.decline(award=offer, by=person("vera"), why="We have moved away.")
    its_round.refresh_from_db()
    assert its_round.committed == 0
    (following,) = offers.next_in_line(its_round)
    letter = letter_to(following, "award", amount=Decimal(1_000))
    given = offers.award_from_reserve(
        application=following, amount=Decimal(1_000), letter=letter, by=person("mona")
    )
    its_round.refresh_from_db()
    assert (given.amount, its_round.committed) == (Decimal(1_000), Decimal(1_000))
    assert statuses(its_round) == ["awarded", "awarded", "declined"]
    assert OutgoingMail.objects.filter(reason="letter-award").count() == 2


def test_from_the_reserve_the_pot_is_not_overspent_either(its_round: Round) -> None:
    release(its_round)
    (following,) = offers.next_in_line(its_round)
    letter = letter_to(following, "award", amount=Decimal(500))
    with pytest.raises(deciding.PotTooSmall):
        offers.award_from_reserve(
            application=following, amount=Decimal(500), letter=letter, by=person("mona")
        )
    assert statuses(its_round) == ["awarded", "reserve", "declined"]


def test_an_offer_lapses_the_day_after_it_ends(its_round: Round) -> None:
    offer = the_award(its_round)
    last = offer.offer_ends_on
    assert offers.lapse(on=last) == []
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        with pytest.raises(offers.TooLate):
            offers.accept(award=offer, name="Vera", agreement="Terms.", by=person("vera"))
        assert offers.lapse(on=timezone.localdate()) == [offer]
        assert offers.lapse(on=timezone.localdate()) == []
    its_round.refresh_from_db()
    assert its_round.committed == 0


def test_what_ends_early_gives_back_what_was_not_paid(its_round: Round) -> None:
    offer = the_award(its_round)
    offers.accept(award=offer, name="Vera", agreement="Terms.", by=person("vera"))
    Award.objects.filter(pk=offer.pk).update(planned=800, paid=500)
    said = {"award": offer, "by": person("mona"), "why": "The hall has closed."}
    with pytest.raises(ValidationError):
        offers.end_early(**said, unspent=Decimal("300.01"))  # type: ignore[arg-type]
    offers.end_early(**said, unspent=Decimal(300))  # type: ignore[arg-type]
    its_round.refresh_from_db()
    assert its_round.committed == Decimal(500)


def test_no_more_is_paid_than_was_awarded(its_round: Round) -> None:
    offer = the_award(its_round)
    for planned, paid in ((801, 0), (800, 801), (500, 600)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Award.objects.filter(pk=offer.pk).update(planned=planned, paid=paid)


def test_released_by_many_at_once_every_letter_goes_once(committed: None) -> None:
    its_round = decided()
    mona = person("mona")
    failures = at_once(*[lambda: releasing.release(round=its_round, by=mona)] * 8)
    assert failures == []
    assert (OutgoingMail.objects.count(), Award.objects.count()) == (3, 1)


def test_accepted_and_declined_at_once_one_of_the_two_holds(committed: None) -> None:
    offer = the_award(decided())
    vera = person("vera")
    failures = at_once(
        lambda: offers.accept(award=offer, name="Vera", agreement="Terms.", by=vera),
        lambda: offers.decline(award=offer, by=vera),
    )
    offer.refresh_from_db()
    offer.application.round.refresh_from_db()
    assert [type(failure) for failure in failures] == [offers.TooLate]
    assert (offer.status, offer.application.round.committed) in [
        ("accepted", Decimal(800)),
        ("declined", Decimal(0)),
    ]


def test_a_round_decided_at_the_table_is_an_award_of_the_same_amount(its_round: Round) -> None:
    assert the_award(its_round).amount == Decimal(800)
    with pytest.raises(ValidationError):
        # Nothing is decided at the table any more.
        award(its_round.applications.get(number=3), 600)
