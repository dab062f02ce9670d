"""What people say: noted without names, found beside a gap, grown into themes, never public."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from assets import evidence
from assets.models import Area, Evidence, Place
from tests.assets.make import evidence_of, make_evidence
from tests.people import person
from thrive.models import Theme

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
LIST = "/admin/assets/evidence/"


def form(**changes: object) -> dict[str, object]:
    return {
        "heard_on": "2026-11-03",
        "source": "event",
        "text": "Young people ask for a later bus.",
        "themes": ["mobility"],
        "age_from": "13",
        "age_before": "17",
        "place": "Bakewell",
    } | changes


def test_staff_note_what_they_heard(client_of: ClientOf) -> None:
    answer = client_of("erin").post(f"{LIST}add/", form())
    assert answer.status_code == 302
    note = Evidence.objects.get()
    assert (note.text, note.age_from, note.age_before) == (
        "Young people ask for a later bus.",
        13 * 12,
        18 * 12,
    )
    assert [theme.pk for theme in note.themes.all()] == ["mobility"]
    assert (note.noted_by, note.place) == (person("erin"), Place.objects.get(slug="bakewell"))


@pytest.mark.parametrize(
    "words",
    [
        "Write to jo.bloggs@example.org",
        "Ring 01632 960123",
        "Her mum is on 07700-900-123",
        "+44 (0)1632 960 123",
    ],
)
def test_a_way_to_reach_somebody_is_refused_beside_its_field(
    client_of: ClientOf, words: str
) -> None:
    page = client_of("erin").post(f"{LIST}add/", form(text=words))
    assert page.status_code == 200
    errors = page.context["adminform"].form.errors
    assert [*errors] == ["text"]
    assert words in page.content.decode()
    assert not Evidence.objects.exists()


def test_a_day_to_come_is_refused(client_of: ClientOf) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client_of("erin").post(f"{LIST}add/", form(heard_on=tomorrow.isoformat()))
    assert "That day is still to come." in page.content.decode()
    with pytest.raises(ValidationError):
        evidence.note(evidence=evidence_of(heard_on=tomorrow), themes=[], by=None)


def test_what_was_written_before_stays_in_its_history(client_of: ClientOf, erin: User) -> None:
    note = make_evidence("mobility", by=erin)
    page = f"{LIST}{note.pk}/change/"
    assert client_of("ada").post(page, form(text="A parent asks for a Sunday club.")).status_code
    assert [(one.text, one.history_user) for one in note.history.all()] == [
        ("A parent asks for a Sunday club.", person("ada")),
        ("A parent says that there is nothing on a Sunday.", erin),
    ]
    assert "nothing on a Sunday" in client_of("erin").get(page).content.decode()
    assert Evidence.objects.get().noted_by == erin


def test_it_is_withdrawn_with_a_reason_and_counts_no_longer(client_of: ClientOf) -> None:
    note, editor = make_evidence("mobility"), client_of("erin")
    assert editor.post(f"{LIST}{note.pk}/withdraw/", {"why": ""}).status_code == 302
    assert evidence.beside(theme="mobility").get() == note
    editor.post(f"{LIST}{note.pk}/withdraw/", {"why": "Noted twice"})
    note.refresh_from_db()
    assert (note.withdrawn_why, note.withdrawn_by) == ("Noted twice", person("erin"))
    assert not evidence.beside(theme="mobility").exists()
    assert not evidence.withdraw(evidence=note, by=person("erin"), why="Again")
    assert str(note) not in editor.get(LIST).content.decode()
    assert str(note) in editor.get(LIST, {"withdrawn": "yes"}).content.decode()
    assert editor.post(f"{LIST}{note.pk}/change/", form()).status_code == 403
    with pytest.raises(ValidationError):
        evidence.note(evidence=note, themes=[], by=None)


@pytest.mark.parametrize("who", ["stefan", "vera", "visitor"])
def test_who_may_not_change_it_neither_writes_nor_withdraws(client_of: ClientOf, who: str) -> None:
    note = make_evidence("mobility")
    refused = 403 if who == "stefan" else 302
    for path in (f"{LIST}add/", f"{LIST}{note.pk}/change/", f"{LIST}{note.pk}/withdraw/"):
        assert client_of(who).post(path, form(why="I may not")).status_code == refused
    new = f"{LIST}something-new/?label=sleep"
    assert client_of(who).post(new, {"name": "Sleep"}).status_code == refused
    assert list(Evidence.objects.standing().values_list("text", flat=True)) == [note.text]


def test_what_people_say_is_on_no_public_page() -> None:
    note = make_evidence("youth-voice", text="Zebras cross the moor at night.")
    for path in ("/themes/youth-voice/", "/thrive/thriving/", "/villages/bakewell/", "/"):
        assert "Zebras" not in Client().get(path).content.decode()
    assert note in evidence.beside(theme="youth-voice")


def test_beside_a_cell_stands_what_was_said_of_it() -> None:
    dales = Area.objects.get(code="E07000035")
    sheffield = Place.objects.exclude(district=dales)[0]
    said = {
        "in Bakewell": make_evidence("mobility", needs_group_id="thriving", age_before=216),
        "of the whole district": make_evidence("mobility", area=dales),
        "of nowhere": make_evidence("mobility", place=None),
        "elsewhere": make_evidence("mobility", place=sheffield),
        "another theme": make_evidence("youth-voice"),
        "of babies": make_evidence("mobility", age_from=0, age_before=24),
    }

    def beside(**asked: object) -> set[str]:
        found = evidence.beside(**asked)  # type: ignore[arg-type]
        return {name for name, note in said.items() if note in found}

    bakewell = Place.objects.get(slug="bakewell")
    everywhere = {"in Bakewell", "of the whole district", "of nowhere"}
    assert beside(theme="mobility", ages=(132, 216), place=bakewell) == everywhere
    assert beside(theme="mobility", ages=(132, 216), place=dales) == everywhere
    assert beside(theme="mobility", ages=(132, 216)) == everywhere | {"elsewhere"}
    assert beside(ages=(0, 132)) == {"of babies"}
    assert beside(needs_group="thriving") == {"in Bakewell"}
    assert beside() == set(said)


def test_several_notes_of_something_new_become_a_theme(client_of: ClientOf, ada: User) -> None:
    notes = [make_evidence(something_new=word) for word in ("Sleep", "sleep", "Dogs")]
    make_evidence("mobility", something_new="Sleep")
    editor = client_of("erin")
    page = editor.get(f"{LIST}something-new/", {"label": "sleep"})
    assert [(one["label"], one["number"]) for one in page.context["labels"]] == [
        ("sleep", 2),
        ("dogs", 1),
    ]
    path = f"{LIST}something-new/?label=sleep"
    nothing = editor.post(path, {"name": "Youth voice", "description": "X", "notes": notes[0].pk})
    assert nothing.status_code == 200
    assert not Theme.objects.filter(description="X").exists()
    sent = {
        "name": "Sleep and rest",
        "description": "Help with nights.",
        "notes": [one.pk for one in notes[:2]],
    }
    made = editor.post(path, sent)
    assert made["Location"] == "/admin/thrive/theme/sleep-and-rest/change/"
    assert set(evidence.beside(theme="sleep-and-rest")) == set(notes[:2])
    assert Client().get("/activities/?theme=sleep-and-rest").status_code == 200
    # Dogs cannot be slipped in: what is ticked must be of this word.
    assert editor.post(path, sent | {"name": "Dogs", "notes": notes[2].pk}).status_code == 200
    assert not Theme.objects.filter(name="Dogs").exists()


def test_the_list_asks_no_more_for_three_than_for_one(client_of: ClientOf) -> None:
    counted = []
    editor = client_of("erin")
    for number in (1, 2):
        for _time in range(number):
            make_evidence("mobility", "youth-voice", by=person("ada"))
        editor.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        counted.append(len(queries))
    assert counted[0] == counted[1]
