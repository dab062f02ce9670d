"""Letters and awards in the staff pages: read one by one, released together, looked after."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.outbox.models import OutgoingMail, Status
from grants import offers
from grants.models import Application, Award, Condition, Letter, PublishedGrant, Round
from tests.assets.admin.pages import messages
from tests.grants.make import make_application
from tests.grants.released import decided, letter_to, release
from tests.grants.test_agreeing import agree
from tests.people import person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


def of_round(its_round: Round, name: str = "letter_round") -> str:
    return reverse(f"admin:grants_{name}", args=[its_round.pk])


def of(letter: Letter) -> str:
    return reverse("admin:grants_letter_change", args=[letter.pk])


def undrafted() -> Round:
    made = decided()
    Letter.objects.all().delete()
    return made


def typed(letter: Letter, do: str, **said: object) -> dict[str, object]:
    letter.refresh_from_db()
    was = {"version": letter.version, "subject": letter.subject, "body": letter.body, "do": do}
    return was | said


def test_letters_are_drafted_read_one_by_one_and_released_together(client_of: ClientOf) -> None:
    its_round, mona = undrafted(), client_of("mona")
    page = of_round(its_round)
    assert of_round(its_round) in mona.get("/admin/grants/letter/").content.decode()
    text = mona.get(page).content.decode()
    assert "R1-001 has no letter." in text
    assert "Draft 3 letters" in text
    assert messages(mona.post(page, {"do": "draft"}, follow=True)) == ["3 letters drafted."]
    assert "Nobody has read the letter to R1-001." in mona.get(page).content.decode()
    assert "3 to read" in mona.get("/admin/").content.decode()
    where = of(Letter.objects.get(kind="award"))
    for _each in range(3):
        letter = Letter.objects.get(pk=where.rstrip("/").split("/")[-2])
        said = typed(letter, "read", body=f"{letter.body}\r\nWith thanks.")
        where = mona.post(where, said).headers["Location"]
    assert where == page
    assert not Letter.objects.filter(read_at=None).exists()
    sure = mona.get(of_round(its_round, "letter_release")).content.decode()
    for says in ("3 letters", "to 1 person", "£800"):
        assert says in sure
    for _press in range(2):
        assert mona.post(of_round(its_round, "letter_release")).headers["Location"] == page
    assert OutgoingMail.objects.count() == 3
    first = Letter.objects.get(kind="award")
    assert "With thanks." in first.body
    assert "\r" not in first.body


def test_a_letter_is_shown_as_it_will_be_mailed(client_of: ClientOf) -> None:
    decided()
    letter = Letter.objects.get(kind="award")
    mona = client_of("mona")
    body = "Dear <b>group</b>,\nanswer by {answer_by}: https://example.org/yes\n\n-- \nThe fund"
    mona.post(of(letter), typed(letter, "save", body=body))
    page = mona.get(of(letter)).content.decode()
    day = timezone.localdate() + timedelta(days=28)
    assert f"answer by {day:%-d %B %Y}:" in page
    assert "Dear &lt;b&gt;group&lt;/b&gt;" in page
    assert '<a href="https://example.org/yes" rel="nofollow">' in page
    assert "vera@example.com" in page
    letter.refresh_from_db()
    assert letter.read_at is None
    empty = mona.post(of(letter), typed(letter, "read", body=" ")).content.decode()
    assert "Not done yet" in empty
    for slip in ("{answer_bye}", "{}", "{name}"):
        wrong = mona.post(of(letter), typed(letter, "read", body=f"Dear {slip}")).content.decode()
        assert f"Nothing is put in place of {slip}" in wrong
    letter.refresh_from_db()
    assert letter.body == body


def test_two_in_one_letter_see_each_other_s_words_and_lose_none(client_of: ClientOf) -> None:
    decided()
    letter = Letter.objects.get(kind="decline")
    mine, theirs = typed(letter, "read", body="Mine"), typed(letter, "save", body="Theirs")
    client_of("ada").post(of(letter), theirs)
    answer = client_of("mona").post(of(letter), mine)
    text = answer.content.decode()
    assert "Somebody else has changed this letter meanwhile" in text
    assert ">\nMine</textarea>" in text
    assert '<p class="theirs">Theirs: Theirs</p>' in text
    letter.refresh_from_db()
    assert letter.body == "Theirs"
    again = mine | {"version": answer.context["answer"].form["version"].value()}
    assert client_of("mona").post(of(letter), again).status_code == 302
    letter.refresh_from_db()
    assert (letter.body, letter.read_by) == ("Mine", person("mona"))


def test_after_the_release_staff_see_what_did_not_arrive(client_of: ClientOf) -> None:
    its_round = decided()
    release(its_round)
    lost, unknown, _sent = OutgoingMail.objects.order_by("pk")
    for mail, status in ((lost, Status.FAILED), (unknown, Status.UNKNOWN)):
        mail.move(Status.CLAIMED, claim=uuid4(), claimed_at=timezone.now())
        mail.move(status)
    mona = client_of("mona")
    text = mona.get(of_round(its_round)).content.decode()
    assert "vera@example.com: Not sent" in text
    assert "vera@example.com: Not known" in text
    assert "2 not sent" in mona.get("/admin/").content.decode()
    letter = Letter.objects.get(kind="award")
    assert "Ask them whether they have it." in mona.get(of(letter)).content.decode()
    late = mona.post(of(letter), typed(letter, "save", body="Or rather"))
    assert "This letter has been sent." in late.content.decode()


@pytest.mark.parametrize("who", ["sal", "cora", "erin", "finn"])
def test_who_does_not_run_rounds_is_kept_out(client_of: ClientOf, who: str) -> None:
    its_round = decided()
    release(its_round)
    award = Award.objects.get()
    paths = [
        "/admin/grants/letter/",
        "/admin/grants/award/",
        of_round(its_round),
        of_round(its_round, "letter_release"),
        of_round(its_round, "award_reserve"),
        of(Letter.objects.get(kind="award")),
        reverse("admin:grants_award_change", args=[award.pk]),
        reverse("admin:grants_award_end", args=[award.pk]),
    ]
    client = client_of(who)
    for path in paths:
        assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)


def test_an_award_is_looked_after_from_the_offer_to_its_end(client_of: ClientOf) -> None:
    release(decided())
    award = Award.objects.select_related("application__round").get()
    mona = client_of("mona")
    page = reverse("admin:grants_award_change", args=[award.pk])
    assert page in mona.get("/admin/grants/award/").content.decode()
    due_on = timezone.localdate() + timedelta(days=3)
    for words in ("Show us your policy.", "Come to tea.", "Tell us who has the key."):
        mona.post(page, {"do": "condition", "words": words, "due_on": due_on.isoformat()})
    wrong = mona.post(page, {"do": "condition", "words": "X", "due_on": "2020-01-01"})
    assert "Choose a day that is still to come." in wrong.content.decode()
    policy, tea, key = (
        Condition.objects.get(words__startswith=word) for word in ("Show", "Come", "Tell")
    )
    mona.post(page, {"do": "drop", "condition": tea.pk})
    mona.post(page, {"do": "subsidy", "subsidy": "minimal"})
    award.refresh_from_db()
    agree(award, is_minimal=True)
    late = mona.post(page, {"do": "drop", "condition": policy.pk})
    assert "agreed already" in late.content.decode()
    mona.post(page, {"do": "meet", "condition": policy.pk})
    assert "Say why" in mona.post(page, {"do": "waive", "condition": key.pk}).content.decode()
    mona.post(page, {"do": "waive", "condition": key.pk, "why": "Seen."})
    assert [one.is_open for one in Condition.objects.all()] == [False, False]
    text = mona.get(page).content.decode()
    for says in ("Minimal Financial Assistance", "Vera Holt", "Seen.", "Its page on the site"):
        assert says in text
    garbage = ({"do": "meet", "condition": "banana"}, {"do": "subsidy", "subsidy": "huge"})
    nulls = {"do": "waive", "condition": str(key.pk), "why": "\x00"}
    for bad in (*garbage, nulls, {"do": "banana"}, {}):
        assert mona.post(page, bad).status_code == 200
    end = reverse("admin:grants_award_end", args=[award.pk])
    assert "£800" in mona.get(end).content.decode()
    more = mona.post(end, {"unspent": "800.01", "why": "The hall has closed."})
    assert "No more can go back" in more.content.decode()
    for _press in range(2):
        done = mona.post(end, {"unspent": "800", "why": "The hall has closed."})
        assert done.headers["Location"] == page
    award.refresh_from_db()
    assert (award.status, award.returned, award.moves.count()) == ("ended-early", 800, 2)
    assert not PublishedGrant.objects.exists()


def test_an_overdue_condition_is_a_task(client_of: ClientOf) -> None:
    release(decided())
    award = Award.objects.select_related("application__round").get()
    Condition.objects.create(
        application=award.application,
        words="Show us your policy.",
        due_on=timezone.localdate() - timedelta(days=1),
        added_by=person("mona"),
    )
    mona = client_of("mona")
    assert "conditions overdue" not in mona.get("/admin/").content.decode()
    agree(award)
    assert "1 conditions overdue" in mona.get("/admin/").content.decode()
    listed = mona.get("/admin/grants/award/?conditions=overdue").content.decode()
    assert award.application.reference in listed
    Condition.objects.update(met_at=timezone.now(), met_by=person("mona"))
    listed = mona.get("/admin/grants/award/?conditions=overdue").content.decode()
    assert award.application.reference not in listed


def test_freed_money_goes_to_who_is_next(client_of: ClientOf) -> None:
    its_round = decided()
    release(its_round)
    award = Award.objects.get()
    mona, page = client_of("mona"), of_round(its_round, "award_reserve")
    # £200 are left, and the next needs £500.
    assert "not enough for anybody" in mona.get(page).content.decode()
    offers.decline(award=award, by=person("vera"))
    (following,) = offers.next_in_line(its_round)
    sent = {"do": "draft", "application": following.pk, "amount": "600"}
    where = mona.post(page, sent).headers["Location"]
    letter = Letter.objects.get(application=following, kind="award")
    assert where == of(letter)
    assert "reads the letter" in mona.post(page, sent | {"do": "award"}).content.decode()
    assert mona.post(where, typed(letter, "read")).headers["Location"] == page
    text = mona.get(page).content.decode()
    assert "Offer £600 and send the letter" in text
    done = mona.post(page, {"do": "award", "application": following.pk}, follow=True)
    assert messages(done) == [f"£600 is offered to {following.group_name}."]
    again = mona.post(page, {"do": "award", "application": following.pk})
    assert "Who is next has changed" in again.content.decode()
    its_round.refresh_from_db()
    assert its_round.committed == Decimal(600)
    assert Letter.objects.get(pk=letter.pk).mails.count() == 1


def test_pages_ask_no_more_of_the_database_for_more_rows(client_of: ClientOf) -> None:
    its_round, mona = decided(), client_of("mona")
    paths = [of_round(its_round), of_round(its_round, "letter_release"), "/admin/"]

    def asked() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert mona.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    asked()
    before = asked()
    for _each in range(4):
        more = make_application(round=its_round, status="to-decline")
        letter_to(more, "decline")
    assert asked() == before
    release(its_round)
    paths[1:] = [of_round(its_round, "award_reserve"), "/admin/grants/award/"]
    after = asked()
    Application.objects.filter(status="declined").update(status="reserve")
    assert asked() == after
