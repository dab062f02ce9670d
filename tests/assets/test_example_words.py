"""What the example district says, and that it reaches nobody."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from assets import example
from assets.models import Activity, Contact, Organisation
from assets.search.answer import search
from assets.search.query import Query
from tests.assets.test_example_district import said_by
from tests.guards.test_reading_age import grade

# Ofcom, "Telephone numbers for use in TV and radio drama programmes".
DRAMA_NUMBER = r"01632960\d{3}|07700900\d{3}|08081570\d{3}"
LOOKS_LIKE_A_NUMBER = r"(?<!\d)(?:\+44|0)\d(?:[ -]?\d){7,}"


def all_words() -> Iterator[tuple[str, list[str]]]:
    """What each listing says, in sentences."""
    fields = ("summary", "description", "first_visit", "getting_there", "hire", "meanwhile")
    for path in example.FOLDER.glob("**/*.toml"):
        file = tomllib.loads(path.read_text("utf-8"))
        rows = file["venue"] if "venue" in file else [file, *file.get("activity", [])]
        if "new" in file:
            rows = [row for one in file["new"] for row in (one["group"], *one["activity"])]
        for row in rows:
            said = [part for field in fields for part in row.get(field, "").split("\n")]
            sentences = [one for part in said for one in re.split(r"(?<=[.!?:;])\s+", part) if one]
            if sentences:
                yield row.get("title") or row["name"], sentences


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in example.FOLDER.glob("**/*.toml")}


def test_its_words_are_easy_to_read() -> None:
    """Each group, activity and venue by itself: one hard page would hide among a hundred."""
    hard = [(name, round(grade(said), 1)) for name, said in all_words() if grade(said) > 7.0]
    assert hard == []


@pytest.mark.usefixtures("example_district")
def test_numbers_and_addresses_reach_nobody(files: dict[str, str]) -> None:
    for contact in Contact.objects.all():
        good = {
            Contact.Kind.EMAIL: r"[a-z.]+@example\.org",
            Contact.Kind.WEB: r"https://example\.org/[a-z-]+",
        }.get(Contact.Kind(contact.kind), DRAMA_NUMBER)
        assert re.fullmatch(good, contact.value.replace(" ", "")), contact.value
    numbers = [one for text in files.values() for one in re.findall(LOOKS_LIKE_A_NUMBER, text)]
    assert numbers
    assert [one for one in numbers if not re.fullmatch(DRAMA_NUMBER, re.sub(r"\D", "", one))] == []


@pytest.mark.usefixtures("example_district")
def test_no_group_has_the_number_of_a_charity_or_company() -> None:
    assert said_by(Organisation, "charity_number") == {""}
    assert said_by(Organisation, "company_number") == {""}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("toddler stay and play", "Pebble and Wren stay and play"),
        ("youth club", "Friday Night Wharf youth club"),
        ("bereavement", "One to one after a death"),
        ("lift scheme", "The lift scheme"),
        ("young carers", "Young carers’ tea"),
        ("parents' workshop social media", "Phones at the Kitchen Table"),
        ("slow to talk", "Chatterbrook stay and talk"),
        ("autism", "The Quiet Brick Club"),
        ("LGBT", "Every Colour Wednesdays"),
        ("Polish", "Razem: play in Polish and English"),
    ],
)
@pytest.mark.usefixtures("example_district")
def test_it_answers_in_the_words_of_families(words: str, first: str) -> None:
    best = search(Query(words=words)).found[0]
    assert Activity.objects.get(search_row=best.row_id).title == first


@pytest.mark.usefixtures("example_district")
def test_a_day_for_home_educated_families_is_among_the_first_two() -> None:
    best = search(Query(words="home educated")).found[:2]
    titles = Activity.objects.filter(search_row__in=[one.row_id for one in best])
    assert "Satchel Day for home educated families" in titles.values_list("title", flat=True)
