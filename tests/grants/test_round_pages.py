"""What everybody reads: all rounds, one round, and its questions as a document."""

import io
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets.slugs import in_an_address
from grants.models import Question, RequiredCheck, Round, RoundStatus
from tests.assets.shown import Shown, shown
from tests.grants.awarded import make_ours
from tests.grants.make import make_application, make_round
from tests.guards.test_reading_age import HIGHEST_GRADE, grade, sentences_on

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
A_DAY = timedelta(days=1)


def whole_round(**fields: Any) -> Round:
    """Open, with all that a page can show."""
    round = make_round(
        status=RoundStatus.DRAFT,
        slug="spring",
        title="Spring",
        not_funded="Trips abroad.",
        equality_note="Ask us for help.",
        **fields,
    )
    RequiredCheck.objects.create(round=round, kind="rules", help="One page is enough.")
    text = "Is there more?"
    Question.objects.create(round=round, number=3, text=text, help="A line.", is_required=False)
    Round.objects.filter(pk=round.pk).update(status="open")
    return round


def text_of(page: Shown) -> str:
    return " ".join(page.html.split())


def test_rounds_stand_by_whether_one_can_apply_now() -> None:
    now = timezone.now()
    make_round(title="Now", opens_at=now - A_DAY)
    make_round(title="Soon", opens_at=now + A_DAY)
    make_round(title="Just over", closes_at=now - timedelta(hours=1))
    make_round(title="Read", status="scoring")
    make_round(title="Secret", status="draft")
    page = shown("/grants/")
    assert page.all("h2") == ["Open now", "Coming soon", "Past rounds", "Get ready"]
    titles = page.all("h3.card__title")
    assert titles[:2] == ["Now", "Soon"]
    assert sorted(titles[2:]) == ["Just over", "Read"]
    assert "Secret" not in page.html


def test_kind_words_where_none_is_open() -> None:
    page = shown("/grants/")
    assert page.all("h2") == ["Open now", "Get ready"]
    assert "No round is open just now. Please look again soon." in text_of(page)


def test_who_got_a_grant_is_one_step_away_once_one_is_told() -> None:
    application = make_application()
    its_round = application.round
    grant = make_ours(1, application=application, programme=its_round.title)
    to_awards = f"/grants/awards/?programme={in_an_address(its_round.title)}"
    assert 'href="/grants/awards/"' in shown("/grants/").html
    assert f'href="{to_awards}"' in shown(f"/grants/{its_round.slug}/").html
    assert grant.title in shown(to_awards).html
    another = make_round(title="Another", slug="another")
    assert "/grants/awards/" not in shown(f"/grants/{another.slug}/").html


def test_a_page_says_when_it_is_open_in_london_time() -> None:
    opens = datetime(2026, 6, 1, 9, tzinfo=LONDON)
    make_round(slug="x", opens_at=opens, closes_at=datetime(2099, 7, 1, 12, 30, tzinfo=LONDON))
    assert shown("/grants/x/").says == ["Open until 12.30 pm on 1 July 2099."]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"closes_at": datetime(2026, 1, 9, 0, tzinfo=LONDON)}, "It closed at midnight at the"),
        ({"status": "scoring"}, "We are reading what was sent."),
        ({"status": "panel"}, "We are deciding."),
        ({"status": "decided"}, "It is decided."),
        ({"status": "closed"}, "This round is over."),
    ],
)
def test_a_round_keeps_its_page_when_it_is_over(fields: dict[str, Any], said: str) -> None:
    make_round(slug="x", opens_at=datetime(2025, 1, 1, tzinfo=LONDON), **fields)
    page = shown("/grants/x/")
    assert page.status == 200
    assert page.says[0].startswith(said)


def test_a_draft_is_nobodys_to_see() -> None:
    make_round(slug="draft", status="draft")
    for path in ("/grants/draft/", "/grants/draft/questions.odt", "/grants/nothing/"):
        assert Client().get(path).status_code == 404


def test_a_page_shows_the_questions_and_the_score_sheet() -> None:
    whole_round(weights=(Decimal("62.5"), Decimal("37.5")), young_weight=Decimal("1.5"))
    page = shown("/grants/spring/")
    said = text_of(page)
    assert page.heading == "Spring"
    assert page.all("h2") == [
        "At a glance",
        "What it is for",
        "Who may apply",
        "First: is it for you?",
        "What we ask",
        "How we score",
        "What happens next",
        "A fair chance for all",
    ]
    for words in (
        "£100 to £5,000",
        "£10,000",
        "Do you work in the district?",
        "What will you do?",
        "At most 50 words.",
        "At most 200 words. You may leave this out.",
        "Written rules, or a host with them: <bdi",
        "62.5</td>",
        "0 points: Nothing yet",
        "1 point: Some of it",
        "their view counts 1.5 times as much as an adult’s.",
        "Trips abroad.",
    ):
        assert words in said, words


