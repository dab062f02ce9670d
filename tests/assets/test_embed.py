"""Our search on a partner's website: framed by whom staff allow, and by nobody else."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from csp.constants import NONE, SELF
from django.conf import settings
from django.test import Client

from assets import listings
from assets.models import EmbedHost, NotFound, Venue
from tests.assets.admin.pages import errors, messages, save
from tests.assets.make import make_activity, make_organisation, make_venue, publish
from tests.guards.addresses import address, names
from tests.people import person

ClientOf = Callable[[str], Client]
EMBED = "/embed/activities/"


def ancestors(answer: object) -> list[str]:
    """Who may frame this page, as a browser reads it."""
    policy = answer.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    found = re.search(r"frame-ancestors ([^;]*)", policy)
    assert found
    return found[1].split()


def _told(page: str) -> str:
    """Without what stands there to be shown by a script alone."""
    return re.sub(r"<p[^>]* hidden>.*?</p>", "", page)


def test_with_no_host_allowed_no_other_site_may_frame_it(db: None) -> None:
    answer = Client().get(EMBED)
    assert ancestors(answer) == [SELF]


def test_only_the_hosts_that_staff_allow_may_frame_it(db: None) -> None:
    EmbedHost.objects.create(host="www.bells.org.uk", whose="Bell School")
    EmbedHost.objects.create(host="bells.example:8443", whose="Bell School")
    EmbedHost.objects.create(host="www.gone.org.uk", whose="Gone", is_allowed=False)
    answer = Client().get(EMBED)
    assert ancestors(answer) == [SELF, "bells.example:8443", "www.bells.org.uk"]
    assert "X-Frame-Options" not in answer.headers


def test_no_other_address_may_be_framed(example_district: None) -> None:
    EmbedHost.objects.create(host="www.bells.org.uk", whose="Bell School")
    framed = {}
    for name in names():
        answer = Client().get(address(name))
        framed[name] = (ancestors(answer), answer.headers.get("X-Frame-Options"))
    assert framed.pop("embed_activities") == ([SELF, "www.bells.org.uk"], None)
    assert {name: one for name, one in framed.items() if one != ([NONE], "DENY")} == {}


def test_it_finds_what_the_search_finds_with_its_links_to_the_whole_window(db: None) -> None:
    for number in range(21):
        publish(make_activity(title=f"Bell club {number:02}"))
    publish(make_activity(title="Art club"))
    page = Client().get(f"{EMBED}?q=bell&sort=name").content.decode()
    titles = re.findall(r'card__title"><a href="([^"]*)">', page)
    assert titles == [f"/activities/bell-club-{number:02}/" for number in range(10)]
    assert '<base target="_top">' in page
    # Only the pages of the list stay in the frame.
    stay = re.findall(r'<a[^>]*href="([^"]*)"[^>]* target="_self"', page)
    assert {unescape(url) for url in stay} == {
        "?q=bell&sort=name",
        "?q=bell&sort=name&page=2",
        "?q=bell&sort=name&page=3",
    }
    assert "Keep" not in page


def test_its_map_has_as_many_as_ours(db: None) -> None:
    for number in range(12):
        publish(make_activity(title=f"Bell club {number:02}"))
    page = Client().get(f"{EMBED}?q=bell&view=map").content.decode()
    assert len(re.findall(r'card__title"><a href', page)) == 12


def test_it_needs_no_cookie_and_no_script(example_district: None) -> None:
    for view in ("", "?view=map"):
        answer = Client().get(f"{EMBED}{view}")
        assert answer.cookies == {}
        assert "<script" not in answer.content.decode()
        assert "Need help now?" in answer.content.decode()


def test_words_of_crisis_lead_to_help_first_there_too(example_district: None) -> None:
    page = Client().get(f"{EMBED}?q=i+want+to+die").content.decode()
    assert page.index("You do not have to carry this alone") < page.index("<h1>")


@pytest.mark.parametrize("view", ["print", "text", "dates", "list"])
def test_whichever_view_the_search_was_in_it_is_a_list(example_district: None, view: str) -> None:
    answer = Client().get(f"{EMBED}?view={view}&near=Bakewell")
    assert answer.status_code == 200
    used = {one.name for one in answer.templates}
    pages = {"assets/embed.html", "assets/print.html", "assets/text.html", "assets/search.html"}
    assert used & pages == {"assets/embed.html"}
    assert b'<ol class="cards"' in answer.content


def test_what_is_no_value_is_told(example_district: None) -> None:
    answer = Client().get(f"{EMBED}?age=banana")
    assert answer.status_code == 400
    assert b"Write an age such as 7, 18 months or pregnant." in answer.content


def test_a_search_that_finds_nothing_there_is_no_gap_that_a_family_met(db: None) -> None:
    publish(make_activity(title="Bells"))
    Client().get(f"{EMBED}?theme=youth-voice")
    assert NotFound.objects.count() == 0


def test_the_code_to_paste_shows_the_search_that_was_chosen(example_district: None) -> None:
    page = Client().get("/embed/?near=Bakewell&cost=free&view=map&page=2&ids=AAAA").content.decode()
    found = re.search(r"<textarea[^>]*>(.*)</textarea>", page, re.S)
    assert found
    site = settings.SITE_URL.geturl()
    query = "near=Bakewell&amp;cost=free&amp;view=map"
    assert unescape(found[1]).splitlines() == [
        f'<iframe src="{site}/embed/activities/?{query}" title="What is on: Near Bakewell, within '
        '10 miles, Free" width="100%" height="860" loading="lazy"></iframe>',
        f'<p><a href="{site}/activities/?{query}">See all of this at Golden Opportunities</a></p>',
    ]
    assert "<script" not in unescape(found[1])


def test_a_name_cannot_break_out_of_the_code(example_district: None) -> None:
    page = Client().get('/embed/?q="><script>alert(1)</script>').content.decode()
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert found
    assert "<script" not in page
    assert "<script" not in unescape(found[1])


def test_the_search_page_leads_to_the_code_for_its_search(example_district: None) -> None:
    page = Client().get("/activities/?near=Bakewell&cost=free&view=dates").content.decode()
    assert '<a class="tap" href="/embed/?near=Bakewell&amp;cost=free" rel="nofollow">' in page


def test_the_preview_may_stand_on_our_page_for_partners(example_district: None) -> None:
    policy = Client().get("/embed/").headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("www.bells.org.uk", "www.bells.org.uk"),
        ("https://WWW.Bells.org.uk/clubs/?a=b", "www.bells.org.uk"),
        ("bells.org.uk/", "bells.org.uk"),
        ("bells.org.uk:8443", "bells.org.uk:8443"),
    ],
)
def test_staff_add_a_website_by_its_address(
    client_of: ClientOf, db: None, typed: str, host: str
) -> None:
    editor = client_of("erin")
    answer = save(editor, "/admin/assets/embedhost/add/", host=typed, whose="Bell School")
    assert messages(answer)
    row = EmbedHost.objects.get()
    assert (row.host, row.whose, row.added_by) == (host, "Bell School", person("erin"))
    assert row.history.get().history_user == person("erin")


@pytest.mark.parametrize(
    "typed",
    ["*", "*.org.uk", "bells", "https:", "'self'", "a.org; script-src *", "a.org b.org", "a_b.org"],
)
def test_what_is_not_one_host_is_not_let_in(client_of: ClientOf, db: None, typed: str) -> None:
    answer = save(client_of("erin"), "/admin/assets/embedhost/add/", host=typed, whose="Bells")
    told = "Write the host alone, in small letters: www.bakewell-school.org.uk"
    assert errors(answer) == {"host": [told]}
    assert not EmbedHost.objects.exists()


@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_a_hidden_venue_stays_hidden_in_a_frame(db: None, shown_as: str) -> None:
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane")
    publish(make_activity(title="Sums at home", venue=venue))
    assert "A ring means" not in _told(Client().get(f"{EMBED}?view=map").content.decode())
    venue.refresh_from_db()
    venue.shown, venue.getting_there = Venue.Shown(shown_as), ""
    listings.save(listing=venue, by=None)
    page = Client().get(f"{EMBED}?view=map").content.decode()
    assert "Sums at home" in page
    assert "A ring means" in _told(page)
    assert "Rosie" not in page


def test_a_draft_is_in_no_frame(db: None) -> None:
    make_activity(title="Drafty", organisation=publish(make_organisation()))
    assert "Drafty" not in Client().get(EMBED).content.decode()
