"""The public search of awards: ours first, others' on request, and never taken for ours."""

from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.test import Client

from assets.models import Place
from grants.models import PublishedGrant
from grants.threesixty.awarded import Recipient
from tests.assets.make import make_activity, make_organisation, publish
from tests.grants.awarded import load_theirs, make_ours, make_theirs, said
from tests.grants.make import make_application

pytestmark = pytest.mark.django_db


def listed(client: Client, **asked: str | list[str]) -> list[str]:
    answer = client.get(f"/grants/awards/?{urlencode(asked, doseq=True)}")
    assert answer.status_code == 200
    return [one.title for one in answer.context["entries"]]


def places(*slugs: str) -> tuple[Place, ...]:
    return tuple(Place.objects.filter(slug__in=slugs))


def count(client: Client, name: str, path: str = "/grants/awards/") -> dict[str, int]:
    groups = client.get(path).context["groups"]
    return {one.label: one.count for each in groups if each.name == name for one in each.options}


def test_ours_are_listed_and_others_only_when_asked_for(client: Client) -> None:
    make_ours(1)
    make_theirs(1)
    assert listed(client) == ["Bells 1"]
    assert listed(client, whose="theirs") == ["Bells 1", "A garden 1"]
    assert count(client, "whose") == {"Other funders’, too": 1}
    page = client.get("/grants/awards/?whose=theirs").content.decode()
    assert "Given by <bdi>Garden Trust</bdi>, not by us" in page


def test_the_newest_comes_first_twenty_to_a_page(client: Client) -> None:
    for number in range(1, 22):
        make_ours(number)
    newest = PublishedGrant.objects.get(identifier="360G-golden-GGO1-021")
    PublishedGrant.objects.filter(pk=newest.pk).update(award_date="2026-06-02")
    titles = listed(client)
    assert (titles[0], len(titles)) == ("Bells 21", 20)
    assert listed(client, page="2") == ["Bells 20"]
    assert client.get("/grants/awards/?page=3").status_code == 404


def test_each_question_narrows_and_counts_as_if_only_it_were_changed(client: Client) -> None:
    make_ours(1, places=places("bakewell", "matlock"), awarded=Decimal("499.99"))
    make_ours(2, places=places("matlock"), themes=(), needs_groups=(), awarded=Decimal(2_000))
    make_ours(3, places=(), programme="Autumn 2026", awarded=Decimal(500))
    make_theirs(1)
    assert listed(client, place="matlock") == ["Bells 1", "Bells 2"]
    assert listed(client, place=["matlock", "derbyshire-dales"], amount="500") == ["Bells 1"]
    assert listed(client, programme="autumn-2026") == ["Bells 3"]
    assert listed(client, needs="thriving", theme="youth-voice") == ["Bells 1", "Bells 3"]
    assert listed(client, amount=["2000", "10000"]) == ["Bells 2", "Bells 3"]
    assert listed(client, year="2024", whose="theirs") == ["A garden 1"]
    matlock = "/grants/awards/?place=matlock"
    assert count(client, "place", matlock) == {"Bakewell": 1, "Derbyshire Dales": 1, "Matlock": 2}
    assert count(client, "programme", matlock) == {"Spring 2026": 2}
    assert count(client, "amount", matlock) == {"Below £500": 1, "£2,000 to £10,000": 1}
    assert count(client, "whose", matlock) == {"Other funders’, too": 1}


def test_a_place_written_in_two_ways_is_one_option(client: Client) -> None:
    make_theirs(1, beneficiaryLocation=[{"name": "UK-wide"}])
    make_theirs(2, beneficiaryLocation=[{"name": "UK Wide"}, {"name": "???"}])
    path = "/grants/awards/?whose=theirs&place=uk-wide"
    assert count(client, "place", path) == {"UK Wide": 2}
    assert listed(client, whose="theirs", place="uk-wide") == ["A garden 1", "A garden 2"]


def test_words_are_found_whatever_their_form_and_accents(client: Client) -> None:
    make_ours(1, title="Café for dads")
    make_ours(2, recipient=Recipient("Otter Swimmers", "o"), description="In the pool.")
    assert listed(client, q="cafes") == ["Café for dads"]
    assert listed(client, q="swimmer pools") == ["Bells 2"]
    assert listed(client, q="hand -café") == []
    assert listed(client, q="spring 2026") == ["Café for dads", "Bells 2"]


def test_one_persons_name_is_neither_shown_nor_found(client: Client) -> None:
    grant = {key: one for key, one in said(1).items() if key != "recipientOrganization"}
    load_theirs(grant | {"recipientIndividual": {"id": "p1", "name": "Jo Private"}})
    found = PublishedGrant.objects.get()
    for path in ("/grants/awards/?whose=theirs", f"/grants/awards/{found.pk}/"):
        page = client.get(path).content.decode()
        assert "One person" in page
        assert "Private" not in page
    assert listed(client, q="Private", whose="theirs") == []