def test_there_is_a_way_to_apply_while_it_takes_applications_and_no_longer() -> None:
    now = timezone.now()
    make_round(slug="now")
    make_round(slug="soon", opens_at=now + A_DAY)
    make_round(slug="over", closes_at=now - timedelta(hours=1))
    make_round(slug="read", status="scoring")
    ways = {slug: shown(f"/grants/{slug}/").links for slug in ("now", "soon", "over", "read")}
    assert ("Apply", "/grants/now/apply/") in ways.pop("now")
    assert [slug for slug, links in ways.items() if "Apply" in dict(links)] == []


def test_no_public_page_of_a_round_sets_a_cookie() -> None:
    whole_round()
    for path in ("/grants/", "/grants/spring/", "/grants/spring/questions.odt"):
        assert not Client().get(path).cookies


def test_what_was_promised_to_others_is_on_no_public_page() -> None:
    round = whole_round()
    Round.objects.filter(pk=round.pk).update(committed=1234)
    for path in ("/grants/", "/grants/spring/"):
        assert "1,234" not in shown(path).html
        assert "8,766" not in shown(path).html


def test_more_questions_and_criteria_take_no_more_queries() -> None:
    counted = []
    for slug, weights in (("few", (50, 50)), ("many", (20, 20, 20, 20, 20))):
        make_round(slug=slug, weights=weights)
        Client().get("/grants/")
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"/grants/{slug}/").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_our_own_words_on_a_round_are_easy_to_read() -> None:
    whole_round()
    sentences = sentences_on("/grants/spring/")
    assert grade(sentences) <= HIGHEST_GRADE


# --- The document ---

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def parts_of(path: str) -> dict[str, bytes]:
    answer = Client().get(path)
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {one.filename: archive.read(one) for one in archive.infolist()}


def text_in(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def test_the_document_is_one_that_word_processors_know() -> None:
    """What ISO/IEC 26300 asks of the package: the type first, unpacked, and a list of the rest."""
    whole_round()
    answer = Client().get("/grants/spring/questions.odt")
    assert answer["Content-Disposition"] == 'attachment; filename="spring.odt"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert answer.content[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    parts = parts_of("/grants/spring/questions.odt")
    listed = ElementTree.fromstring(parts["META-INF/manifest.xml"])  # noqa: S314 (our own)
    paths = [one for entry in listed for key, one in entry.items() if key.endswith("full-path")]
    assert paths == [
        "/",
        *[name for name in parts if name not in ("mimetype", "META-INF/manifest.xml")],
    ]
    for name in paths[1:]:
        ElementTree.fromstring(parts[name])  # noqa: S314


def test_the_document_says_what_the_page_says() -> None:
    whole_round()
    content = parts_of("/grants/spring/questions.odt")["content.xml"]
    root = ElementTree.fromstring(content)  # noqa: S314 (our own)
    heads = [(one.get(f"{TEXT}outline-level"), text_in(one)) for one in root.iter(f"{TEXT}h")]
    assert heads == [
        ("1", "What it is for"),
        ("1", "Who may apply"),
        ("1", "What it cannot pay for"),
        ("1", "How much"),
        ("1", "The kinds of help it can pay for"),
        ("1", "First: is it for you?"),
        ("2", "Do you work in the district?"),
        ("1", "What we ask"),
        ("2", "1. What will you do?"),
        ("2", "2. Who will it help?"),
        ("2", "3. Is there more?"),
        ("1", "What it costs"),
        ("1", "What we look at"),
        ("1", "How we score"),
        ("2", "Criterion 1: weight 60"),
        ("2", "Criterion 2: weight 40"),
        ("1", "What happens next"),
        ("1", "A fair chance for all"),
    ]
    tables = [*root.iter(f"{TABLE}table")]
    names = [text_in(one.find(f"{TABLE}title")) for one in tables]  # type: ignore[arg-type]
    assert names == ["What it costs", "Weights", "Criterion 1", "Criterion 2", "What happens next"]
    rows = [[text_in(cell) for cell in row] for row in tables[2].iter(f"{TABLE}table-row")]
    assert rows[0] == ["Points", "Level", "What it looks like"]
    assert rows[1] == ["0", "Nothing yet", "Nothing yet"]
    said = text_in(root)
    assert "At most 50 words." in said
    assert "At most 200 words. You may leave this out." in said


def test_whatever_somebody_writes_the_document_stays_whole() -> None:
    about = "Clubs & <b>rooms</b>\r\n\r\n“Æ”\x0b 🐑\nand so on"
    whole_round(about=about, funder='"A" & <B>')
    content = parts_of("/grants/spring/questions.odt")["content.xml"]
    root = ElementTree.fromstring(content)  # noqa: S314 (our own)
    paragraphs = [text_in(one) for one in root.iter(f"{TEXT}p")]
    assert "Clubs & <b>rooms</b>" in paragraphs
    assert "“Æ” 🐑and so on" in paragraphs
    assert 'The money comes from "A" & <B>.' in paragraphs


def test_the_same_round_makes_the_same_file() -> None:
    whole_round()
    path = "/grants/spring/questions.odt"
    assert Client().get(path).content == Client().get(path).content
