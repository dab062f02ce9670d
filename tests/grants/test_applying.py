"""Writing an application: begun once, kept as typed, nobody's words lost, sent once and in time."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.outbox.models import OutgoingMail
from assets.models import Membership, Organisation
from grants.applying import sending, writing
from grants.applying.reading import missing, sections
from grants.applying.writing import signs_of
from grants.models import Application, Question, Round
from tests.assets.make import make_activity, make_organisation, publish
from tests.grants.make import make_round, make_seat
from tests.grants.writing import begun, whole, write, written
from tests.people import person

ClientOf = Callable[[str], Client]


@pytest.fixture
def its_round(db: None) -> Round:
    return make_round()


@pytest.fixture
def wheelers(vera: User) -> Organisation:
    group = make_organisation(name="Wheelers")
    _member(group, vera)
    return group


def _member(group: Organisation, who: User) -> None:
    Membership.objects.create(
        organisation=group,
        user=who,
        role="owner",
        confirmed_at=timezone.now(),
        confirmed_by=who,
    )


def test_a_form_sent_a_hundred_times_begins_one(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    once = str(uuid4())
    made = {begun(its_round, vera, wheelers, once=once).pk for _press in range(100)}
    assert (len(made), Application.objects.count()) == (1, 1)


def test_a_group_applies_once_and_its_members_are_led_to_it(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    first = begun(its_round, vera, wheelers)
    with pytest.raises(writing.AlreadyApplying) as refused:
        begun(its_round, vera, wheelers)
    assert refused.value.application == first
    assert sending.groups_to_apply_for(vera, its_round) == []
    sending.withdraw(application=first, by=vera)
    assert sending.groups_to_apply_for(vera, its_round) == [wheelers]
    assert begun(its_round, vera, wheelers) != first


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "draft"},
        {"status": "scoring"},
        {"closes_at": timezone.now() - timedelta(seconds=1)},
        {"opens_at": timezone.now() + timedelta(hours=1)},
    ],
)
def test_nothing_begins_while_the_round_is_not_open(
    changes: dict[str, Any], vera: User, its_round: Round
) -> None:
    made = make_round(**{"status": "open"} | changes)
    with pytest.raises(ValidationError):
        begun(made, vera, None, group_name="Wheelers")
    assert Application.objects.count() == 0


def test_what_is_wrong_is_kept_as_it_was_typed(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    application = begun(its_round, vera, wheelers)
    application = write(application, "budget", {"ideal": "about a lot", "minimum": ""}, vera)
    assert application.said["budget"] == {"ideal": "about a lot"}
    says = [one.says for one in missing(application) if one.part.slug == "budget"]
    assert says == [
        "What is the least that would still work?: Say what is the least that would still work.",
        "How much do you ask for?: Write an amount such as 450 or 1,200.50.",
    ]


def test_of_two_who_write_at_once_nobody_loses_a_word(
    its_round: Round, vera: User, wheelers: Organisation, erin: User
) -> None:
    application = write(
        begun(its_round, vera, wheelers), "project", {"title": "A", "summary": "B"}, vera
    )
    seen = signs_of(application, "project", ["title", "summary"])
    both = {"title": "A", "summary": "B"}
    said: dict[str, Any] = {"application": application, "part": "project", "base": seen}
    writing.write(**said, typed=both | {"title": "Vera's"}, by=vera)
    # The other field is not the same one: both stand.
    merged = writing.write(**said, typed=both | {"summary": "Erin's"}, by=erin)
    assert merged.said["project"] == {"title": "Vera's", "summary": "Erin's"}
    with pytest.raises(writing.WrittenMeanwhile) as clash:
        writing.write(**said, typed=both | {"title": "Erin's"}, by=erin)
    theirs = clash.value.theirs["title"]
    assert (theirs.value, theirs.by) == ("Vera's", vera)
    assert list(application.edits.values_list("part", "said", "before")) == [
        ("project", {"title": "A", "summary": "B"}, {"title": "", "summary": ""}),
        ("project", {"title": "Vera's"}, {"title": "A"}),
        ("project", {"summary": "Erin's"}, {"summary": "B"}),
    ]


def test_what_was_sent_is_read_into_its_columns(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    bikes = publish(make_activity(title="Bikes", organisation=wheelers))
    application = written(its_round, vera, wheelers)
    application = write(application, "project", {"grows": str(bikes.pk)}, vera)
    sent = sending.submit(application=application, by=vera)
    sent = Application.objects.get(pk=sent.pk)
    assert (sent.reference, sent.status, sent.title) == ("R1-001", "submitted", "Saturday bikes")
    assert (sent.minimum, sent.ideal, sent.total_cost) == (
        Decimal(400),
        Decimal("600.50"),
        Decimal("700.50"),
    )
    assert (sent.people, sent.age_from, sent.age_before) == (25, 84, 144)
    assert sent.starts_on == its_round.spend_from
    assert sent.grows == bikes
    assert [one.name for one in sent.places.order_by("name")] == ["Bakewell", "Matlock"]
    assert [one.pk for one in sent.needs_groups.all()] == ["thriving"]


def test_a_hundred_presses_are_one_application_one_receipt_and_one_mail_each(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    application = written(its_round, vera, wheelers)
    writing.invite(application=application, email="jo@example.org", name="Jo", by=vera)
    OutgoingMail.objects.all().delete()
    for _press in range(100):
        sending.submit(application=application, by=vera)
    its_round.refresh_from_db()
    assert (its_round.last_number, application.moves.count()) == (1, 1)
    assert sorted(OutgoingMail.objects.values_list("to", "reason")) == [
        ("jo@example.org", "application-received"),
        ("vera@example.com", "application-received"),
    ]


def test_late_is_late_to_the_second_and_nothing_is_lost(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    application = written(its_round, vera, wheelers)
    Round.objects.filter(pk=its_round.pk).update(closes_at=timezone.now() + timedelta(days=15))
    with pytest.raises(DatabaseError), transaction.atomic():
        # Nobody closes it earlier than was promised.
        Round.objects.filter(pk=its_round.pk).update(closes_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=15, seconds=1), tick=False):
        with pytest.raises(sending.TooLate):
            sending.submit(application=application, by=vera)
        kept = write(application, "question-1", {"text": "One word more."}, vera)
    assert kept.said["question-1"] == {"text": "One word more."}
    kept.refresh_from_db()
    assert (kept.status, kept.number) == ("draft", None)


def test_what_was_sent_does_not_change(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    sent = sending.submit(application=written(its_round, vera, wheelers), by=vera)
    with pytest.raises(writing.NotOpen):
        write(sent, "question-1", {"text": "Something else"}, vera)
    other: list[dict[str, Any]] = [
        {"said": {"project": {}}},
        {"ideal": 1},
        {"title": "More"},
        {"number": 9},
    ]
    for changes in other:
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            Application.objects.filter(pk=sent.pk).update(**changes)


def test_what_is_not_whole_is_not_sent_and_says_why(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    application = written(its_round, vera, wheelers)
    typed = whole(its_round)["budget"] | {"ideal": "600", "minimum": "50"}
    application = write(application, "budget", typed, vera)
    with pytest.raises(sending.NotWhole) as refused:
        sending.submit(application=application, by=vera)
    assert [one.says for one in refused.value.missing] == [
        "How much do you ask for?: Your lines add up to £600.50, and you ask for £600 here.",
        "What is the least that would still work?: The smallest grant is £100.",
    ]
    its_round.refresh_from_db()
    assert (its_round.last_number, OutgoingMail.objects.count()) == (0, 0)


def test_words_are_counted_and_held_to(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    application = written(its_round, vera, wheelers)
    for words, wrong in ((50, 0), (51, 1)):
        text = " ".join(["word"] * words)
        application = write(application, "question-1", {"text": text}, vera)
        assert len(missing(application)) == wrong
    assert missing(application)[0].says.endswith("You have used 51 words. Take out 1 word.")


def test_a_group_that_we_do_not_know_can_apply(its_round: Round, vera: User) -> None:
    application = written(its_round, vera, None, group_name="Brand New Band")
    sent = sending.submit(application=application, by=vera)
    assert (sent.organisation, sent.group_name, sent.status) == (
        None,
        "Brand New Band",
        "submitted",
    )


def test_only_those_who_write_it_see_it(
    its_round: Round, vera: User, wheelers: Organisation, erin: User, pam: User
) -> None:
    application = begun(its_round, vera, wheelers)
    assert list(Application.objects.of_applicant(erin)) == []
    writing.invite(application=application, email=erin.email, name="", by=vera)
    _member(wheelers, pam)
    assert [list(Application.objects.of_applicant(who)) for who in (vera, erin, pam)] == [
        [application]
    ] * 3
    assert list(Application.objects.of_applicant(person("stefan"))) == []


def test_an_invitation_is_written_once_and_the_last_one_stays(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    application = begun(its_round, vera, wheelers)
    for _press in range(3):
        jo = writing.invite(application=application, email="jo@example.org", name="Jo", by=vera)
    assert list(OutgoingMail.objects.values_list("to", "reason")) == [
        ("jo@example.org", "application-invited")
    ]
    writing.leave(applicant=jo)
    with pytest.raises(ValidationError):
        writing.leave(applicant=application.applicants.get())


def test_it_can_be_taken_back_until_it_is_decided(
    its_round: Round, vera: User, wheelers: Organisation
) -> None:
    sent = sending.submit(application=written(its_round, vera, wheelers), by=vera)
    assert sending.withdraw(application=sent, by=vera, why="Another funder pays.")
    assert sending.withdraw(application=sent, by=vera) is False
    moves = list(sent.moves.values_list("from_status", "to_status", "why"))
    assert moves == [
        ("draft", "submitted", ""),
        ("submitted", "withdrawn", "Another funder pays."),
    ]


def test_the_young_read_nothing_that_tells_of_people(vera: User, wheelers: Organisation) -> None:
    its_round = make_round(status="draft")
    Question.objects.filter(round=its_round, number=2).update(is_personal=True)
    Round.objects.filter(pk=its_round.pk).update(status="open")
    application = written(Round.objects.get(pk=its_round.pk), vera, wheelers)
    titles = [title for title, _answers in sections(application)]
    young = [title for title, _answers in sections(application, for_young=True)]
    assert titles == [
        "What you want to do",
        "Who it is for",
        "What will you do?",
        "Who will it help?",
        "What it costs",
    ]
    assert young == [title for title in titles if title != "Who will it help?"]
    words = str(sections(application, for_young=True))
    assert [found for found in ("Vera", "01629", "Children who have none") if found in words] == []


def test_whom_to_ring_is_for_those_who_run_the_round(
    its_round: Round, vera: User, wheelers: Organisation, client_of: ClientOf
) -> None:
    sent = sending.submit(application=written(its_round, vera, wheelers), by=vera)
    make_seat("sal", round=its_round, declared=True)
    path = reverse("admin:grants_application_change", args=[sent.pk])
    pages = [client_of(who).get(path).content.decode() for who in ("mona", "sal")]
    assert [("01629 555 0100" in page, "Children who have none" in page) for page in pages] == [
        (True, True),
        (False, True),
    ]
    assert "01629" not in str(sections(sent))


def test_what_was_said_reads_well(its_round: Round, vera: User, wheelers: Organisation) -> None:
    said = dict(sections(written(its_round, vera, wheelers)))
    assert said["What it costs"] == [
        ("Rooms", "The hall, ten times: costs £300, you ask for £200"),
        ("Things", "Tools: costs £400.50, you ask for £400.50"),
        ("All of it costs", "£700.50"),
        ("How much do you ask for?", "£600.50"),
        ("What is the least that would still work?", "£400"),
    ]
    assert said["Who it is for"] == [
        ("How many children and young people, about?", "25"),
        ("How old are the youngest?", "7"),
        ("And the oldest?", "11"),
        ("Which towns and villages do they come from?", "Bakewell, Matlock"),
        ("What is it for?", "Staying well"),
    ]