def test_where_the_money_went_is_shared_among_places(client: Client) -> None:
    make_ours(1, places=places("bakewell", "matlock"), awarded=Decimal("501.50"))
    make_ours(2, places=places("matlock"), awarded=Decimal(1_000))
    make_theirs(1, amountAwarded=99, currency="EUR")
    answer = client.get("/grants/awards/?whose=theirs")
    assert answer.context["totals"] == ["£1,501.50 in 2 grants", "EUR 99 in 1 grant"]
    bars = answer.context["drawing"].bars
    assert [(one.name, one.money, one.grants, one.share) for one in bars] == [
        ("Matlock", "£1,251", 2, "100.0"),
        ("Bakewell", "£251", 1, "20.0"),
    ]
    assert bars[0].url == "?whose=theirs&place=matlock"


def test_many_places_share_one_last_bar(client: Client) -> None:
    names = [f"Place {number:02}" for number in range(12)]
    for number, name in enumerate(names, start=1):
        make_theirs(number, beneficiaryLocation=[{"name": name}])
    make_theirs(20, beneficiaryLocation=[])
    bars = client.get("/grants/awards/?whose=theirs").context["drawing"].bars
    assert len(bars) == 9
    assert (bars[0].name, bars[0].url) == ("No place named", "")
    assert (bars[-1].name, bars[-1].money, bars[-1].grants) == ("Other places", "£12,500", 5)


@pytest.mark.parametrize(
    "query",
    [
        "place=Atlantis",
        "programme=\x00",
        "year=1066",
        "amount=0",
        "needs=x",
        "whose=mine",
        "q=" + "x" * 101,
    ],
)
def test_a_bad_value_is_told(client: Client, query: str) -> None:
    answer = client.get(f"/grants/awards/?{query}")
    assert answer.status_code == 400
    assert "Please look at this again" in answer.content.decode()


def test_nothing_found_leads_on(client: Client) -> None:
    page = client.get("/grants/awards/").content.decode()
    assert "Our first grants are still to come." in page
    make_ours(1)
    caches["pieces"].clear()
    page = client.get("/grants/awards/?q=zebra").content.decode()
    assert "No grant fits all of that." in page
    assert "?q=zebra&amp;whose=theirs" in page


def test_an_award_has_a_page_that_says_what_it_is(client: Client) -> None:
    group = publish(make_organisation(name="Bell Ringers"))
    grant = make_ours(1, organisation=group, is_example=True)
    page = client.get(f"/grants/awards/{grant.pk}/").content.decode()
    for words in (
        "Bells 1",
        "£500",
        "£650.50",
        "1 June 2026",
        "1 July 2026 to 30 June 2027",
        "Bakewell",
        "Public Health",
        "Spring 2026",
        f'href="/groups/{group.slug}/"',
        "this grant is made up",
        'href="/thrive/thriving/"',
        'href="/themes/youth-voice/"',
    ):
        assert words in page
    assert "not one of ours" not in page


def test_an_activity_says_which_grant_helps_it(client: Client) -> None:
    group = make_organisation(name="Bell Ringers")
    activity, other = (publish(make_activity(title=one, organisation=group)) for one in "AB")
    application = make_application(organisation=group, grows=activity)
    grant = make_ours(1, application=application)
    link = f'Helped by <a href="/grants/awards/{grant.pk}/">a grant from <bdi>Public Health</bdi>'
    assert link in client.get(f"/activities/{activity.slug}/").content.decode()
    assert "Helped by" not in client.get(f"/activities/{other.slug}/").content.decode()


def test_a_group_that_is_not_public_has_no_link(client: Client) -> None:
    group = make_organisation(name="Bell Ringers")
    grant = make_ours(1, organisation=group)
    assert (
        f"/groups/{group.slug}/" not in client.get(f"/grants/awards/{grant.pk}/").content.decode()
    )


def test_another_funders_page_says_whose_it_is_and_its_licence(client: Client) -> None:
    grant = make_theirs(1, plannedDates=[{"duration": 18}])
    page = client.get(f"/grants/awards/{grant.pk}/").content.decode()
    assert "This is a grant of <bdi>Garden Trust</bdi>, not one of ours." in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert "We fetched it on 1 November 2026." in page
    assert "18 months" in page


def test_there_is_no_page_of_what_is_not_there(client: Client) -> None:
    missing = client.get("/grants/awards/5b0e4a5e-0d3c-4c8e-9d3a-6f1f0c1d2e3f/")
    assert missing.status_code == 404
    assert client.get("/grants/awards/bells/").status_code == 404


def test_what_a_funder_wrote_is_never_markup(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    grant = make_theirs(
        1,
        title=evil,
        description=evil,
        beneficiaryLocation=[{"name": evil}],
        grantProgramme=[{"title": evil}],
    )
    for path in ("/grants/awards/?whose=theirs", f"/grants/awards/{grant.pk}/"):
        assert "<script>alert" not in client.get(path).content.decode()
