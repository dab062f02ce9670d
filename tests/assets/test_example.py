"""The example district is loaded once, or not at all, and gone without a trace."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import example as example_people
from accounts.models import User
from assets import example, listings
from assets.models import (
    Membership,
    Organisation,
    Status,
    Venue,
)
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_partner,
    make_venue,
    publish,
)
from tests.assets.test_example_district import ACTIVITIES, GROUPS


def everything() -> dict[str, str]:
    """A fingerprint of every table's rows."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def hamlet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A smaller district to load: a copy of the venues and one group, for a test to change."""
    shutil.copytree(example.FOLDER / "venues", tmp_path / "venues")
    shutil.copy(example.FOLDER / "pebble-and-wren.toml", tmp_path)
    monkeypatch.setattr(example, "FOLDER", tmp_path)
    return tmp_path


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


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
        f"Loaded {GROUPS} example groups with {ACTIVITIES} activities.\n"
        f"Removed: 199 activities, 72 venues, {GROUPS} groups, 16 people.\n"
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
    change(hamlet / "venues/over-the-border.toml", 'place = "leek"', 'place = "atlantis"')
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
    assert Organisation.objects.filter(is_example=True).count() == GROUPS


@pytest.mark.django_db
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
