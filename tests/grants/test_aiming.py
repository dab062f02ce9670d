"""A round aims at gaps in what is on: what each application would fill, and what was filled."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail
from assets.coverage import Dim
from assets.models import Place
from grants import aiming, commissioners, copying
from grants.models import Application, Round, RoundGap
from tests.assets.make import make_activity, make_evidence, make_venue, publish, tag
from tests.grants.admin.panel_pages import text, url
from tests.grants.make import make_application, make_round, make_seat
from tests.grants.paid import accepted, make_award, make_offer
from tests.grants.panel import fill_all
from tests.people import person
from thrive.models import NeedsGroup, Theme

ClientOf = Callable[[str], Client]
pytestmark = pytest.mark.django_db
VOICE = "youth-voice"


def gap(round: Round, theme: str = VOICE, ages: str = "", place: str = "") -> RoundGap:
    """Added as the database allows: to a draft, or before a round is moved on."""
    found = Place.objects.filter(slug=place).first() if place else None
    return RoundGap.objects.create(round=round, theme_id=theme, ages=ages, place=found)


def draft(*gaps: tuple[str, ...], status: str = "open", **fields: Any) -> Round:
    made = make_round(status="draft", **fields)
    for one in gaps:
        gap(made, *one)
    Round.objects.filter(pk=made.pk).update(status=status)
    made.refresh_from_db()
    return made


def applies(round: Round, theme: str = VOICE, *, place: str = "wirksworth", **fields: Any) -> Any:
    """For 11 to 13 in Wirksworth, unless the test says otherwise."""
    ages = {"age_from": 132, "age_before": 168}
    return make_application(
        round=round,
        themes=Theme.objects.filter(pk=theme),
        places=Place.objects.filter(slug=place),
        **{**ages, **fields},
    )


def on_the_board(place: str = "wirksworth", theme: str = VOICE) -> None:
    there = Place.objects.get(slug=place)
    venue = make_venue(name=f"Hall {there}", place=there, point=there.point)
    made = publish(make_activity(title="Forum", venue=venue, age_from=132, age_before=192))
    tag(made, "themes", theme)


# --- What an application would fill ---


def test_it_fills_a_gap_where_theme_ages_and_town_all_fit() -> None:
    its_round = draft(
        (VOICE, "11-15", "wirksworth"),
        (VOICE, "", ""),
        (VOICE, "16-17", "wirksworth"),
        (VOICE, "11-15", "bakewell"),
        ("mobility", "11-15", "wirksworth"),
    )
    found = aiming.aimed(applies(its_round), aiming.gaps_of(its_round))
    assert [str(one) for one in found] == [
        "Youth voice",
        "Youth voice, for 11 to 15, in and around Wirksworth",
    ]


def test_a_village_fills_the_gap_of_its_town_and_a_place_over_the_border_fills_none() -> None:
    its_round = draft((VOICE, "", "wirksworth"), (VOICE, "", ""))
    village = applies(its_round, place="middleton-by-wirksworth")
    over_the_border = applies(its_round, place="buxton")
    gaps = aiming.gaps_of(its_round)
    assert [one.place is not None for one in aiming.aimed(village, gaps)] == [True, False]
    assert aiming.aimed(over_the_border, gaps) == []


def test_a_gap_of_a_needs_group_is_filled_by_what_meets_that_need() -> None:
    its_round = make_round(status="draft")
    RoundGap.objects.create(round=its_round, needs_group_id="getting-advice")
    advice = applies(its_round, needs_groups=NeedsGroup.objects.filter(pk="getting-advice"))
    other = applies(its_round, needs_groups=NeedsGroup.objects.filter(pk="thriving"))
    gaps = aiming.gaps_of(its_round)
    assert [len(aiming.aimed(one, gaps)) for one in (advice, other)] == [1, 0]


def test_what_is_missing_now_is_told_of_an_application_until_there_is_enough() -> None:
    on_the_board()
    one = applies(draft())
    assert "Only 1 activity for 11–15 about “Youth voice” in and around Wirksworth" in [
        found.words for found in aiming.would_fill(one)
    ]
    on_the_board()
    on_the_board()
    assert not [found for found in aiming.would_fill(one) if Dim.THEME in found.keys]


# --- Before and after ---


def test_each_grant_counts_once_in_every_cell_where_it_stands() -> None:
    on_the_board()
    its_round = draft((VOICE, "11-15", "wirksworth"))
    here, there = applies(its_round), applies(its_round, place="bakewell", age_before=204)
    coverage = aiming.Coverage(its_round)
    spans = [aiming.span_of(one) for one in (here, there)]
    before, after = coverage.tally(), coverage.tally(spans)
    # Bakewell had nothing for 11–15 nor for 16–17, and has one each; Wirksworth has two, not one.
    assert (before.empty - after.empty, after.thin - before.thin) == (2, 2)
    [aimed] = coverage.aimed(spans)
    assert (aimed.now, aimed.after) == (1, 2)
    themes, bands, towns = (
        len(coverage.grids[Dim.THEME].keys[dim]) for dim in (Dim.THEME, Dim.AGES, Dim.PLACE)
    )
    assert before.empty + before.thin == themes * bands * towns


def test_ways_to_share_out_the_pot_stand_side_by_side_with_what_they_fill(
    client_of: ClientOf,
) -> None:
    its_round = draft((VOICE,), status="panel")
    cora = make_seat("cora", round=its_round, declared=True, is_chair=True)
    rows = [applies(its_round, status="in-scoring") for _each in range(2)]
    fill_all(its_round, rows, [cora.person])
    page = client_of("cora").get(url("scenarios", its_round))
    [(aimed, afters)] = page.context["aimed"]
    # Nothing is given yet as the panel has it; each computed way funds both.
    assert (aimed.now, afters) == (0, [0, 2, 2, 2])
    assert "Aimed at: Youth voice" in page.content.decode()
    assert "The round aims at: Youth voice" in text(client_of("cora"), url("board", its_round))


# --- What was filled ---


def test_filled_counts_grants_that_were_offered_and_how_many_have_reported() -> None:
    its_round = draft((VOICE,), ("mobility",), status="decided", pot=Decimal(9_000))
    themes = {"themes": Theme.objects.filter(pk=VOICE)}
    accepted(make_award(2_000, round=its_round, **themes))
    make_award(1_000, round=its_round, **themes)
    lapsed = make_offer(1_000, round=its_round, **themes)
    type(lapsed).objects.filter(pk=lapsed.pk).update(status="lapsed")
    # Settled by the panel, and told to nobody.
    applies(its_round, status="to-award", award=Decimal(700))
    told = [(str(one.gap), one.awards, one.reported, one.now) for one in aiming.filled(its_round)]
    assert told == [("Youth voice", 2, 1, 0), ("Mobility", 0, 0, 0)]
    assert aiming.filled(make_round()) == []


# --- Choosing them ---


def page_of(round: Round, name: str = "gaps") -> str:
    return reverse(f"admin:grants_round_{name}", args=[round.pk])


def test_a_draft_aims_at_what_is_ticked_and_everybody_reads_it_once_it_opens(
    client_of: ClientOf, client: Client
) -> None:
    its_round = make_round(status="draft", slug="next")
    mona = client_of("mona")
    shown = mona.get(page_of(its_round)).content.decode()
    assert "Nothing about “Youth voice” anywhere" in shown
    key = f"ages:all,place:all,theme:{VOICE}"
    assert mona.post(page_of(its_round), {"chosen": [key]}).status_code == 302
    assert [str(one) for one in its_round.gaps.all()] == ["Youth voice"]
    assert key not in mona.get(page_of(its_round)).content.decode()
    Round.objects.filter(pk=its_round.pk).update(status="open")
    public = client.get("/grants/next/").content.decode()
    assert "What is missing most" in public
    assert "<li>Youth voice</li>" in public


def test_the_history_of_a_round_tells_which_gap_was_added(
    client_of: ClientOf,
) -> None:
    its_round = make_round(status="draft")
    for theme in ("mobility", VOICE):
        key = f"ages:all,place:all,theme:{theme}"
        client_of("mona").post(page_of(its_round), {"chosen": [key]})
    path = reverse("admin:grants_round_history", args=[its_round.pk])
    assert "Gap it aims at “Youth voice” added" in client_of("mona").get(path).content.decode()


def test_what_was_not_offered_is_refused_and_an_open_round_aims_at_nothing_more(
    client_of: ClientOf,
) -> None:
    its_round = make_round(status="draft")
    garbage = client_of("mona").post(page_of(its_round), {"chosen": ["theme:nothing"]})
    assert garbage.status_code == 200
    opened = make_round(status="open")
    key = f"ages:all,place:all,theme:{VOICE}"
    client_of("mona").post(page_of(opened), {"chosen": [key]})
    assert not RoundGap.objects.exists()
    with pytest.raises(IntegrityError, match="has opened"), transaction.atomic():
        gap(opened)


def test_a_copy_aims_at_the_same() -> None:
    first = draft((VOICE, "11-15", "wirksworth"))
    made = copying.copy(round=first, by=person("mona"), title="Next", slug="next", code="NXT")
    assert [str(one) for one in made.gaps.all()] == [str(one) for one in first.gaps.all()]


# --- Beyond the round ---


def test_commissioners_are_told_what_a_round_may_not_fund_and_nothing_else(
    client_of: ClientOf,
) -> None:
    its_round = make_round()
    make_evidence(needs_group_id="getting-help", text="She waited a year.")
    drafted = commissioners.drafted(its_round)
    assert "Help towards a goal (Getting Help):" in drafted
    assert "- 1 note of ours speaks of it." in drafted
    assert "waited a year" not in drafted
    assert "Staying well" not in drafted
    sent = {"to": "lead@example.org", "subject": "Gaps", "text": "What is missing.\n"}
    answer = client_of("mona").post(page_of(its_round, "commissioners"), sent)
    assert answer.status_code == 302
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject, mail.reason) == ("lead@example.org", "Gaps", "commissioners")
    assert mail.body.startswith("What is missing.\n\nMona Fell\n")


def test_a_message_without_an_address_is_kept_and_not_sent(client_of: ClientOf) -> None:
    typed = {"to": "nobody", "subject": "Gaps", "text": "What I wrote."}
    page = client_of("mona").post(page_of(make_round(), "commissioners"), typed)
    assert page.status_code == 200
    assert "What I wrote." in page.content.decode()
    assert not OutgoingMail.objects.exists()


# --- On the pages of staff ---


def test_an_application_and_a_report_say_which_gaps_they_fill(client_of: ClientOf) -> None:
    its_round = draft((VOICE, "11-15", "wirksworth"), ("mobility",))
    one: Application = applies(its_round)
    shown = text(client_of("mona"), reverse("admin:grants_application_change", args=[one.pk]))
    assert "The round aims at: Youth voice, for 11 to 15, in and around Wirksworth" in shown
    assert "Nothing about “Youth voice” anywhere" in shown
    assert "Mobility" not in shown
