"""Help now is long: its top leads at once to whom it is for."""

import gzip
import re

import pytest
from django.test import Client

MOST_BYTES = 25_000

pytestmark = pytest.mark.django_db


def test_the_top_leads_to_each_part_by_whom_it_is_for() -> None:
    page = Client().get("/help-now/").content.decode()
    nav = page.partition('class="help-jump"')[2].partition("</ul>")[0]
    leads = re.findall(r'href="#([\w-]+)">(.*?)</a>', nav)
    parts = re.findall(r'<h2 id="([\w-]+)">(.*?)</h2>', page)
    assert leads == parts[: len(leads)]
    assert len(leads) > 3


def test_it_stays_light_on_two_bars_of_signal() -> None:
    page = Client().get("/help-now/").content
    assert len(gzip.compress(page)) < MOST_BYTES
    assert b"<script" not in page
