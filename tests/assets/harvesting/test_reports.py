"""What a reading did is told where staff look: its report, the tasks, the listing's page."""

import re

import pytest
from django.test import Client

from assets import listings
from assets.models import Activity, Status
from tests.assets.harvesting.feeds import another, bring, service, text
from tests.assets.make import make_activity, publish

pytestmark = pytest.mark.django_db


def accept_chess() -> Activity:
    chess = Activity.objects.get(title="Chess")
    for one in (chess.organisation, chess.venue, chess):
        assert one
        publish(one)
    return chess


def test_what_is_gone_there_and_still_here_is_a_task_and_stands_on_its_page(
    editor: Client,
) -> None:
    bring(service(), another("Chess"), another("Bells"))
    chess = accept_chess()
    chess.summary = "Songs, and a slice of cake."
    listings.save(listing=chess, by=None)
    harvest = bring(service(), another("Bells"))
    assert harvest.counts == {"same": 2, "kept": 1}
    report = f"/admin/assets/harvest/{harvest.pk}/change/"
    assert re.findall(r'href="([^"]*)">1 gone there, still here', text(editor, "/admin/")) == [
        report
    ]
    page = f"/admin/assets/activity/{chess.pk}/change/"
    assert f'<a href="{page}">Chess</a>: somebody of ours has changed it;' in text(editor, report)
    told = "At the last reading: somebody of ours has changed it; their directory has it no longer"
    assert told in text(editor, page)
    bells = Activity.objects.get(title="Bells")
    assert "At the last reading" not in text(editor, f"/admin/assets/activity/{bells.pk}/change/")
    listings.move(listing=chess, to=Status.ENDED, by=None)
    assert "gone there, still here" not in text(editor, "/admin/")


def test_what_a_directory_sent_waits_in_one_place_to_be_published(editor: Client) -> None:
    """And all three want tags."""
    make_activity(title="Ours")
    bring(service(), another("Chess"))
    page = text(editor, "/admin/")
    counted = re.findall(r">(\d+ (?:groups?|activit\w+|venues?|drafts?))<", page)
    assert counted == ["1 group", "1 activity", "1 venue", "3 activities", "2 drafts"]


def test_a_report_names_what_is_new_and_what_has_changed(editor: Client) -> None:
    bring(service(), another("Chess"))
    harvest = bring(service(), another("Chess", description="Now with clocks."), another("Bells"))
    page = text(editor, f"/admin/assets/harvest/{harvest.pk}/change/")
    named = r'<h2 id="came-\d">([^<]*)</h2> <ul><li><a href="[^"]*">([^<]*)'
    assert re.findall(named, page) == [("New: 1", "Bells"), ("Changed: 1", "Chess")]
    assert "All of it, from the file “feed.json”" in page


def test_whoever_may_not_look_at_accounts_is_not_led_there(editor: Client) -> None:
    harvest = bring(service())
    assert "/accounts/user/" not in text(editor, f"/admin/assets/harvest/{harvest.pk}/change/")
