"""A group says yes to what stood on its page, once; then all are told, and everybody may know."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.outbox.models import OutgoingMail
from assets.models import Membership
from grants import agreeing, conditions, daily, offers
from grants.models import Application, Award, Condition, Interest, PublishedGrant
from tests.assets.make import make_activity, publish
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.released import decided, offered, release
from tests.people import person

__all__ = ["committed"]
ClientOf = Callable[[str], Client]


@pytest.fixture
def award(db: None) -> Award:
    made = offered()
    OutgoingMail.objects.all().delete()
    return made


def url(name: str, award: Award) -> str:
    return reverse(name, args=[award.application_id])


def sign(award: Award) -> str:
    return agreeing.sign_of(agreeing.agreement_of(award))


def agree(award: Award, **said: Any) -> Award:
    usual: dict[str, Any] = {"name": "Vera Holt", "sign": sign(award), "is_minimal": False}
    return agreeing.agree(award=award, by=person("vera"), **usual | said)


def test_the_group_reads_what_was_decided_and_says_yes(client_of: ClientOf, award: Award) -> None:
    vera = client_of("vera")
    page = vera.get(url("application_decision", award))
    text = page.content.decode()
    for says in ("Waits for your yes", "£800", "it is award.", "7. When it has to be paid back"):
        assert says in text
    sent = {"sign": page.context["sign"], "name": " Vera Holt "}
    for _press in range(2):
        done = vera.post(url("application_decision", award), sent)
        assert done.headers["Location"] == url("application_agreed", award)
    award.refresh_from_db()
    assert (award.status, award.accepted_name) == ("accepted", "Vera Holt")
    agreed = vera.get(url("application_agreed", award)).content.decode()
    assert all(block.text.splitlines()[0] in agreed for block in page.context["agreement"])
    mona = person("mona").email
    mails = OutgoingMail.objects.order_by("to")
    assert [one.to for one in mails] == [mona, "vera@example.com"]
    assert all(award.agreement in one.body and one.secret for one in mails)
    listed = vera.get(reverse("applications")).content.decode()
    assert "It is yours" in listed
    assert url("application_decision", award) in listed


def test_without_a_name_or_on_an_old_page_nothing_is_agreed(
    client_of: ClientOf, award: Award
) -> None:
    vera, path = client_of("vera"), url("application_decision", award)
    old = sign(award)
    wrong = vera.post(path, {"sign": old, "name": " "})
    assert "Write your name under it." in wrong.content.decode()
    due_on = timezone.localdate() + timedelta(days=30)
    said: dict[str, Any] = {"words": "Show us your policy.", "due_on": due_on, "by": person("mona")}
    conditions.add(application=award.application, **said)
    changed = vera.post(path, {"sign": old, "name": "Vera Holt"})
    assert changed.status_code == 409
    text = changed.content.decode()
    assert "The agreement has changed since you opened this page" in text
    assert "Show us your policy." in text
    assert 'value="Vera Holt"' in text
    award.refresh_from_db()
    assert (award.status, PublishedGrant.objects.count()) == ("offered", 0)
    vera.post(path, {"sign": changed.context["sign"], "name": "Vera Holt"})
    award.refresh_from_db()
    assert "Show us your policy." in award.agreement


def test_a_subsidy_is_confirmed_with_a_tick(client_of: ClientOf, award: Award) -> None:
    agreeing.set_subsidy(award=award, subsidy="minimal", by=person("mona"))
    award.refresh_from_db()
    vera, path = client_of("vera"), url("application_decision", award)
    assert "Minimal Financial Assistance" in vera.get(path).content.decode()
    sent = {"sign": sign(award), "name": "Vera Holt"}
    assert "Tick this, or ask us first." in vera.post(path, sent).content.decode()
    assert vera.post(path, sent | {"is_minimal": "on"}).status_code == 302
    with pytest.raises(ValidationError, match="no longer open"):
        agreeing.set_subsidy(award=award, subsidy="none", by=person("mona"))


def test_saying_no_is_asked_first_and_done_once(client_of: ClientOf, award: Award) -> None:
    vera, path = client_of("vera"), url("application_refuse", award)
    assert "Say no to it?" in vera.get(path).content.decode()
    award.refresh_from_db()
    assert award.status == "offered"
    for _press in range(2):
        done = vera.post(path, {"why": "The hall has closed."})
        assert done.headers["Location"] == url("application_decision", award)
    award.refresh_from_db()
    assert [(one.to_status, one.why) for one in award.moves.all()] == [
        ("declined", "The hall has closed.")
    ]
    assert "You said no, thank you" in vera.get(done.headers["Location"]).content.decode()
    late = vera.post(url("application_decision", award), {"name": "Vera", "sign": sign(award)})
    assert late.status_code == 409
    assert vera.get(url("application_agreed", award)).status_code == 404


def test_a_lapsed_offer_says_so_and_whom_to_ask(
    client_of: ClientOf, award: Award, settings: Any
) -> None:
    settings.CONTACT_EMAIL = "fund@example.org"
    # The last day has passed, whether or not the night's work was done.
    Award.objects.update(offer_ends_on=timezone.localdate() - timedelta(days=1))
    vera, path = client_of("vera"), url("application_decision", award)
    for _before_and_after in range(2):
        text = vera.get(path).content.decode()
        assert "The offer has run out" in text
        assert "mailto:fund@example.org" in text
        assert 'name="name"' not in text
        assert vera.post(path, {"name": "Vera", "sign": sign(award)}).status_code == 409
        daily.offers()


def test_anybody_of_the_group_may_answer_and_nobody_else(client_of: ClientOf, award: Award) -> None:
    names = ["application_decision", "application_refuse", "application_agreed"]
    for who in ("sal", "mona", "ada"):
        for name in names:
            sent = {"name": "Me", "sign": sign(award)}
            path = url(name, award)
            assert client_of(who).get(path).status_code == 404
            assert client_of(who).post(path, sent).status_code in (404, 405)
    with pytest.raises(PermissionDenied):
        agreeing.refuse(award=award, why="", by=person("mona"))
    Membership.objects.create(
        organisation=award.organisation,
        user=person("stefan"),
        confirmed_at=timezone.now(),
        confirmed_by=person("erin"),
    )
    stefan = client_of("stefan")
    sent = {"sign": sign(award), "name": "Stefan Nowak"}
    assert stefan.post(url("application_decision", award), sent).status_code == 302
    award.refresh_from_db()
    assert award.accepted_by == person("stefan")


def test_nothing_of_a_decision_is_to_be_read_before_it_is_told(client_of: ClientOf) -> None:
    its_round = decided()
    vera = client_of("vera")
    for one in its_round.applications.all():
        for name in ("application_decision", "application_refuse", "application_agreed"):
            assert vera.get(reverse(name, args=[one.pk])).status_code == 404
        page = vera.get(reverse("application", args=[one.pk])).content.decode()
        assert "What was decided" not in page
    release(its_round)
    for one in its_round.applications.all():
        path = reverse("application_decision", args=[one.pk])
        kind = one.letters.get().kind
        assert f"it is {kind}." in vera.get(path).content.decode()


def test_who_has_an_interest_in_it_gets_no_copy(award: Award) -> None:
    mona = person("mona")
    Interest.objects.create(
        application=award.application, person=mona, kind="helped", why="It.", declared_by=mona
    )
    agree(award)
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["vera@example.com"]


def test_everybody_may_know_of_it_once_it_is_accepted(client_of: ClientOf, award: Award) -> None:
    activity = publish(make_activity(title="Kites"))
    Application.objects.filter(pk=award.application_id).update(grows=activity, is_example=True)
    Award.objects.filter(pk=award.pk).update(is_example=True)
    assert not PublishedGrant.objects.exists()
    agree(award)
    grant = PublishedGrant.objects.get()
    assert (grant.amount_awarded, grant.is_example) == (Decimal(800), True)
    page = Client().get(reverse("award", args=[grant.pk])).content.decode()
    assert "this grant is made up" in page
    on_board = Client().get(reverse("activity", args=[activity.slug])).content.decode()
    assert reverse("award", args=[grant.pk]) in on_board


def test_what_ended_early_shows_what_was_kept_and_nothing_if_all_came_back(award: Award) -> None:
    agree(award)
    Award.objects.filter(pk=award.pk).update(planned=800, paid=300)
    said: dict[str, Any] = {"by": person("mona"), "why": "The hall has closed."}
    with transaction.atomic():
        offers.end_early(award=award, unspent=Decimal(500), **said)
        assert PublishedGrant.objects.get().amount_awarded == Decimal(300)
        transaction.set_rollback(True)
    Award.objects.filter(pk=award.pk).update(planned=0, paid=0)
    offers.end_early(award=award, unspent=Decimal(800), **said)
    assert not PublishedGrant.objects.exists()


def test_words_that_may_not_be_published_hold_up_no_money(award: Award) -> None:
    award.organisation.charity_number = ""
    award.organisation.save()
    # The offer's day lies ahead: the standard has no award in the future.
    Award.objects.update(offered_at=timezone.now() + timedelta(days=2))
    award.refresh_from_db()
    assert agree(award).status == "accepted"
    assert not PublishedGrant.objects.exists()


def test_what_was_agreed_does_not_change(award: Award) -> None:
    due_on = timezone.localdate() + timedelta(days=9)
    said: dict[str, Any] = {
        "application": award.application,
        "due_on": due_on,
        "by": person("mona"),
    }
    kept = conditions.add(words="Show us your policy.", **said)
    assert conditions.add(words=" Show us  your policy. ", **said) == kept
    gone = conditions.add(words="Come to tea.", **said)
    conditions.drop(condition=gone, by=person("mona"))
    agree(award)
    for act in (
        lambda: conditions.add(words="And more.", **said),
        lambda: conditions.drop(condition=kept, by=person("mona")),
    ):
        with pytest.raises(ValidationError, match="agreed already"):
            act()
    rows = Condition.objects.filter(pk=kept.pk)
    tries: list[Callable[[], Any]] = [
        lambda: Award.objects.update(agreement="Or rather"),
        lambda: rows.update(words="Or rather"),
        lambda: rows._raw_delete("default"),
        lambda: Condition.objects.create(
            application=award.application, words="X", due_on=due_on, added_by=person("mona")
        ),
    ]
    for act in tries:
        with pytest.raises(IntegrityError, match="What was agreed"), transaction.atomic():
            act()


def test_a_condition_is_met_or_waived_once_with_a_reason(award: Award) -> None:
    mona, due_on = person("mona"), timezone.localdate() + timedelta(days=9)
    said: dict[str, Any] = {"application": award.application, "due_on": due_on, "by": mona}
    one, two = (conditions.add(words=words, **said) for words in ("One.", "Two."))
    assert conditions.meet(condition=one, by=mona) is True
    assert conditions.waive(condition=one, why="Or rather", by=mona) is False
    with pytest.raises(ValidationError, match="Say why"):
        conditions.waive(condition=two, why=" ", by=mona)
    assert conditions.waive(condition=two, why="Seen before.", by=mona) is True
    assert conditions.meet(condition=two, by=mona) is False
    with pytest.raises(ValidationError, match="still to come"):
        conditions.add(**said | {"words": "Three.", "due_on": timezone.localdate() - timedelta(1)})
    for who in ("sal", "cora", "vera"):
        with pytest.raises(PermissionDenied):
            conditions.meet(condition=one, by=person(who))


def test_a_week_before_it_runs_out_they_are_reminded_once_and_told_when_it_has(
    award: Award,
) -> None:
    def on(days: int) -> str:
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            return daily.offers()

    assert on(20) == "0 offers reminded of, 0 lapsed"
    assert on(21) == "1 offer reminded of, 0 lapsed"
    assert on(22) == "0 offers reminded of, 0 lapsed"
    assert on(28) == "0 offers reminded of, 0 lapsed"
    assert on(29) == "0 offers reminded of, 1 lapsed"
    assert on(30) == "0 offers reminded of, 0 lapsed"
    told = OutgoingMail.objects.order_by("pk").values_list("to", "reason")
    assert list(told) == [
        ("vera@example.com", "award-offer-reminder"),
        ("vera@example.com", "award-offer-lapsed"),
    ]
    award.refresh_from_db()
    assert award.status == "lapsed"


def test_who_has_said_yes_is_not_reminded(award: Award) -> None:
    agree(award)
    OutgoingMail.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=25), tick=False):
        assert daily.offers() == "0 offers reminded of, 0 lapsed"


def test_agreed_by_two_at_once_one_name_stands_under_it_and_each_has_one_mail(
    committed: None,
) -> None:
    award = offered()
    person("mona")
    OutgoingMail.objects.all().delete()
    names = ["Vera Holt", "Vera B. Holt"] * 2
    assert at_once(*[lambda name=name: agree(award, name=name) for name in names]) == []
    award.refresh_from_db()
    assert award.accepted_name in names
    assert (award.moves.count(), PublishedGrant.objects.count()) == (1, 1)
    assert OutgoingMail.objects.count() == 2
