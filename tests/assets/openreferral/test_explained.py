"""The page for people who write programs: true of what is answered."""

import re
from datetime import time
from html import unescape

import pytest
from django.test import Client

from assets.openreferral.asked import PageForm, ServiceForm, TermForm
from tests.assets.make import make_activity, make_schedule, make_venue, publish

pytestmark = pytest.mark.django_db
PAGE = "/open-data/api/"
TRY_IT = re.compile(r'<a class="tap" href="http://[^/]+([^"]+)">([^<]+)</a>')


def said() -> str:
    return Client().get(PAGE).content.decode()


def test_every_example_answers_with_something() -> None:
    hall = make_venue(postcode="DE4 3AB", name="Hall")
    climbing = publish(make_activity(venue=hall, title="Climbing", age_from=132, age_before=192))
    make_schedule(climbing, weekday=5, starts_at=time(10), ends_at=time(11))
    examples = [(unescape(path), words) for path, words in TRY_IT.findall(said())]
    assert len(examples) == 6
    for path, words in examples:
        answer = Client().get(path)
        body = answer.getvalue().decode()
        assert (answer.status_code, words, '"id"' in body) == (200, words, True)


def test_every_parameter_is_told_with_its_name() -> None:
    told = re.findall(r"<dt><code [^>]+>(\w+)=[^<]+</code></dt>", said())
    of_terms = [name for name in TermForm.base_fields if name not in PageForm.base_fields]
    assert sorted(told) == sorted([*ServiceForm.base_fields, *of_terms])


def test_the_page_is_linked_from_open_data_and_leads_to_the_document() -> None:
    page = Client().get("/open-data/").content.decode()
    assert f'{PAGE}"' in page
    assert 'href="/open-referral/openapi.json"' in said()
