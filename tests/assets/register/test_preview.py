"""“As families will see it”: the very page, before anything of it is on the board."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client

from assets.models import Activity, Organisation, Venue
from assets.proposals import writing
from tests.assets.proposals.made import changes_of, public_activity, wrote
from tests.assets.register.writer import Writer, begun, words

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def test_a_new_activity_is_seen_as_families_will_and_nothing_is_kept() -> None:
    jo = Writer.of(begun())
    part = jo.write_all()
    jo.save(f"{part}/where", at="new", name="Moor Hut", address="The Moor", postcode="DE45 1DY")
    answer = jo.get(f"preview/{part}/")
    page = answer.content.decode()
    assert "Preview. This is how families will see it" in words(answer)
    assert "Kites on the moor" in page
    assert "Tuesdays, 4 pm to 5.30 pm" in page
    assert "Moor Hut" in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert (Activity.objects.count(), Organisation.objects.count()) == (0, 0)
    assert not Venue.objects.filter(name="Moor Hut").exists()
    assert answer.cookies == {}


def test_a_group_is_seen_with_what_it_offers() -> None:
    jo = Writer.of(begun())
    jo.write_all()
    said = words(jo.get("preview/group/"))
    assert "Kite Club" in said
    assert "What they do Kites on the moor" in said


def test_what_is_missing_is_told_on_the_page_before() -> None:
    jo = Writer.of(begun())
    part = jo.add()
    assert jo.get(f"preview/{part}/")["Location"] == f"{jo.form}check/"
    assert jo.get("preview/new-99/").status_code == 404


def test_a_change_is_seen_by_its_group_alone(client_of: ClientOf) -> None:
    activity = public_activity()
    group = activity.organisation
    changes_of(group, name="Larks and Owls")
    proposal = writing.begin_changes(organisation=group, by=group.memberships.get().user)
    wrote(proposal, str(activity.pk), summary="Bring your own chair.")
    caches["pieces"].clear()
    path = f"/my/{group.pk}/edit/preview/{activity.pk}/"
    page = client_of("vera").get(path).content.decode()
    assert ("Bring your own chair." in page, "Larks and Owls" in page) == (True, True)
    for public in (f"/activities/{activity.slug}/", f"/groups/{group.slug}/", "/activities/"):
        page = Client().get(public).content.decode()
        assert ("Bring your own chair." in page, "Larks and Owls" in page) == (False, False)
    assert client_of("pam").get(path).status_code == 404


def test_a_preview_says_so_in_its_title_and_leads_nowhere_that_is_not_there() -> None:
    jo = Writer.of(begun())
    part = jo.write_all()
    page = jo.get(f"preview/{part}/").content.decode()
    assert "<title>Preview: Kites on the moor" in page
    assert ('href="/groups/kite-club/"' in page, "/report/" in page) == (False, False)
