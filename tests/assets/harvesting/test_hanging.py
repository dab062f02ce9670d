"""What a feed of ours tells beyond the standard: notes, changed days, who runs it too."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assets.models import Activity, DateChange, Organisation
from assets.words import long_date
from tests.assets.harvesting.feeds import SERVICE, another, bring, key, service, told
from tests.assets.make import make_organisation, make_partner, publish

pytestmark = pytest.mark.django_db
# The club is on Tuesdays.
TUESDAY = timezone.localdate() + timedelta(days=(1 - timezone.localdate().weekday()) % 7 + 7)
NEXT = TUESDAY + timedelta(days=7)
FRIEND = another(
    "Friends",
    organization={"id": key("friends"), "name": "Friends of Wrens", "description": "We help."},
    email="friends@example.org",
    url="",
    phones=[],
)


def term(taxonomy: str, term: str, value: str = "") -> dict[str, Any]:
    said: dict[str, Any] = {"id": key(term), "taxonomy_term": {"taxonomy": taxonomy, "term": term}}
    return said | ({"value": value} if value else {})


OURS = term("Level of offer", "universal")


def ours(notes: str = "", *contacts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """As a directory like ours has it."""
    (schedule,) = SERVICE["schedules"]
    schedules = [schedule | {"description": "Tuesdays, 6 pm", "notes": notes}]
    return service(
        **{"attributes": [OURS], "schedules": schedules, "contacts": [*contacts]} | changes
    )


def runs_it_too(name: str) -> dict[str, Any]:
    return {"id": key(name), "title": "Together with", "name": name, "organization_id": key(name)}


def club() -> Activity:
    return Activity.objects.get(title="Wren Club")


def days() -> list[tuple[date, str, date | None, str]]:
    found = club().date_changes.order_by("on")
    return [(one.on, one.kind, one.to_on, one.note) for one in found]


def notes() -> list[str]:
    return [one.note for one in club().schedules.all()]


def partners() -> list[str]:
    return [one.name for one in club().partners.all()]


def test_a_day_off_a_note_and_a_partner_come_along() -> None:
    said = f"in term time; Not on {long_date(TUESDAY)} (no hall); by appointment; ring"
    bring(ours(said, runs_it_too("friends")), FRIEND)
    assert days() == [(TUESDAY, "cancelled", None, "no hall")]
    assert (notes(), partners()) == (["by appointment; ring"], ["Friends of Wrens"])
    (rule,) = club().schedules.all()
    assert rule.time_of_year == "term"


def test_a_day_that_has_moved_keeps_its_own_hours() -> None:
    to = TUESDAY + timedelta(days=1)
    said = f"Not on {long_date(TUESDAY)}: moved to {long_date(to)} (a wedding)"
    other = {
        "id": key("moved"),
        "opens_at": "19:00",
        "closes_at": "20:00",
        "dtstart": to.isoformat(),
        "description": f"Moved from {long_date(TUESDAY)}",
    }
    one = ours(said)
    one["schedules"].append(other)
    bring(one)
    assert days() == [(TUESDAY, "moved", to, "a wedding")]
    (change,) = club().date_changes.all()
    assert (str(change.starts_at), str(change.ends_at)) == ("19:00:00", "20:00:00")
    assert club().schedules.count() == 1
    publish(club())
    dates = club().occurrences.filter(on__in=[TUESDAY, to])
    assert [(one.on, one.cancelled) for one in dates] == [(TUESDAY, True), (to, False)]


def test_a_partner_that_comes_later_is_a_partner_then() -> None:
    bring(ours("", runs_it_too("friends")))
    assert partners() == []
    bring(ours("", runs_it_too("friends")), FRIEND)
    assert partners() == ["Friends of Wrens"]


def test_what_they_take_back_goes_and_what_somebody_here_said_stays() -> None:
    bring(ours(f"Not on {long_date(TUESDAY)}; bring a mat", runs_it_too("friends")), FRIEND)
    here = publish(make_organisation(name="Neighbours"))
    make_partner(club(), here)
    DateChange.objects.create(activity=club(), on=NEXT, kind="cancelled", note="we rang")
    bring(ours(""), FRIEND)
    assert days() == [(NEXT, "cancelled", None, "we rang")]
    assert (notes(), partners()) == ([""], ["Neighbours"])


def test_a_day_and_a_note_that_somebody_here_has_written_are_not_overwritten() -> None:
    bring(ours("bring a mat"))
    (rule,) = club().schedules.all()
    rule.note = "bring two mats"
    rule.save()
    DateChange.objects.create(
        activity=club(), schedule=rule, on=TUESDAY, kind="cancelled", note="we rang"
    )
    bring(ours(f"Not on {long_date(TUESDAY)} (theirs); bring a cup"))
    assert days() == [(TUESDAY, "cancelled", None, "we rang")]
    assert notes() == ["bring two mats"]


def test_the_notes_of_a_stranger_are_not_taken_for_ours() -> None:
    bring(ours(f"Not on {long_date(TUESDAY)}; call Jo at home", attributes=[]))
    assert (days(), notes()) == ([], [""])


def test_what_is_made_up_is_refused() -> None:
    harvest = bring(ours(attributes=[OURS, term("Good to know", "example")]))
    assert told(harvest) == [("refused", "Wren Club", "it is made up, as an example")]
    assert not Organisation.objects.exists()


def test_its_page_says_when_their_directory_last_checked_it() -> None:
    bring(service(assured_date="2026-11-03"))
    publish(club())
    page = Client().get(f"/activities/{club().slug}/").content.decode()
    assert "Checked on 3 November 2026 by the directory it came from" in page


def test_how_a_group_works_and_its_district_come_along() -> None:
    group = SERVICE["organization"] | {
        "attributes": [
            term("Ways of working", "facilitation"),
            term("Kind of group", "charity"),
            term("More of a group", "district", "E07000035"),
        ],
        "contacts": [
            {
                "id": key("text"),
                "title": "Text message",
                "name": "ask for Heron (Liz), evenings",
                "phones": [{"id": key("mobile"), "number": "07700 900123"}],
            }
        ],
    }
    bring(service(organization=group))
    made = Organisation.objects.get()
    assert (made.kind, made.district.code if made.district else "") == ("charity", "E07000035")
    (way,) = made.organisationwayofworking_set.all()
    assert (way.way_of_working_id, way.source) == ("facilitation", "import")
    (text,) = made.contacts.filter(kind__in=["text", "phone"])
    assert (text.value, text.label) == ("07700 900123", "ask for Heron (Liz), evenings")
