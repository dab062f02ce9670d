"""The update for boards: its days and no others, nothing that only staff may know, on one page."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from assets import listings, pdf
from assets.models import Activity, Place, Status
from grants.models import BoardUpdate
from grants.threesixty.of_award import awarded_of
from grants.threesixty.publishing import publish as publish_award
from grants.update.charts import Count, chart
from grants.update.figures import Figures
from grants.update.writing import write
from tests.assets.make import (
    make_activity,
    make_evidence,
    make_organisation,
    make_venue,
    publish,
    tag,
)
from tests.grants.awarded import make_ours
from tests.grants.make import make_application, make_round
from tests.grants.paid import accepted, make_award
from tests.people import person

ClientOf = Callable[[str], Client]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def update_of(first: date = date(2026, 9, 1), before: date = date(2026, 11, 1), **said: Any) -> Any:
    """September and October."""
    fields = {"board": "the Children’s Partnership", "contact": "Robin, at the council"} | said
    update = BoardUpdate(first_on=first, ends_before=before, **fields)
    return write(update=update, by=person("mona"))


def listed(title: str, on: date, **changes: Any) -> Activity:
    with time_machine.travel(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), tick=False):
        made = publish(make_activity(title=title, **changes))
    tag(made, "themes", "youth-voice")
    return made


def test_new_is_what_was_first_listed_in_these_days_and_is_still_there() -> None:
    listed("The day before", date(2026, 8, 31))
    first = listed("The first day", date(2026, 9, 1))
    listed("The day after", date(2026, 11, 1))
    make_activity(title="A draft")
    taken_down = listed("Taken down", date(2026, 9, 9))
    listings.move(listing=taken_down, to=Status.WITHDRAWN, by=None, why="by mistake")
    figures = Figures(update_of())
    assert [one.title for one in figures.new_activities.few] == ["The first day"]
    groups = {one.pk for one in figures.new_groups.few}
    assert groups == {first.organisation_id, taken_down.organisation_id}
    assert (figures.activities.was, figures.activities.now) == (1, 3)


def test_ended_is_what_ended_in_these_days_and_did_not_begin_again() -> None:
    for title, on, again in (
        ("Before", date(2026, 8, 31), False),
        ("Within", date(2026, 10, 31), False),
        ("Begun again", date(2026, 9, 2), True),
    ):
        one = listed(title, date(2026, 1, 5))
        with time_machine.travel(datetime(on.year, on.month, on.day, 20, tzinfo=UTC), tick=False):
            listings.move(listing=one, to=Status.ENDED, by=None, why="Moved away")
            if again:
                listings.move(listing=one, to=Status.PUBLIC, by=None)
    assert [one.title for one in Figures(update_of()).ended.few] == ["Within"]


def test_the_figures_of_a_glance_add_up_and_what_lies_over_the_border_is_in_none(
    client_of: ClientOf,
) -> None:
    over = make_venue(place=Place.objects.get(slug="buxton"), postcode="SK17 6BD")
    listed("Over the border", date(2026, 9, 2), venue=over)
    listed("New", date(2026, 9, 3))
    for title, to in (("Ended", Status.ENDED), ("A break", Status.PAUSED)):
        one = listed(title, date(2026, 1, 5))
        with time_machine.travel(datetime(2026, 10, 1, 9, tzinfo=UTC), tick=False):
            listings.move(listing=one, to=to, by=None, why="Tired")
    listed("There", date(2026, 1, 5))
    update = update_of()
    figures = Figures(update)
    assert (figures.activities.was, figures.activities.now) == (3, 2)
    assert (figures.new_activities.number, figures.ended.number, figures.back) == (1, 1, -1)
    assert "1 more has a break or was taken down" in read(client_of("stefan"), update)


def test_charts_tell_then_and_now_by_theme_need_and_place() -> None:
    matlock = Place.objects.get(slug="matlock")
    there = make_venue(name="Hall", place=matlock, point=matlock.point)
    listed("Long ago", date(2026, 1, 5), venue=there)
    listed("Lately", date(2026, 10, 5), venue=there)
    by_theme, by_need, by_place = Figures(update_of()).charts
    told = {bar.name: (bar.was, bar.now) for bar in by_theme.bars}
    assert told.pop("Youth voice") == (1, 2)
    assert set(told.values()) == {(0, 0)}
    assert {bar.name: (bar.was, bar.now) for bar in by_place.bars}["Matlock"] == (1, 2)
    assert [bar.now for bar in by_need.bars] == [0, 0, 0, 0, 0]


def test_bars_are_to_one_scale_and_nothing_is_no_bar() -> None:
    made = chart("a", "A", "What", [Count("x", 2, 4), Count("y", 0, 1)])
    assert [(bar.was_long, bar.now_long) for bar in made.bars] == [(135, 270), (0, 68)]
    assert chart("b", "B", "What", [Count("x", 0, 0)]).bars[0].now_long == 0


def test_grants_are_those_told_to_everybody_in_these_days() -> None:
    make_ours(1, awarded_on=date(2026, 8, 31))
    make_ours(2, awarded_on=date(2026, 9, 1), awarded=Decimal(700))
    make_ours(3, awarded_on=date(2026, 10, 31), awarded=Decimal(300))
    make_ours(4, awarded_on=date(2026, 11, 1))
    # The panel has settled it, and told nobody.
    make_application(status="to-award", award=Decimal(900))
    figures = Figures(update_of())
    assert [one.title for one in figures.awards] == ["Bells 3", "Bells 2"]
    assert figures.given == Decimal(1_000)
    assert figures.awards_by_theme == [("Youth voice", 2)]


def test_children_are_told_from_five_on_and_only_of_reports_accepted_in_these_days() -> None:
    reported(4, date(2026, 9, 5))
    reported(30, date(2026, 10, 5))
    reported(50, date(2026, 11, 2))
    did = Figures(update_of()).did
    assert did is not None
    assert did.children_told == "at least 30"


def reported(children: int, on: date) -> None:
    with time_machine.travel(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), tick=False):
        its_round = make_round(status="decided", pot=Decimal(20_000))
        award = make_award(2_000, round=its_round)
        publish_award(award=awarded_of(award))
        counted = {"before-1": "0", "after-1": str(children)}
        accepted(award, children=str(children), agreed_on="1 September 2026", **counted)


def test_what_people_said_is_counted_by_theme_and_never_quoted(client_of: ClientOf) -> None:
    make_evidence("mobility", text="The last bus goes at six.", heard_on=date(2026, 9, 9))
    make_evidence("mobility", text="No bus on Sunday.", heard_on=date(2026, 8, 9))
    update = update_of()
    assert [(one.name, one.notes) for one in Figures(update).said] == [("Mobility", 1)]
    shown = read(client_of("stefan"), update)
    assert "Mobility" in shown
    assert "last bus" not in shown


# --- The page -----------------------------------------------------------------------------------


def read(client: Client, update: BoardUpdate) -> str:
    answer = client.get(reverse("admin:grants_boardupdate_paper", args=[update.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_of_it_stands_on_one_page_and_the_words_are_escaped(client_of: ClientOf) -> None:
    listed("Bells & whistles", date(2026, 9, 5))
    update = update_of(issues="No bus <here>.\n\nNo hall.", asks="Lend us a minibus.")
    shown = read(client_of("stefan"), update)
    for words in (
        "1 September 2026 to 31 October 2026",
        "Bells &amp; whistles",
        "<li>No bus &lt;here&gt;.</li><li>No hall.</li>",
        "<li>Lend us a minibus.</li>",
        "Robin, at the council",
    ):
        assert words in shown
    assert "not over" not in shown
    assert "these days are not over" in read(
        client_of("stefan"), update_of(before=date(2026, 12, 1))
    )


def test_its_queries_do_not_grow_with_its_rows(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    update = update_of()
    client = client_of("stefan")
    path = reverse("admin:grants_boardupdate_paper", args=[update.pk])

    def fill(number: int) -> None:
        listed(
            f"Club {number}", date(2026, 9, 5), organisation=make_organisation(name=f"G{number}")
        )
        make_ours(number, awarded_on=date(2026, 9, 5))

    fill(1)
    client.get(path)
    with django_assert_max_num_queries(1000) as one:
        client.get(path)
    fill(2)
    fill(3)
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(path)


@pytest.mark.skipif(not pdf.can(), reason="Pango is not installed")
def test_the_pdf_is_tagged_and_has_its_name(client_of: ClientOf) -> None:
    update = update_of()
    answer = client_of("stefan").get(reverse("admin:grants_boardupdate_pdf", args=[update.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert (
        'filename="update-the-childrens-partnership-2026-09-01.pdf"'
        in answer["Content-Disposition"]
    )
    root: Any = PdfReader(BytesIO(answer.content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-gb"


# --- Writing it ---------------------------------------------------------------------------------

FORM = {
    "board": "the Forum",
    "first_on": "2026-09-01",
    "ends_before": "2026-11-01",
    "issues": "",
    "asks": "",
    "goals": "",
    "contact": "Robin: 01632 960123",
}


def test_whoever_edits_writes_one_and_reads_it_at_once(client_of: ClientOf) -> None:
    answer = client_of("mona").post(reverse("admin:grants_boardupdate_add"), FORM)
    assert answer.status_code == 302
    made = BoardUpdate.objects.get()
    assert (made.board, made.written_by, made.history.get().history_user) == (
        "the Forum",
        person("mona"),
        person("mona"),
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_before": "2026-09-01"}, "It ends after the day on which it begins."),
        ({"first_on": "2026-11-04", "ends_before": "2026-12-01"}, "That day is still to come."),
        ({"issues": "Ring jo@example.org"}, "Leave out e-mail addresses"),
        ({"contact": ""}, "Fill this in."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client_of: ClientOf, wrong: dict[str, str], said: str
) -> None:
    typed = FORM | {"asks": "A minibus."} | wrong
    shown = client_of("mona").post(reverse("admin:grants_boardupdate_add"), typed)
    assert shown.status_code == 200
    assert said in shown.content.decode()
    assert "A minibus." in shown.content.decode()
    assert not BoardUpdate.objects.exists()


def test_the_verb_refuses_days_that_have_not_begun() -> None:
    with pytest.raises(ValidationError, match="still to come"):
        update_of(first=date(2026, 11, 4), before=date(2026, 12, 1))


def test_who_does_not_look_after_the_directory_or_the_fund_does_not_read_it(
    client_of: ClientOf,
) -> None:
    path = reverse("admin:grants_boardupdate_paper", args=[update_of().pk])
    assert [client_of(who).get(path).status_code for who in ("sal", "finn", "pam")] == [403] * 3
    assert [client_of(who).get(path).status_code for who in ("stefan", "erin", "mona")] == [200] * 3
