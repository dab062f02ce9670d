"""Letters are drafted from the levels alone, once, and never say what the panel thinks no more."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.outbox.models import OutgoingMail
from grants import deciding, offers, releasing, rounds
from grants.letters.drafting import draft, draft_from_reserve
from grants.letters.feedback import feedback_on
from grants.models import Application, Decision, Interest, Letter, Round, RoundStatus
from grants.moving import PotTooSmall
from grants.scoring import writing
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.make import make_application, make_round, make_seat, make_sheet
from tests.grants.panel import sit_down
from tests.people import person

__all__ = ["committed"]
RAW = "Sounds like a muddle to me."


def scored(application: Application, who: str, first: int, second: int | None) -> None:
    """Levels of the two criteria, 0 to 3; None: does not apply."""
    person(who).groups.add(Group.objects.get(name="Scorer"))
    sheet = make_sheet(who, application=application)
    said: dict[str, Any] = {"note": RAW}
    for one, points in zip(application.round.criteria.all(), (first, second), strict=True):
        level = writing.NOT_APPLICABLE
        if points is not None:
            level = str(one.levels.get(points=points).pk)
        said[f"level-{one.pk}"] = level
        said[f"reason-{one.pk}"] = RAW
    written = writing.write(sheet=sheet, version=sheet.version, said=said, by=sheet.scorer)
    writing.hand_in(sheet=written, version=written.version, by=sheet.scorer)


def decide(application: Application, outcome: Decision.Outcome, amount: int = 0) -> None:
    application.refresh_from_db()
    deciding.decide(
        application=application,
        outcome=outcome,
        amount=Decimal(amount) if amount else None,
        reason="The chair has heard that they quarrel.",
        by=person("cora"),
        seen=application.decisions.last(),
    )


def at_the_panel(*points: tuple[int, int | None]) -> Round:
    """A round of which each application was scored by two, and the panel sits."""
    its_round = make_round(status="scoring", pot=Decimal(2_000), largest_award=Decimal(2_000))
    for first, second in points:
        application = make_application(round=its_round, status="in-scoring")
        scored(application, "rhea", first, second)
    sit_down(its_round)
    return its_round


@pytest.fixture
def its_round(db: None) -> Round:
    """Whole and in reserve, and declined, all decided."""
    made = at_the_panel((3, 3), (2, 1), (0, 1))
    one, two, three = made.applications.order_by("number")
    decide(one, deciding.AWARD, 800)
    decide(two, deciding.RESERVE)
    decide(three, deciding.DECLINE)
    return made


def letters(round: Round) -> dict[str, Letter]:
    found = Letter.objects.filter(application__round=round).order_by("application__number")
    return {letter.kind: letter for letter in found}


def test_each_has_the_letter_of_what_was_decided_and_nobody_s_own_words(its_round: Round) -> None:
    assert draft(round=its_round, by=person("mona")) == 3
    assert draft(round=its_round, by=person("mona")) == 0
    found = letters(its_round)
    assert sorted(found) == ["award", "decline", "reserve"]
    for letter in found.values():
        assert RAW not in letter.body
        assert "quarrel" not in letter.body
        assert (letter.read_at, letter.sent_at) == (None, None)
    offer = found["award"].body
    application = found["award"].application
    assert f"/my/applications/{application.pk}/decision/" in offer
    assert "£800" in offer
    assert "You asked for £1,000. This is a part of it." in offer
    assert releasing.ANSWER_BY in offer
    decline = found["decline"].body
    assert "What we missed:" in decline
    assert "Criterion 1: Nothing yet\nOne step up would be: Some of it" in decline
    for says in ("You can ask again", "/grants/awards/?whose=theirs", "/list-your-group/"):
        assert says in decline
    assert "\n\n\n" not in decline
    assert OutgoingMail.objects.count() == 0


def test_feedback_is_the_level_that_all_scores_came_to(db: None) -> None:
    its_round = at_the_panel((3, None), (1, 2))
    whole, half = its_round.applications.order_by("number")
    make_seat("finn", round=its_round, is_young=True, declared=True)
    Round.objects.filter(pk=its_round.pk).update(status="scoring")
    scored(half, "finn", 2, 2)
    found = feedback_on(its_round, [whole, half])
    # Between 1 and 2 it is the upper level; what did not apply is not spoken of.
    assert [(one.criterion, one.level) for one in found[whole.pk].good] == [
        ("Criterion 1", "All of it")
    ]
    assert found[whole.pk].missing == []
    (good,), (missing,) = found[half.pk].good, found[half.pk].missing
    assert (good.criterion, good.level) == ("Criterion 2", "Most of it")
    assert (missing.criterion, missing.level, missing.above) == (
        "Criterion 1",
        "Most of it",
        "All of it",
    )


def test_without_scores_a_letter_is_drafted_all_the_same(db: None) -> None:
    its_round = at_the_panel()
    decide(make_application(round=its_round, status="in-scoring"), deciding.DECLINE)
    assert draft(round=its_round, by=person("mona")) == 1
    assert "What we missed" not in Letter.objects.get().body


def test_the_panel_thinks_again_and_the_old_letter_is_not_used(its_round: Round) -> None:
    mona = person("mona")
    draft(round=its_round, by=mona)
    for letter in letters(its_round).values():
        read(letter)
    one, two, three = its_round.applications.order_by("number")
    decide(one, deciding.AWARD, 600)
    decide(three, deciding.OPEN)
    decide(three, deciding.DECLINE)
    decide(two, deciding.AWARD, 500)
    assert releasing.not_ready(its_round) == [
        "R1-001 has no letter.",
        "R1-002 has no letter.",
        "Nobody has read the letter to R1-003 since it was decided.",
    ]
    assert draft(round=its_round, by=mona) == 2
    first = Letter.objects.get(application=one)
    assert (first.amount, first.read_at, first.version) == (Decimal(600), None, 3)
    assert "£600" in first.body
    assert "£800" not in first.body
    for letter in Letter.objects.filter(read_at=None):
        read(letter)
    read(Letter.objects.get(application=three))
    releasing.release(round=its_round, by=mona)
    # Who looks after mail cannot tell a yes from a no.
    assert len(set(OutgoingMail.objects.values_list("label", "subject"))) == 1
    assert sorted(OutgoingMail.objects.values_list("reason", flat=True)) == [
        "letter-award",
        "letter-award",
        "letter-decline",
    ]
    assert Letter.objects.filter(application=two, kind="reserve", sent_at=None).exists()


def read(letter: Letter) -> None:
    letter.refresh_from_db()
    releasing.write_letter(
        letter=letter,
        subject=letter.subject,
        body=letter.body,
        version=letter.version,
        is_read=True,
        by=person("mona"),
    )


def test_a_letter_leaves_with_the_last_day_to_answer_and_then_does_not_change(
    its_round: Round,
) -> None:
    draft(round=its_round, by=person("mona"))
    for letter in letters(its_round).values():
        read(letter)
    shown = releasing.text_of(letters(its_round)["award"])
    releasing.release(round=its_round, by=person("mona"))
    sent = letters(its_round)["award"]
    mail = OutgoingMail.objects.get(reason="letter-award")
    assert mail.body == sent.body == shown
    assert releasing.ANSWER_BY not in mail.body
    rows = Letter.objects.filter(pk=sent.pk)
    tries: list[Callable[[], Any]] = [
        lambda: rows.update(body="Or rather"),
        lambda: rows._raw_delete("default"),
    ]
    for act in tries:
        with pytest.raises(IntegrityError, match="What was sent"), transaction.atomic():
            act()


@pytest.mark.parametrize("who", ["cora", "sal", "vera"])
def test_who_does_not_run_rounds_drafts_nothing(its_round: Round, who: str) -> None:
    with pytest.raises(PermissionDenied):
        draft(round=its_round, by=person(who))


def test_who_has_an_interest_drafts_nothing(its_round: Round) -> None:
    mona = person("mona")
    one = its_round.applications.get(number=1)
    said: dict[str, Any] = {"kind": "helped", "why": "Read a draft", "declared_by": mona}
    Interest.objects.create(application=one, person=mona, **said)
    with pytest.raises(PermissionDenied):
        draft(round=its_round, by=mona)
    assert not Letter.objects.exists()


def test_drafted_by_two_at_once_each_has_one_letter(committed: None) -> None:
    its_round = at_the_panel((2, 2))
    decide(its_round.applications.get(), deciding.DECLINE)
    mona = person("mona")
    assert at_once(*[lambda: draft(round=its_round, by=mona)] * 4) == []
    assert Letter.objects.count() == 1


def test_who_is_next_in_line_has_a_letter_that_fits_the_pot(its_round: Round) -> None:
    mona = person("mona")
    draft(round=its_round, by=mona)
    for letter in letters(its_round).values():
        read(letter)
    releasing.release(round=its_round, by=mona)
    (following,) = offers.next_in_line(its_round)
    Round.objects.filter(pk=its_round.pk).update(committed=Decimal(1_400))
    with pytest.raises(PotTooSmall):
        draft_from_reserve(application=following, amount=Decimal("600.01"), by=mona)
    with pytest.raises(ValidationError, match="Give between"):
        draft_from_reserve(application=following, amount=Decimal(499), by=mona)
    said: dict[str, Any] = {"application": following, "amount": Decimal(600), "by": mona}
    letter = draft_from_reserve(**said)
    assert draft_from_reserve(**said) == letter
    with pytest.raises(ValidationError, match="reads the letter"):
        offers.award_from_reserve(**said, letter=letter)
    read(letter)
    given = offers.award_from_reserve(**said, letter=letter)
    assert (given.amount, given.application_id) == (Decimal(600), following.pk)


def test_nobody_in_reserve_is_passed_over_while_there_is_enough(its_round: Round) -> None:
    _one, two, three = its_round.applications.order_by("number")
    Application.objects.filter(pk=three.pk).update(status="reserve")
    Application.objects.filter(pk=two.pk).update(status="reserve")
    its_round.refresh_from_db()
    assert [offers.is_passed_over(each, its_round) for each in (two, three)] == [False, True]
    its_round.pot = its_round.committed + 499
    assert offers.is_passed_over(three, its_round) is False


def test_the_round_is_not_decided_behind_the_letters_back(its_round: Round) -> None:
    with pytest.raises(rounds.MoveRefused, match="Release the letters"):
        rounds.move(round=its_round, to=RoundStatus.DECIDED, by=person("mona"))
