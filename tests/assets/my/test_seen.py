"""How often a page was seen: counts alone, and none under five told."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from assets import listings, seen
from assets.models import SeenInMonth, Status
from tests.assets.make import make_activity, publish

pytestmark = pytest.mark.django_db

A_PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14)"}
OCTOBER, NOVEMBER = (datetime(2026, month, 20, 12, tzinfo=UTC) for month in (10, 11))


def test_each_look_at_a_page_counts_once_in_its_month(client: Client) -> None:
    activity = publish(make_activity())
    for moment, times in ((OCTOBER, 7), (NOVEMBER, 12)):
        with time_machine.travel(moment):
            for _time in range(times):
                client.get(f"/activities/{activity.slug}/", headers=A_PHONE)
    client.get(f"/groups/{activity.organisation.slug}/", headers=A_PHONE)
    with time_machine.travel(NOVEMBER):
        counts = seen.this_month_and_last([activity.pk, activity.organisation_id])
    assert counts[activity.pk] == (12, 7)
    assert seen.in_words(counts[activity.pk]) == "Seen 12 times this month, 7 times last month"


def test_fewer_than_five_are_not_told() -> None:
    assert seen.in_words((4, 5)) == "Seen fewer than 5 times this month, 5 times last month"
    assert seen.in_words((0, 4)) == ""


@pytest.mark.parametrize("agent", ["Googlebot/2.1", "curl/8.5", "python-requests/2.32"])
def test_programs_are_not_counted(client: Client, agent: str) -> None:
    activity = publish(make_activity())
    client.get(f"/activities/{activity.slug}/", headers={"User-Agent": agent})
    client.head(f"/activities/{activity.slug}/", headers=A_PHONE)
    assert SeenInMonth.objects.count() == 0


def test_what_is_not_public_is_not_counted(client: Client) -> None:
    activity = publish(make_activity())
    listings.move(listing=activity, to=Status.PAUSED, by=None)
    client.get(f"/activities/{activity.slug}/", headers=A_PHONE)
    assert SeenInMonth.objects.count() == 0
