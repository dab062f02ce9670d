"""A spreadsheet through the staff pages: brought, its columns named, looked at, loaded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from assets.admin import imports
from assets.importing import uploads
from assets.models import Activity, ImportBatch, ImportUpload, Organisation
from tests.assets.admin.pages import messages
from tests.assets.importing.sheets import as_csv, row
from tests.assets.make import make_activity, make_organisation, make_venue

BRING = "/admin/assets/importbatch/bring/"
Clients = Callable[[str], Client]


def brought(client: Client, *rows: dict[str, str], name: str = "clubs.csv") -> Any:
    file = SimpleUploadedFile(name, as_csv(list(rows)))
    return client.post(BRING, {"file": file, "source": "Club list"}, follow=True)


def shown_columns(answer: Any) -> dict[str, str]:
    """What the form of columns would send, had nothing been changed."""
    form = answer.context["form"]
    return {field.html_name: field.value() or "" for field in form}


def looked_at(client: Client, *rows: dict[str, str]) -> Any:
    answer = brought(client, *rows)
    return client.post(answer.request["PATH_INFO"], shown_columns(answer), follow=True)


def path_of(answer: Any) -> str:
    return str(answer.request["PATH_INFO"])


@pytest.mark.django_db
def test_a_sheet_is_brought_looked_at_loaded_and_taken_back(client_of: Clients, erin: User) -> None:
    client = client_of("erin")
    page = looked_at(client, row())
    assert page.context["said"] == [
        "Groups: 1 to add.",
        "Places: 1 to add.",
        "Activities: 1 to add.",
    ]
    assert Activity.objects.count() == 0
    done = client.post(path_of(page), {"status": "public"}, follow=True)
    assert messages(done) == ["Groups: 1 added. Places: 1 added. Activities: 1 added."]
    assert Activity.objects.get().status == "public"
    batch = ImportBatch.objects.get()
    assert (batch.loaded_by, batch.source, batch.file_name) == (erin, "Club list", "clubs.csv")
    assert ImportUpload.objects.count() == 0
    undone = client.post(f"/admin/assets/importbatch/{batch.pk}/undo/", follow=True)
    assert messages(undone) == ["Withdrawn: 3. Put back as before: 0."]
    assert Activity.objects.get().status == "withdrawn"
    again = client.post(f"/admin/assets/importbatch/{batch.pk}/undo/", follow=True)
    assert messages(again) == ["This load has been taken back already."]


@pytest.mark.django_db
def test_each_problem_is_told_by_row_and_column_and_nothing_can_be_loaded(
    client_of: Clients,
) -> None:
    client = client_of("erin")
    page = looked_at(client, row(), row(Id="A2", Ages="big"))
    html = page.content.decode()
    assert '<tr><th scope="row">3</th><td><b>Ages</b><br>big</td>' in html
    assert "Load it" not in html
    client.post(path_of(page), {"status": "public"})
    assert Activity.objects.count() == 0


@pytest.mark.django_db
def test_columns_are_remembered_by_their_heads(client_of: Clients) -> None:
    client = client_of("erin")
    sheet = {"Hive": "Wrens", **{k: v for k, v in row().items() if k != "Name"}}
    answer = brought(client, sheet)
    columns = shown_columns(answer)
    assert columns["column-0"] == ""
    refused = client.post(path_of(answer), columns)
    assert "Say which column has the name" in refused.content.decode()
    client.post(path_of(answer), columns | {"column-0": "title"})
    assert shown_columns(brought(client, sheet))["column-0"] == "title"


@pytest.mark.django_db
def test_columns_are_guessed_by_what_people_call_them_and_show_what_stands_in_them(
    client_of: Clients,
) -> None:
    sheet = {"Club": "Wrens", "Tel.": "01632 960123", "Run by": "Wren Trust", "Colour": "Red"}
    rows = [sheet | {"Club": name} for name in ("Wrens", "Owls", "Owls", "Rooks", "Daws")]
    answer = brought(client_of("erin"), *rows)
    assert [*shown_columns(answer).values()] == ["title", "phone", "group.name", ""]
    assert answer.context["form"]["column-0"].help_text == "Wrens; Owls; Rooks …"


@pytest.mark.django_db
def test_what_looks_like_what_is_here_is_chosen_one_by_one(client_of: Clients) -> None:
    group = make_organisation(name="Wren Field Club")
    client = client_of("erin")
    page = looked_at(client, row())
    assert "may be here already as “Wren Field Club”" in page.content.decode()
    unsure = client.post(path_of(page), {"status": "draft"})
    (choice,) = unsure.context["form"].errors
    assert Activity.objects.count() == 0
    client.post(path_of(page), {"status": "draft", choice: "skip"})
    assert Activity.objects.get().organisation == group


def wrens_that_are_here() -> None:
    venue = make_venue(name="Wren Field Hall")
    make_activity(
        title="Wren Club", organisation=make_organisation(name="Wren Field Club"), venue=venue
    )


@pytest.mark.django_db
def test_or_for_all_of_it_at_once(client_of: Clients) -> None:
    wrens_that_are_here()
    client = client_of("erin")
    page = looked_at(client, row())
    form = page.context["form"]
    assert form.fields["others"].label == "3 of them may be here already. What of these?"
    done = client.post(path_of(page), {"status": "draft", "others": "update"}, follow=True)
    assert messages(done) == ["Groups: 1 changed. Places: 1 changed. Activities: 1 changed."]


@pytest.mark.django_db
def test_what_was_chosen_already_stays_chosen_while_something_is_left_open(
    client_of: Clients,
) -> None:
    wrens_that_are_here()
    client = client_of("erin")
    page = looked_at(client, row())
    group, venue, activity = (name for name in page.context["form"].fields if "choice" in name)
    unsure = client.post(path_of(page), {"status": "public", group: "skip", activity: "nonsense"})
    form = unsure.context["form"]
    assert [*form.errors] == [venue, activity]
    assert (form[group].value(), form["status"].value()) == ("skip", "public")
    assert ImportBatch.objects.count() == 0


@pytest.mark.django_db
def test_where_too_many_are_here_already_to_ask_one_by_one_the_rest_is_asked_together(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "SHOWN", 1)
    wrens_that_are_here()
    client = client_of("erin")
    page = looked_at(client, row())
    (choice,) = (name for name in page.context["form"].fields if "choice" in name)
    unsure = client.post(path_of(page), {"status": "draft", choice: "add"})
    assert [*unsure.context["form"].errors] == ["others"]
    client.post(path_of(page), {"status": "draft", choice: "add", "others": "skip"})
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Name\n\x81\x8d\xff\n"])
def test_what_is_no_table_is_told_beside_the_field(client_of: Clients, data: bytes) -> None:
    file = SimpleUploadedFile("x.csv", data)
    answer = client_of("erin").post(BRING, {"file": file, "source": "x"})
    assert answer.status_code == 200
    assert len(answer.context["form"].errors["file"]) == 1


@pytest.mark.django_db
def test_a_sheet_too_long_for_a_page_is_told(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_ROWS_HERE", 1)
    answer = brought(client_of("erin"), row(), row(Id="A2"))
    (told,) = answer.context["form"].errors["file"]
    assert told == (
        "It has 2 rows, and a page can bring in 1 at once. Make it several sheets, or ask whoever "
        "runs the site to bring it in with: manage.py import_directory."
    )


@pytest.mark.django_db
def test_a_file_is_seen_by_nobody_but_who_brought_it(client_of: Clients) -> None:
    mine = brought(client_of("erin"), row())
    assert client_of("ada").get(path_of(mine)).status_code == 404
    assert client_of("stefan").get(path_of(mine)).status_code == 403
    assert client_of("stefan").get("/admin/assets/importbatch/").status_code == 200
