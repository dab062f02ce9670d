"""Applications as staff see them: found, read, checked, taken up and taken back."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.outbox.models import OutgoingMail
from assets.models import Place
from grants.applying import sending
from grants.models import Applicant, Application, Question, RequiredCheck, Round
from tests.assets.admin.pages import messages
from tests.assets.make import make_organisation
from tests.grants.awarded import make_ours, make_theirs
from tests.grants.make import (
    make_application,
    make_document,
    make_round,
    make_seat,
    make_sheet,
)
from tests.grants.writing import begun, whole, write, written
from tests.people import person
from thrive.models import Theme

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
LIST = reverse("admin:grants_application_changelist")
EXPORT = reverse("admin:grants_application_export")


def page_of(application: Application) -> str:
    return reverse("admin:grants_application_change", args=[application.pk])


def checks_of(its_round: Round) -> str:
    return reverse("admin:grants_application_round", args=[its_round.pk])


def text(client: Client, path: str, **asked: Any) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def listed(client: Client, **asked: str) -> list[str]:
    rows = client.get(LIST, asked).context["cl"].result_list
    return [one.title for one in rows]


def round_that_wants(*kinds: str) -> Round:
    made = make_round(status="draft")
    for kind in kinds:
        RequiredCheck.objects.create(round=made, kind=kind)
    Round.objects.filter(pk=made.pk).update(status="open")
    return Round.objects.get(pk=made.pk)


def look(client: Client, application: Application, kind: str, **said: Any) -> Any:
    sent = {"outcome": "passed", "reason": "Seen.", **said}
    prefixed = {f"{kind}-{name}": value for name, value in sent.items()}
    return client.post(page_of(application), {"do": "check", "kind": kind, **prefixed}, follow=True)


# --- The list ------------------------------------------------------------------------------


def test_the_list_is_searched_narrowed_and_ordered(client_of: ClientOf) -> None:
    first, second = round_that_wants("insurance"), make_round()
    mobility = Theme.objects.filter(slug="mobility")
    bakewell = Place.objects.filter(slug="bakewell")
    make_application(round=first, title="Kites", group_name="Zoë's", ideal=700, themes=mobility)
    make_application(round=first, title="Bells", status="in-scoring", places=bakewell)
    make_application(round=second, title="Songs", needs_groups=[])
    mona = client_of("mona")
    assert listed(mona) == ["Songs", "Kites", "Bells"]
    assert listed(mona, q="zoe") == ["Kites"]
    assert listed(mona, q="r1-002") == ["Bells"]
    assert listed(mona, q="R9-002") == []
    assert listed(mona, round=str(second.pk)) == ["Songs"]
    assert listed(mona, status="in-scoring") == ["Bells"]
    assert listed(mona, theme="mobility") == ["Kites"]
    assert listed(mona, place="bakewell", round=str(first.pk), status="in-scoring") == ["Bells"]
    assert listed(mona, checks="to-do") == ["Kites"]
    assert listed(mona, checks="done") == ["Songs"]
    assert listed(mona, o="4")[0] == "Kites"
    # Nonsense is as if it were not asked for.
    assert len(listed(mona, round="x", status="x\0" * 300, checks="x", theme="\0")) == 3


def test_drafts_are_counted_and_read_by_nobody_of_us(client_of: ClientOf) -> None:
    its_round = make_round()
    draft = begun(its_round, person("vera"), None, group_name="Wheelers")
    for who in ("mona", "ada"):
        client = client_of(who)
        assert listed(client) == []
        assert "1 is being written." in text(client, LIST)
        assert "1 is still being written." in text(client, checks_of(its_round))
        assert "Wheelers" not in text(client, LIST) + text(client, EXPORT)
        assert client.get(page_of(draft)).status_code == 302


def test_the_list_as_a_file_is_what_the_list_shows(client_of: ClientOf) -> None:
    its_round = round_that_wants("insurance")
    make_application(round=its_round, title="=1+1", organisation=None, group_name="Kites")
    make_application(round=its_round, title="Bells")
    answer = client_of("mona").get(EXPORT, {"q": "kites"})
    assert answer["Content-Disposition"] == 'attachment; filename="applications.csv"'
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    found = dict(zip(head, row, strict=True))
    assert found["Reference"] == "R1-001"
    assert found["What"] == "'=1+1"
    assert found["Asked for, in pounds"] == "1000.00"
    assert found["Checks to do"] == "Public liability insurance"
    make_seat("sal", round=its_round, declared=True)
    assert "Checks to do" not in text(client_of("sal"), EXPORT)
    assert "vera@example.com" not in answer.content.decode()


@pytest.mark.parametrize("who", ["erin", "stefan", "finn", "pam", "gwen"])
def test_who_has_nothing_to_do_with_the_fund_sees_nothing(client_of: ClientOf, who: str) -> None:
    application = make_application()
    document = make_document(application)
    file = reverse("admin:grants_applicationdocument_file", args=[document.pk])
    enter = reverse("admin:grants_application_enter", args=[application.round_id])
    for path in (LIST, EXPORT, page_of(application), file, enter, checks_of(application.round)):
        assert client_of(who).get(path).status_code == 403
        assert client_of(who).post(path, {"do": "withdraw", "why": "No."}).status_code == 403
    application.refresh_from_db()
    assert application.status == "submitted"


def test_scorers_see_theirs_once_they_have_declared_and_no_checks(client_of: ClientOf) -> None:
    application = make_application()
    make_application(round=make_round())
    seat = make_seat("sal", round=application.round)
    sal = client_of("sal")
    assert listed(sal) == []
    seat.round.declarations.create(person=seat.person)
    assert listed(sal) == ["Project 1"]
    page = text(sal, page_of(application))
    assert "vera@example.com" not in page
    for word in ("Checks", "Find it ineligible", "Take it back for them", "Who wrote it"):
        assert word not in page
    for do in ("ineligible", "withdraw", "eligible"):
        assert sal.post(page_of(application), {"do": do, "why": "No."}).status_code == 403
    assert sal.get(checks_of(application.round)).status_code == 403


def test_the_panels_mind_is_not_told_by_status_to_who_may_not_see_totals(
    client_of: ClientOf,
) -> None:
    its_round = make_round(status="panel")
    for who in ("sal", "cora"):
        make_seat(who, round=its_round, declared=True)
    settled = make_application(round=its_round, status="to-award", award=700)
    settled.moves.create(from_status="in-scoring", to_status="to-award", why="Best of all")
    other = make_application(round=its_round)
    interest = {"kind": "direct", "why": "My club", "declared_by": person("sal")}
    other.interests.create(person=person("sal"), **interest)
    sal, cora = client_of("sal"), client_of("cora")
    assert listed(cora, status="to-award") == ["Project 1"]
    assert "Best of all" in text(cora, page_of(settled))
    # To her nobody has this status: it is as if she had asked for nonsense.
    assert listed(sal, status="to-award") == listed(sal, status="nonsense")
    assert listed(sal, status="to-reserve") == listed(sal, status="to-award")
    assert listed(sal, status="in-scoring") == ["Project 1"]
    for path in (LIST, EXPORT, page_of(settled)):
        said = text(sal, path)
        assert [word for word in ("Award (not told)", "Best of all") if word in said] == []


def test_lists_and_pages_take_as_many_queries_for_more_rows(client_of: ClientOf) -> None:
    its_round = round_that_wants("insurance", "rules")
    mona = client_of("mona")
    # What every page keeps, once somebody has asked for it.
    mona.get(LIST)
    mona.get(page_of(make_application(round=its_round)))
    counted: dict[str, list[int]] = {}
    for more in (1, 2):
        for _each in range(more):
            application = make_application(round=its_round)
            make_document(application)
        first = its_round.applications.first()
        assert first is not None
        make_document(first)
        for path in (LIST, EXPORT, checks_of(its_round), page_of(first)):
            with CaptureQueriesContext(connection) as queries:
                mona.get(path)
            counted.setdefault(path, []).append(len(queries))
    assert [path for path, (one, three) in counted.items() if one != three] == []


# --- The page ------------------------------------------------------------------------------


def test_the_page_has_all_that_was_sent_and_young_scorers_read_nothing_of_people(
    client_of: ClientOf,
) -> None:
    its_round = make_round(status="draft")
    Question.objects.filter(round=its_round, number=2).update(is_personal=True)
    Round.objects.update(status="open")
    its_round.refresh_from_db()
    group = make_organisation(name="Wheelers", charity_number="1234567")
    sent = written(its_round, person("vera"), group)
    document = make_document(sent, name="our-rules.pdf")
    sent = sending.submit(application=sent, by=person("vera"))
    theirs = make_theirs(recipient_charity_number="1234567", title="A minibus")
    ours = make_ours(1, organisation=group, title="Helmets")
    page = text(client_of("mona"), page_of(sent))
    shown = ["We mend bikes.", "Children who have none.", "The hall, ten times", "£400.50"]
    shown += ["£700.50", "£600.50", "01629 555 0100", "vera@example.com", "our-rules.pdf"]
    shown += [theirs.title, ours.title, "Bakewell", "Matlock"]
    assert [word for word in shown if word not in page] == []
    file = reverse("admin:grants_applicationdocument_file", args=[document.pk])
    got = client_of("mona").get(file)
    assert got["Content-Disposition"] == f'attachment; filename="{document.pk}.pdf"'
    make_seat("sal", round=its_round, declared=True, is_young=True)
    sal = client_of("sal")
    young = text(sal, page_of(sent))
    assert "We mend bikes." in young
    personal = ["Children who have none.", "01629 555 0100", "vera@example.com", "our-rules.pdf"]
    assert [word for word in personal if word in young] == []
    assert sal.get(file).status_code == 404


def test_documents_are_read_beside_the_scores_too(client_of: ClientOf) -> None:
    sheet = make_sheet("sal", application=make_application(round=make_round(status="scoring")))
    make_document(sheet.application, name="our-rules.pdf")
    scores = reverse("admin:grants_scoresheet_change", args=[sheet.pk])
    assert "our-rules.pdf" in text(client_of("sal"), scores)
    sheet.application.round.seats.update(is_young=True)
    assert "our-rules.pdf" not in text(client_of("sal"), scores)


# --- Checks --------------------------------------------------------------------------------


def test_what_was_seen_is_written_down_and_used_again_in_the_next_round(
    client_of: ClientOf,
) -> None:
    group = make_organisation(name="Wheelers", kind="charity")
    first = make_application(round=round_that_wants("insurance"), organisation=group)
    mona = client_of("mona")
    wrong = look(mona, first, "insurance", reason="").content.decode()
    assert "Say what you saw, or why." in wrong
    until = timezone.localdate() + timedelta(days=40)
    document = make_document(first)
    done = look(mona, first, "insurance", expires_on=until.isoformat(), document=document.pk)
    assert messages(done) == ["Public liability insurance: Passed."]
    second = make_application(round=round_that_wants("insurance"), organisation=group)
    page = text(mona, page_of(second))
    assert "From “Round 1”." in page
    assert f"Good until {until.day} {until:%b %Y}." in page
    with time_machine.travel(timezone.now() + timedelta(days=41), tick=False):
        assert "Has run out" in text(client_of("mona"), page_of(second))
    assert "This is not checked here." in look(mona, first, "equality").content.decode()


def test_an_unincorporated_group_shows_rules_and_account_whatever_the_round_asks(
    client_of: ClientOf,
) -> None:
    its_round = make_round()
    small = make_organisation(name="Wheelers", kind="unincorporated")
    listed_one = make_application(round=its_round, organisation=small)
    said = {"group": {"kind": "unincorporated"}}
    unlisted = make_application(round=its_round, organisation=None, said=said)
    make_application(round=its_round)
    mona = client_of("mona")
    page = text(mona, checks_of(its_round))
    assert page.count("Written rules, or a host with them: <strong>To do</strong>") == 2
    refused = mona.post(checks_of(its_round)).content.decode()
    assert "R1-001: Written rules, or a host with them: To do; Bank account" in refused
    # An account passes as theirs with two who sign, or as a named host's: one of them.
    for half in ({}, {"two_sign": "on", "host": "The CVS"}):
        assert "Say one of them" in look(mona, listed_one, "account", **half).content.decode()
    look(mona, listed_one, "account", two_sign="on")
    look(mona, unlisted, "account", host="The CVS")
    for one in (listed_one, unlisted):
        look(mona, one, "rules")
    assert "two people sign" in text(mona, page_of(listed_one))
    assert "The CVS looks after the money." in text(mona, page_of(unlisted))
    done = mona.post(checks_of(its_round), follow=True)
    assert messages(done) == ["3 applications are with the scorers now."]
    assert set(Application.objects.values_list("status", flat=True)) == {"in-scoring"}


def test_who_has_an_interest_hands_over_only_what_they_see(client_of: ClientOf) -> None:
    its_round = make_round()
    own = make_application(round=its_round, said={"group": {"kind": "unincorporated"}})
    make_application(round=its_round)
    Application.objects.filter(pk=own.pk).update(organisation=None)
    mona = person("mona")
    own.interests.create(person=mona, kind="direct", why="My club", declared_by=mona)
    page = text(client_of("mona"), checks_of(its_round))
    assert own.reference not in page
    assert "You have an interest in this round." in page
    done = client_of("mona").post(checks_of(its_round), follow=True)
    assert messages(done) == ["1 application is with the scorers now."]
    assert dict(Application.objects.values_list("number", "status")) == {
        1: "submitted",
        2: "in-scoring",
    }


def test_it_is_found_ineligible_and_taken_up_again_and_told_each_time(
    client_of: ClientOf,
) -> None:
    application = make_application()
    mona, page = client_of("mona"), page_of(application)
    assert "Say why, in plain words." in mona.post(page, {"do": "ineligible"}).content.decode()
    for _press in range(2):
        mona.post(page, {"do": "ineligible", "why": "There is no insurance."}, follow=True)
    application.refresh_from_db()
    assert application.status == "ineligible"
    mona.post(page, {"do": "eligible", "why": "We have seen it now."})
    mona.post(page, {"do": "ineligible", "why": "It had run out."})
    bodies = [
        one.body
        for one in OutgoingMail.objects.filter(to="vera@example.com").order_by("created_at", "pk")
    ]
    assert len(bodies) == 3
    for body, why in zip(
        bodies, ["There is no insurance.", "We have seen it now.", "It had run out."], strict=True
    ):
        assert why in body
    moves = application.moves.values_list("from_status", "to_status", "moved_by__email")
    assert list(moves) == [
        ("submitted", "ineligible", "mona@example.com"),
        ("ineligible", "submitted", "mona@example.com"),
        ("submitted", "ineligible", "mona@example.com"),
    ]
    assert "It had run out." in text(mona, page)


def test_it_is_not_taken_up_again_beside_another_one_of_the_group(client_of: ClientOf) -> None:
    first = make_application(status="ineligible")
    make_application(round=first.round, organisation=first.organisation)
    answer = client_of("mona").post(page_of(first), {"do": "eligible", "why": "Seen."})
    assert "The group has another application in this round by now." in answer.content.decode()
    first.refresh_from_db()
    assert (first.status, first.moves.count()) == ("ineligible", 0)


def test_the_group_has_it_taken_back_by_us(client_of: ClientOf) -> None:
    application = make_application(status="to-award", award=700)
    Round.objects.update(committed=700, status="panel")
    mona = client_of("mona")
    assert mona.post(page_of(application), {"do": "withdraw"}).status_code == 200
    mona.post(page_of(application), {"do": "withdraw", "why": "Jo rang: the hall is shut."})
    application.refresh_from_db()
    assert (application.status, application.award) == ("withdrawn", None)
    assert Round.objects.get().committed == 0
    assert "As your group asked" in OutgoingMail.objects.get().body
    late = make_application(round=make_round(), status="declined")
    again = mona.post(page_of(late), {"do": "withdraw", "why": "Too late."}).content.decode()
    assert "It has moved on meanwhile." in again


# --- For somebody --------------------------------------------------------------------------


def entered(client: Client, its_round: Round, **said: Any) -> Any:
    sent = {"whom": "Jo Reed", "how": "phone", "name": "Wheelers", "q1": "yes"}
    path = reverse("admin:grants_application_enter", args=[its_round.pk])
    return client.post(path, {**sent, "once": str(uuid4()), **said})


def fill_in(its_round: Round, application: Application) -> None:
    said = whole(its_round)
    said["group"] |= {"kind": "charity", "does": "We mend bikes."}
    for part, typed in said.items():
        write(application, part, typed, person("mona"))


@pytest.mark.parametrize("email", ["", "jo@example.com"])
def test_one_is_entered_for_somebody_and_is_theirs_once_it_is_sent(
    client_of: ClientOf, email: str
) -> None:
    its_round, mona = make_round(), client_of("mona")
    began = entered(mona, its_round, email=email)
    application = Application.objects.get()
    own = reverse("application", args=[application.pk])
    assert began["Location"] == own
    assert mona.get(own).status_code == 200
    fill_in(its_round, application)
    mona.post(reverse("application_check", args=[application.pk]))
    application.refresh_from_db()
    assert (application.status, application.submitted_by) == ("submitted", person("mona"))
    assert [one.person.email for one in Applicant.objects.all()] == ([email] if email else [])
    received = OutgoingMail.objects.filter(reason="application-received")
    assert [one.to for one in received] == ([email] if email else [])
    # Ours to read as any other, and not ours to write.
    assert mona.get(own).status_code == 404
    page = text(mona, page_of(application))
    assert "Entered by Mona Fell for Jo Reed, on the telephone." in page


def test_late_is_late_for_us_too(client_of: ClientOf) -> None:
    its_round = make_round()
    entered(client_of("mona"), its_round)
    application = Application.objects.get()
    fill_in(its_round, application)
    with time_machine.travel(its_round.closes_at, tick=False):
        mona = client_of("mona")
        sent = mona.post(reverse("application_check", args=[application.pk]))
        assert (sent.status_code, Application.objects.get().status) == (409, "draft")
        answer = entered(mona, its_round, name="Kites").content.decode()
    assert "This round takes no applications just now." in answer
    assert Application.objects.count() == 1


def test_what_is_not_whole_or_not_for_them_is_not_begun(client_of: ClientOf) -> None:
    its_round, mona = make_round(), client_of("mona")
    group = make_organisation(name="Spinners")
    make_application(round=its_round, organisation=group)
    for said, says in (
        ({"q1": "no"}, "This fund is for groups that work here."),
        ({"q1": ""}, "Answer yes or no"),
        ({"how": "rumour"}, "Choose from the list"),
        ({"name": ""}, "Name one group"),
        ({"group": "Spinners"}, "Name one group"),
        ({"name": "", "group": "Spinners"}, "is applying to this round already"),
    ):
        assert says in entered(mona, its_round, **said).content.decode(), said
    assert Application.objects.count() == 1
    once = str(uuid4())
    assert (
        entered(mona, its_round, once=once)["Location"]
        == (entered(mona, its_round, once=once)["Location"])
    )
    assert Application.objects.count() == 2


def test_the_first_page_says_what_is_to_check(client_of: ClientOf) -> None:
    its_round = round_that_wants("insurance")
    application = make_application(round=its_round)
    mona = client_of("mona")
    assert f"1 in “{its_round}”" in text(mona, "/admin/")
    look(mona, application, "insurance")
    assert "All checks are done." in text(mona, "/admin/")


def test_a_group_that_was_not_listed_is_named_once_it_is(client_of: ClientOf) -> None:
    its_round, mona = make_round(), client_of("mona")
    taken, group = make_organisation(name="Spinners"), make_organisation(name="Weavers")
    make_application(round=its_round, organisation=taken)
    application = make_application(round=its_round, organisation=None, group_name="Weevers")
    page = page_of(application)
    for name, says in (
        ("", "Fill this in."),
        ("Spinners", "This group is applying to this round already."),
    ):
        answer = mona.post(page, {"do": "group", "group": name})
        assert says in answer.content.decode(), name
    assert client_of("cora").post(page, {"do": "group", "group": "Weavers"}).status_code != 200
    assert Application.objects.get(pk=application.pk).organisation is None
    for _press in range(2):
        assert mona.post(page, {"do": "group", "group": "Weavers"}).status_code == 302
    assert Application.objects.get(pk=application.pk).organisation == group
    assert "Which group is it?" not in text(mona, page)
