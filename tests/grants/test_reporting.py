"""Reports: in proportion, kept as one writes, read by us, told to all without small numbers."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import OutgoingMail
from grants import did, interests, paying
from grants.models import Award, PublishedGrant, Repayment, Report, Story
from grants.reporting import opening, reminding, reviewing, stories, writing
from grants.reporting.moving import ReportMoved
from grants.small_numbers import Told
from grants.threesixty.of_award import awarded_of
from grants.threesixty.publishing import publish
from tests.grants.make import make_application, make_round
from tests.grants.paid import (
    accepted,
    approved,
    make_award,
    money_of,
    planned,
    released,
    sent,
    typed,
)
from tests.people import person
from thrive.models import Theme


@pytest.fixture
def award(db: None) -> Award:
    return make_award(2_000)


def of(award: Award) -> Report:
    return Report.objects.get(award=award)


def problems(report: Report, **other: Any) -> dict[str, list[str]]:
    words = typed(report, **other)
    kept = writing.write(report=report, typed=words, base={}, by=person("vera"))
    with pytest.raises(writing.NotWhole) as refused:
        writing.send(report=kept, by=person("vera"))
    return {
        name: [str(one) for one in errors] for name, errors in refused.value.form.errors.items()
    }


def test_it_is_due_four_weeks_after_the_end_and_short_for_a_small_award(award: Award) -> None:
    small = make_award(1_000, round=award.application.round)
    assert [(one.is_short, one.due_on) for one in (of(award), of(small))] == [
        (False, date(2028, 4, 28)),
        (True, date(2028, 4, 28)),
    ]
    its_round = make_round(status="decided", short_report_to=Decimal(0), report_within=10)
    its = of(make_award(100, round=its_round))
    assert (its.is_short, its.due_on) == (False, date(2028, 4, 10))


def test_a_small_award_tells_how_many_came_and_a_story_and_no_more(db: None) -> None:
    report = sent(make_award(1_000))
    assert (report.status, report.children, report.sessions, report.spent) == (
        "sent",
        20,
        None,
        None,
    )
    assert report.outcomes.count() == 0
    assert report.story.text == "One of them was shy and now leads the warm-up."


def test_sending_reads_what_was_typed_once_however_often_it_is_pressed(award: Award) -> None:
    report = sent(award)
    writing.send(report=report, by=person("vera"))
    assert (report.children, report.sessions, report.spent) == (20, 12, Decimal(2_000))
    rows = report.outcomes.values_list("outcome__slug", "before", "after")
    assert list(rows) == [("friends", 6, 14)]
    assert report.moves.count() == 1


def test_it_says_beside_the_field_what_is_wrong(award: Award) -> None:
    report = of(award)
    assert problems(report, children="0", sessions="") == {
        "children": ["Say how many took part."],
        "sessions": ["Say how many sessions there were."],
    }


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"spent-1": "2000.01"}, {"spent-1"}),
        ({"spent-1": "1900"}, {"unspent"}),
        ({"spent-1": "", "spent-2": ""}, {"spent-1"}),
        ({"outcome-1": "", "before-1": "", "after-1": ""}, {"outcome-1"}),
        ({"before-1": "21", "after-1": ""}, {"before-1", "after-1"}),
        ({"outcome-2": "friends", "before-2": "6", "after-2": "7"}, {"outcome-2"}),
        ({"said_yes": ["parent"]}, {"said_yes"}),
        ({"agreed_how": "", "agreed_on": ""}, {"agreed_how", "agreed_on"}),
        ({"agreed_on": "1 January 2090"}, {"agreed_on"}),
        ({"story": ""}, {"story"}),
    ],
)
def test_sums_outcomes_and_consent_are_checked(
    award: Award, changed: dict[str, Any], says: set[str]
) -> None:
    assert set(problems(of(award), **changed)) == says


def test_of_two_who_write_the_same_the_second_is_shown_both(award: Award) -> None:
    report, vera = of(award), person("vera")
    writing.write(report=report, typed={"children": "20"}, base={}, by=vera)
    with pytest.raises(writing.WrittenMeanwhile) as refused:
        writing.write(report=report, typed={"children": "25"}, base={}, by=person("pam"))
    assert {name: (one.value, one.by) for name, one in refused.value.theirs.items()} == {
        "children": ("20", vera)
    }
    kept = writing.write(report=report, typed={"sessions": "9"}, base={}, by=person("pam"))
    assert kept.said == {"children": "20", "sessions": "9"}


def test_it_is_given_back_with_what_is_missing_sent_again_and_accepted(award: Award) -> None:
    report = sent(award)
    with pytest.raises(ValidationError, match="Say what is missing"):
        reviewing.give_back(report=report, missing=" ", by=person("mona"))
    reviewing.give_back(report=report, missing="How many came on Fridays?", by=person("mona"))
    report = writing.send(report=report, by=person("vera"))
    for _press in range(2):
        reviewing.accept(report=report, by=person("mona"))
    award.refresh_from_db()
    assert award.status == "complete"
    assert list(award.moves.values_list("to_status", flat=True)) == [
        "accepted",
        "reporting",
        "complete",
    ]
    assert [(one.from_status, one.to_status) for one in report.moves.all()] == [
        ("draft", "sent"),
        ("sent", "returned"),
        ("returned", "sent"),
        ("sent", "accepted"),
    ]
    with pytest.raises(ReportMoved):
        reviewing.give_back(report=report, missing="More.", by=person("mona"))
    with pytest.raises(writing.NotOpen):
        writing.write(report=report, typed={"children": "1"}, base={}, by=person("vera"))
    of_awards = OutgoingMail.objects.filter(reason__startswith="award-")
    reasons = of_awards.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["award-returned", "award-thanked"]
    acts: list[Callable[[], Any]] = [
        lambda: Report.objects.filter(pk=report.pk).update(children=21),
        lambda: report.outcomes.update(after=15),
    ]
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_only_who_may_review_and_has_no_interest_accepts_it(award: Award) -> None:
    report, mona = sent(award), person("mona")
    for who in ("vera", "finn", "cora"):
        with pytest.raises(PermissionDenied):
            reviewing.accept(report=report, by=person(who))
    interests.add(
        application=award.application, person=mona, said=("direct", "My son goes."), by=mona
    )
    with pytest.raises(PermissionDenied):
        reviewing.accept(report=report, by=mona)


def test_what_was_neither_paid_nor_spent_goes_back_into_the_pot(award: Award) -> None:
    released(award, 1_500)
    accepted(award, **{"spent-1": "1500", "unspent": "The hall was cheaper."})
    assert money_of(award)[2:] == (Decimal(500), Decimal(0))
    its_round = award.application.round
    its_round.refresh_from_db()
    assert its_round.committed == Decimal(1_500)
    assert not Repayment.objects.exists()


def test_what_was_spent_and_not_planned_by_then_is_told_and_can_still_be_paid(
    award: Award, client_of: Callable[[str], Client]
) -> None:
    released(award, 700)
    report = sent(award, **{"spent-1": "1900", "unspent": "The hall was cheaper."})
    mona = client_of("mona")
    page = mona.get(f"/admin/grants/report/{report.pk}/change/").content.decode()
    assert "For £1,200 of this award no payment is planned yet." in page
    reviewing.accept(report=report, by=person("mona"))
    award.refresh_from_db()
    with pytest.raises(paying.MoreThanAwarded):
        planned(award, Decimal("1200.01"))
    released(award, 1_200)
    assert money_of(award) == (Decimal(1_900), Decimal(1_900), Decimal(100), Decimal(0))


def test_what_was_paid_and_not_spent_is_asked_back(award: Award) -> None:
    released(award, 2_000)
    accepted(award, **{"spent-1": "1900.50", "unspent": "The hall was cheaper."})
    asked = Repayment.objects.get()
    assert (asked.amount, asked.award) == (Decimal("99.50"), award)
    assert OutgoingMail.objects.filter(reason="award-to-repay").count() == 1


def test_payments_that_are_not_needed_are_cancelled_before_a_report_is_accepted(
    award: Award,
) -> None:
    released(award, 1_000)
    approved(award, 1_000)
    report = sent(award, **{"spent-1": "1500", "unspent": "It was cheaper."})
    with pytest.raises(ValidationError, match="Cancel the payments that they do not need"):
        reviewing.accept(report=report, by=person("mona"))
    award.refresh_from_db()
    assert award.status == "accepted"


# --- When ------------------------------------------------------------------------------------


def test_an_award_waits_for_its_report_once_it_has_ended(award: Award) -> None:
    assert opening.begin_due(on=date(2028, 3, 31)) == 0
    assert [opening.begin_due(on=date(2028, 4, 1)) for _night in range(2)] == [1, 0]
    award.refresh_from_db()
    assert award.status == "reporting"
    assert award.moves.get(to_status="reporting").moved_by is None


def due(award: Award, day: date) -> None:
    Report.objects.filter(award=award).update(due_on=day)


def kinds() -> list[str]:
    mails = OutgoingMail.objects.filter(reason__startswith="award-due")
    return list(mails.order_by("pk").values_list("reason", flat=True))


def test_three_reminders_once_each_and_none_after_it_is_sent(award: Award) -> None:
    day = date(2026, 11, 17)
    due(award, day)
    for days in (-15, -14, -13, 0, 1, 14, 15, 90):
        for _night in range(2):
            reminding.remind(on=day + timedelta(days=days))
    assert kinds() == ["award-due-before", "award-due-today", "award-due-after"]
    other = make_award(1_000, round=award.application.round)
    due(other, day)
    sent(other)
    assert reminding.remind(on=day) == 0


def test_nobody_is_reminded_in_the_holidays(award: Award) -> None:
    # Christmas Day: it goes on the first day of term instead.
    day = date(2026, 12, 25)
    due(award, day)
    assert [reminding.remind(on=day + timedelta(days=days)) for days in (0, 5, 13)] == [0, 0, 1]
    assert kinds() == ["award-due-today"]
    due(award, date(2027, 8, 10))
    assert reminding.remind(on=date(2027, 8, 10)) == 0


# --- Stories ---------------------------------------------------------------------------------


def told(award: Award) -> str:
    found = did.of_award(award.application)
    return found.story if found else ""


def test_a_story_is_told_with_both_yeses_and_gone_at_once_when_one_is_taken_back(
    award: Award, client: Client
) -> None:
    grant = publish(award=awarded_of(award))
    page = f"/grants/awards/{grant.pk}/"
    report = sent(award)
    assert "leads the warm-up" not in client.get(page).content.decode()
    reviewing.accept(report=report, by=person("mona"))
    assert "leads the warm-up" in client.get(page).content.decode()
    story = Story.objects.get()
    with pytest.raises(PermissionDenied):
        stories.withdraw(story=story, by=person("pam"))
    for _press in range(2):
        stories.withdraw(story=story, by=person("vera"))
    assert "leads the warm-up" not in client.get(page).content.decode()
    story.refresh_from_db()
    report.refresh_from_db()
    assert (story.text, story.on_pages, "story" in report.said) == ("", False, False)


def test_our_team_takes_a_story_back_too_and_it_stays_away(award: Award) -> None:
    report = sent(award)
    reviewing.give_back(report=report, missing="The sums.", by=person("mona"))
    stories.withdraw(story=Story.objects.get(), by=person("mona"))
    report.refresh_from_db()
    report = writing.write(report=report, typed={"story": "Again."}, base={}, by=person("vera"))
    reviewing.accept(report=writing.send(report=report, by=person("vera")), by=person("mona"))
    assert Story.objects.get().text == ""


def test_without_consent_only_our_team_reads_a_story(award: Award) -> None:
    publish(award=awarded_of(award))
    accepted(award, uses=["funders"])
    assert told(award) == ""
    assert not stories.to_tell().exists()


# --- What it did -----------------------------------------------------------------------------


def whole(children: int, **fields: Any) -> Award:
    its = make_award(2_000, **fields)
    publish(award=awarded_of(its))
    row = {"before-1": "0", "after-1": str(children)}
    accepted(its, children=str(children), **row)
    return its


def test_few_children_are_in_no_public_number_but_our_team_sees_them(
    db: None, client: Client
) -> None:
    its_round = make_round(status="decided", pot=Decimal(20_000))
    themes = list(Theme.objects.all()[:2])
    few = whole(3, round=its_round, themes=themes[:1])
    whole(20, round=its_round, themes=themes)
    public = did.by_all(did.public(), hides=True)
    staff = did.by_all(did.of_staff(person("mona")), hides=False)
    assert public.whole is not None
    assert staff.whole is not None
    assert (public.whole.children, staff.whole.children) == (Told(20, at_least=True), Told(23))
    by_theme = {row.name: row.children for row in public.tables[2].rows}
    assert by_theme == {themes[0].name: Told(20, at_least=True), themes[1].name: Told(20)}
    found = did.of_award(few.application)
    assert found is not None
    assert (found.children, found.changes) == (None, [])
    assert [(one.before, one.after) for one in public.whole.changes] == [(0, 20)]
    text = client.get("/grants/awards/what-they-did/").content.decode()
    file = client.get("/grants/awards/what-they-did.csv").content.decode()
    assert "at least 20" in text
    assert "at least 20" in file
    assert "23" not in file


def test_what_nobody_may_know_of_and_what_is_not_accepted_is_in_no_total(db: None) -> None:
    its_round = make_round(status="decided", pot=Decimal(20_000))
    accepted(make_award(2_000, round=its_round))
    PublishedGrant.objects.all().delete()
    sent(make_award(2_000, round=its_round))
    assert PublishedGrant.objects.count() == 1
    assert did.by_all(did.public(), hides=True).whole is None


def test_who_has_an_interest_in_a_round_sees_none_of_its_totals(db: None) -> None:
    its_round = make_round(status="decided", pot=Decimal(20_000))
    other = make_round(status="decided", pot=Decimal(20_000))
    accepted(make_award(2_000, round=its_round))
    accepted(make_award(2_000, round=other))
    concerned = make_application(round=its_round)
    mona = person("mona")
    interests.add(application=concerned, person=mona, said=("direct", "Mine."), by=mona)
    assert [one.award.application.round for one in did.of_staff(mona)] == [other]
    assert did.of_staff(person("ada")).count() == 2
    assert did.of_staff(person("cora")).count() == 0
