"""Addresses: made from titles of any script, kept for good."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import listings
from assets.models import Activity, Organisation, VenueSlug
from assets.slugs import LONGEST, RESERVED, ListingSlug, in_an_address
from tests.assets.make import again, make_activity, make_organisation, make_venue


def renamed(group: Organisation, name: str) -> str:
    group.name = name
    listings.save(listing=group, by=None)
    return group.slug


def addresses(group: Organisation) -> list[str]:
    return sorted(group.slugs.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Weir Field Wrens", "weir-field-wrens"),
        ("Jo’s & Sam's  crafts/games – café!", "jos-sams-crafts-games-café"),
        ("Łódka i żółw", "łódka-i-żółw"),
        ("ਪੰਜਾਬੀ ਪਰਿਵਾਰ", "ਪੰਜਾਬੀ-ਪਰਿਵਾਰ"),
        ("हिन्दी खेल", "हिन्दी-खेल"),
        ("اردو کہانیاں", "اردو-کہانیاں"),
        ("粤语游戏小组", "粤语游戏小组"),
        ("Art 🎨️ club", "art-club"),
        ("Under 5s (0–4)", "under-5s-0-4"),
        ("ＷＩＤＥ　ﬁne", "wide-fine"),
        ("🎨️🧑🏽‍🎨", ""),
        ("\u0301\u0301 ...", ""),
    ],
)
def test_a_title_becomes_an_address(title: str, slug: str) -> None:
    assert in_an_address(title) == slug


@given(st.text(max_size=200))
def test_whatever_the_title_its_address_is_one_that_the_site_map_takes(title: str) -> None:
    slug = in_an_address(title)
    assert slug == "" or re.fullmatch(ListingSlug.regex, slug)
    assert len(slug) <= LONGEST
    assert in_an_address(slug) == slug


def test_a_title_of_pictures_alone_gets_an_address_and_keeps_it(db: None) -> None:
    group = make_organisation(name="🎨🎨")
    first = group.slug
    assert re.fullmatch(r"[0-9a-f]{8}", first)
    assert renamed(group, "🎨🎨🎨") == first


def test_an_address_never_takes_the_place_of_a_page(db: None) -> None:
    slugs = {name: make_organisation(name=name.title()).slug for name in sorted(RESERVED)}
    assert slugs == {name: f"{name}-2" for name in sorted(RESERVED)}


def test_of_three_with_one_name_two_get_a_number(db: None) -> None:
    slugs = [make_activity(organisation=make_organisation()).slug for _ in range(3)]
    assert slugs == ["toddler-group", "toddler-group-2", "toddler-group-3"]


def test_a_number_makes_no_address_too_long(db: None) -> None:
    slugs = [make_organisation(name="x" * 120).slug for _ in range(2)]
    assert slugs == ["x" * LONGEST, "x" * LONGEST + "-2"]


def test_groups_activities_and_venues_may_have_the_same_address(db: None) -> None:
    slugs = {
        make_organisation(name="The Loft").slug,
        make_venue(name="The Loft").slug,
        make_activity(title="The Loft").slug,
    }
    assert slugs == {"the-loft"}


def test_saving_without_renaming_keeps_the_address(db: None) -> None:
    first, second = make_organisation(name="Wrens"), make_organisation(name="Wrens")
    for group in (first, second):
        listings.save(listing=group, by=None)
    assert (addresses(first), addresses(second)) == (["wrens"], ["wrens-2"])


def test_renaming_gives_a_new_address_and_keeps_the_old_one(db: None) -> None:
    group = make_organisation(name="Wrens")
    assert renamed(group, "Swifts") == "swifts"
    assert addresses(group) == ["swifts", "wrens"]


def test_renaming_back_returns_the_old_address(db: None) -> None:
    group = make_organisation(name="Wrens")
    renamed(group, "Swifts")
    assert renamed(group, "Wrens") == "wrens"
    assert addresses(group) == ["swifts", "wrens"]


def test_an_old_address_is_never_given_to_another(db: None) -> None:
    group = make_organisation(name="Wrens")
    renamed(group, "Swifts")
    assert make_organisation(name="Wrens").slug == "wrens-2"


def test_two_groups_swap_names_and_every_old_address_stays_good(db: None) -> None:
    wrens, swifts = make_organisation(name="Wrens"), make_organisation(name="Swifts")
    renamed(wrens, "Interim")
    assert renamed(swifts, "Wrens") == "wrens-2"
    assert renamed(wrens, "Swifts") == "swifts-2"
    assert addresses(wrens) == ["interim", "swifts-2", "wrens"]
    assert addresses(swifts) == ["swifts", "wrens-2"]


def test_a_number_of_the_title_is_not_taken_for_one_of_ours(db: None) -> None:
    group = make_organisation(name="Year 7")
    assert renamed(group, "Year") == "year"


def test_a_number_is_kept_while_another_has_the_plain_address(db: None) -> None:
    make_organisation(name="Year")
    group = make_organisation(name="Year")
    listings.save(listing=group, by=None)
    assert group.slug == "year-2"


def test_small_changes_of_spelling_keep_the_address(db: None) -> None:
    group = make_organisation(name="Jos Crafts")
    assert renamed(group, "Jo’s crafts!") == "jos-crafts"
    assert addresses(group) == ["jos-crafts"]


def test_an_address_leads_to_one_listing_only(db: None) -> None:
    activity = make_activity()
    assert Activity.objects.get(slugs__slug=activity.slug) == again(activity)
    assert not VenueSlug.objects.filter(slug=activity.slug).exists()
