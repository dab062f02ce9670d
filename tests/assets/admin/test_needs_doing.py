"""The first staff page: what waits, for those who may see it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.outbox import queue
from accounts.outbox.models import Status as MailStatus
from assets import stories, youth_voice
from assets.admin import needs_doing, tasks
from assets.models import (
    DailyJob,
    HelpLine,
    Organisation,
    Resource,
    SchoolTerm,
    SharedStory,
    Status,
    VoiceStandard,
    YouthVoiceReview,
)
from assets.models.daily import Job
from tests.assets.admin.pages import url
from tests.assets.make import at, make_activity, make_organisation, make_venue, publish

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def counts(person: User) -> dict[str, list[str]]:
    return {
        str(task.title): [part.words for part in task.parts if part.count]
        for task in tasks.tasks(person)
    }


def known_for(days: int, note: str = "") -> None:
    """One council's terms alone, known for so many days from today."""
    today = timezone.localdate()
    term = SchoolTerm.objects.all()[0]
    SchoolTerm.objects.exclude(pk=term.pk).delete()
    over = today + timedelta(days=days)
    SchoolTerm.objects.update(starts_on=today, ends_before=over, staff_note=note)


def all_read_and_looked_at() -> None:
    today = timezone.localdate()
    Resource.objects.update(checked_on=today, check_again_by=today + timedelta(days=1))
    for standard in VoiceStandard.objects.all():
        review = YouthVoiceReview(standard=standard, looked_on=today, how="well", why="We asked.")
        youth_voice.look(review=review, by=None)


def test_nothing_waits(erin: User) -> None:
    known_for(365)
    all_read_and_looked_at()
    assert counts(erin) == {
        "What people say is wrong": [],
        "Groups ask us": [],
        "Documents to read": [],
        "Stories to read": [],
        "Drafts to publish": [],
        "Not checked for 180 days": [],
        "To ring": [],
        "Daily jobs": [],
        "To tag": [],
        "From other directories": [],
        "Help lines to check again": [],
        "What there is to read, due for a check": [],
        "Youth voice to look at again": [],
        "School terms": [],
        "Mail to look at": [],
    }


def test_all_that_waits_is_counted(erin: User) -> None:
    known_for(30, "Not seen in print.")
    Resource.objects.exclude(pk="beat").update(is_public=False)
    story = SharedStory(title="The bus", text="It came.", whose="child")
    stories.note(story=story, by=erin)
    at(Organisation, Status.DRAFT)
    at(Organisation, Status.PUBLIC)
    make_venue()
    group = Organisation.objects.get(status=Status.DRAFT)
    make_activity(organisation=group)
    HelpLine.objects.filter(slug="shout").update(
        checked_on="2025-01-01", check_again_by="2025-07-01"
    )
    mail = queue.put(
        to="a@example.com", subject="Hello", body="Hi", reason="test", label="Test", secret=False
    )
    mail.move(MailStatus.FAILED)
    begun_at = timezone.now() - timedelta(days=3)
    DailyJob.objects.create(name=Job.ALL, begun_at=begun_at)
    DailyJob.objects.create(
        name=Job.DATES, begun_at=begun_at, finished_at=begun_at, said="Oh.", failed=True
    )
    assert counts(erin) == {
        "What people say is wrong": [],
        "Groups ask us": [],
        "Documents to read": [],
        "Stories to read": ["1 story"],
        "Drafts to publish": ["1 group", "1 activity", "2 venues"],
        "Not checked for 180 days": ["1 group"],
        "To ring": ["1 without e-mail"],
        "Daily jobs": ["1 failed", "not done for two days"],
        "To tag": ["1 activity"],
        "From other directories": [],
        "Help lines to check again": ["1 help line"],
        "What there is to read, due for a check": ["1 resource"],
        "Youth voice to look at again": ["5 standards"],
        "School terms": ["1 to confirm", "1 council’s dates run out"],
        "Mail to look at": ["1 not sent"],
    }


def test_what_somebody_may_not_do_does_not_wait_for_them(stefan: User, pam: User) -> None:
    at(Organisation, Status.DRAFT)
    assert list(counts(pam)) == ["Mail to look at"]
    assert counts(stefan) == {}
    assert needs_doing.waiting(pam) == needs_doing.waiting(stefan) == []


def test_the_first_page_of_somebody_who_only_looks_speaks_of_no_work(client_of: ClientOf) -> None:
    make_organisation()
    page = client_of("stefan").get("/admin/").content.decode()
    assert "<h1>What you can look at</h1>" in page
    assert "<title>What you can look at · Staff</title>" in page
    assert "Our editors make the changes" in page
    for of_work in (
        "needs doing",
        "Drafts to publish",
        "Waiting longest",
        "to check",
        "models__add",
    ):
        assert of_work not in page
    assert "<h1>What needs doing</h1>" in client_of("erin").get("/admin/").content.decode()


def test_every_count_leads_to_as_many_rows(client_of: ClientOf, erin: User) -> None:
    at(Organisation, Status.DRAFT)
    at(Organisation, Status.PUBLIC)
    make_venue()
    client = client_of("erin")
    for task in tasks.tasks(erin):
        for part in task.parts:
            # “To ring” has several lists on one page, the desk for tags one activity at a time.
            if task.title not in ("To ring", "To tag"):
                assert client.get(part.url).context["cl"].result_count == part.count


def test_drafts_come_before_what_is_to_be_checked(erin: User) -> None:
    publish(make_organisation(name="Old"))
    make_organisation(name="New")
    assert [(one.name, one.kind) for one in needs_doing.waiting(erin)] == [
        ("New", "Group"),
        ("Old", "Group"),
    ]


def test_the_first_page_names_what_waits(client_of: ClientOf) -> None:
    group = make_organisation()
    page = client_of("erin").get("/admin/").content.decode()
    assert f'<a href="{url(group, "change")}">Weir Field Wrens</a>' in page


def test_who_has_no_role_is_told_so(client_of: ClientOf, stefan: User) -> None:
    stefan.groups.clear()
    answer = client_of("stefan").get("/admin/")
    assert "Your account has no role yet" in answer.content.decode()
    assert OutgoingMail.objects.count() == 0
