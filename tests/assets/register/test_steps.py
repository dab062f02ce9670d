"""Each step keeps what was typed, says what is wrong beside it, and never more than was changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assets.models import Proposal
from assets.words import long_date
from tests.assets.make import make_venue, publish
from tests.assets.register.writer import (
    ABOUT,
    TUESDAYS,
    WHAT,
    Writer,
    begun,
    hidden,
    rows,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Proposal:
    return begun()


@pytest.fixture
def jo(proposal: Proposal) -> Writer:
    return Writer.of(proposal)


def said(proposal: Proposal, part: str) -> dict[str, Any]:
    proposal.refresh_from_db()
    values: dict[str, Any] = proposal.said[part]
    return values


def test_what_is_typed_is_kept_and_shown_again(jo: Writer, proposal: Proposal) -> None:
    answer = jo.save("group/about", **ABOUT, description="First line\r\nSecond line")
    assert answer["Location"] == f"{jo.form}group/contact/"
    assert said(proposal, "group") == ABOUT | {"description": "First line\nSecond line"}
    assert 'value="Kite Club"' in jo.get("group/about/").content.decode()


def test_what_is_left_empty_is_saved_too(jo: Writer, proposal: Proposal) -> None:
    assert jo.save("group/about", name="Kite Club").status_code == 302
    assert said(proposal, "group") == {"name": "Kite Club"}
    assert "About the group : Kite Club To do" in words(jo.get())


def test_a_wrong_number_is_told_beside_the_field_and_nothing_is_lost(
    jo: Writer, proposal: Proposal
) -> None:
    answer = jo.save("group/contact", phone="banana", web="kites.example.org")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("Write a phone number such as 01632 960123") == 2
    assert 'href="#id_phone"' in page
    assert 'value="banana"' in page
    assert 'value="kites.example.org"' in page
    assert said(proposal, "group") == {}


def test_the_ways_to_reach_a_group(jo: Writer, proposal: Proposal) -> None:
    jo.save(
        "group/contact",
        phone="01632960123; 01632 960124 (evenings)",
        email="kites@example.org",
        ask_for="Jo",
        web="kites.example.org",
    )
    assert said(proposal, "group") == {
        "contacts.phone": [
            {"kind": "phone", "value": "01632960123", "label": "Jo"},
            {"kind": "phone", "value": "01632 960124", "label": "evenings"},
        ],
        "contacts.email": [{"kind": "email", "value": "kites@example.org", "label": ""}],
        "contacts.web": [{"kind": "web", "value": "https://kites.example.org", "label": ""}],
    }


def test_trust_is_told_us_today(jo: Writer, proposal: Proposal) -> None:
    today = timezone.localdate()
    last = today + timedelta(days=200)
    jo.save("group/trust", insurance="on", insurance_until=long_date(last), dbs="on", ofsted="EY1")
    told = {"stance": "told", "stated_on": today.isoformat()}
    until = (last + timedelta(days=1)).isoformat()
    assert said(proposal, "group")["trust"] == [
        {"kind": "insurance", "name": "", "expires_on": until} | told,
        {"kind": "dbs", "name": "", "expires_on": None} | told,
        {"kind": "ofsted", "name": "EY1", "expires_on": None} | told,
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"insurance": "on", "insurance_until": "1 May 2020"}, "That day has passed."),
        ({"insurance_until": "1 May 2099"}, "Tick this too, or leave the day out."),
        ({"insurance": "on", "insurance_until": "soon"}, "Write a day such as 3 November 2026"),
    ],
)
def test_trust_that_cannot_be(jo: Writer, typed: dict[str, str], says: str) -> None:
    assert says in words(jo.save("group/trust", **typed))


def test_several_days_at_once_and_another_time(jo: Writer, proposal: Proposal) -> None:
    part = jo.add()
    last = {"often": "monthly:-1", "days": ["5"], "starts": "10 am", "ends": "noon"}
    jo.save(f"{part}/when", **rows(TUESDAYS | {"days": ["1", "3"], "year": "term"}, last))
    assert [
        (one["frequency"], one["weekday"], one["week_of_month"], one["starts_at"])
        for one in said(proposal, part)["schedules"]
    ] == [
        ("weekly", 1, None, "16:00:00"),
        ("weekly", 3, None, "16:00:00"),
        ("monthly", 5, -1, "10:00:00"),
    ]
    assert "Tuesdays, 4 pm to 5.30 pm, in term time" in words(jo.get())


def test_single_dates(jo: Writer, proposal: Proposal) -> None:
    part = jo.add()
    row = {"often": "dates", "dates": "5 December 2026 and 12/12/2026"}
    jo.save(f"{part}/when", **rows(row | {"starts": "10:00", "ends": "12:00"}))
    (only,) = said(proposal, part)["schedules"]
    assert (only["frequency"], only["dates"]) == ("dates", ["2026-12-05", "2026-12-12"])


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"starts": "4 pm", "ends": "5 pm"}, "Say on which day."),
        ({"days": ["1"]}, "Say when it starts."),
        ({"days": ["1"], "starts": "4 pm"}, "Say when it ends."),
        ({"days": ["1"], "starts": "7", "ends": "8"}, "Morning or evening?"),
        ({"days": ["1"], "starts": "tea", "ends": "5 pm"}, "Write a time like 6 pm"),
        (TUESDAYS | {"often": "fortnightly"}, "Give a day on which it is on"),
        (
            TUESDAYS | {"often": "fortnightly", "first": "4 November 2026"},
            "That falls on another day of the week.",
        ),
        (TUESDAYS | {"often": "dates"}, "Write the dates."),
        (TUESDAYS | {"dates": "5 December 2026"}, "choose “Only on single dates”"),
        (TUESDAYS | {"first": "2 June 2027", "last": "1 June 2027"}, "must come after the first"),
    ],
)
def test_times_that_cannot_be(
    jo: Writer, proposal: Proposal, row: dict[str, Any], says: str
) -> None:
    part = jo.add()
    assert says in words(jo.save(f"{part}/when", **rows(row)))
    assert said(proposal, part) == {}


@pytest.mark.parametrize(
    ("starts", "ends", "clock"),
    [
        ("6", "7.30", ("18:00:00", "19:30:00")),
        ("4", "5.30 pm", ("16:00:00", "17:30:00")),
        ("10", "12", ("10:00:00", "12:00:00")),
        ("11", "1", ("11:00:00", "13:00:00")),
        ("9", "5", ("09:00:00", "17:00:00")),
        ("18:00", "19:30", ("18:00:00", "19:30:00")),
        ("6 am", "7", ("06:00:00", "07:00:00")),
    ],
)
def test_a_bare_hour_is_read_as_a_person_would(
    jo: Writer, proposal: Proposal, starts: str, ends: str, clock: tuple[str, str]
) -> None:
    part = jo.add()
    jo.save(f"{part}/when", **rows({"days": ["1"], "starts": starts, "ends": ends}))
    (only,) = said(proposal, part)["schedules"]
    assert (only["starts_at"], only["ends_at"]) == clock


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("6", "5"), ("8", "9"), ("8", "6"), ("6", "2")],
)
def test_times_that_are_not_clear_are_asked_about_beside_both_fields(
    jo: Writer, proposal: Proposal, starts: str, ends: str
) -> None:
    part = jo.add()
    answer = jo.save(f"{part}/when", **rows({"days": ["1"], "starts": starts, "ends": ends}))
    page = answer.content.decode()
    assert page.count("Morning or evening? Write it with am or pm, like 6 pm.") == 2
    assert page.count("It must end after it starts, on that day. Write it like 7.30 pm.") == 2
    assert ('href="#id_starts_0"' in page, 'href="#id_ends_0"' in page) == (True, True)
    assert said(proposal, part) == {}


@pytest.mark.parametrize(
    ("starts", "ends"), [("7 pm", "6"), ("6 pm", "5 pm"), ("11pm", "1am"), ("18:00", "18:00")]
)
def test_where_it_is_clear_when_it_starts_only_its_end_is_asked_about(
    jo: Writer, proposal: Proposal, starts: str, ends: str
) -> None:
    part = jo.add()
    answer = jo.save(f"{part}/when", **rows({"days": ["1"], "starts": starts, "ends": ends}))
    page = answer.content.decode()
    assert page.count("Does it go on past midnight? Write 11.59 pm.") == 2
    assert ("Morning or evening?" in page, said(proposal, part)) == (False, {})


def test_two_bad_times_are_both_marked(jo: Writer) -> None:
    part = jo.add()
    answer = jo.save(f"{part}/when", **rows({"days": ["1"], "starts": "tea", "ends": "25"}))
    assert answer.content.decode().count("Write a time like 6 pm, 7.30 pm or 18:30.") == 4


def test_one_more_time_keeps_what_was_typed(jo: Writer) -> None:
    part = jo.add()
    answer = jo.save(f"{part}/when", **rows({"days": ["1"], "starts": "half-typed"}), do="more")
    page = answer.content.decode()
    assert 'name="starts_3"' in page
    assert 'value="half-typed"' in page
    assert "There is a problem" not in page


def test_a_hall_is_found_by_its_name_and_chosen(jo: Writer, proposal: Proposal) -> None:
    hall = publish(make_venue(name="Weir Field Hall"))
    part = jo.add()
    found = jo.save(f"{part}/where", find="weir feild", do="find")
    assert f'value="{hall.pk}"' in found.content.decode()
    assert jo.save(f"{part}/where", at=str(hall.pk)).status_code == 302
    assert said(proposal, part) == {"ways_to_take_part": ["in-person"], "venue": str(hall.pk)}


@pytest.mark.parametrize("typed", ["DE45 1DY", "de451dy", "Bakewell", "Starling"])
def test_a_hidden_place_is_never_found(jo: Writer, typed: str) -> None:
    hidden = publish(make_venue(name="Starling Cottage", shown="masked"))
    part = jo.add()
    page = jo.save(f"{part}/where", find=typed, do="find").content.decode()
    assert str(hidden.pk) not in page
    answer = jo.save(f"{part}/where", at=str(hidden.pk))
    assert "Choose from the list." in words(answer)


def test_a_new_place(jo: Writer, proposal: Proposal) -> None:
    part = jo.add()
    jo.save(f"{part}/where", at="new", name="Moor Hut", address="The Moor", postcode="de451dy")
    assert said(proposal, part) == {
        "ways_to_take_part": ["in-person"],
        "new_venue": {
            "name": "Moor Hut",
            "shown": "public",
            "address": "The Moor",
            "postcode": "DE45 1DY",
            "place": "bakewell",
        },
    }


def test_of_a_home_only_the_village_is_kept(jo: Writer, proposal: Proposal) -> None:
    part = jo.add()
    home = {"at": "home", "village": "Youlgrave"}
    jo.save(f"{part}/where", **home, name="Our house", address="1 Lane", postcode="DE45 1DY")
    assert said(proposal, part)["new_venue"] == {"shown": "masked", "place": "youlgreave"}
    page = jo.get(f"{part}/where/").content.decode()
    assert ("Our house" in page, "1 Lane" in page, "DE45 1DY" in page) == (False, False, False)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"at": "new"}, "Write the whole postcode, like DE4 3AB."),
        ({"at": "new", "postcode": "DE45 1DY"}, "Say what the place is called."),
        ({"at": "home"}, "Say which town or village it is in."),
        ({"at": "home", "village": "Atlantis"}, "We do not know this town or village."),
        ({"at": "home", "village": "Abney"}, "Everybody would know the house."),
    ],
)
def test_places_that_cannot_be(
    jo: Writer, proposal: Proposal, typed: dict[str, Any], says: str
) -> None:
    part = jo.add()
    assert says in words(jo.save(f"{part}/where", **typed))
    assert said(proposal, part) == {}


@pytest.mark.parametrize(
    ("low", "high", "months"),
    [
        ("6 months", "4", (6, 60)),
        ("", "11", (0, 144)),
        ("13", "", (156, None)),
        ("", "", (0, None)),
        ("18 months", "36 months", (18, 37)),
    ],
)
def test_ages(
    jo: Writer, proposal: Proposal, low: str, high: str, months: tuple[int, int | None]
) -> None:
    part = jo.add()
    jo.save(f"{part}/who", from_age=low, to_age=high, level="universal")
    values = {"age_from": 0, "age_before": None} | said(proposal, part)
    assert (values["age_from"], values["age_before"]) == months


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        ("banana", "", "Write an age such as 11"),
        ("4", "lots", "Write an age such as 11"),
        ("12", "4", "The upper age must be above the lower one."),
    ],
)
def test_ages_that_cannot_be(jo: Writer, low: str, high: str, says: str) -> None:
    part = jo.add()
    assert says in words(jo.save(f"{part}/who", from_age=low, to_age=high))


def test_room_is_dated_on_the_day_it_is_said(jo: Writer, proposal: Proposal) -> None:
    part = jo.add()
    jo.save(f"{part}/coming", cost="paid", price="2.5", newcomers="waiting", waiting_weeks="6")
    assert said(proposal, part) == {
        "cost": "paid",
        "price": "2.50",
        "newcomers": "waiting",
        "newcomers_said_on": timezone.localdate().isoformat(),
        "waiting_weeks": 6,
    }


def test_the_same_again_on_another_day(jo: Writer, proposal: Proposal) -> None:
    first = jo.add()
    jo.save(f"{first}/what", **WHAT)
    jo.save(f"{first}/when", **rows(TUESDAYS))
    answer = jo.post(do="again", part=first, **{"as": hidden(jo.get(), "as")})
    second = answer["Location"].removeprefix(jo.form).partition("/")[0]
    shown = jo.client.get(answer["Location"])
    page = shown.content.decode()
    assert f"This is a copy of “ {WHAT['title']} ”" in words(shown)
    assert ('value="4 pm"' in page, 'value="1" checked' in page) == (True, False)
    assert "schedules" not in said(proposal, second)
    as_copied = rows(TUESDAYS | {"days": []})
    unticked = jo.client.post(
        answer["Location"], as_copied | {"base": hidden(shown, "base"), "do": "next"}
    )
    assert "Say on which day." in words(unticked)
    jo.save(f"{second}/when", **rows(TUESDAYS | {"days": ["3"]}))
    proposal.refresh_from_db()
    assert [proposal.said[part]["title"] for part in (first, second)] == [WHAT["title"]] * 2
    days = [proposal.said[part]["schedules"][0]["weekday"] for part in (first, second)]
    assert days == [1, 3]


def test_a_copy_says_what_it_is_a_copy_of(jo: Writer) -> None:
    first = jo.add()
    jo.save(f"{first}/what", **WHAT)
    answer = jo.post(do="copy", part=first, **{"as": hidden(jo.get(), "as")})
    said = words(jo.client.get(answer["Location"]))
    assert "Give it a name of its own, so that families can tell the two apart." in said
    assert "This is a copy" not in words(jo.client.get(f"{jo.form}{first}/what/?like=new-99"))


MOOR_HUT = {"at": "new", "name": "Moor Hut", "address": "The Moor", "postcode": "DE45 1DY"}


def test_a_new_place_that_two_share_is_put_right_in_both(jo: Writer, proposal: Proposal) -> None:
    first = jo.add()
    jo.save(f"{first}/what", title="Kites for all")
    jo.save(f"{first}/where", **MOOR_HUT)
    second = jo.add("copy", first)
    assert "“Kites for all” meets there too." in words(jo.get(f"{second}/where/"))
    jo.save(f"{second}/where", **MOOR_HUT | {"name": "Moor Barn", "village": "Bakewell"})
    names = [said(proposal, part)["new_venue"]["name"] for part in (first, second)]
    assert names == ["Moor Barn", "Moor Barn"]
    proposal.refresh_from_db()
    assert [edit.part for edit in proposal.edits.all()][-2:] == [second, first]


def test_another_place_for_a_copy_leaves_the_first_as_it_is(jo: Writer, proposal: Proposal) -> None:
    first = jo.add()
    jo.save(f"{first}/where", **MOOR_HUT)
    second = jo.add("copy", first)
    third = jo.add("copy", first)
    other = {"name": "Weir Hall", "address": "", "postcode": "DE4 3AB", "village": ""}
    jo.save(f"{second}/where", **MOOR_HUT | other)
    jo.save(f"{third}/where", at="home", village="Youlgrave")
    places = [said(proposal, part)["new_venue"].get("name") for part in (first, second, third)]
    assert places == ["Moor Hut", "Weir Hall", None]


def test_where_people_met_counts_no_more_once_it_is_only_online(
    jo: Writer, proposal: Proposal
) -> None:
    part = jo.add()
    assert jo.save(f"{part}/where", **MOOR_HUT, ways=["online"]).status_code == 302
    assert said(proposal, part) == {"ways_to_take_part": ["online"]}


def test_what_is_wrong_stands_at_the_top_of_the_page(jo: Writer) -> None:
    part = jo.add()
    page = jo.get(f"{part}/where/").content.decode()
    assert f'<form id="step-form" method="post" action="{jo.form}{part}/where/" novalidate>' in page


def test_leaving_an_activity_out_is_asked_once_more(jo: Writer, proposal: Proposal) -> None:
    part = jo.add()
    assert "Leave out" in words(jo.post(do="drop", part=part))
    assert list(said(proposal, "group")) == []
    assert part in proposal.said
    jo.post(do="drop", part=part, sure="yes")
    proposal.refresh_from_db()
    assert part not in proposal.said
