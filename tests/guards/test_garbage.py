"""Anything may stand in an address: the answer is clear, and never a 500."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CLEAR = {200, 301, 302, 400, 404, 410}
NAMES = ["q", "near", "within", "age", "needs", "theme", "page", "name", "view", "x"]
NAMES += ["on", "when", "time", "cost", "access", "serves", "sort", "starting", "exact", "ids"]
NAMES += ["who", "working", "at", "zoom", "around", "reader"]
NAMES += ["part", "ages", "rows", "columns", "measure", "by", "since", "closing", "about"]
NAMES += ["whose", "programme", "place", "amount", "year"]
TYPED = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        [
            "\x00",
            "9" * 5000,
            "-1",
            "1e309",
            "NaN",
            "²",
            "١٢",
            "%00",
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "\u202edlrow",
            "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
            "DE4 3AB",
            "DE4",
            "a" * 20_000,
            "18 months",
            "thriving",
            "dates",
            "map",
            "429800,360200",
            "53.13861,-1.55614",
            "print",
            "text",
            "2026-12-25",
            "0001-01-01",
            "9999-12-31",
            "AAAAAAAAAAAAAAAAAAAAAA,AAAAAAAAAAAAAAAAAAAAAA",
            "../../etc/passwd",
            "&|!():*",
            '"unfinished',
        ]
    ),
)
PATHS = [
    "/",
    "/activities/",
    "/embed/",
    "/embed/activities/",
    "/activities.csv",
    "/activities.xlsx",
    "/activities.ics",
    "/activities.rss",
    "/activities.json",
    "/activities/poster.svg",
    "/map/land.svg",
    "/resources/",
    "/stories/",
    "/youth-voice/",
    "/shortlist/",
    "/coverage/",
    "/activities/the-front-room/",
    "/groups/",
    "/places/",
    "/help-now/",
    "/grants/awards/",
    "/thrive/",
    "/grants/",
    "/questions-to-ask/",
    "/report/received/",
    "/about/",
]
# With a form to send, they are written to as well.
FORMS = ["/alerts/"]
garbage = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@garbage
@given(
    path=st.sampled_from([*PATHS, *FORMS]),
    parameters=st.lists(st.tuples(st.sampled_from(NAMES), TYPED), max_size=5),
)
def test_garbage_in_the_parameters(
    example_district: None, path: str, parameters: list[tuple[str, str]]
) -> None:
    query = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in parameters)
    answer = Client().get(f"{path}?{query}")
    assert answer.status_code in CLEAR


@garbage
@given(
    folder=st.sampled_from(
        (
            "activities groups places thrive themes help-now admin report report/group"
            " grants/awards"
        ).split()
    ),
    slug=st.one_of(TYPED, st.binary(max_size=20).map(lambda raw: raw.decode("latin-1"))),
)
def test_garbage_in_the_path(example_district: None, folder: str, slug: str) -> None:
    answer = Client().get(f"/{folder}/{quote(slug, safe='', errors='replace')}/")
    assert answer.status_code in CLEAR


@garbage
@given(
    ending=st.sampled_from(["", "worry/"]),
    fields=st.dictionaries(
        st.sampled_from(["key", "kind", "words", "email", "contact", "website", "x"]),
        TYPED | st.sampled_from(["wrong", "worry", "5b0e4a5e-0d3c-4c8e-9d3a-6f1f0c1d2e3f"]),
    ),
)
def test_garbage_in_a_form_that_anybody_may_send(
    example_district: None, ending: str, fields: dict[str, str]
) -> None:
    typed = {name: value.encode(errors="replace").decode() for name, value in fields.items()}
    answer = Client().post(f"/report/activity/the-front-room/{ending}", typed)
    assert answer.status_code in {200, 302, 429}


@pytest.mark.parametrize(
    "query", ["%ff%fe", "q=%ff", "near=%c3%28", "=", "&&&", "q", "%00=%00", "q=a&q=b", "page[]=1"]
)
@pytest.mark.parametrize("path", ["/activities/", "/groups/", "/places/", "/grants/awards/"])
def test_bytes_that_are_no_text(example_district: None, path: str, query: str) -> None:
    assert Client().get(f"{path}?{query}").status_code in CLEAR


@pytest.mark.parametrize("path", [*PATHS, "/healthz", "/readyz"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_that_are_read_cannot_be_written(
    example_district: None, path: str, method: str
) -> None:
    assert getattr(Client(), method)(path).status_code == 405


def test_a_bad_value_is_told_beside_what_was_typed(example_district: None) -> None:
    answer = Client().get("/activities/", {"q": "art", "age": "banana", "within": "10"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="banana"' in page
    assert 'value="art"' in page
    assert page.count("Write an age such as 7, 18 months or pregnant.") == 2
