"""A list of one's own, in the address and nowhere else."""

import logging
import re
from uuid import UUID, uuid4

import pytest
import qrcode
from django.conf import settings
from django.test import Client

from assets import listings
from assets.models import Activity, Status
from assets.shortlist import MOST, Shortlist, picture, shortlist
from tests.assets.make import at, make_activity, make_organisation, make_venue, publish
from tests.assets.shown import asked, search, shown

pytestmark = pytest.mark.django_db


def clubs(*titles: str) -> list[Activity]:
    group, venue = make_organisation(), make_venue()
    return [
        publish(make_activity(title=title, organisation=group, venue=venue)) for title in titles
    ]


def ids(*activities: Activity) -> str:
    return Shortlist(tuple(one.pk for one in activities)).text


def read(text: str) -> tuple[UUID, ...]:
    return shortlist(Client().get("/about/", {"ids": text}).wsgi_request.GET).ids


def test_what_is_kept_stands_in_the_address_in_the_order_of_keeping() -> None:
    bells, drums = clubs("Bells", "Drums")
    page = search().follow("Keep: Drums").follow("Keep: Bells")
    assert asked(page.path) == [("ids", ids(drums, bells))]
    own = page.follow("Your list: 2 things kept")
    assert own.titles == ["Drums", "Bells"]
    assert own.heading == "Your list: 2 things kept"


def test_what_is_taken_off_is_gone_and_the_rest_stays_in_order() -> None:
    a, b, c = clubs("A", "B", "C")
    page = shown(f"/shortlist/?ids={ids(c, a, b)}").follow("Kept: take off your list: A")
    assert page.titles == ["C", "B"]
    assert asked(page.path) == [("ids", ids(c, b))]


def test_the_last_one_taken_off_leaves_an_empty_list() -> None:
    [only] = clubs("Bells")
    page = shown(f"/shortlist/?ids={ids(only)}").follow("Kept: take off your list: Bells")
    assert page.titles == []
    assert "Nothing is kept yet." in page.all("p.lede")[0]


def test_keeping_changes_nothing_else_of_the_search() -> None:
    [bells] = clubs("Bells")
    page = search("q=bells&sort=name&page=1").follow("Keep: Bells")
    assert asked(page.path) == sorted(
        [("ids", ids(bells)), ("page", "1"), ("q", "bells"), ("sort", "name")]
    )


def test_at_most_forty() -> None:
    many = tuple(uuid4() for _number in range(MOST + 5))
    assert read(Shortlist(many).text) == many[:MOST]
    [bells] = clubs("Bells")
    full = Shortlist(many[:MOST])
    assert full.toggled(bells.pk) == full
    page = search(f"ids={full.text}")
    assert page.titles == ["Bells"]
    assert "Keep: Bells" not in dict(page.links)
    assert "Keep on a list" not in dict(shown(f"/activities/{bells.slug}/{full.carry}").links)


@pytest.mark.parametrize(
    "garbage", ["", ",,,", "x", "é" * 22, "A" * 21, "A" * 23, "%00", "A" * 9000, "<script>"]
)
def test_garbage_is_ignored(garbage: str) -> None:
    [bells] = clubs("Bells")
    assert read(f"{ids(bells)},{garbage},{ids(bells)}") == (bells.pk,)


def test_what_is_no_longer_on_is_counted_and_not_named() -> None:
    bells, drums, flutes = clubs("Bells", "Drums", "Flutes")
    listings.move(listing=drums, to=Status.WITHDRAWN, by=None)
    listings.move(listing=flutes, to=Status.PAUSED, by=None)
    draft = at(Activity, Status.DRAFT)
    page = shown(f"/shortlist/?ids={ids(drums, bells, flutes, draft)}")
    assert page.titles == ["Bells"]
    assert page.says == ["3 things on this list are no longer on, so we left them out."]
    assert [name for name in ("Drums", "Flutes", draft.title) if name in page.html] == []
    assert shown(f"{page.path}&view=print").all("h2") == ["1. Bells"]


