"""One round of the fund, from its opening to the report, by all who have a part in it.

Vera applies with a colleague. Mona runs the round. Cora has the chair and scores, with Sal and two
more, of whom the last has an interest. Finn and Rhea pay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from assets.models import Membership
from assets.words import long_date
from grants.models import Application, Award, Round, RoundStatus
from tests.browser.fund_cast import (
    VOLUNTEER,
    Cast,
    Somebody,
    a_draft,
    database_of_the_site,
    its_time_is_over,
)
from tests.grants.make import make_application

pytestmark = pytest.mark.browser
MONA, CORA, SAL = "grants@example.org", "chair@example.org", "scorer@example.org"
THIRD, CONFLICTED = "third@example.org", "fourth@example.org"
FINN, RHEA, COLLEAGUE = "approver@example.org", "releaser@example.org", "colleague@example.org"
BIKES, KITES, SONGS = "Saturday bikes", "Kites for all", "Songs for babies"


@dataclass
class Story:
    cast: Cast
    round: Round
    group: str

    def __call__(self, email: str) -> Somebody:
        return self.cast.somebody(email)

    @property
    def path(self) -> str:
        return f"/admin/grants/round/{self.round.pk}/"

    @property
    def bikes(self) -> Application:
        return self.round.applications.get(title=BIKES)


@pytest.fixture
def story(
    databases: tuple[str, str, str],
    site: str,
    browser: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Story]:
    with django_db_blocker.unblock(), database_of_the_site(databases[2]), a_draft() as made:
        cast = Cast(browser, site)
        group = Membership.objects.get(user__email=VOLUNTEER).organisation
        yield Story(cast, made, group.name)
        assert cast.troubles() == [[[], {}]] * len(cast.who)
        cast.leave()


def test_a_whole_round(story: Story) -> None:
    open_it(story)
    apply(story)
    others_apply(story.round)
    its_time_is_over(story.round)
    hand_to_the_scorers(story)
    declare(story)
    give_out(story)
    score(story)
    decide(story)
    release(story)
    accept(story)
    pay(story)
    report(story)


def open_it(story: Story) -> None:
    mona = story(MONA)
    mona.open(f"{story.path}change/")
    mona.follow("Open it…")
    mona.press("Open it")
    mona.reads("“Whole round” is open now.")


def apply(story: Story) -> None:
    vera, its_round = story(VOLUNTEER), story.round
    vera.open(f"/grants/{its_round.slug}/apply/")
    vera.page.get_by_role("radio", name="Yes", exact=True).check()
    vera.press("Go on")
    vera.page.get_by_label(story.group).check()
    vera.press("Begin")
    vera.follow("What you want to do")
    vera.page.get_by_label("What do you call it?").fill(BIKES)
    vera.page.get_by_label("What is it, in one or two sentences?").fill("Mending bikes together.")
    vera.page.get_by_label("First day").fill(long_date(its_round.spend_from))
    vera.page.get_by_label("Last day").fill(long_date(its_round.spend_from))
    vera.page.get_by_label("It is something new").check()
    vera.press("Save and go on")
    vera.page.get_by_label("How many children and young people, about?").fill("25")
    vera.page.get_by_label("How old are the youngest?").fill("7")
    vera.page.get_by_label("And the oldest?").fill("11")
    vera.page.get_by_label("Which towns and villages").fill("Bakewell, Matlock")
    vera.page.get_by_label("Staying well").check()
    vera.press("Save and go to the list")
    vera.follow("Colleagues who write it with you")
    vera.page.get_by_label("E-mail address").fill(COLLEAGUE)
    vera.press("Invite")
    vera.reads(COLLEAGUE)
    colleague_writes(story)
    vera.open("/my/applications/")
    vera.follow(BIKES)
    vera.follow("Check and send")
    vera.reads("We mend bikes, and teach it.")
    vera.press("Send")
    vera.reads("WHOLE-001")
    vera.follow("To the two questions")
    vera.look("two questions about fairness")
    vera.page.get_by_label("Women and girls").first.check()
    vera.press("Save")
    vera.reads("Nobody reads it beside your name.")


def colleague_writes(story: Story) -> None:
    colleague = story(COLLEAGUE)
    colleague.open("/my/applications/")
    colleague.follow(BIKES)
    colleague.follow("What will you do?")
    colleague.page.get_by_label("What will you do?").fill("We mend bikes, and teach it.")
    colleague.press("Save and go on")
    colleague.page.get_by_label("Who will it help?").fill("Children without a bike.")
    colleague.press("Save and go on")
    colleague.fill(
        **{"0-what": "Hall", "0-cost": "900", "0-asked": "900", "ideal": "900", "minimum": "500"}
    )
    colleague.page.locator("[name='0-heading']").select_option(label="Rooms")
    colleague.press("Save and go on")
    colleague.page.get_by_label("Whom can we talk to about this?").fill("Vera")
    colleague.page.get_by_label("On which number?").fill("01632 960777")
    colleague.press("Save and go to the list")
    colleague.look("an application of two people")


def others_apply(its_round: Round) -> None:
    """Two more, of groups that have no page here."""
    for title in (KITES, SONGS):
        make_application(
            round=its_round, organisation=None, is_example=True, title=title, group_name=title
        )


def hand_to_the_scorers(story: Story) -> None:
    mona = story(MONA)
    mona.open(f"/admin/grants/application/round/{story.round.pk}/")
    mona.press("Hand them to the scorers")
    move_on(story, "scoring")
    mona.open(f"/admin/grants/seat/round/{story.round.pk}/")
    for email in (CORA, SAL, THIRD, CONFLICTED):
        mona.page.get_by_label("E-mail address").fill(email)
        mona.press("Give them a seat")
        mona.reads("not yet")
    mona.page.locator("tbody tr", has_text="Cora Chair").locator("summary").click()
    mona.page.get_by_role("button", name=re.compile("Takes the chair.*Cora")).click()
    expect(mona.page.locator("tbody tr", has_text="Cora Chair")).to_contain_text("Chair")


def move_on(story: Story, to: str) -> None:
    mona = story(MONA)
    mona.open(f"{story.path}change/")
    mona.follow("Move it on…")
    mona.page.get_by_label(str(RoundStatus(to).label), exact=True).check()
    mona.press("Move it")
    mona.reads("Whole round")


def declare(story: Story) -> None:
    for email in (CORA, SAL, THIRD, CONFLICTED, MONA):
        person = story(email)
        person.open(f"/admin/grants/scoresheet/declare/{story.round.pk}/")
        if email == CONFLICTED:
            person.page.get_by_label(f"What you have to do with {story.group}").select_option(
                "direct"
            )
            person.page.get_by_label(f"What it is with {story.group}").fill("My sister runs it.")
        person.press("I have looked at every name: declare")
        person.page.get_by_role("heading", level=1, name="My scoring").wait_for()


def give_out(story: Story) -> None:
    mona = story(MONA)
    mona.open(f"/admin/grants/seat/round/{story.round.pk}/")
    mona.press("Give them out")
    mona.reads("Given out:")


def score(story: Story) -> None:
    """Best are the bikes. Whoever has an interest is never shown them, and no totals."""
    for email in (CORA, SAL, THIRD, CONFLICTED):
        person = story(email)
        for title, level in ((BIKES, 3), (KITES, 2), (SONGS, 1)):
            if (email, title) != (CONFLICTED, BIKES):
                score_one(person, title, level)
        person.open("/admin/grants/scoresheet/")
        if email == CONFLICTED:
            person.does_not_read(BIKES)
    blind = story(CONFLICTED)
    for path in (f"/admin/grants/application/{story.bikes.pk}/change/", f"{story.path}board/"):
        blind.open(path)
        blind.does_not_read(BIKES, "£900", "£2,000")


def score_one(person: Somebody, title: str, level: int) -> None:
    person.open("/admin/grants/scoresheet/")
    person.follow(title)
    person.page.get_by_role("heading", level=1, name=title).wait_for()
    for radios in person.page.locator("fieldset", has=person.page.locator("[type=radio]")).all():
        radios.locator("[type=radio]").nth(level).check()
    for reason in person.page.locator("textarea[name^=reason]").all():
        reason.fill(f"{title}: said on the form.")
    person.press("Save and submit")
    person.reads("Your scores are in.")


def decide(story: Story) -> None:
    move_on(story, "panel")
    cora = story(CORA)
    cora.open(f"{story.path}board/")
    cora.look("the board")
    titles = cora.page.locator("tbody th a")
    expect(titles.filter(has_text=re.compile("bikes|Kites|Songs"))).to_have_text(
        [BIKES, KITES, SONGS]
    )
    cora.follow("Begin a meeting")
    cora.press("Begin")
    for name in ("Sal Scorer", "Third", "Fourth"):
        cora.page.get_by_label(name).check()
    cora.press("They are there")
    cora.reads("4 are there.")
    row = cora.page.locator("table.there tbody tr", has_text="Fourth")
    row.locator("summary").click()
    row.locator("select").select_option(str(story.bikes.pk))
    row.get_by_role("button").click()
    cora.reads("3 are there.")
    for title, outcome, amount in (
        (BIKES, "Award", "900"),
        (KITES, "Reserve", ""),
        (SONGS, "Decline", ""),
    ):
        cora.open(f"{story.path}board/")
        cora.follow(title)
        cora.page.get_by_label(outcome, exact=True).check()
        if amount:
            cora.page.get_by_label("Amount, in pounds").fill(amount)
        cora.page.get_by_label("Why").first.fill("The panel talked it over.")
        cora.press("Write it down")
        cora.reads("The panel talked it over.")


def release(story: Story) -> None:
    vera, mona = story(VOLUNTEER), story(MONA)
    vera.open(f"/my/applications/{story.bikes.pk}/decision/")
    vera.does_not_read("£900")
    mona.open(f"/admin/grants/letter/round/{story.round.pk}/")
    mona.press("Draft 3 letters")
    mona.follow("Read the next letter")
    for _letter in range(3):
        mona.press("I have read it: next")
    mona.follow("Release together")
    mona.press("Release together")
    mona.reads("All of them are told")


def accept(story: Story) -> None:
    vera = story(VOLUNTEER)
    vera.open(f"/my/applications/{story.bikes.pk}/decision/")
    vera.page.get_by_label("Your name").fill("Vera Volunteer")
    vera.press("Yes, we take it")
    vera.page.get_by_role("heading", level=1, name="What we have agreed").wait_for()
    vera.open(f"/my/applications/{story.bikes.pk}/account/")
    vera.fill(
        account_name=story.group,
        sort_code="11-22-33",
        account_number="44556677",
        first_signatory="Vera Volunteer",
        second_signatory="Al Moss",
    )
    vera.press("Send it")


def pay(story: Story) -> None:
    finn, rhea, mona = story(FINN), story(RHEA), story(MONA)
    finn.open("/admin/grants/bankdetails/")
    finn.page.get_by_role("row", name="WHOLE-001").get_by_role("link").click()
    finn.page.get_by_label("Which number did you ring?").select_option(index=1)
    finn.page.get_by_label("Whom did you speak to?").fill("Al Moss")
    finn.page.get_by_label("Is it right?").select_option("yes")
    finn.press("Write down the call")
    finn.reads("It may be paid to now.")
    mona.open(f"/admin/grants/payment/of/{story.bikes.pk}/")
    mona.does_not_read("44556677")
    mona.page.get_by_label("Amount, in pounds").first.fill("900")
    mona.page.get_by_label("Cost code").fill("YP-12")
    mona.press("Plan it")
    mona.reads("WHOLE-001/1")
    finn.open("/admin/grants/payment/")
    finn.follow("WHOLE-001/1")
    finn.press("Approve")
    finn.reads("Approved")
    assert finn.page.get_by_role("button", name="Release", exact=True).count() == 0
    rhea.open("/admin/grants/payment/")
    rhea.follow("WHOLE-001/1")
    rhea.press("Release")
    rhea.reads("Released")
    assert Award.objects.get(application=story.bikes).paid == 900


def report(story: Story) -> None:
    vera, mona = story(VOLUNTEER), story(MONA)
    vera.open("/my/applications/")
    vera.follow(BIKES)
    vera.follow("Your grant")
    vera.reads("£900")
    vera.follow("Write your report")
    vera.page.get_by_label("How many children").fill("31")
    vera.page.get_by_label("Tell us a story").fill("One of them now mends his sister's bike.")
    vera.press("Save and check")
    vera.press("Send")
    vera.reads("Thank you. We have your report.")
    mona.open("/admin/grants/report/")
    mona.follow(BIKES)
    mona.press("Accept")
    mona.reads("Accepted")
    mona.open(f"{story.path}fair/")
    mona.look("was it fair?")
    mona.reads("Fewer than five groups have answered.")
    nobody = story.cast.browser.new_context(base_url=story.cast.site).new_page()
    nobody.goto("/grants/awards/?q=bikes")
    expect(nobody.get_by_role("main")).to_contain_text(BIKES)
    expect(nobody.get_by_role("main")).to_contain_text("£900")
    nobody.context.close()
    story.round.refresh_from_db()
    assert story.round.committed == 900
