"""The example district: large and varied as life, marked as made up, and gone without a trace."""

import re
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection, models

from accounts import example as example_people
from accounts.models import User
from assets import example, example_removal, listings
from assets.models import (
    Activity,
    ActivityNeedsGroup,
    Contact,
    Membership,
    Organisation,
    Schedule,
    Status,
    TrustStatement,
    Venue,
)
from assets.models.activities import (
    Cost,
    HowToCome,
    Kind,
    Level,
    Newcomers,
    Referrer,
    WayToTakePart,
)
from assets.models.schedules import Frequency, TimeOfYear
from assets.search.answer import search
from assets.search.query import Query
from assets.search.rows import rebuild
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_partner,
    make_venue,
    publish,
)
from thrive.models import NeedsGroup, Theme

# Ofcom, "Telephone numbers for use in TV and radio drama programmes".
DRAMA_NUMBER = r"01632960\d{3}|07700900\d{3}|08081570\d{3}"
LOOKS_LIKE_A_NUMBER = r"(?<!\d)(?:\+44|0)\d(?:[ -]?\d){7,}"
KILOMETRE_AND_A_HALF = 1500


def everything() -> dict[str, str]:
    """A fingerprint of every table's rows."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


def said_by(model: type[models.Model], field: str) -> set[Any]:
    values = model._default_manager.values_list(field, flat=True)
    return {one for value in values for one in (value if isinstance(value, list) else [value])}


@pytest.fixture
def hamlet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A smaller district to load: a copy of the venues and one group, for a test to change."""
    for name in ("venues.toml", "pebble-and-wren.toml"):
        shutil.copy(example.FOLDER / name, tmp_path)
    monkeypatch.setattr(example, "FOLDER", tmp_path)
    return tmp_path


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in example.FOLDER.glob("*.toml")}


@pytest.mark.usefixtures("example_district")
def test_it_has_twenty_groups_forty_activities_and_some_that_are_not_on() -> None:
    assert Organisation.objects.public().count() == 20
    assert Activity.objects.public().count() == 40
    assert Venue.objects.public().count() == 22
    assert said_by(Activity, "status") == set(Status.values)
    assert Organisation.objects.public().filter(activities=None).count() == 1


@pytest.mark.usefixtures("example_district")
def test_every_row_says_that_it_is_an_example() -> None:
    for model in example_removal.HISTORIES:
        assert said_by(model, "is_example") == {True}


@pytest.mark.usefixtures("example_district")
def test_every_needs_group_and_theme_has_something_public() -> None:
    shown = Activity.objects.public()
    assert set(shown.values_list("needs_groups", flat=True)) == said_by(NeedsGroup, "slug")
    assert set(shown.values_list("themes", flat=True)) - {None} == said_by(Theme, "slug")


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Activity, "kind", Kind),
        (Activity, "cost", Cost),
        (Activity, "level", Level),
        (Activity, "how_to_come", HowToCome),
        (Activity, "who_can_refer", Referrer),
        (Activity, "newcomers", Newcomers),
        (Activity, "ways_to_take_part", WayToTakePart),
        (Organisation, "kind", Organisation.Kind),
        (Schedule, "frequency", Frequency),
        (Schedule, "time_of_year", TimeOfYear),
        (Venue, "shown", Venue.Shown),
        (Contact, "kind", Contact.Kind),
        (TrustStatement, "kind", TrustStatement.Kind),
        (TrustStatement, "stance", TrustStatement.Stance),
    ],
)
@pytest.mark.usefixtures("example_district")
def test_every_choice_is_there_to_be_seen(
    model: type[models.Model], field: str, choices: type[models.TextChoices]
) -> None:
    # A made-up school would be taken for a real one.
    left_out = {Organisation.Kind.SCHOOL} if model is Organisation else set()
    assert said_by(model, field) == set(choices.values) - left_out


@pytest.mark.usefixtures("example_district")
def test_listings_were_checked_by_the_team_by_the_group_or_never() -> None:
    assert said_by(Activity, "last_checked_by") == {"team", "group", ""}


@pytest.mark.usefixtures("example_district")
def test_one_statement_of_trust_has_run_out_and_is_not_shown() -> None:
    told = TrustStatement.objects.exclude(stance=TrustStatement.Stance.NOT_ASKED)
    assert told.count() - TrustStatement.objects.current().count() == 1


@pytest.mark.usefixtures("example_district")
def test_help_and_more_is_given_by_paid_people_only() -> None:
    """THRIVE: a club that volunteers run is Thriving or Getting Advice, never Getting Help."""
    helping = ActivityNeedsGroup.objects.filter(
        needs_group__in=["getting-help", "getting-more-help", "getting-risk-support"]
    )
    assert helping.exists()
    assert [tag.reason for tag in helping if "paid" not in tag.reason.lower()] == []
    reasons = ActivityNeedsGroup.objects.filter(reason__contains="volunteers")
    assert set(reasons.values_list("needs_group", flat=True)) <= {"thriving", "getting-advice"}


@pytest.mark.usefixtures("example_district")
def test_every_venue_is_at_the_place_that_it_names() -> None:
    far = [
        venue.name
        for venue in Venue.objects.select_related("place")
        if venue.point.metres_to(venue.place.point) > KILOMETRE_AND_A_HALF
    ]
    assert far == []


