"""What the words of a search mean: everyday phrases, quotes, and what says nothing."""

import tomllib

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets import reference
from assets.models import Synonym
from assets.places.words import plain
from assets.understanding.meaning import Meaning, Term, meant
from assets.understanding.phrases import FLUFF, key_of, known_synonyms
from assets.understanding.spelling import stem
from thrive.reference import read

pytestmark = pytest.mark.django_db

REFUSAL = ("out of school", "worries about school")
SYNONYMS = {
    "wont go to school": REFUSAL,
    "stuck in room": ["isolation", "shy"],
    "footy": ["football"],
    "young carer": ["young carers"],
    "looks after mum": ["young carers"],
    "bullied": ["bullying"],
    "school": ["lessons"],
    "school uniform": ["uniform"],
    "no car": ["lift", "bus"],
    "dad in prison": ["prison"],
    "toddler": ["stay and play"],
    "volunteer": ["volunteering"],
    "crèche": ["childcare"],
}
WORDS: dict[str, list[Term]] = {
    "": [],
    "football": [Term("football")],
    "wont go to school": [Term("wont go to school", REFUSAL)],
    "won't go to school": [Term("won't go to school", REFUSAL)],
    "he wont go 2 school": [Term("wont go 2 school", REFUSAL)],
    "She won’t go to SCHOOL": [Term("won’t go to SCHOOL", REFUSAL)],
    "will not go to school": [Term("will not go to school", REFUSAL)],
    "my son won't go to school": [Term("won't go to school", REFUSAL)],
    "stuck in her room": [Term("stuck in her room", ("isolation", "shy"))],
    "always stuck in his room": [Term("stuck in his room", ("isolation", "shy"))],
    "young carers": [Term("young carers", ("young carers",))],
    "looking after my mum": [Term("looking after my mum", ("young carers",))],
    "looks after her very poorly mum": [
        Term("looks after her very mum", ("young carers",)),
        Term("poorly"),
    ],
    "refuses to go to school": [Term("refuses to go to school", REFUSAL)],
    "bullying": [Term("bullying", ("bullying",))],
    "bully": [Term("bully", ("bullying",))],
    "volunteering": [Term("volunteering", ("volunteering",))],
    "school uniform": [Term("school uniform", ("uniform",))],
    "school play": [Term("school", ("lessons",)), Term("play")],
    "footy for girls": [Term("footy", ("football",)), Term("girls")],
    "we have no car": [Term("no car", ("lift", "bus"))],
    "his dad is in prison": [Term("dad is in prison", ("prison",))],
    "creche": [Term("creche", ("childcare",))],
    "toddler group": [Term("toddler", ("stay and play",))],
    "toddlers' group!": [Term("toddlers", ("stay and play",))],
    "groups for dads": [Term("dads")],
    "help with reading": [Term("reading")],
    "looking for drama": [Term("drama")],
    "things to do": [Term("things")],
    "something to do with dogs": [Term("dogs")],
    "activities": [Term("activities")],
    "support group": [Term("support"), Term("group")],
    "I need help": [Term("need"), Term("help")],
    "the": [],
    "what is there": [],
    '"stay and play"': [Term("stay and play", exact=True)],
    '"footy" mud': [Term("footy", exact=True), Term("mud")],
    "“wont go to school”": [Term("wont go to school", exact=True)],
    '""': [],
    "drop-in": [Term("drop")],
    "art / craft": [Term("art"), Term("craft")],
    "art art": [Term("art")],
    "café": [Term("café")],
    "LGBT+": [Term("LGBT")],
    "'; DROP TABLE": [Term("DROP"), Term("TABLE")],
    "<b>chess</b>": [Term("b"), Term("chess")],
    "футбол": [],
}


@pytest.mark.parametrize(("typed", "terms"), WORDS.items(), ids=WORDS.keys())
def test_words_have_a_meaning(typed: str, terms: list[Term]) -> None:
    assert meant(typed, synonyms=SYNONYMS) == Meaning(tuple(terms))


def test_words_for_a_stage_of_life_say_how_old() -> None:
    assert meant("clubs for teenagers", synonyms={}).ages == (150, 216)
    assert meant("baby and toddler group", synonyms={}).ages == (0, 48)
    assert meant("football", synonyms={}).ages is None


def test_who_is_asking_is_told_apart_from_what_for() -> None:
    asked = meant("photography for a girl", synonyms={})
    assert {term.typed: term.who for term in asked.terms} == {"photography": False, "girl": True}


def test_what_is_not_wanted_stands_apart() -> None:
    assert meant('art -dance -"face painting"', synonyms={}) == Meaning(
        (Term("art"),), ("dance", "face painting")
    )
    assert meant("- -- -! art", synonyms={}) == Meaning((Term("art"),))


def test_two_phrases_with_one_meaning_are_put_together() -> None:
    synonyms = {"lost mum": ["grief"], "lost my mum": ["bereavement"]}
    assert meant("lost her mum", synonyms=synonyms).terms == (
        Term("lost her mum", ("grief", "bereavement")),
    )


