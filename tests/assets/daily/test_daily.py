"""`manage.py daily`: every job is done and told; twice, or after days without, does no harm."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from time_machine import travel

from accounts.models import OutgoingMail, User
from assets.daily import jobs, run
from assets.models import (
    DailyJob,
    FreshnessReminder,
    ImportUpload,
    Membership,
    Occurrence,
    Proposal,
    ProposalMove,
    SearchRow,
)
from assets.models.daily import Job
from assets.proposals import claiming, deciding, sending, writing
from tests.assets.make import make_activity, make_contact, make_organisation, make_schedule, publish
from tests.assets.proposals.made import new_group, wrote
from tests.people import person

NOW = datetime(2027, 2, 4, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def after(days: float) -> travel:
    return travel(NOW + days * DAY, tick=False)


def daily() -> None:
    call_command("daily", verbosity=0)


def said() -> dict[str, str]:
    return dict(DailyJob.objects.order_by("pk").values_list("name", "said"))


def draft(**fields: Any) -> Proposal:
    asker = {"asker_name": "Jo", "asker_email": "jo@example.com"}
    return Proposal.objects.create(kind="new", said={"group": {}}, **asker | fields)


@pytest.mark.django_db
def test_every_job_has_its_work_and_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert [*jobs.JOBS] == [job for job in Job if job != Job.ALL]
    with after(0):
        daily()
    assert said() == {
        "all": "14 jobs done",
        "dates": "0 dates written",
        "reminders": "Nobody to ask today",
        "worries": "Told again of 0 worries",
        "proposals": "0 people told, 0 forms dropped",
        "askers": "0 people forgotten",
        "told": "0 reports wiped",
        "websites": "Turned off",
        "feeds": "0 directories read, 0 refused",
        "fund": "0 offers reminded of, 0 lapsed; 0 reports are due now, 0 reminders",
        "alerts": "0 letters written, 0 people asked again, 0 alerts ended",
        "uploads": "0 sheets forgotten",
        "outbox": "0 old texts wiped",
        "sessions": "Done",
        "jobs": "0 lines forgotten",
    }
    assert not DailyJob.objects.filter(failed=True).exists()
    assert not DailyJob.objects.filter(finished_at=None).exists()
    capsys.readouterr()


@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    vera = person("vera")
    with after(-100):
        group = publish(make_organisation())
        Membership.objects.create(
            organisation=group, user=vera, confirmed_at=timezone.now(), confirmed_by=vera
        )
        play = make_activity(title="Play", organisation=group)
        make_schedule(play)
        publish(play)
    with after(0):
        daily()
        first = everything()
        daily()
        assert everything() == first
    assert len(first["mails"]) == 1
    assert len(first["reminders"]) == 2


def everything() -> dict[str, list[Any]]:
    """All that a run writes, but for the record of the run itself."""
    return {
        "mails": list(OutgoingMail.objects.order_by("pk").values()),
        "reminders": list(FreshnessReminder.objects.order_by("pk").values()),
        "dates": list(Occurrence.objects.order_by("starts_at").values("activity", "starts_at")),
        "rows": list(SearchRow.objects.order_by("sort_key").values("activity", "known_on")),
        "proposals": list(Proposal.objects.order_by("pk").values()),
    }


@pytest.mark.django_db
def test_a_job_that_fails_is_told_and_stops_none_of_the_others() -> None:
    def fails() -> str:
        raise ValueError("jo@example.com is no number")

    done = run.run({Job.DATES: fails, Job.SESSIONS: jobs.clear_sessions})
    assert [(job.name, job.failed, job.said) for job in done] == [
        ("dates", True, "It did not work: ValueError."),
        ("sessions", False, "Done"),
    ]
    whole = DailyJob.objects.get(name=Job.ALL)
    assert (whole.failed, whole.said) == (True, "1 of 2 failed")


@pytest.mark.django_db
def test_the_command_ends_with_an_error_where_a_job_failed(settings: Any) -> None:
    with after(-100):
        make_contact(publish(make_organisation()), kind="email", value="wrens@example.com")
    # No link can be made.
    settings.SITE_URL = None
    with after(0), pytest.raises(CommandError, match="These did not work: Is it still right"):
        daily()
    assert (OutgoingMail.objects.count(), FreshnessReminder.objects.count()) == (0, 0)
    assert DailyJob.objects.filter(failed=False).count() == 13


@pytest.mark.django_db
def test_staff_see_what_it_did_and_what_failed(client_of: Callable[[str], Client]) -> None:
    run.run({Job.SESSIONS: jobs.clear_sessions})
    page = client_of("erin").get("/admin/assets/dailyjob/").content.decode()
    assert "Sign-ins that have run out" in page
    assert client_of("erin").get("/admin/assets/dailyjob/add/").status_code == 403


# --- Clearing up ---


@pytest.mark.django_db
def test_an_abandoned_form_is_told_of_a_fortnight_before_it_is_dropped() -> None:
    with after(0):
        proposal = draft()
    happened = []
    for number in range(70, 100):
        with after(number):
            mails = OutgoingMail.objects.count()
            jobs.close_abandoned()
            if OutgoingMail.objects.count() > mails:
                happened.append((number, "told"))
            if Proposal.objects.get().status == "dropped" and (90, "dropped") not in happened:
                happened.append((number, "dropped"))
    assert happened == [(76, "told"), (90, "dropped")]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.secret) == ("jo@example.com", True)
    assert "/list-your-group/" in mail.body
    assert "5 May 2027" in mail.body
    assert proposal.pk == Proposal.objects.get().pk


@pytest.mark.django_db
def test_after_days_without_a_run_a_fortnight_is_still_given() -> None:
    with after(0):
        draft()
    dropped = []
    for number in (120, 121, 133, 134):
        with after(number):
            jobs.close_abandoned()
            dropped.append(Proposal.objects.get().status == "dropped")
    assert dropped == [False, False, False, True]
    assert "18 June 2027" in OutgoingMail.objects.get().body


@pytest.mark.django_db
def test_who_goes_on_with_a_form_is_told_anew() -> None:
    with after(0):
        proposal = draft()
    with after(80):
        jobs.close_abandoned()
        writing.write(
            proposal=proposal, part="group", values={"name": "Larks"}, base={"name": ""}, by=None
        )
    with after(95):
        jobs.close_abandoned()
        assert Proposal.objects.get().status == "draft"
    with after(160):
        jobs.close_abandoned()
    assert OutgoingMail.objects.count() == 2
    assert "“Larks”" in OutgoingMail.objects.latest("pk").body


@pytest.mark.django_db
def test_what_was_given_back_and_never_touched_again_is_told_of_and_dropped() -> None:
    with after(0):
        proposal = sending.send(proposal=new_group(), by=None)
    with after(85):
        deciding.give_back(
            proposal=proposal, version=proposal.version, by=person("erin"), message="Which age?"
        )
    counted = []
    for number in (90, 160, 161, 174, 175):
        with after(number):
            told = jobs.close_abandoned()
            counted.append((number, told, Proposal.objects.get().status))
    assert counted == [
        (90, "0 people told, 0 forms dropped", "returned"),
        (160, "0 people told, 0 forms dropped", "returned"),
        (161, "1 person told, 0 forms dropped", "returned"),
        (174, "0 people told, 0 forms dropped", "returned"),
        (175, "0 people told, 1 form dropped", "dropped"),
    ]
    mail = OutgoingMail.objects.get(reason="proposal-abandoned")
    assert "we gave it back to you with a question" in mail.body


@pytest.mark.django_db
def test_who_was_told_of_a_draft_is_told_again_of_what_we_gave_back() -> None:
    with after(0):
        proposal = new_group()
    with after(80):
        jobs.close_abandoned()
        proposal = sending.send(proposal=proposal, by=None)
        deciding.give_back(
            proposal=proposal, version=proposal.version, by=person("erin"), message="Which?"
        )
    with after(175):
        assert jobs.close_abandoned() == "1 person told, 0 forms dropped"


@pytest.mark.django_db
def test_what_is_written_in_again_waits_for_us_and_is_never_dropped() -> None:
    with after(0):
        wrote(sending.send(proposal=new_group(), by=None), "group", summary="We mend kites.")
    with after(200):
        assert jobs.close_abandoned() == "0 people told, 0 forms dropped"


@pytest.mark.django_db
def test_what_was_sent_is_never_dropped() -> None:
    with after(0):
        group = publish(make_organisation())
        claiming.has_ended(organisation=group, activity=None, by=None, email="jo@example.com")
    with after(200):
        assert jobs.close_abandoned() == "0 people told, 0 forms dropped"
    assert Proposal.objects.get().status == "sent"


@pytest.mark.django_db
def test_who_asked_is_forgotten_half_a_year_after_it_was_done() -> None:
    with after(0):
        kept, gone = draft(), draft()
        writing.drop(proposal=gone, by=None)
        gone.moves.create(from_status="sent", to_status="returned", message="Dear Jo, …")
    with after(179):
        assert jobs.forget_askers() == "0 people forgotten"
    with after(180):
        assert jobs.forget_askers() == "1 person forgotten"
        assert jobs.forget_askers() == "0 people forgotten"
    assert {move.message for move in ProposalMove.objects.all()} == {""}
    of_it = ("asker_name", "asker_email", "asker_phone")
    assert Proposal.objects.values_list(*of_it).get(pk=gone.pk) == ("", "", "")
    assert Proposal.objects.values_list(*of_it).get(pk=kept.pk) == ("Jo", "jo@example.com", "")


@pytest.mark.django_db
def test_sheets_sign_ins_texts_of_mails_and_old_lines_go_when_their_time_is_over() -> None:
    with after(0):
        ImportUpload.objects.create(owner=person("erin"), file_name="a", data=b"a", source="a")
        Session.objects.create(session_key="a", expire_date=timezone.now() + DAY)
        DailyJob.objects.create(
            name=Job.JOBS, begun_at=timezone.now(), finished_at=timezone.now(), said="Done"
        )
    left = []
    for number in (0.5, 6, 8, 401):
        with after(number):
            for work in (jobs.forget_uploads, jobs.clear_sessions, jobs.forget_jobs):
                work()
            rows = (ImportUpload, Session, DailyJob)
            left.append([model._default_manager.count() for model in rows])
    assert left == [[1, 1, 1], [1, 0, 1], [0, 0, 1], [0, 0, 0]]


# --- A year ---

CLAIMS = ("seen", "told us", "checked", "said on")


@pytest.mark.django_db
def test_through_a_year_no_page_claims_what_is_no_longer_so() -> None:
    with travel(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False):
        play = make_activity(title="Play")
        group = play.organisation
        make_contact(group)
        make_schedule(play)
        for kind, days in [("insurance", 60), ("safeguarding", 120)]:
            group.trust.create(
                kind=kind,
                stance="seen",
                stated_on=timezone.localdate(),
                expires_on=timezone.localdate() + days * DAY,
            )
        publish(play)
    shown: dict[tuple[str, str], int] = {}
    addresses = ["/activities/", "/activities/?view=print", "/activities.csv"]
    addresses += ["/activities/play/", f"/groups/{group.slug}/"]
    for number in range(0, 130, 1):
        with travel(datetime(2026, 11, 3, 9, tzinfo=UTC) + number * DAY, tick=False):
            for address in addresses[3:] if number % 10 else addresses:
                html = Client().get(address).content.decode()
                assert "Checked by our team" not in html
                for proof in ("nsurance", "afeguarding policy"):
                    # The questions to ask any club speak of both, and claim nothing.
                    if f"{proof}: seen by us" in html or f"{proof} seen" in html:
                        shown[address, proof] = number
                    if f"{proof} and safeguarding policy seen" in html:
                        shown[address, proof] = number
    assert shown["/activities/play/", "nsurance"] == 59
    assert shown["/activities/play/", "afeguarding policy"] == 119
    assert shown[f"/groups/{group.slug}/", "nsurance"] == 59
    assert shown["/activities/", "nsurance"] == 50
    assert shown["/activities/", "afeguarding policy"] == 110
    assert {address for address, _proof in shown} == {
        "/activities/",
        "/activities/play/",
        f"/groups/{group.slug}/",
    }


@pytest.mark.django_db
def test_a_person_of_a_made_up_group_is_not_told_of_a_made_up_form(settings: Any) -> None:
    settings.PRIVATE_POSTGRES = False
    with after(0):
        draft(is_example=True)
    with after(100):
        assert jobs.close_abandoned() == "0 people told, 1 form dropped"
    assert OutgoingMail.objects.count() == 0
    assert User.objects.count() == 0
