"""Those who carry one round of the fund from its opening to the report, each with a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.example import PASSWORD
from accounts.models import OutgoingMail, User
from grants.models import Attendance, Award, PublishedGrant, Round
from tests.browser.watch import DESK, Watch
from tests.grants.make import make_round

VOLUNTEER = "volunteer@example.org"
# Beside those that come with the example: a colleague of the volunteer, and two more who score.
MORE = {"colleague@example.org": "", "third@example.org": "Scorer", "fourth@example.org": "Scorer"}


@dataclass
class Somebody:
    """One of the cast, at a browser that only they have used."""

    page: Page
    watch: Watch
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def open(self, path: str) -> None:
        self.watch.goto(path)

    def press(self, name: str) -> None:
        self.watch.press(name)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.watch.wait()

    def fill(self, **said: str) -> None:
        """By the names of the fields."""
        for name, words in said.items():
            self.page.locator(f"[name='{name}']").fill(words)

    def reads(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def does_not_read(self, *words: str) -> None:
        said = self.page.inner_text("main")
        assert [one for one in words if one in said] == []

    def look(self, name: str) -> None:
        """Once, at a desk: each of these pages is looked at on a phone by a test of its own."""
        if found := self.watch.faults(DESK):
            self.wrong[name] = found


@dataclass
class Cast:
    """`somebody(e-mail)` has signed in; a second time it is the same browser."""

    browser: Browser
    site: str
    who: dict[str, Somebody] = field(default_factory=dict)

    def somebody(self, email: str) -> Somebody:
        if email not in self.who:
            page = self.browser.new_context(base_url=self.site).new_page()
            self.who[email] = Somebody(page, Watch(page, self.site))
            page.goto("/account/login/")
            self.who[email].fill(login=email, password=PASSWORD)
            self.who[email].press("Sign in")
            expect(page.get_by_label("Password", exact=True)).to_have_count(0)
        return self.who[email]

    def troubles(self) -> list[object]:
        return [[one.watch.troubles(), one.wrong] for one in self.who.values()]

    def leave(self) -> None:
        for one in self.who.values():
            one.page.context.close()


@contextmanager
def database_of_the_site(name: str) -> Iterator[None]:
    """What a test reads and writes meanwhile is what the browser sees."""
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def a_draft() -> Iterator[Round]:
    """A round that nobody has opened yet, gone with all that came of it."""
    today = timezone.localdate()
    made = make_round(
        status="draft",
        slug="whole",
        code="WHOLE",
        title="Whole round",
        is_example=True,
        pot=Decimal(2_000),
        largest_award=Decimal(2_000),
        decisions_on=today + timedelta(days=20),
        spend_from=today + timedelta(days=21),
        quorum=3,
    )
    people = [_another(email, role) for email, role in MORE.items()]
    latest = OutgoingMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        yield made
    finally:
        OutgoingMail.objects.filter(pk__gt=latest).delete()
        PublishedGrant.objects.filter(application__round=made).delete()
        Award.objects.filter(application__round=made).delete()
        made.applications.all().delete()
        Attendance.objects.filter(meeting__round=made).delete()
        made.delete()
        User.objects.filter(pk__in=[one.pk for one in people]).delete()


def _another(email: str, role: str) -> User:
    name = email.partition("@")[0].capitalize()
    made = User.objects.create_user(
        email, PASSWORD, name=name, is_staff=bool(role), is_example=True
    )
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    if role:
        made.groups.add(Group.objects.get(name=role))
    return made


def its_time_is_over(its_round: Round) -> None:
    """The clock is put forward, past what holds a round that has opened."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE grants_round SET opens_at = now() - interval '20 days',"
            " closes_at = now() - interval '1 day' WHERE id = %s",
            [its_round.pk],
        )
        cursor.execute("SET session_replication_role = origin")
    its_round.refresh_from_db()
