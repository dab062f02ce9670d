"""What a person typed, read: the place, the day, the age and the cost come out of the words."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.ages import read_age
from assets.models import Place
from assets.places.resolve import Resolved, resolve
from assets.places.words import plain
from assets.understanding.place_names import _data, names
from assets.understanding.reading import Understood, understand

pytestmark = pytest.mark.django_db

# A Sunday.
TODAY = date(2026, 11, 22)
MONDAY, TUESDAY, FRIDAY = "2026-11-23", "2026-11-24", "2026-11-27"
SEARCHES = {
    "football bakewell saturday": Understood("football", "Bakewell", ("saturday",)),
    "toddler group in matlock tuesday morning": Understood(
        "toddler group", "Matlock", (TUESDAY,), ("morning",)
    ),
    "things to do this weekend near DE4 3AB": Understood("things to do", "DE4 3AB", ("weekend",)),
    "free stuff for 3 year old ashbourne half term": Understood(
        "stuff", "Ashbourne", ("holidays",), age="3", cost=("free",)
    ),
    "": Understood(),
    "   ": Understood(),
    "football": Understood("football"),
    # Places.
    "swimming Matlock Bath": Understood("swimming", "Matlock Bath"),
    "swimming matlock, bath": Understood("swimming", "Matlock Bath"),
    "in the Bakewell area": Understood("", "Bakewell"),
    "youth club close to wirksworth": Understood("youth club", "Wirksworth"),
    "within 5 miles of tideswell": Understood("", "Tideswell", within=5),
    "lift from Youlgrave": Understood("lift", "Youlgreave"),
    "cubs chapel-en-le-frith": Understood("cubs", "Chapel-en-le-Frith"),
    "hope after loss": Understood("hope after loss"),
    "youth club in hope": Understood("youth club", "Hope"),
    "hope valley": Understood(),
    "flash mob dance": Understood("flash mob dance"),
    "choir near flash": Understood("choir", "Flash"),
    "robin hood play": Understood("robin hood play"),
    "over haddon brownies": Understood("brownies", "Over Haddon"),
    "sleep over": Understood("sleep over"),
    "leek youth theatre": Understood("youth theatre", "Leek"),
    "near bakewel": Understood("", "Bakewell"),
    "bakewel": Understood("bakewel"),
    "guides at wirkswroth": Understood("guides", "Wirksworth"),
    "stuck in winter": Understood("stuck in winter"),
    "scared of school": Understood("scared of school"),
    "groups in middleton": Understood("groups in middleton"),
    "bakewell tart baking": Understood("bakewell tart baking"),
    "sheffield wednesday football": Understood("sheffield wednesday football"),
    '"bakewell" show': Understood('"bakewell" show'),
    "“football on saturday” ashbourne": Understood("“football on saturday”", "Ashbourne"),
    "football -bakewell": Understood("football -bakewell"),
    "drama bakewell or matlock": Understood("drama", "Bakewell"),
    "bus from bakewell to buxton": Understood("bus to buxton", "Bakewell"),
    "football Derbyshire": Understood("football"),
    "choirs in the Derbyshire Dales": Understood("choirs"),
    "peak district": Understood(),
    "walking in the peak district": Understood("walking"),
    "Two Dales football": Understood("football", "Two Dales"),
    "football near me": Understood("football"),
    "local choir": Understood("choir"),
    "clubs round here": Understood("clubs"),
    "help nearby": Understood("help"),
    "rugby": Understood("rugby"),
    "reading": Understood("reading"),
    # Postcodes.
    "de43ab": Understood("", "DE4 3AB"),
    "yoga DE4  3AB": Understood("yoga", "DE4 3AB"),
    "yoga in de45": Understood("yoga", "DE45"),
    "scouts near DE4 3": Understood("scouts", "DE4 3"),
    "scouts SW1A 1AA": Understood("scouts", "SW1A 1AA"),
    "ks2 maths": Understood("maths", age="9"),
    "football under 10s": Understood("football", age="9"),
    "u13 football": Understood("football", age="12"),
    "social group 18 plus": Understood("social group", age="18"),
    "volunteering 16-25": Understood("volunteering", age="20"),
    "nature 11 to 16": Understood("nature", age="13"),
    "sixth form careers": Understood("careers", age="17"),
    "youth club bakewell 14": Understood("youth club", near="Bakewell", age="14"),
    "bus route 6": Understood("bus route 6"),
    "boxing cheap": Understood("boxing", cost=("free", "help")),
    "guitar not too expensive": Understood("guitar", cost=("free", "help")),
    "art that doesn't cost a fortune": Understood("art", cost=("free", "help")),
    # Days and times.
    "today": Understood("", when=("today",)),
    "what's on tomorrow": Understood("", when=("tomorrow",)),
    "what is there in Bakewell today": Understood("", "Bakewell", when=("today",)),
    "football within 5 miles of Bakewell": Understood("football", "Bakewell", within=5),
    "football within 4 miles of Bakewell": Understood("football", "Bakewell", within=5),
    "football 15 km from Bakewell": Understood("football", "Bakewell", within=10),
    "up to 90 miles from Bakewell": Understood("", "Bakewell", within=20),
    "a mile from Bakewell": Understood("", "Bakewell", within=1),
    "within 20 minutes of Bakewell": Understood("", "Bakewell"),
    "5 mile run": Understood("5 mile run"),
    "sunday": Understood("", when=("sunday",)),
    "art sat or sun": Understood("art", when=("saturday", "sunday")),
    "she sat alone": Understood("she sat alone"),
    "football on monday": Understood("football", when=(MONDAY,)),
    "football tuseday": Understood("football", when=(TUESDAY,)),
    "football next tuesday": Understood("football", when=(TUESDAY,)),
    "this week": Understood("", when=("week",)),
    "next week": Understood("", when=("next-week",)),
    "friday night youth club": Understood("youth club", when=(FRIDAY,), time=("evening",)),
    "film night": Understood("film night"),
    "5th december": Understood("", when=("2026-12-05",)),
    "saturday 5 december craft": Understood("craft", when=("2026-12-05",)),
    "craft 5/12/2026": Understood("craft", when=("2026-12-05",)),
    "craft 2026-12-05": Understood("craft", when=("2026-12-05",)),
    "3 march": Understood("", when=("2027-03-03",)),
    "31 february": Understood("31 february"),
    "help 24/7": Understood("help 24/7"),
    "easter holidays": Understood("", when=("holidays",)),
    "things for kids in the summer holidays": Understood("things for kids", when=("holidays",)),
    "holiday club": Understood("club", when=("holidays",)),
    "family holiday": Understood("family holiday"),
    "after school club": Understood("club", time=("after-school",)),
    "tonight": Understood("", when=("today",), time=("evening",)),
    "this afternoon": Understood("", when=("today",), time=("afternoon",)),
    "coffee morning": Understood("coffee morning"),
    "sunday school": Understood("sunday school"),
    "class at 6pm": Understood("class", time=("evening",)),
    # Ages.
    "my 18 month old": Understood("", age="18 months"),
    "4-year-old won’t talk": Understood("won’t talk", age="4"),
    "7yo swimming": Understood("swimming", age="7"),
    "swimming age 7": Understood("swimming", age="7"),
    "judo aged 11": Understood("judo", age="11"),
    "three year old": Understood("", age="3"),
    "8 week old baby": Understood("baby", age="8 weeks"),
    "hes 9 and lonely": Understood("lonely", age="9"),
    "my daughter is 13": Understood("my daughter", age="13"),
    "8-11 year olds": Understood("", age="9"),
    "3 year old and 7 year old": Understood(""),
    "my 3 and 5 year olds": Understood(""),
    "moving from year 6 to year 7": Understood("moving from year 6 to year 7"),
    "activities for 18 months": Understood("activities", age="18 months"),
    "year 7 transition": Understood("transition", age="11"),
    "for teenagers": Understood("for teenagers"),
    "toddlers": Understood("toddlers"),
    "pregnant": Understood("pregnant"),
    "20 weeks pregnant": Understood("pregnant"),
    "waiting for 6 months": Understood("waiting for 6 months"),
    "turning 18": Understood("turning 18"),
    "999 year old": Understood("999 year old"),
    "im 14 and gay": Understood("gay", age="14"),
    # Cost.
    "free swimming": Understood("swimming", cost=("free",)),
    "clubs we can't afford": Understood("clubs", cost=("free", "help")),
    "no cost football": Understood("football", cost=("free",)),
    "cant afford food": Understood("cant afford food"),
    "free school meals": Understood("free school meals"),
    "gluten free baking": Understood("gluten free baking"),
    "free range eggs": Understood("free range eggs"),
    "step-free": Understood("step-free"),
    "drug free": Understood("drug free"),
}


@pytest.mark.parametrize(("typed", "meant"), SEARCHES.items(), ids=SEARCHES.keys())
def test_what_was_typed_is_read(typed: str, meant: Understood) -> None:
    assert understand(typed, today=TODAY) == meant


def test_a_day_of_the_week_is_today_or_the_next() -> None:
    tuesday = date(2026, 11, 24)
    assert understand("tuesday", today=tuesday).when == ("2026-11-24",)
    assert understand("next tuesday", today=tuesday).when == ("2026-12-01",)
    assert understand("monday", today=tuesday).when == ("2026-11-30",)


def test_a_day_without_a_year_is_the_next_of_its_kind() -> None:
    assert understand("29 february", today=TODAY).when == ("2028-02-29",)
    assert understand("22 november", today=TODAY).when == ("2026-11-22",)
    assert understand("21 november", today=TODAY).when == ("2027-11-21",)


def test_every_place_that_is_read_leads_back_to_itself() -> None:
    """By each of its names, after “near”."""
    by_name = {place.name: place for place in Place.objects.all()}
    for name, label in names().places.items():
        read = understand(f"choir near {name}", today=TODAY)
        assert (read.words, read.near) == ("choir", label), name
        found = resolve(label)
        assert isinstance(found, Resolved), label
        assert found.point == by_name[label].point


def test_an_ordinary_word_is_a_place_that_we_have() -> None:
    known = {name for place in Place.objects.all() for name in place.search_names.split("\n")}
    assert sorted(_data()["ordinary"] - known) == []
    assert [word for words in _data().values() for word in words if word != plain(word)] == []


def test_reading_asks_once_and_then_not_again() -> None:
    caches["pieces"].clear()
    with CaptureQueriesContext(connection) as queries:
        understand("football near bakewel on saturday", today=TODAY)
        assert len(queries) == 1
        understand("scouts DE4 3AB free", today=TODAY)
        assert len(queries) == 1


READABLE = (
    "bakewell near in hope de4 3ab saturday 5 december half term free cant afford 3 year old my "
    "age 7 \" “ ” - -x 5/12 next this evening tonight school to or and matlock bath ½ '' 12 months"
).split()


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(READABLE)).map(" ".join)))
def test_whatever_is_typed_there_is_an_answer(typed: str) -> None:
    read = understand(typed, today=TODAY)
    assert len(read.words) <= 200
    if read.age:
        read_age(read.age)
    for when in read.when:
        if when[0] == "2":
            date.fromisoformat(when)
