"""“Something wrong here?”: anybody can tell us, once, and nothing that was typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.outbox.models import Status as MailStatus
from assets import listings, problems
from assets.models import Activity, Listing, Organisation, Problem, ProblemMove, Status, Venue
from tests.assets.admin.pages import url
from tests.assets.make import at, make_activity, make_venue, publish
from tests.assets.test_two_at_once import at_once, committed

__all__ = ["committed"]

KINDS: list[tuple[type[Listing], str]] = [
    (Activity, "activity"),
    (Organisation, "group"),
    (Venue, "place"),
]


def page_of(listing: Any, kind: str = "activity") -> str:
    return reverse("report", args=[kind, listing.slug])


def sent(**changes: Any) -> dict[str, Any]:
    """What the form sends, filled in."""
    fields = {"key": uuid4(), "kind": "wrong", "words": "It is on Fridays now.", "website": ""}
    return fields | changes


def told(listing: Any, **changes: Any) -> Problem:
    fields: dict[str, Any] = {"key": uuid4(), "kind": Problem.Kind.WRONG, "words": "On Fridays."}
    return problems.report(**{"listing": listing} | fields | changes)


# --- The page ---


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "kind"), KINDS)
def test_every_listing_has_the_link_and_the_page(model: type[Any], kind: str) -> None:
    listing = at(model, Status.PUBLIC)
    shown = Client().get(reverse(str(model._meta.model_name), args=[listing.slug]))
    assert f'href="{page_of(listing, kind)}"' in shown.content.decode()
    answer = Client().get(page_of(listing, kind))
    assert answer.status_code == 200
    assert str(listing) in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "kind"), KINDS)
@pytest.mark.parametrize("status", [one for one in Status if one != Status.PUBLIC])
@pytest.mark.parametrize("ending", ["", "worry/"])
def test_what_has_no_public_page_has_no_page_to_report_it(
    model: type[Any], kind: str, status: Status, ending: str
) -> None:
    listing = at(model, status)
    assert Client().get(page_of(listing, kind) + ending).status_code == 404


@pytest.mark.django_db
def test_a_hidden_place_cannot_be_asked_about() -> None:
    home = publish(make_venue(shown="masked", postcode=""))
    for ending in ("", "worry/"):
        path = page_of(home, "place") + ending
        assert Client().get(path).status_code == 404
        assert Client().post(path, sent()).status_code == 404
    assert not Problem.objects.exists()


@pytest.mark.django_db
def test_a_draft_that_was_never_shown_takes_nothing() -> None:
    assert Client().post(page_of(at(Activity, Status.DRAFT)), sent()).status_code == 404


@pytest.mark.django_db
def test_an_old_address_still_leads_there() -> None:
    activity = publish(make_activity(title="Old name"))
    old = page_of(activity)
    activity.title = "New name"
    listings.save(listing=activity, by=None)
    assert Client().get(old).status_code == 200


# --- Sending ---


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "kind"), KINDS)
def test_what_was_sent_is_kept(model: type[Any], kind: str) -> None:
    listing = at(model, Status.PUBLIC)
    form = sent(kind="ended", email="jo@example.com")
    answer = Client().post(page_of(listing, kind), form)
    assert (answer.status_code, answer["Location"]) == (302, reverse("report_received"))
    problem = Problem.objects.get()
    assert (problem.listing, problem.kind, problem.words, problem.email, problem.status) == (
        listing,
        "ended",
        "It is on Fridays now.",
        "jo@example.com",
        "new",
    )


@pytest.mark.django_db
def test_a_hundred_sends_are_one_problem_and_one_receipt() -> None:
    activity = publish(make_activity())
    form = sent()
    answers = [Client().post(page_of(activity), form) for _time in range(100)]
    assert {(one.status_code, one["Location"]) for one in answers} == {
        (302, reverse("report_received"))
    }
    assert Problem.objects.count() == 1


def test_sent_by_many_at_once_it_is_one_problem(committed: None) -> None:
    activity = publish(make_activity())
    key = uuid4()
    assert at_once(*[lambda: told(activity, key=key)] * 6) == []
    assert Problem.objects.count() == 1


@pytest.mark.django_db
def test_each_page_brings_a_key_of_its_own() -> None:
    path = page_of(publish(make_activity()))
    keys = {
        re.findall(r'name="key" value="([^"]+)"', Client().get(path).content.decode())[0]
        for _time in range(2)
    }
    assert len({UUID(key) for key in keys}) == 2


@pytest.mark.django_db
def test_what_is_wrong_is_told_and_what_was_typed_stays() -> None:
    path = page_of(publish(make_activity()))
    form = sent(kind="", email="jo at home", words="On Fridays, says Flo.")
    page = Client().post(path, form).content.decode()
    assert "Pick what fits best." in page
    assert "Write an e-mail address, such as jo@example.org." in page
    assert "On Fridays, says Flo." in page
    assert 'value="jo at home"' in page
    assert str(form["key"]) in page
    assert not Problem.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("broken", [{"website": "https://buy.example"}, {"key": "banana"}])
def test_a_robot_is_refused_and_a_person_presses_once_more(broken: dict[str, str]) -> None:
    path = page_of(publish(make_activity()))
    answer = Client().post(path, sent(**broken))
    page = answer.content.decode()
    assert "Please send it once more." in page
    assert "It is on Fridays now." in page
    assert not Problem.objects.exists()
    again = {name: answer.context["form"][name].value() for name in sent()}
    assert Client().post(path, again).status_code == 302
    assert Problem.objects.count() == 1


@pytest.mark.django_db
def test_too_many_from_one_address_are_refused_in_words_and_nothing_is_lost() -> None:
    path = page_of(publish(make_activity()))
    forms = [sent(words=f"Number {number}.") for number in range(6)]
    answers = [Client().post(path, form) for form in forms]
    assert [one.status_code for one in answers] == [302] * 5 + [429]
    page = answers[-1].content.decode()
    assert "Wait a minute, then send it again." in page
    assert "Number 5." in page
    # What we have is no second report, however many there were.
    assert Client().post(path, forms[0]).status_code == 302
    assert Problem.objects.count() == 5


@pytest.mark.django_db
def test_what_was_taken_down_while_somebody_wrote_is_still_told_and_not_named() -> None:
    activity = publish(make_activity(title="Zebra club"))
    listings.move(listing=activity, to=Status.WITHDRAWN, by=None)
    path = page_of(activity)
    assert "Zebra club" not in Client().post(path, sent(words="")).content.decode()
    assert Client().post(path, sent()).status_code == 302
    assert Problem.objects.get().listing == activity


# --- What staff do ---


@pytest.mark.django_db
def test_each_move_is_written_down_and_a_second_click_loses(erin: User) -> None:
    problem = told(publish(make_activity()))
    same = Problem.objects.get(pk=problem.pk)
    assert problems.finish(problem=problem, to="handled", by=erin, why="Rang them.")
    assert not problems.finish(problem=same, to="nothing", by=erin, why="")
    assert (problem.finished_at is None, problem.status) == (False, "handled")
    assert problems.reopen(problem=problem, by=erin, why="")
    assert (problem.finished_at is None, problem.status) == (True, "new")
    moves = problem.moves.values_list("from_status", "to_status", "moved_by", "why")
    assert list(moves) == [
        ("new", "handled", erin.pk, "Rang them."),
        ("handled", "new", erin.pk, ""),
    ]


@pytest.mark.django_db
def test_there_is_no_way_round_the_moves(erin: User) -> None:
    problem = told(publish(make_activity()))
    problems.finish(problem=problem, to="handled", by=erin, why="")
    with pytest.raises(ValueError, match="cannot go from handled to nothing"):
        problems.finish(problem=problem, to="nothing", by=erin, why="")


@pytest.mark.django_db
def test_the_record_is_only_added_to(erin: User) -> None:
    problem = told(publish(make_activity()))
    problems.finish(problem=problem, to="handled", by=erin, why="Rang them.")
    for change in (
        lambda: ProblemMove.objects.update(to_status="nothing"),
        lambda: ProblemMove.objects.update(why="Never rang."),
        lambda: ProblemMove.objects.all().delete(),
        lambda: problem.delete(),
    ):
        with pytest.raises(DatabaseError, match="who did what"), transaction.atomic():
            change()
    assert ProblemMove.objects.get().why == "Rang them."


@pytest.mark.django_db
def test_with_an_example_listing_all_goes(erin: User) -> None:
    activity = publish(make_activity(is_example=True))
    problem = told(activity)
    problems.finish(problem=problem, to="handled", by=erin, why="")
    Activity.objects.filter(pk=activity.pk).delete()
    assert (Problem.objects.count(), ProblemMove.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_an_answer_leaves_once(erin: User) -> None:
    problem = told(publish(make_activity(title="Chess")), email="jo@example.com")
    same = Problem.objects.get(pk=problem.pk)
    assert problems.answer(problem=problem, words="You are right.", by=erin)
    assert not problems.answer(problem=same, words="Are you?", by=erin)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject, mail.secret) == (
        "jo@example.com",
        "What you told us about Chess",
        False,
    )
    assert "You are right." in mail.body
    problem.refresh_from_db()
    assert (problem.answer, problem.answered_by) == ("You are right.", erin)


@pytest.mark.django_db
def test_who_left_no_address_gets_no_answer(erin: User) -> None:
    assert not problems.answer(problem=told(publish(make_activity())), words="Hi.", by=erin)
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_an_address_is_forgotten_90_days_after_it_is_done_with(erin: User) -> None:
    activity = publish(make_activity())
    done, waiting = (told(activity, email="jo@example.com") for _time in range(2))
    problems.answer(problem=done, words="You are right.", by=erin)
    mail = OutgoingMail.objects.get()
    mail.move(MailStatus.FAILED)
    problems.finish(problem=done, to="handled", by=erin, why="")
    now = timezone.now()
    assert problems.wipe_addresses(now + timedelta(days=89)) == 0
    assert OutgoingMail.objects.count() == 1
    assert problems.wipe_addresses(now + timedelta(days=90, minutes=1)) == 1
    assert problems.wipe_addresses(now + timedelta(days=90, minutes=1)) == 0
    done.refresh_from_db()
    waiting.refresh_from_db()
    assert (done.email, done.answer, waiting.email) == ("", "You are right.", "jo@example.com")
    assert not OutgoingMail.objects.filter(to="jo@example.com").exists()


@pytest.mark.django_db
def test_a_place_that_is_hidden_leaves_no_word_of_where_it_is(erin: User) -> None:
    venue = publish(make_venue())
    problem = told(venue, words="The gate is in Weir Field Lane.", email="jo@example.com")
    problems.answer(problem=problem, words="In the Lane, indeed.", by=erin)
    problems.finish(problem=problem, to="handled", by=erin, why="Seen in the Lane.")
    OutgoingMail.objects.get().move(MailStatus.FAILED)
    venue.shown = "masked"
    listings.save(listing=venue, by=erin)
    problem.refresh_from_db()
    assert (problem.words, problem.answer, problem.moves.get().why) == ("", "", "")
    assert not OutgoingMail.objects.exists()


def test_the_answer_is_written_in_the_wide_part_of_its_page(
    client_of: Callable[[str], Client],
) -> None:
    problem = told(publish(make_activity()), email="jo@example.com")
    page = client_of("erin").get(url(problem, "change")).content.decode()
    wide, _aside, beside = page.partition("<aside")
    assert ('id="answer-words"' in wide, 'id="answer-words"' in beside) == (True, False)


@pytest.mark.django_db
def test_gone_back_and_pressed_again_it_is_the_same_problem() -> None:
    activity = publish(make_activity())
    # The page is made anew, with another key: the words are still in it.
    for _press in range(3):
        Client().post(page_of(activity), sent(email="jo@example.com"))
    assert Problem.objects.count() == 1
    for other in ({"email": "bea@example.com"}, {"words": "It is on Mondays now."}):
        Client().post(page_of(activity), sent(**{"email": "jo@example.com"} | other))
    Client().post(page_of(publish(make_activity(title="Other"))), sent(email="jo@example.com"))
    assert Problem.objects.count() == 4
