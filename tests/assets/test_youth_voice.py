"""Youth voice: standards looked at every six months, and what changed, told to everybody."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets import youth_voice
from assets.models import VoiceStandard, YouthVoiceReview
from tests.people import person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
ADD = "/admin/assets/youthvoicereview/add/"


def make_look(standard: str, days_ago: int = 0, **changes: Any) -> YouthVoiceReview:
    review = YouthVoiceReview(
        standard=VoiceStandard.objects.get(pk=standard),
        looked_on=timezone.localdate() - timedelta(days=days_ago),
        **{"how": "in-part", "why": "We asked."} | changes,
    )
    return youth_voice.look(review=review, by=person("erin"))


def due() -> list[str]:
    return [one.pk for one in youth_voice.due()]


def public() -> str:
    return Client().get("/youth-voice/").content.decode()


def test_every_standard_says_whose_it_is_and_nobody_claims_to_have_checked() -> None:
    standards = VoiceStandard.objects.all()
    names = ["space", "voice", "audience", "influence", "built-in"]
    assert [one.pk for one in standards] == names
    assert all(one.source and one.source_address.startswith("https://") for one in standards)
    assert public().count("We have not checked the link yet.") == len(names)


def test_what_nobody_looked_at_for_six_months_is_due() -> None:
    assert len(due()) == 5
    for name in ("space", "voice", "audience"):
        make_look(name)
    make_look("influence", days_ago=182)
    make_look("built-in", days_ago=400)
    assert due() == ["built-in"]
    make_look("built-in", days_ago=183)
    assert due() == ["built-in"]
    make_look("built-in")
    assert due() == []


def test_what_is_due_is_a_task_of_staff(client_of: ClientOf) -> None:
    editor = client_of("erin")
    assert "5 standards" in editor.get("/admin/").content.decode()
    for name in due()[1:]:
        make_look(name)
    page = editor.get("/admin/assets/voicestandard/?do=look")
    assert [row.pk for row in page.context["cl"].result_list] == ["space"]


def test_staff_look_and_everybody_reads_what_changed(client_of: ClientOf) -> None:
    sent = {
        "standard": "voice",
        "looked_on": timezone.localdate().isoformat(),
        "how": "in-part",
        "why": "Only two came.",
        "heard": "",
        "changed": "You can send a drawing.",
    }
    editor = client_of("erin")
    page = editor.post(ADD, sent)
    assert [*page.context["adminform"].form.errors] == ["heard"]
    sent["heard"] = "Not all of us like to talk."
    assert editor.post(ADD, sent).status_code == 302
    page = editor.post(ADD, sent)
    assert [*page.context["adminform"].form.errors] == ["looked_on"]
    assert YouthVoiceReview.objects.get().looked_by == person("erin")
    said = re.sub(r"<[^>]*>", "", public())
    assert "You said: Not all of us like to talk." in said
    assert "What changed: You can send a drawing." in said


def test_how_we_do_and_what_changed_nothing_stay_with_our_team() -> None:
    make_look("space", why="Zebras stayed away.", heard="Zebras said no.", changed="")
    assert "Zebras" not in public()


def test_a_day_to_come_and_a_way_to_reach_somebody_are_refused() -> None:
    with pytest.raises(ValidationError):
        make_look("space", days_ago=-1)
    with pytest.raises(ValidationError):
        make_look("space", heard="Write to jo@example.org", changed="We did.")


def test_what_is_mended_keeps_how_it_was() -> None:
    review = make_look("space")
    review.why = "We asked twice."
    youth_voice.look(review=review, by=person("ada"))
    assert [one.why for one in review.history.all()] == ["We asked twice.", "We asked."]
    assert YouthVoiceReview.objects.get().looked_by == person("erin")


@pytest.mark.parametrize("who", ["stefan", "vera", "visitor"])
def test_who_may_not_add_adds_nothing(client_of: ClientOf, who: str) -> None:
    answer = client_of(who).post(ADD, {"standard": "voice"})
    assert answer.status_code == (403 if who == "stefan" else 302)
    assert not YouthVoiceReview.objects.exists()


def test_the_page_asks_no_more_for_many_than_for_one() -> None:
    counted = []
    for days in ((0,), (1, 2)):
        for one in days:
            make_look("voice", days_ago=one, heard="A bus.", changed="A bus.")
        public()
        with CaptureQueriesContext(connection) as queries:
            public()
        counted.append(len(queries))
    assert counted[0] == counted[1]
