"""Bank details: given by the group, read by finance alone, rung back before anything is paid."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.outbox.models import OutgoingMail
from assets.models import Contact, Organisation
from grants import bank
from grants.models import Award, BankCall, BankDetails, Interest
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.make import make_account, make_application, make_award, make_round
from tests.people import CAST, person

__all__ = ["committed"]
ClientOf = Callable[[str], Client]
# The digits, however they might be written.
SECRETS = ["112233", "11-22-33", "11 22 33", "44556677"]
NUMBER = "01632 960123"


@pytest.fixture
def award(db: None) -> Award:
    made = make_award()
    Contact.objects.create(organisation=made.organisation, kind="phone", value=NUMBER, label="Jo")
    return made


def ring(details: BankDetails, **said: Any) -> BankCall:
    call: dict[str, Any] = {
        "number": NUMBER,
        "spoke_to": "Jo",
        "is_right": True,
        "note": "",
        "by": person("finn"),
    }
    return bank.ring(details=details, **(call | said))


def pays(award: Award) -> str | None:
    found = bank.account_to_pay(Organisation.objects.get(pk=award.organisation_id))
    return found.account_number if found else None


def test_only_what_was_rung_is_paid_and_a_change_is_rung_again(award: Award) -> None:
    assert pays(award) is None
    first = make_account(award)
    assert pays(award) is None
    ring(first)
    assert pays(award) == "44556677"
    second = make_account(award, account_number="9988 7766")
    # The one before may be closed: nothing is paid until somebody knows.
    assert pays(award) is None
    ring(second, is_right=False, note="Nobody of them gave it.")
    assert pays(award) == "44556677"
    third = make_account(award, account_number="00001111")
    ring(third)
    assert pays(award) == "00001111"
    found = list(BankDetails.objects.values_list("version", "ending"))
    assert found == [(1, "677"), (2, "766"), (3, "111")]


def test_the_same_once_more_is_once_and_each_change_is_told_without_a_digit(award: Award) -> None:
    assert make_account(award) == make_account(award, sort_code="112233")
    make_account(award, sort_code="11-22-34")
    mails = OutgoingMail.objects.filter(reason="application-account-given")
    assert mails.count() == 2
    assert all("Vera Holt has given us a bank account" in one.body for one in mails)
    assert [word for word in SECRETS for one in mails if word in one.body + one.subject] == []
    assert {one.secret for one in mails} == {True}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sort_code": "11-22-3"}, "Write 6 digits"),
        ({"sort_code": "١١٢٢٣٣"}, "Write 6 digits"),
        ({"account_number": "4455667"}, "Write 8 digits"),
        ({"account_number": "4455667x"}, "Write 8 digits"),
        ({"account_name": " "}, "Fill this in"),
        ({"signatories": ("Vera Holt", "vera holt ")}, "Name two people who sign"),
    ],
)
def test_what_cannot_be_an_account_is_not_kept(
    award: Award, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        make_account(award, **changes)
    assert BankDetails.objects.count() == 0


NOT_ACCEPTED = {"accepted_at": None, "accepted_by": None, "accepted_name": "", "agreement": ""}


@pytest.mark.parametrize("changes", [{"status": "offered", **NOT_ACCEPTED}, {"status": "complete"}])
def test_nothing_is_taken_that_we_do_not_need(db: None, changes: dict[str, Any]) -> None:
    award = make_award(**changes)
    with pytest.raises(ValidationError, match="do not need to know"):
        make_account(award)


def test_a_copy_of_the_database_does_not_tell_the_digits(award: Award) -> None:
    make_account(award)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM grants_bankdetails AS one")
        [[row]] = cursor.fetchall()
    assert [word for word in SECRETS if word in row] == []
    assert '"ending":"677"' in row


def test_it_is_rung_on_a_number_that_was_known_before(award: Award) -> None:
    make_account(award)
    group = award.organisation
    # Changed, added and taken away together with the account: whoever did the one did the other.
    contact = Contact.objects.get()
    contact.value = "01632 960999"
    contact.save()
    late = Contact.objects.create(organisation=group, kind="phone", value="01632 960888")
    details = BankDetails.objects.get()
    assert [one.value for one in bank.known_numbers(details)] == [NUMBER]
    for number in ("01632 960999", "01632 960888", ""):
        with pytest.raises(ValidationError, match="before the account was given"):
            ring(details, number=number)
    ring(details)
    late.delete()
    second = make_account(award, sort_code="00-00-01")
    assert [one.value for one in bank.known_numbers(second)] == ["01632 960999"]


def test_a_call_stands_once_and_says_what_was_not_right(award: Award) -> None:
    details = make_account(award)
    with pytest.raises(ValidationError, match="Say what is not right"):
        ring(details, is_right=False)
    with pytest.raises(ValidationError, match="Fill this in"):
        ring(details, spoke_to=" ")
    ring(details)
    with pytest.raises(ValidationError, match="A colleague has written down a call"):
        ring(details, is_right=False, note="No.", by=person("rhea"))
    assert list(BankCall.objects.values_list("is_right", "rung_by")) == [(True, person("finn").pk)]


@pytest.mark.parametrize("who", [*CAST])
def test_finance_alone_reads_and_rings_and_asks(
    award: Award, client_of: ClientOf, who: str
) -> None:
    details = make_account(award)
    may = who in ("finn", "rhea")
    assert [*bank.readable(person(who))] == ([details] if may else [])
    client = client_of(who)
    change = reverse("admin:grants_bankdetails_change", args=[details.pk])
    history = reverse("admin:grants_bankdetails_history", args=[details.pk])
    listed = reverse("admin:grants_bankdetails_changelist")
    read = [client.get(path, follow=True).content.decode() for path in (change, history, listed)]
    assert [any(one in page for one in SECRETS[:2]) for page in read] == [may, may, False]
    assert ["ends in 677" in page for page in read] == [False, False, may]
    if not may:
        with pytest.raises(PermissionDenied):
            ring(details, by=person(who))
        with pytest.raises(PermissionDenied):
            bank.ask(application=award.application, by=person(who))
        assert client.post(change, {"number": NUMBER}).status_code in (302, 403)
        assert BankCall.objects.count() == 0
    # Nowhere else, for nobody.
    others = ["/admin/", "/admin/grants/", "/admin/grants/application/", "/admin/grants/round/"]
    others += [reverse("admin:grants_application_change", args=[award.application_id])]
    pages = [client.get(path, follow=True).content.decode() for path in others]
    assert [word for word in [*SECRETS, " 677"] for page in pages if word in page] == []


@pytest.mark.parametrize("how", ["interest", "gave it"])
def test_finance_has_nothing_to_do_with_what_it_rings_about(
    award: Award, client_of: ClientOf, how: str
) -> None:
    finn = person("finn")
    details = make_account(award, by=finn if how == "gave it" else person("vera"))
    if how == "interest":
        other = make_application(organisation=award.organisation, round=make_round())
        Interest.objects.create(
            application=other, person=finn, kind="direct", why="My club", declared_by=finn
        )
        assert [*bank.readable(finn)] == []
        page = reverse("admin:grants_bankdetails_change", args=[details.pk])
        assert client_of("finn").get(page).status_code == 302
    with pytest.raises(PermissionDenied):
        ring(details)
    assert ring(details, by=person("rhea")).is_right


def test_who_is_to_be_paid_is_asked_once_and_then_rung_about(
    award: Award, client_of: ClientOf
) -> None:
    finn, listed = client_of("finn"), reverse("admin:grants_bankdetails_changelist")
    for _press in range(2):
        said = finn.post(listed, {"award": award.pk}, follow=True)
        assert "We have written to" in said.content.decode()
    mail = OutgoingMail.objects.get(reason="application-account-asked")
    assert f"/my/applications/{award.application_id}/account/" in mail.body
    assert "Look again" in finn.post(listed, {"award": "x"}, follow=True).content.decode()
    details = make_account(award)
    assert "1 to ring about" in finn.get("/admin/").content.decode()
    page = reverse("admin:grants_bankdetails_change", args=[details.pk])
    assert f"{NUMBER} Jo" in finn.get(page).content.decode()
    sent = {"number": NUMBER, "spoke_to": "Jo", "is_right": "no"}
    assert "Say what is not right." in finn.post(page, sent).content.decode()
    done = finn.post(page, sent | {"is_right": "yes"}, follow=True)
    assert "It may be paid to now." in done.content.decode()
    assert "spoke to Jo" in finn.get(page).content.decode()
    assert "No account waits for a call." in finn.get("/admin/").content.decode()


def test_a_group_that_has_no_number_cannot_be_rung_and_the_page_says_what_to_do(
    client_of: ClientOf, db: None
) -> None:
    details = make_account(make_award())
    page = reverse("admin:grants_bankdetails_change", args=[details.pk])
    answer = client_of("finn").get(page).content.decode()
    assert "had no telephone number of this group" in answer
    assert "Write down the call" not in answer


def test_the_group_types_it_and_reads_three_digits(award: Award, client_of: ClientOf) -> None:
    vera = client_of("vera")
    page = reverse("application_account", args=[award.application_id])
    own = reverse("application", args=[award.application_id])
    assert page in vera.get(own).content.decode()
    said = {
        "account_name": "Group 1",
        "sort_code": "11 22 33",
        "account_number": "4455667",
        "first_signatory": "Vera Holt",
        "second_signatory": "VERA HOLT",
    }
    wrong = vera.post(page, said).content.decode()
    assert wrong.count("Write 8 digits.") == 2
    assert "Name somebody else: two people sign." in wrong
    right = said | {"account_number": "44556677", "second_signatory": "Al Moss"}
    done = vera.post(page, right, follow=True).content.decode()
    assert "ends in 677" in done
    assert [word for word in [*SECRETS, "Al Moss"] if word in done] == []
    assert [word for word in SECRETS if word in str(dict(vera.session))] == []
    ring(BankDetails.objects.get())
    assert "and it is right" in vera.get(page).content.decode()


def test_nobody_types_it_for_them_or_before_they_are_asked(client_of: ClientOf, db: None) -> None:
    application = make_application()
    page = reverse("application_account", args=[application.pk])
    before = client_of("vera").get(page).content.decode()
    assert "There is nothing to do now." in before
    assert "Sort code" not in before
    assert client_of("vera").post(page, {"sort_code": "112233"}).status_code == 200
    assert BankDetails.objects.count() == 0
    mona = person("mona")
    entered = make_application(
        by=mona, entered_by=mona, entered_for="Jo", entered_how="paper", round=application.round
    )
    theirs = reverse("application_account", args=[entered.pk])
    for who in ("mona", "finn", "ada", "vera"):
        assert client_of(who).get(theirs).status_code == 404


def test_two_at_once_are_two_versions(committed: None) -> None:
    award = make_award()
    vera = person("vera")
    gives = [partial(make_account, award, account_number=f"1234567{one}", by=vera) for one in "12"]
    assert at_once(*gives) == []
    assert sorted(BankDetails.objects.values_list("version", flat=True)) == [1, 2]
