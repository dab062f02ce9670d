"""Applications, their checks and bank details in a real Chromium: accessible, and fitting."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from assets.models import Contact
from grants.models import Application, Award, Round
from tests.assets.admin.test_in_browser import Staff
from tests.assets.make import make_organisation
from tests.browser.watch import Watch
from tests.grants.make import (
    make_account,
    make_application,
    make_award,
    make_document,
    make_round,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def own(seen_by_browser: None) -> Iterator[Application]:
    """In the database that the browser sees: one to check, one to pay, and one of Ada's own."""
    ada = User.objects.get(email="admin@example.org")
    ada.groups.add(Group.objects.get(name="Payment approver"))
    rounds = [make_round(is_example=True, title=f"Spring 202{year}") for year in (6, 7)]
    said = {"group": {"kind": "unincorporated"}}
    to_check = make_application(
        round=rounds[1], organisation=None, is_example=True, title="Kites", said=said
    )
    make_document(to_check)
    awards = [_award(rounds[0], name) for name in ("Lapwings", "Curlews")]
    Contact.objects.create(organisation=awards[0].organisation, kind="phone", value="01632 960123")
    make_account(awards[0])
    awards[1].application.applicants.update(person=ada)
    yield awards[1].application
    Award.objects.filter(application__round__in=rounds).delete()
    Application.objects.filter(round__in=rounds).delete()
    Round.objects.filter(pk__in=[one.pk for one in rounds]).delete()
    ada.groups.clear()


def _award(of: Round, name: str) -> Award:
    group = make_organisation(name=name, is_example=True)
    application = make_application(
        round=of, organisation=group, is_example=True, status="awarded", award=700
    )
    return make_award(application, is_example=True)


@pytest.fixture
def ada(watched: Watch, own: Application) -> Iterator[Staff]:
    person = Staff(watched)
    person.sign_in("admin@example.org")
    yield person
    assert person.wrong == {}


def test_from_the_list_to_the_scorers_and_from_the_account_to_the_call(
    ada: Staff, own: Application
) -> None:
    page = ada.page
    ada.open("/admin/grants/application/?q=kites")
    ada.look("applications")
    page.locator("tbody th a").first.click()
    page.get_by_role("heading", name="Who wrote it").wait_for()
    for summary in page.locator(".check summary").all():
        summary.click()
    page.get_by_role("button", name="Write it down").first.click()
    page.get_by_role("heading", name="Please look at this again").wait_for()
    ada.look("an application, half a check")
    ada.press("Find it ineligible")
    page.get_by_role("heading", name="Nothing was done yet").wait_for()
    ada.look("an application, no reason")
    page.get_by_role("link", name="All checks to do in this round").click()
    page.get_by_text("Do its checks").wait_for()
    ada.look("checks to do")
    ada.open("/admin/grants/application/")
    page.get_by_role("link", name="Enter one for somebody").first.click()
    ada.press("Go on to the form")
    page.get_by_role("heading", name="Please look at this again").wait_for()
    ada.look("enter one for somebody")
    ada.open("/admin/grants/bankdetails/")
    ada.look("who is to be paid")
    page.get_by_role("link", name="ends in 677").click()
    ada.press("Write down the call")
    page.get_by_role("heading", name="Please look at this again").wait_for()
    ada.look("an account, half a call")
    ada.open(f"/my/applications/{own.pk}/account/")
    ada.press("Send it")
    page.get_by_text("Write the sort code.").first.wait_for()
    ada.look("one's own account")
