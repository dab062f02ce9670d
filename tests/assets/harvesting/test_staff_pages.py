"""Staff set another directory, read it, say what is the same, and let its drafts be seen."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.daily import jobs
from assets.models import (
    Activity,
    Harvest,
    HarvestDuplicate,
    Source,
)
from tests.assets.admin.pages import save, url
from tests.assets.harvesting.feeds import (
    Machine,
    another,
    at,
    bring,
    key,
    make_source,
    many,
    service,
    text,
)
from tests.assets.make import again, make_activity, make_organisation, publish

pytestmark = pytest.mark.django_db
OTHER = {"id": key("moves"), "name": "Moves", "description": "We play.", "email": "m@example.org"}


def test_whoever_sets_an_address_is_written_down(editor: Client, erin: User) -> None:
    typed = {"name": "Peak Directory", "licence": "CC BY 4.0", "address": "https://example.org/"}
    assert editor.post("/admin/assets/source/add/", typed).status_code == 302
    source = Source.objects.get()
    assert (source.set_by, source.address, source.every_night) == (
        erin,
        "https://example.org/",
        False,
    )


def test_whoever_adds_one_comes_to_where_it_is_read(editor: Client) -> None:
    assert "What they publish comes in as drafts" in text(editor, "/admin/assets/source/")
    typed = {"name": "Peak Directory", "licence": "CC BY 4.0"}
    page = editor.post("/admin/assets/source/add/", typed, follow=True)
    assert page.redirect_chain == [(at(Source.objects.get(), "change"), 302)]
    assert "“Peak Directory” is here now." in page.content.decode()
    assert "Read it now" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.org/",
        "https://127.0.0.1/",
        "https://10.0.0.1:8000/feed",
        "https://[::1]/",
        "https://localhost/",
        "https://[x",
    ],
)
def test_an_address_that_is_not_read_is_told(editor: Client, address: str) -> None:
    typed = {"name": "Peak Directory", "licence": "CC BY 4.0", "address": address}
    page = editor.post("/admin/assets/source/add/", typed)
    assert (page.status_code, "address" in page.context["adminform"].errors) == (200, True)
    assert not Source.objects.exists()


def test_drafts_say_when_they_were_last_checked_and_all_may_be_ticked(editor: Client) -> None:
    bring(service(assured_date="2026-11-03"), another("Chess"))
    drafts = at(Source.objects.get(), "drafts")
    page = text(editor, drafts)
    assert page.count("Last checked there on 3 November 2026") == 1
    assert (page.count(" checked>"), text(editor, f"{drafts}?all=1").count(" checked>")) == (0, 2)


def test_what_nobody_checked_for_a_year_is_ticked_one_by_one(editor: Client) -> None:
    today = timezone.localdate()
    days = {"Chess": 366, "Bells": 300}
    bring(
        *(
            another(name, assured_date=str(today - timedelta(days=ago)))
            for name, ago in days.items()
        )
    )
    page = text(editor, f"{at(Source.objects.get(), 'drafts')}?all=1")
    ticked = re.findall(r" checked> <label [^>]*><bdi>([^<]*)", page)
    assert (ticked, page.count("More than a year ago: ring first.")) == (["Bells"], 1)


def test_a_feed_is_read_by_a_button_and_its_drafts_are_let_be_seen(
    editor: Client, erin: User, client: Client, machine: Machine
) -> None:
    machine.has([service(), another("Chess")])
    source = make_source(address=machine.address, licence_url="https://example.org/licence")
    done = editor.post(at(source, "read"), {"read": "1"}, follow=True)
    harvest = Harvest.objects.get()
    assert harvest.read_by == erin
    assert "2 new" in done.content.decode()
    assert "2 drafts to look at" in text(editor, at(source, "change"))
    activity = Activity.objects.get(title="Wren Club")
    page = text(editor, at(source, "drafts"))
    assert f'value="{activity.pk}"' in page
    done = editor.post(at(source, "drafts"), {"draft": [str(activity.pk)]}, follow=True)
    said = done.content.decode()
    assert f'1 is public now: <a href="/admin/assets/activity/{activity.pk}/change/">' in said
    assert "1 has no needs group: “What would help?” does not lead to it." in said
    assert sorted(Activity.objects.values_list("title", "status")) == [
        ("Chess", "draft"),
        ("Wren Club", "public"),
    ]
    public = text(client, f"/activities/{Activity.objects.get(title='Wren Club').slug}/")
    assert "From <bdi>Peak Directory</bdi>, under" in public
    assert '<a href="https://example.org/licence" rel="license">' in public
    group = text(client, f"/groups/{activity.organisation.slug}/")
    assert "From <bdi>Peak Directory</bdi>, under" in group


def test_a_file_is_read_by_a_button(editor: Client) -> None:
    source = make_source()
    file = SimpleUploadedFile("feed.json", json.dumps([service()]).encode())
    editor.post(at(source, "read"), {"file": file})
    assert Harvest.objects.get().counts == {"made": 1}


def test_a_refusal_is_told_in_words(editor: Client) -> None:
    source = make_source(address="https://127.0.0.1/")
    page = editor.post(at(source, "read"), {"read": "1"}, follow=True).content.decode()
    assert "leads into a private network" in page
    assert text(editor, "/admin/assets/source/").count(": refused</td>") == 1
    assert not Activity.objects.exists()


def test_whoever_saves_a_draft_of_theirs_goes_on_with_the_others(editor: Client) -> None:
    bring(service())
    source, theirs, ours = Source.objects.get(), Activity.objects.get(), make_activity(title="Ours")
    for one, back in ((theirs, at(source, "drafts")), (ours, "/admin/assets/activity/")):
        saved = save(editor, url(one, "change"), summary="Songs, and a slice of cake.")
        assert saved.redirect_chain[-1][0] == back
        assert again(one).summary == "Songs, and a slice of cake."


def test_a_listing_says_from_where_it_is_and_whose_word_counts(editor: Client) -> None:
    ours = make_activity(title="Ours")
    bring(service())
    theirs = Activity.objects.get(title="Wren Club")

    def panel(of: Activity) -> list[str]:
        page = text(editor, f"/admin/assets/activity/{of.pk}/change/")
        return re.findall(r"Its feed [^<]*", page)

    assert panel(ours) == []
    assert panel(theirs) == [
        "Its feed still changes this. Save a change here, and all of it is ours: its feed changes "
        "it no more."
    ]
    theirs.summary = "Songs, and a slice of cake."
    listings.save(listing=theirs, by=None)
    assert panel(theirs) == ["Its feed no longer changes this: somebody of ours has changed it."]


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("drafts", {"draft": ["x", "7", "\x00"]}),
        ("duplicates", {"again": "9" * 5_000, f"is-{'9' * 900}": "same"}),
        ("duplicates", {"again": "9" * 19}),
        ("duplicates", {"is-x": "same", "is-": "", "is-٣": "same", "is-1": "never"}),
    ],
)
def test_garbage_changes_nothing(editor: Client, page: str, typed: dict[str, Any]) -> None:
    bring(service())
    source = Source.objects.get()
    assert editor.post(at(source, page), typed).status_code == 302
    assert Activity.objects.get().status == "draft"


def test_a_draft_of_another_directory_is_not_made_public_from_here(editor: Client) -> None:
    bring(service())
    other = make_source(name="Moor Directory")
    editor.post(at(other, "drafts"), {"draft": [str(Activity.objects.get().pk)]})
    assert Activity.objects.get().status == "draft"


def test_who_only_looks_reads_nothing(client_of: Callable[[str], Client]) -> None:
    bring(service())
    looks = client_of("stefan")
    for page in ("read", "drafts", "duplicates"):
        assert looks.post(at(Source.objects.get(), page), {"read": "1"}).status_code == 403
    assert Harvest.objects.count() == 1


def test_the_list_of_drafts_asks_as_much_for_three_as_for_one(editor: Client) -> None:
    bring(another("Club 0"))
    address = at(Source.objects.get(), "drafts")
    editor.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        editor.get(address)
    bring(*many(3))
    with CaptureQueriesContext(connection) as three:
        editor.get(address)
    assert len(one) == len(three)


def test_those_that_are_set_are_read_every_night(machine: Machine) -> None:
    machine.has([service()])
    make_source(address=machine.address, every_night=True)
    make_source(name="Moor Directory", address="https://127.0.0.1/", every_night=True)
    make_source(name="By hand", address=machine.address)
    assert jobs.read_feeds() == "1 directory read, 1 refused"
    assert Activity.objects.count() == 1


def test_the_command_reads_a_file_and_tells(tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "feed.ndjson"
    path.write_text("\n".join(json.dumps(one) for one in many(3)))
    call_command("harvest", "Peak Directory", file=path, licence="CC BY 4.0")
    assert capsys.readouterr().out == "Peak Directory: 3 new\n"
    with pytest.raises(CommandError, match="There is no source “Moor”"):
        call_command("harvest", "Moor")
    path.write_text("\n".join(json.dumps(one) for one in many(2)))
    call_command("harvest", "Peak Directory", file=path, verbosity=2)
    assert capsys.readouterr().out == (
        "Peak Directory: 2 as before, 1 gone\n  gone: Club 2: no longer in Peak Directory\n"
    )
    path.write_text("{")
    with pytest.raises(CommandError, match="Refused: Peak Directory"):
        call_command("harvest", "Peak Directory", file=path)
    assert "it is no JSON that we can read" in capsys.readouterr().out


def test_what_waits_is_a_task_and_choosing_nothing_is_told(editor: Client) -> None:
    own = publish(make_organisation(name="Wren Field Club"))
    bring(service(), another("Chess", organization=OTHER))
    (asked,) = HarvestDuplicate.objects.all()
    assert asked.organisation == own
    page = text(editor, "/admin/")
    assert ("1 draft<" in page, "1 may be here already" in page) == (True, True)
    source = Source.objects.get()
    told = editor.post(at(source, "drafts"), {}, follow=True).content.decode()
    assert "Tick at least one." in told
    told = editor.post(at(source, "duplicates"), {}, follow=True).content.decode()
    assert "Answer at least one that is still open." in told
