"""What listings say of themselves, in the page's words."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from assets import words
from assets.models import Activity, Contact, Organisation, Place, TrustStatement, Venue
from tests.assets.make import make_organisation, make_trust_statement, make_venue

TODAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _on_the_third_of_november() -> Iterator[None]:
    with time_machine.travel("2026-11-03 12:00+00:00", tick=False):
        yield


def activity(**fields: Any) -> Activity:
    return Activity(**{"ways_to_take_part": ["in-person"], "cost": "free"} | fields)


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_in_words(parts: list[str], said: str) -> None:
    assert words.joined(parts) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Free"),
        ({"cost_note": "bring a cake"}, "Free (bring a cake)"),
        ({"help_with_cost": True}, "Free"),
        ({"cost": "donation"}, "Free, donations welcome"),
        ({"cost": "paid", "price": Decimal("4.00")}, "£4"),
        ({"cost": "paid", "price": Decimal("3.50")}, "£3.50"),
        ({"cost": "paid", "price": Decimal("3.5")}, "£3.50"),
        ({"cost": "paid", "price": Decimal("0.50")}, "50p"),
        ({"cost": "paid", "price": Decimal("100")}, "£100"),
        ({"cost": "paid", "price": Decimal("3.50"), "cost_note": "a family"}, "£3.50 a family"),
        ({"cost": "paid", "cost_note": "what you can"}, "what you can"),
        (
            {"cost": "paid", "price": Decimal(60), "cost_note": "a term", "help_with_cost": True},
            "£60 a term, help with the cost",
        ),
    ],
)
def test_the_cost_in_words(fields: dict[str, Any], said: str) -> None:
    assert words.cost_in_words(activity(**fields)) == said


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        (["in-person"], "Bakewell"),
        (["in-person", "online"], "Bakewell or online"),
        (["phone", "online", "in-person"], "Bakewell, online or by phone"),
    ],
)
@pytest.mark.parametrize("shown", list(Venue.Shown))
def test_where_in_words_is_the_village_and_never_the_venue(
    db: None, ways: list[str], said: str, shown: Venue.Shown
) -> None:
    venue = make_venue(shown=shown, name="Zanzibar Cottage", address="3 Testing Lane")
    assert words.where_in_words(activity(ways_to_take_part=ways, venue=venue)) == said


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        (["online"], "Online"),
        (["phone", "online"], "Online or by phone"),
        (["at-home"], "At your home"),
        (["at-home", "phone", "online"], "Online, by phone or at your home"),
    ],
)
def test_where_in_words_of_what_has_no_venue(ways: list[str], said: str) -> None:
    assert words.where_in_words(activity(ways_to_take_part=ways)) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("public", ""),
        (
            "masked",
            "This is somebody's home, so we show only the village. "
            "The group will tell you where it is.",
        ),
        (
            "told",
            "To keep people private, we show only the village. "
            "The group will tell you where it is when you join.",
        ),
    ],
)
def test_why_only_a_village_is_shown(shown: str, said: str) -> None:
    assert words.hidden_note(Venue(shown=shown, place=Place(name="Winster"))) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ""),
        (
            {"newcomers": "yes", "newcomers_said_on": TODAY},
            "Room for new people (the group told us on 3 November 2026)",
        ),
        (
            {"newcomers": "full", "newcomers_said_on": TODAY},
            "Full at the moment (the group told us on 3 November 2026)",
        ),
        (
            {"newcomers": "waiting", "newcomers_said_on": TODAY},
            "Waiting list (the group told us on 3 November 2026)",
        ),
        (
            {"newcomers": "waiting", "newcomers_said_on": TODAY, "waiting_weeks": 6},
            "Waiting list, about 6 weeks (the group told us on 3 November 2026)",
        ),
        (
            {"newcomers": "waiting", "newcomers_said_on": TODAY, "waiting_weeks": 1},
            "Waiting list, about 1 week (the group told us on 3 November 2026)",
        ),
    ],
)
def test_room_for_newcomers_is_said_with_its_date(fields: dict[str, Any], said: str) -> None:
    assert words.newcomers_in_words(activity(**fields)) == said


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ([], ""),
        (["self"], "you yourself"),
        (
            ["self", "school", "health"],
            "you yourself; school or college; a GP, health visitor or school nurse",
        ),
        (["any-worker"], "anyone who works with you"),
    ],
)
def test_who_can_refer(who: list[str], said: str) -> None:
    assert words.referrers_in_words(activity(who_can_refer=who)) == said


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("just-come", "Just come along"),
        ("ask-first", "Get in touch first"),
        ("book", "Book a place"),
        ("referral", "Somebody refers you"),
    ],
)
def test_how_to_come(how: str, said: str) -> None:
    assert words.how_to_come_in_words(activity(how_to_come=how)) == said


@pytest.mark.parametrize("shown", ["masked", "told"])
def test_nobody_just_comes_along_to_a_place_that_is_hidden(shown: str) -> None:
    hidden = activity(how_to_come="just-come", venue=Venue(shown=shown))
    assert words.how_to_come_in_words(hidden) == "Get in touch first"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Not checked yet"),
        (
            {"last_checked_on": TODAY, "last_checked_by": "team"},
            "Checked by our team on 3 November 2026",
        ),
        (
            {"last_checked_on": TODAY, "last_checked_by": "group"},
            "The group said on 3 November 2026 that this is right",
        ),
    ],
)
def test_when_it_was_checked_and_by_whom(fields: dict[str, Any], said: str) -> None:
    assert words.checked_in_words(Organisation(**fields)) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "safeguarding"}, "Safeguarding policy: seen by us on 3 November 2026"),
        (
            {"kind": "insurance", "stance": "told"},
            "Insurance: the group told us on 3 November 2026",
        ),
        (
            {"kind": "ofsted", "name": "EY123456"},
            "Ofsted registration (EY123456): seen by us on 3 November 2026",
        ),
        (
            {"kind": "dbs", "stance": "told"},
            "The group tells us that everyone whose role needs a DBS check has one "
            "(told us on 3 November 2026)",
        ),
    ],
)
def test_a_trust_statement_is_one_dated_sentence(fields: dict[str, Any], said: str) -> None:
    statement = TrustStatement(**{"stance": "seen", "stated_on": TODAY} | fields)
    assert words.trust_in_words(statement) == said


def test_nothing_is_called_safe_or_approved() -> None:
    every = [
        words.trust_in_words(TrustStatement(kind=kind, stance=stance, stated_on=TODAY))
        for kind in TrustStatement.Kind
        for stance in (TrustStatement.Stance.SEEN, TrustStatement.Stance.TOLD)
    ]
    said = " ".join(every).lower().replace("safeguarding", "")
    assert ("safe" in said, "approved" in said) == (False, False)


def test_what_has_run_out_or_was_never_asked_is_not_shown(db: None) -> None:
    group = make_organisation()
    sound: dict[str, dict[str, Any]] = {
        "safeguarding": {},
        "insurance": {"expires_on": date(2026, 11, 4)},
        "dbs": {"stance": "told"},
    }
    for kind, fields in sound.items():
        make_trust_statement(group, kind=kind, **{"stated_on": date(2026, 1, 5)} | fields)
    for kind, expires_on in (("first-aid", TODAY), ("quality-mark", date(2026, 2, 1))):
        make_trust_statement(
            group, kind=kind, name="Mark", stated_on=date(2026, 1, 5), expires_on=expires_on
        )
    make_trust_statement(group, kind="ofsted", stance="not-asked", stated_on=None)
    assert [one.kind for one in group.trust.current()] == ["dbs", "insurance", "safeguarding"]


def test_what_runs_out_at_midnight_runs_out_at_midnight_in_derbyshire(db: None) -> None:
    """Summer time: in Greenwich it is still the day before."""
    group = make_organisation()
    make_trust_statement(group, stated_on=date(2026, 1, 5), expires_on=date(2026, 7, 1))
    with time_machine.travel("2026-06-30 22:59+00:00", tick=False):
        assert group.trust.current().count() == 1
    with time_machine.travel("2026-06-30 23:00+00:00", tick=False):
        assert group.trust.current().count() == 0


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ([], ""),
        ([("insurance", "told")], ""),
        ([("safeguarding", "seen")], "safeguarding policy seen"),
        (
            [("safeguarding", "seen"), ("insurance", "seen"), ("dbs", "told")],
            "safeguarding policy and insurance seen",
        ),
        ([("quality-mark", "seen"), ("quality-mark", "seen")], "quality mark seen"),
    ],
)
def test_trust_in_short_names_only_what_we_saw(
    statements: list[tuple[str, str]], said: str
) -> None:
    rows = [TrustStatement(kind=kind, stance=stance) for kind, stance in statements]
    assert words.trust_in_short(rows) == said


@pytest.mark.parametrize("number", ["01629 555 0123", "0162", "00441629555012", "+44 0162", "12"])
def test_a_number_that_cannot_ring_is_refused(number: str) -> None:
    contact = Contact(kind="phone", value=number)
    with pytest.raises(ValidationError, match="count its digits"):
        contact.clean()


@pytest.mark.parametrize("number", ["01632 960123", "07700 900123", "+44 1632 960123", "116 123"])
def test_a_number_that_can_ring_is_taken(number: str) -> None:
    Contact(kind="phone", value=number).clean()


def test_a_proof_says_until_when_it_is_good(db: None) -> None:
    """Held with the first day on which it does not count, said with the last on which it does."""
    one = make_trust_statement(
        make_organisation(),
        kind="insurance",
        stance="seen",
        stated_on=date(2026, 1, 5),
        expires_on=date(2027, 4, 1),
    )
    assert words.trust_in_words(one) == (
        "Insurance: seen by us on 5 January 2026, good until 31 March 2027"
    )
