"""Slips are mended with our own words; what is right, or may be, is left alone."""

import tomllib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.models import Activity, Organisation, Place, Status, VocabularyWord
from assets.places.words import plain
from assets.understanding import vocabulary
from assets.understanding.phrases import known_synonyms
from assets.understanding.vocabulary import corrected
from tests.assets.make import make_activity, make_organisation, make_venue, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(db: None) -> None:
    vocabulary.rebuild()


MENDED = {
    "todler": "toddler",
    "fotball": "football",
    "footbal": "football",
    "gymnastix": "gymnastics",
    "anxeity": "anxiety",
    "breavement": "bereavement",
    "berevement": "bereavement",
    "swiming": "swimming",
    "dyslecsia": "dyslexia",
    "voluntering": "volunteering",
    "autistc": "autistic",
    "brest feeding": "breast feeding",
    "lonley": "lonely",
    "pregant": "pregnant",
    "counceling": "counselling",
    "bulying help": "bullying help",
    "drama for teenagrs": "drama for teenagers",
    "Karete for KIDS": "karate for KIDS",
    "todler groop": "toddler group",
    "transprot": "transport",
    "homwork": "homework",
}
LEFT = [
    "",
    "toddler",
    "toddlers",
    "Youlgrave",
    "youlgreave",
    "storey time",
    "Bakewell football",
    "Chatsworth",
    "Niamh",
    "Callum",
    "horse",
    "board",
    "bread",
    "stationary",
    "wheston",
    "the whole thing",
    "abc",
    "de43ab",
    "m8s",
    '"fotball"',
    "-fotball",
    "mardy",
    "nowty",
    "qwertyuiop",
    "футбол",
    "painted",
    "won't",
    "EHCP",
    "LGBTQIA",
    "ukelele-banjo",
]


@pytest.mark.parametrize(("typed", "meant"), MENDED.items(), ids=MENDED.keys())
def test_a_slip_is_mended(words: None, typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize("typed", LEFT)
def test_what_may_be_right_is_left_alone(words: None, typed: str) -> None:
    assert corrected(typed) is None


def test_no_place_and_no_everyday_phrase_is_a_slip(words: None) -> None:
    said = [place.name for place in Place.objects.all()] + list(known_synonyms())
    assert {typed: mended for typed in said if (mended := corrected(typed))} == {}


def test_it_asks_once_at_most(words: None) -> None:
    corrected("todler")
    with CaptureQueriesContext(connection) as queries:
        corrected("todler fotball anxeity group")
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        corrected("toddler group in bakewell")
    assert len(queries) == 0


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=300))
def test_whatever_is_typed_there_is_no_exception(words: None, typed: str) -> None:
    corrected(typed)


# --- Which words ----------------------------------------------------------------------------------


def added(*names: str) -> set[str]:
    return set(VocabularyWord.objects.filter(word__in=names).values_list("word", flat=True))


def add(*listings: Activity | Organisation) -> None:
    vocabulary.add_words_of(
        [one.pk for one in listings if isinstance(one, Activity)],
        [one.pk for one in listings if isinstance(one, Organisation)],
    )


def test_the_words_of_a_public_listing_its_group_and_its_venue_are_known() -> None:
    activity = publish(
        make_activity(
            title="Zorbing, Ünkempt!",
            summary="Quoits.",
            description="Blim-blam",
            organisation=make_organisation(name="Wibblers", description="Fettling"),
            venue=make_venue(name="Snickelway Hall"),
        )
    )
    names = ("zorbing", "unkempt", "quoits", "blim", "wibblers", "fettling", "snickelway")
    # Known since they were published.
    assert added(*names) == set(names)
    VocabularyWord.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        add(activity)
    assert len(queries) == 1
    assert added(*names) == set(names)
    vocabulary.rebuild()
    assert added(*names) == set(names)


def test_what_is_not_public_says_nothing() -> None:
    draft = make_activity(title="Zorbing", organisation=make_organisation(name="Wibblers"))
    paused = publish(make_activity(title="Quoits"))
    Activity.objects.filter(pk=paused.pk).update(status=Status.PAUSED)
    group = make_organisation(name="Snickelers")
    vocabulary.rebuild()
    for _time in range(2):
        add(draft, paused, group, draft.organisation)
        assert added("zorbing", "quoits", "wibblers", "snickelers") == set()
        vocabulary.rebuild()


@pytest.mark.parametrize("shown", ["masked", "told"])
def test_a_hidden_venue_says_nothing(shown: str) -> None:
    """Not even a name that somebody has forced past the form."""
    venue = make_venue(shown=shown, name="", postcode="", address="")
    activity = publish(make_activity(title="Zorbing", venue=venue))
    name = set(plain(venue.name).split())
    VocabularyWord.objects.all().delete()
    add(activity)
    assert "zorbing" in added("zorbing")
    said = set(plain(f"{activity.title} {activity.summary}").split())
    group = activity.organisation
    said |= set(plain(f"{group.name} {group.summary}").split())
    kept = set(VocabularyWord.objects.values_list("word", flat=True))
    assert kept - said == set()
    assert name - said - kept == name - said


def test_words_that_nobody_uses_go_when_it_is_rebuilt() -> None:
    VocabularyWord.objects.create(word="zorbing")
    vocabulary.rebuild()
    assert added("zorbing", "bakewell", "bereavement", "makaton", "footy") == {
        "bakewell", "bereavement", "makaton", "footy"
    }  # fmt: skip


def test_every_real_word_is_written_plainly() -> None:
    data = tomllib.loads(vocabulary.REAL_WORDS.read_text(encoding="utf-8"))
    assert [word for word in data["words"].split() if word != plain(word)] == []
