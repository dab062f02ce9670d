"""From whom it came is told wherever it goes."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assets.models import HarvestStamp, ImportedRow, Source
from assets.openactive.verbs import choose
from tests.assets.harvesting.feeds import accept, at, bring, make_source, service
from tests.assets.make import make_activity, publish
from tests.assets.openactive.following import KEYS, follow, make_sport
from tests.assets.openreferral.published import errors, told

pytestmark = pytest.mark.django_db


def test_what_goes_out_again_says_from_whom_it_came() -> None:
    bring(service())
    club = accept()
    ours = publish(make_activity(title="Ours"))
    said = {one["name"]: one for one in told("services", full="true")}
    assert errors("compiled/service", said["Wren Club"]) == []
    of = {name: [one.get("title") for one in said[name]["contacts"]] for name in said}
    credit = "From this directory, under Open Government Licence v3.0"
    assert (of[club.title].count(credit), of[ours.title].count(credit)) == (1, 0)
    assert said["Wren Club"]["contacts"][-1]["name"] == "Peak Directory"


def test_files_and_sport_finders_hear_from_whom_it_came() -> None:
    bring(service())
    club = accept()
    ours = make_sport(title="Ours")
    choose(activity=club, concept=KEYS["Football"], by=None)
    sheet = csv.DictReader(StringIO(Client().get("/activities.csv").content.decode("utf-8-sig")))
    came = "Peak Directory, under Open Government Licence v3.0"
    assert {row["Name"]: row["From"] for row in sheet} == {club.title: came, ours.title: ""}
    rows = Client().get("/activities.json").json()["results"]
    assert {row["title"]: row.get("came_from") for row in rows} == {
        club.title: came,
        ours.title: None,
    }
    said = {one["data"]["name"]: one["data"]["description"] for one in follow()[0]}
    assert {name: f"From {came}." in words for name, words in said.items()} == {
        club.title: True,
        ours.title: False,
    }


def test_a_sheet_that_is_called_like_a_directory_is_none(editor: Client) -> None:
    ours = publish(make_activity(title="Ours"))
    for name in ("directory of Derbyshire", "directory 7"):
        ImportedRow.objects.create(key=name, source=name, activity=ours)
    assert [one["name"] for one in told("services", full="true")] == ["Ours"]
    assert Client().get("/activities.csv").status_code == 200
    file = SimpleUploadedFile("a.csv", b"Name,Group\nA,B\n")
    page = editor.post("/admin/assets/importbatch/bring/", {"file": file, "source": "directory 7"})
    assert "Begin with another word" in page.content.decode()


def test_the_page_of_open_data_names_whose_some_of_it_is() -> None:
    make_source(name="Moor Directory")
    bring(service(), source=make_source(licence="CC BY 4.0"))
    words = "Some of it is from"
    assert words not in Client().get("/open-data/").content.decode()
    accept()
    page = Client().get("/open-data/").content.decode()
    assert (page.count(words), "Peak Directory" in page, "Moor Directory" in page) == (
        1,
        True,
        False,
    )


def test_a_new_name_of_a_directory_is_heard_by_who_asks_for_what_changed(editor: Client) -> None:
    bring(service())
    source, theirs = Source.objects.get(), accept()
    publish(make_activity(title="Ours"))
    last_year = datetime(2025, 1, 1, tzinfo=UTC)
    HarvestStamp.objects.update(modified_at=last_year)
    changed = HarvestStamp.objects.of_activities().filter(modified_at__gt=last_year)
    typed = {"name": source.name, "licence": source.licence}
    assert editor.post(at(source, "change"), typed).status_code == 302
    assert not changed.exists()
    assert editor.post(at(source, "change"), typed | {"name": "Peak"}).status_code == 302
    assert [one.activity for one in changed] == [theirs]