def test_one_thing_that_is_no_longer_on() -> None:
    page = shown(f"/shortlist/?ids={Shortlist((uuid4(),)).text}")
    assert page.says == ["One thing on this list is no longer on, so we left it out."]


def test_it_goes_along_through_pages_and_back() -> None:
    bells, drums = clubs("Bells", "Drums")
    kept = ids(bells)
    search_page = search(f"ids={kept}")
    assert ("ids", kept) in search_page.send(("q", "drums"), without=["q"]).sent
    activity = search_page.follow("Drums")
    assert activity.path == f"/activities/{drums.slug}/?ids={kept}"
    both = activity.follow("Keep on a list")
    assert asked(both.path) == [("ids", ids(bells, drums))]
    assert "Take off your list" in dict(both.links)
    assert both.follow("Your list (2)").titles == ["Bells", "Drums"]
    back = [url for text, url in both.links if text == "What’s on"]
    assert back[-1] == f"/activities/?ids={ids(bells, drums)}"


def test_it_goes_along_by_day_and_in_text_alone() -> None:
    [bells] = clubs("Bells")
    page = search(f"view=text&ids={ids(bells)}")
    assert ("Bells", f"/activities/{bells.slug}/?ids={ids(bells)}") in page.links
    assert ("ids", ids(bells)) in page.sent


def test_it_goes_along_from_an_old_address() -> None:
    [bells] = clubs("Bells")
    old = bells.slug
    bells.title = "Handbells for all"
    listings.save(listing=bells, by=None)
    answer = Client().get(f"/activities/{old}/?ids={ids(bells)}")
    assert answer.status_code == 301
    assert answer["Location"] == f"/activities/{bells.slug}/?ids={ids(bells)}"


def test_it_goes_along_from_what_is_no_longer_on() -> None:
    bells, drums = clubs("Bells", "Drums")
    listings.move(listing=bells, to=Status.PAUSED, by=None)
    page = shown(f"/activities/{bells.slug}/?ids={ids(drums)}")
    assert f"/activities/?ids={ids(drums)}" in dict(page.links).values()


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark squares of a picture, by column and row, from its top left corner."""
    squares = re.findall(r"M([\d.]+),([\d.]+)H", svg)
    assert squares
    corners = [(float(x), float(y)) for x, y in squares]
    left, top = min(x for x, _y in corners), min(y for _x, y in corners)
    return {(round(x - left), round(y - top)) for x, y in corners}


def test_the_picture_is_the_address_of_the_page() -> None:
    kept = Shortlist(tuple(UUID(int=number) for number in range(1, 11)))
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_L)
    code.add_data(f"{settings.SITE_URL.geturl()}/shortlist/?ids={kept.text}")
    code.make()
    wanted = {
        (x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark
    }
    drawn = picture(kept)
    assert drawn is not None
    assert modules(drawn) == wanted


def test_a_list_too_long_for_an_old_phone_has_no_picture() -> None:
    assert picture(Shortlist(tuple(uuid4() for _number in range(20)))) is not None
    assert picture(Shortlist(tuple(uuid4() for _number in range(MOST)))) is None
    assert picture(Shortlist()) is None


def test_it_is_in_no_cookie_and_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    [bells] = clubs("Bells")
    client = Client()
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        for path in ("/shortlist/", "/activities/", f"/activities/{bells.slug}/", "/nowhere/"):
            answer = client.get(path, {"ids": ids(bells), "age": "banana"})
            assert not answer.cookies
    assert ids(bells) not in caplog.text
    assert not client.cookies


def test_search_engines_are_asked_not_to_keep_it() -> None:
    [bells] = clubs("Bells")
    for view in ("", "&view=print"):
        assert 'content="noindex' in shown(f"/shortlist/?ids={ids(bells)}{view}").html