@pytest.mark.usefixtures("example_district")
def test_some_venues_are_over_the_border() -> None:
    districts = set(Venue.objects.values_list("district__name", flat=True))
    assert districts == {
        "Derbyshire Dales",
        "Amber Valley",
        "Chesterfield",
        "High Peak",
        "Staffordshire Moorlands",
    }


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
        ("home educated", "Satchel Day for home educated families"),
        ("young carers", "Kettle’s On Saturdays"),
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
def test_its_search_rows_are_those_of_a_full_rebuild() -> None:
    shown = "SELECT activity_id, organisation_id, document, point::text FROM assets_searchrow"
    with connection.cursor() as cursor:
        cursor.execute(f"{shown} ORDER BY sort_key")
        before = cursor.fetchall()
        rebuild()
        cursor.execute(f"{shown} ORDER BY sort_key")
        assert cursor.fetchall() == before


@pytest.mark.usefixtures("example_district")
def test_loading_it_a_second_time_changes_nothing() -> None:
    before, out = everything(), StringIO()
    call_command("load_example", stdout=out)
    assert out.getvalue() == "There are example rows already: nothing was changed.\n"
    assert everything() == before


@pytest.mark.django_db
def test_it_leaves_no_trace_and_takes_nothing_real_with_it(settings: LazySettings) -> None:
    settings.PRIVATE_POSTGRES = True
    publish(make_activity(title="A real one"))
    before, out = everything(), StringIO()
    call_command("load_example", stdout=out)
    assert everything() != before
    call_command("remove_example", stdout=out)
    assert out.getvalue() == (
        "Loaded 20 example groups with 40 activities.\n"
        "Removed: 44 activities, 24 venues, 20 groups, 4 people.\n"
    )
    assert everything() == before


@pytest.mark.django_db
def test_a_mistake_in_a_file_loads_nothing(hamlet: Path) -> None:
    change(hamlet / "pebble-and-wren.toml", 'cost = "donation"', 'cost = "paid"')
    before = everything()
    with pytest.raises(CommandError, match="“Tiny Wrens”: Say how much it costs"):
        call_command("load_example")
    assert everything() == before


@pytest.mark.django_db
def test_it_says_what_has_to_be_loaded_first(hamlet: Path) -> None:
    change(hamlet / "venues.toml", 'place = "leek"', 'place = "atlantis"')
    with pytest.raises(CommandError, match=r"No such place: atlantis\. .*load_places"):
        call_command("load_example")


@pytest.mark.usefixtures("example_district")
def test_it_stays_whole_while_a_real_activity_is_at_one_of_its_venues() -> None:
    hall = Venue.objects.get(slug="weir-field-hall")
    publish(make_activity(title="Real tea dance", venue=hall))
    before = everything()
    with pytest.raises(CommandError) as refused:
        call_command("remove_example")
    assert str(refused.value) == (
        "Real activities still have an example venue or group: "
        "“Real tea dance” (Weir Field Hall, Bakewell). "
        "Change them first. Nothing was removed."
    )
    assert everything() == before


@pytest.mark.usefixtures("example_district")
def test_it_stays_whole_while_one_of_its_groups_helps_with_a_real_activity() -> None:
    real = make_activity(title="Real tea dance", venue=make_venue(name="Real Hall"))
    make_partner(real, Organisation.objects.get(slug="two-bars"))
    with pytest.raises(CommandError, match="“Real tea dance” \\(Real Hall, Bakewell\\)"):
        call_command("remove_example")
    assert Organisation.objects.filter(slug="two-bars").exists()


@pytest.mark.usefixtures("example_district")
def test_it_stays_whole_while_an_example_person_is_named_in_a_real_record(
    settings: LazySettings,
) -> None:
    settings.PRIVATE_POSTGRES = True
    example_people.load()
    real = make_organisation(name="Real Friends")
    make_contact(real)
    erin = User.objects.get(email="editor@example.org")
    listings.move(listing=real, to=Status.PUBLIC, by=erin)
    with pytest.raises(CommandError) as refused:
        call_command("remove_example")
    assert str(refused.value) == (
        "Example people are named in the records of something real: “Real Friends”. "
        "Nothing was removed."
    )
    assert Organisation.objects.filter(is_example=True).count() == 20


@pytest.mark.django_db
@pytest.mark.usefixtures("hamlet")
def test_on_a_private_database_people_to_sign_in_as_come_with_it(settings: LazySettings) -> None:
    settings.PRIVATE_POSTGRES = True
    example.load()
    vera = Membership.objects.get(user__email="volunteer@example.org")
    assert vera.organisation.name == "Pebble and Wren Families"
    assert vera.confirmed_by == User.objects.get(email="editor@example.org")


@pytest.mark.django_db
@pytest.mark.usefixtures("hamlet")
def test_elsewhere_nobody_comes_with_it(settings: LazySettings) -> None:
    settings.PRIVATE_POSTGRES = False
    example.load()
    assert Organisation.objects.filter(is_example=True).exists()
    assert not User.objects.filter(is_example=True).exists()
