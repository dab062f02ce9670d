"""What people write in a cell: understood, or told what would be."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assets.importing.problems import NotUnderstood
from assets.importing.reading import contacts, words
from assets.importing.reading.ages import Ages, find_ages, read_ages
from assets.importing.reading.costs import Price, read_cost, read_cost_in_words
from assets.importing.reading.dates import read_date
from assets.importing.reading.places import Places
from assets.importing.reading.times import read_times
from assets.importing.reading.words import Choices

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "ages"),
    [
        ("11+", Ages(132)),
        ("11 plus", Ages(132)),
        ("5 years upwards", Ages(60)),
        ("from 5", Ages(60)),
        ("over 5s", Ages(60)),
        ("Age 18 or over", Ages(216)),
        ("adults", Ages(216)),
        ("4 to 18", Ages(48, 228)),
        ("4-18", Ages(48, 228)),
        ("Ages 4 – 18 years", Ages(48, 228)),
        ("children aged 5 to 11", Ages(60, 144)),
        ("8 to 11 year olds", Ages(96, 144)),
        ("18 months–3", Ages(18, 48)),
        ("6-12 months", Ages(6, 13)),
        ("6 weeks to 6 months", Ages(1, 7)),
        ("2½ to 4", Ages(30, 60)),
        ("under 5s", Ages(0, 60)),
        ("under-5s", Ages(0, 60)),
        ("up to 18", Ages(0, 228)),
        ("16 and under", Ages(0, 204)),
        ("0-5", Ages(0, 72)),
        ("birth to 5", Ages(0, 72)),
        ("newborn to 18 months", Ages(0, 19)),
        ("pregnancy to 2", Ages(0, 36, in_pregnancy=True)),
        ("bump to 2", Ages(0, 36, in_pregnancy=True)),
        ("pregnancy", Ages(0, 1, in_pregnancy=True)),
        ("11", Ages(132, 144)),
        ("Years 7-11", Ages(132, 204)),
        ("Year 6", Ages(120, 144)),
        ("all ages", Ages()),
        ("any age", Ages()),
    ],
)
def test_ages(typed: str, ages: Ages) -> None:
    assert read_ages(typed) == ages


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "teens",
        "18 to 4",
        "999",
        "5-7 and 8-11",
        "Age 21-60, detoxed",
        "11.7",
        "²",
        "2026-04-18",
    ],
)
def test_ages_that_are_not_understood(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read_ages(typed)


def said(typed: str) -> list[str]:
    """Each rule in few words: “weekly 1 18:00–19:30 term”."""
    found = []
    for one in read_times(typed, TODAY):
        which = [one.week_of_month] if one.week_of_month else []
        days = [str(day) for day in one.dates or [*which, one.weekday]]
        parts = [str(one.frequency), *days, f"{one.starts_at:%H:%M}–{one.ends_at:%H:%M}"]
        parts += [str(one.time_of_year)] if one.time_of_year != "all-year" else []
        parts += [str(one.on_bank_holidays)] if one.on_bank_holidays != "ask" else []
        parts += [f"from {one.starts_on}"] if one.starts_on else []
        parts += [f"before {one.ends_before}"] if one.ends_before else []
        found.append(" ".join(parts))
    return found


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ("Tuesdays 6-7.30pm term time", ["weekly 1 18:00–19:30 term"]),
        ("Thursday 4.30pm – 6pm (term-time only)", ["weekly 3 16:30–18:00 term"]),
        ("weekends 10-4 (school holidays only)",
         ["weekly 5 10:00–16:00 holidays", "weekly 6 10:00–16:00 holidays"]),
        ("Mon & Wed 10:00–11:30", ["weekly 0 10:00–11:30", "weekly 2 10:00–11:30"]),
        ("Mon 10-11.30am, Wed 1-2pm", ["weekly 0 10:00–11:30", "weekly 2 13:00–14:00"]),
        ("Monday 08:00-12:00; Monday 14:00-4:00 PM",
         ["weekly 0 08:00–12:00", "weekly 0 14:00–16:00"]),
        ("Mon 10-11 and 1-2pm", ["weekly 0 10:00–11:00", "weekly 0 13:00–14:00"]),
        ("10-11.30 on Mondays", ["weekly 0 10:00–11:30"]),
        ("Mon-Fri 9-5", [f"weekly {day} 09:00–17:00" for day in range(5)]),
        ("Monday to Friday 9am to 5pm, not bank holidays",
         [f"weekly {day} 09:00–17:00 not" for day in range(5)]),
        ("Open every day 10-4", [f"weekly {day} 10:00–16:00" for day in range(7)]),
        ("Fri-Mon 10-4", [f"weekly {day} 10:00–16:00" for day in (4, 5, 6, 0)]),
        ("Sat 12-2", ["weekly 5 12:00–14:00"]),
        ("Sat 11-1", ["weekly 5 11:00–13:00"]),
        ("Tue 12 noon - 1pm", ["weekly 1 12:00–13:00"]),
        ("first Saturday of the month 10am-12", ["monthly 1 5 10:00–12:00"]),
        ("Last Friday of every month 18:00-20:00", ["monthly -1 4 18:00–20:00"]),
        ("1st and 3rd Wednesday 1-3pm", ["monthly 1 2 13:00–15:00", "monthly 3 2 13:00–15:00"]),
        ("every other Tuesday 6-7pm from 3 November 2026",
         ["fortnightly 1 18:00–19:00 from 2026-11-03"]),
        ("5 Dec 2026 2-4pm", ["dates 2026-12-05 14:00–16:00"]),
        ("5/12/26 and 12/12/26 2-4pm", ["dates 2026-12-05 2026-12-12 14:00–16:00"]),
        ("Mondays 10-11 until 18 December", ["weekly 0 10:00–11:00 before 2026-12-19"]),
    ],
)  # fmt: skip
def test_times(typed: str, rules: list[str]) -> None:
    assert said(typed) == rules


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("every other Tuesday", "Say from when to when"),
        ("every other Tuesday 6-7pm", "Say a day on which it is on"),
        ("every other Tuesday 6-7pm from 4 November 2026", "The first day must fall on the day"),
        ("Tuesdays 6pm", "Say until when"),
        ("6-7pm", "Say on which day"),
        ("Tuesdays 6-7.30", "“6-7.30”: is that morning or evening?"),
        ("Fri 7pm-6pm", "“7pm-6pm” ends before it starts."),
        ("Fri 25:00-26:00", "“25:00-26:00” is no time of day."),
        ("monthly Saturday 1-3pm", "Say which one of the month"),
        ("Wed 3.15-4.15pm and Thurs", "The last day has no time"),
        ("by appointment", "We do not understand “by”."),
        ("Tuesdays 6-7pm outside term time", "We do not understand “outside”."),
        ("31 February 2027 1-2pm", "There is no such day"),
        (";", "Write times such as"),
    ],
)
def test_times_that_are_not_understood(typed: str, says: str) -> None:
    with pytest.raises(NotUnderstood) as why:
        read_times(typed, TODAY)
    assert str(why.value).startswith(says)


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        ("free", Price("free")),
        ("Free.", Price("free")),
        ("£0", Price("free")),
        ("None.", Price("free")),
        ("Free for members", Price("free", cost_note="for members")),
        ("donation", Price("donation")),
        ("Free, donations welcome", Price("donation")),
        ("suggested donation £2", Price("donation", cost_note="suggested donation £2")),
        ("£2.50 a session", Price("paid", Decimal("2.50"), "a session")),
        ("£4/session", Price("paid", Decimal(4), "a session")),
        ("£1,200 a term", Price("paid", Decimal(1_200), "a term")),
        ("£12000 a year", Price("paid", Decimal(12_000), "a year")),
        ("£3,5 a session", Price("paid", None, "£3,5 a session")),
        ("£1234567 in all", Price("paid", None, "£1234567 in all")),
        ("£5, concessions £3", Price("paid", Decimal(5), "concessions £3")),
        ("2.50", Price("paid", Decimal("2.50"))),
        ("50p", Price("paid", Decimal("0.5"))),
        ("£3-£5", Price("paid", None, "£3-£5")),
        ("From £5", Price("paid", None, "From £5")),
        ("First one free, then £4", Price("paid", None, "First one free, then £4")),
    ],
)
def test_costs(typed: str, price: Price) -> None:
    assert read_cost(typed) == price


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        ("None.", Price("free")),
        ("£2.50 a session", Price("paid", Decimal("2.50"), "a session")),
        ("None. Donations requested.", Price("donation", cost_note="Donations requested.")),
        ("None, except for permits.", Price("free", cost_note="except for permits.")),
        ("Vary with income ($5-$90).", Price("paid", None, "Vary with income ($5-$90).")),
        ("Dear. " + "x" * 130, Price("paid", None, "Dear.")),
    ],
)
def test_costs_in_any_words(typed: str, price: Price) -> None:
    assert read_cost_in_words(typed) == price


@pytest.mark.parametrize("typed", ["varies", "$60", "ask", "£2 " + "x" * 130])
def test_costs_that_are_not_understood(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read_cost(typed)


@pytest.mark.parametrize(
    ("read", "typed", "values"),
    [
        (contacts.read_phones, "01632 960123 (Jo, weekdays or Sat), 07700 900123",
         [("01632 960123", "Jo, weekdays or Sat"), ("07700 900123", "")]),
        (contacts.read_phones, "Tel: 01632-960-123 (ask for Jo); 07700 900123",
         [("01632 960 123", "ask for Jo"), ("07700 900123", "")]),
        (contacts.read_phones, "+44 (0)1632 960123", [("+44 1632 960123", "")]),
        (contacts.read_phones, "(01632) 960123", [("01632 960123", "")]),
        (contacts.read_emails, "mailto:jo@example.org", [("jo@example.org", "")]),
        (contacts.read_webs, "www.example.org/x", [("https://www.example.org/x", "")]),
        (contacts.read_webs, "http://a.example.org, example.org",
         [("http://a.example.org", ""), ("https://example.org", "")]),
    ],
)  # fmt: skip
def test_contacts(read: Callable[[str], Any], typed: str, values: list[tuple[str, str]]) -> None:
    assert [(one["value"], one["label"]) for one in read(typed)] == values


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (contacts.read_phones, "650 780-7525"),
        (contacts.read_phones, "01632 96012 x"),
        (contacts.read_phones, "٠١٦٣٢٩٦٠١٢٣"),
        (contacts.read_emails, "jo at example"),
        (contacts.read_webs, "@example"),
        (contacts.read_webs, "javascript:alert(1)"),
        (words.read_yes_or_no, "perhaps"),
        (words.read_number, "six"),
        (words.read_number, "²"),
        (words.one_line(3), "four"),
    ],
)
def test_what_is_not_understood(read: Callable[[str], Any], typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "is_yes"), [("Yes", True), ("Y", True), ("no.", False), ("-", False)]
)
def test_yes_and_no(typed: str, is_yes: bool) -> None:
    assert words.read_yes_or_no(typed) is is_yes


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3 November 2026", date(2026, 11, 3)),
        ("3/11/2026", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("Tue 3rd Nov", date(2026, 11, 3)),
        ("1 March", date(2027, 3, 1)),
    ],
)
def test_dates(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


def test_choices_are_known_by_name_and_by_address_and_may_have_commas() -> None:
    known = Choices({"mixed": "Black, Asian and more", "girls": "Girls", "boys": "Boys"})
    assert known.several("girls, Boys") == ["girls", "boys"]
    assert known.several("Black, Asian and more; GIRLS; girls") == ["mixed", "girls"]
    with pytest.raises(NotUnderstood) as why:
        known.several("girls; dragons")
    assert str(why.value) == "Write one of these: Black, Asian and more; Girls; Boys."


def test_a_long_text_is_cut_after_a_sentence() -> None:
    assert words.first_sentences(20)("One two. Three four five six.") == "One two."
    assert words.first_sentences(12)("One two three four.") == "One two…"


@pytest.mark.django_db
def test_postcodes_several_in_a_cell() -> None:
    cells = ["de451dy", "DE45 1DY; DE4 3LY and DE45 1DY", "DE45 1DY DE4 3LY", "at DE4 3LY"]
    places = Places.for_cells(cells)
    assert [places.postcodes(cell) for cell in cells] == [
        ["DE45 1DY"],
        ["DE45 1DY", "DE4 3LY"],
        ["DE45 1DY", "DE4 3LY"],
        ["DE4 3LY"],
    ]
    assert places.nearest_village("DE45 1DY") == "bakewell"
    assert places.village("matlock bath") == "matlock-bath"
    assert places.area("derbyshire dales") == "E07000035"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Age 55 or over for most of it, age 60 or over for lunch", "Age 55 or over"),
        ("Age 21-60, physically able", "Age 21-60"),
        ("Families with children aged 5 to 11, on a low income", "aged 5 to 11"),
        ("Up to 20 people with a library card", ""),
    ],
)
def test_ages_in_a_sentence(sentence: str, found: str) -> None:
    assert find_ages(sentence) == found
