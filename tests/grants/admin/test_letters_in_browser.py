"""From the letters to a signed agreement in a real Chromium: accessible, fitting, word for word."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.example import PASSWORD
from accounts.models import OutgoingMail, User
from assets.models import Organisation
from grants.models import Applicant, Attendance, Award, Condition, Letter, PublishedGrant, Round
from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch
from tests.grants.released import decided

pytestmark = pytest.mark.browser
VOLUNTEER = "volunteer@example.org"


@pytest.fixture
def its_round(seen_by_browser: None) -> Iterator[Round]:
    """In the database that the browser sees: decided, its letters read but for the award's."""
    groups = list(Organisation.objects.public().order_by("slug")[:3])
    made = decided(groups, is_example=True)
    volunteer = User.objects.get(email=VOLUNTEER)
    for one in made.applications.all():
        Applicant.objects.create(application=one, person=volunteer, added_by=volunteer)
    offered = made.applications.get(number=1)
    Condition.objects.create(
        application=offered,
        words="Show us your policy.",
        due_on=timezone.localdate() + timedelta(days=30),
        added_by=volunteer,
    )
    Letter.objects.filter(application=offered).update(read_at=None, read_by=None)
    yield made
    OutgoingMail.objects.filter(to__in=["vera@example.com", VOLUNTEER]).delete()
    OutgoingMail.objects.filter(to="mona@example.com").delete()
    PublishedGrant.objects.filter(application__round=made).delete()
    Award.objects.filter(application__round=made).delete()
    made.applications.all().delete()
    Attendance.objects.filter(meeting__round=made).delete()
    made.delete()


@pytest.fixture
def ada(watched: Watch, its_round: Round) -> Iterator[Staff]:
    person = Staff(watched)
    person.sign_in("admin@example.org")
    yield person
    assert person.wrong == {}


def come_in_as_volunteer(person: Staff) -> None:
    person.page.context.clear_cookies()
    person.watch.goto("/account/login/?next=/my/applications/")
    person.page.fill("[name=login]", VOLUNTEER)
    person.page.fill("[name=password]", PASSWORD)
    person.page.get_by_role("button", name="Sign in", exact=True).click()
    person.page.get_by_role("heading", level=1, name="Your applications").wait_for()


def test_from_the_letters_to_a_signed_agreement(ada: Staff, its_round: Round) -> None:
    page, letters = ada.page, f"/admin/grants/letter/round/{its_round.pk}/"
    ada.open("/admin/grants/letter/")
    ada.look("letters")
    page.get_by_role("link", name=str(its_round)).click()
    ada.look("letters of a round")
    ada.open(f"/admin/grants/letter/release/{its_round.pk}/")
    ada.look("release, not ready")
    ada.open(letters)
    page.get_by_role("link", name="Read the next letter").click()
    ada.look("a letter")
    ada.press("Add a condition")
    page.get_by_role("heading", name="Not done yet").wait_for()
    ada.look("a letter, half a condition")
    page.locator("#id_body").fill("Dear group,\nyes. Please answer by {answer_by}.")
    Letter.objects.filter(application__round=its_round, kind="award").update(version=9)
    ada.press("I have read it: next")
    page.get_by_role("heading", name="Somebody else has changed this letter").wait_for()
    ada.look("a letter, two at once")
    ada.press("I have read it: next")
    page.get_by_role("link", name="Release together").click()
    ada.look("release")
    ada.press("Release together")
    page.get_by_text("All of them are told").wait_for()
    ada.look("letters that went")
    page.get_by_role("link", name="Project 1").click()
    ada.look("a letter that went")
    ada.open(f"/admin/grants/award/reserve/{its_round.pk}/")
    ada.look("in reserve")

    come_in_as_volunteer(ada)
    ada.look("own applications")
    offered = its_round.applications.get(number=1)
    page.locator(f"a[href*='{offered.pk}/decision']").click()
    page.get_by_role("heading", level=1, name="Project 1").wait_for()
    ada.look("decision")
    assert "By " in page.inner_text("main")
    page.get_by_role("link", name="No, we cannot take it").click()
    ada.look("say no")
    page.get_by_role("link", name="No, go back").click()
    ada.press("Yes, we take it")
    page.get_by_role("link", name="Write your name under it.").wait_for()
    ada.look("decision, no name")
    page.get_by_label("Your name").fill("Val Unteer")
    ada.press("Yes, we take it")
    page.get_by_role("heading", level=1, name="What we have agreed").wait_for()
    ada.look("agreed")
    page.get_by_role("link", name="Back", exact=True).click()
    ada.look("decision, agreed")

    page.context.clear_cookies()
    ada.sign_in("admin@example.org")
    ada.open("/admin/grants/award/")
    ada.look("awards")
    award = Award.objects.get(application__round=its_round)
    ada.open(f"/admin/grants/award/{award.pk}/change/")
    ada.look("an award")
    page.get_by_role("link", name="End it early").click()
    ada.look("end early")