def test_the_directorys_own_words_are_asked_for_once() -> None:
    Synonym.objects.create(phrase="conkering", means=["horse chestnuts"])
    caches["pieces"].clear()
    with CaptureQueriesContext(connection) as queries:
        assert meant("acorns", synonyms=None).terms == (Term("acorns"),)
        assert meant("conkering").terms == (Term("conkering", ("horse chestnuts",)),)
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bullied", "bullying"),
        ("toddlers", "toddler"),
        ("swimming", "swim"),
        ("looked", "looks"),
        ("moving", "moved"),
        ("classes", "class"),
        ("brushes", "brush"),
    ],
)
def test_a_word_and_its_endings_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["bus", "sing", "dress", "red", "this", "4s", "add"])
def test_a_short_word_stays(word: str) -> None:
    assert stem(word) == word


PHRASES = (
    "my son won't go to school -bus \"stay and play\" the the footy in her room stuck ' - “ 2 will"
).split()


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PHRASES)).map(" ".join)))
def test_whatever_is_typed_has_a_meaning(typed: str) -> None:
    for term in meant(typed, synonyms=SYNONYMS).terms:
        assert plain(term.typed)


# --- What comes with the site --------------------------------------------------------------------


def test_every_phrase_in_the_file_is_there_and_written_once() -> None:
    rows = read(reference.FOLDER, "synonyms")["synonym"]
    phrases = [phrase for row in rows for phrase in row["phrases"]]
    assert sorted(phrases) == sorted(known_synonyms())
    assert len({plain(phrase) for phrase in phrases}) == len(phrases)


def test_loading_again_adds_nothing_and_keeps_what_staff_changed() -> None:
    count = Synonym.objects.count()
    Synonym.objects.filter(phrase="footy").update(means=["ball games"])
    reference.load()
    assert Synonym.objects.count() == count
    assert Synonym.objects.get(phrase="footy").means == ["ball games"]


def test_a_missing_phrase_comes_back_with_its_history() -> None:
    Synonym.objects.filter(phrase="footy").delete()
    reference.load()
    row = Synonym.objects.get(phrase="footy")
    assert (row.means, row.history.count()) == (["football"], 1)


def test_every_phrase_is_understood_as_one() -> None:
    """Typed alone, with the words around it that people write."""
    for phrase in known_synonyms():
        for typed in (phrase, f"help my son {phrase} please", phrase.upper()):
            terms = [term for term in meant(typed).terms if term.also]
            assert len(terms) == 1, typed
            assert key_of(terms[0].typed) == key_of(phrase), typed


SAID = {
    "he won't go to school": "out of school",
    "refusing to go to school": "out of school",
    "stuck in her room all day": "isolation",
    "my daughter has no friends": "friendship",
    "tiddlers": "toddlers",
    "kickabout": "football",
    "my kid is really mardy": "feelings",
    "always chuntering": "feelings",
    "she looks after her mum": "young carers",
    "lost her dad": "bereavement",
    "he isn't talking yet": "speech",
    "kicked out of school": "alternative provision",
    "homeschooled": "home education",
    "my mum drinks": "alcohol",
    "his dad is in prison": "prison",
    "English as a second language": "ESOL",
    "turning 18": "care leavers",
    "parents are splitting up": "divorce",
    "kicking off at home": "anger",
    "bullied": "bullying",
    "bus": "lift",
    "duke of edinburgh": "volunteering",
    "deaf": "BSL",
    "doomscrolling": "social media",
    "non-binary": "LGBT",
}


@pytest.mark.parametrize(("typed", "listing"), SAID.items(), ids=SAID.keys())
def test_everyday_words_lead_to_what_listings_say(typed: str, listing: str) -> None:
    assert listing in {word for term in meant(typed).terms for word in term.also}


# A word that somebody uses of a feeling is never made into a diagnosis or a degree of need.
DIAGNOSES = (
    "depression depressive disorder disorders syndrome psychosis severe crisis anorexia "
    "bulimia ocd ptsd"
).split()


def test_no_word_becomes_a_diagnosis_or_says_how_bad_it_is() -> None:
    said = {
        word
        for means in known_synonyms().values()
        for text in means
        for word in plain(text).split()
    }
    assert said & set(DIAGNOSES) == set()
    feelings = ("mardy", "sad", "naughty", "angry", "fussy eater", "not eating", "cant sit still")
    named = {"ADHD", "autistic", "autism", "eating disorders"}
    assert {word for phrase in feelings for word in known_synonyms()[phrase]} & named == set()


def test_the_words_that_say_nothing_are_plain() -> None:
    data = tomllib.loads(FLUFF.read_text(encoding="utf-8"))
    written = [*data["stop"].split(), *data["words"].split(), *data["phrases"]]
    assert [word for word in written if word != plain(word)] == []
