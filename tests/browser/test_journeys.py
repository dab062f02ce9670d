"""What people come to do, done as they do it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
# What has the focus, and whether that can be seen: an outline, or a shadow like one.
FOCUSED = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const inner = here.firstElementChild && getComputedStyle(here.firstElementChild);
    const within = inner && inner.outlineStyle !== "none" && parseFloat(inner.outlineWidth) > 0;
    return {
        id: here.id, text: here.innerText || "", tag: here.tagName,
        seen: outlined || within || style.boxShadow !== "none",
    };
}"""


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A small phone without JavaScript."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, base_url=site
    )
    yield context.new_page()
    context.close()


def test_from_home_to_a_phone_number_in_three_taps(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label("What are you looking for?").fill("toddler group")
    phone.get_by_label("Near").fill("DE4 3AB")
    phone.get_by_role("button", name="Search").click()
    phone.locator(".card__title a").first.click()
    number = phone.locator("main a[href^='tel:']").first
    expect(number).to_be_visible()
    assert re.fullmatch(r"tel:\+?\d+", number.get_attribute("href") or "")


def test_the_nearest_comes_first(phone: Page) -> None:
    phone.goto("/activities/?near=Bakewell&within=20")
    far = [
        float(re.findall(r"[\d.]+", text.replace("¼", "0.2"))[0])
        for text in phone.locator(".card__far").all_inner_texts()
    ]
    assert far
    assert far == sorted(far)


def test_the_first_result_starts_in_the_first_screen_of_a_phone(phone: Page) -> None:
    phone.goto("/activities/?q=group&near=DE4+3AB")
    box = phone.locator(".card").first.bounding_box()
    assert box is not None
    assert box["y"] < 740


def test_what_was_asked_can_be_taken_away_again(phone: Page) -> None:
    phone.goto("/activities/?q=group&near=Matlock&age=3")
    phone.get_by_role("link", name="Take away: Near Matlock").click()
    assert "near" not in phone.url
    assert "q=group" in phone.url
    assert "age=3" in phone.url


def test_a_slip_in_a_place_is_understood_and_said(phone: Page) -> None:
    phone.goto("/activities/?near=bakewel")
    expect(phone.locator("main")).to_contain_text("We took “bakewel” to mean Bakewell")


def test_words_of_crisis_show_help_above_the_results(phone: Page) -> None:
    phone.goto("/activities/?q=my+daughter+is+suicdal")
    help_box = phone.locator("main a[href='tel:999']").first.bounding_box()
    heading = phone.locator("h1").bounding_box()
    assert help_box is not None
    assert heading is not None
    assert help_box["y"] < heading["y"]


def test_plain_words_show_no_help_box(phone: Page) -> None:
    phone.goto("/activities/?q=football")
    assert phone.locator("main a[href='tel:999']").count() == 0


def test_need_help_now_is_one_tap_from_every_page(phone: Page) -> None:
    for path in ("/", "/activities/", "/groups/", "/thrive/", "/nowhere/"):
        phone.goto(path)
        phone.get_by_role("link", name="Need help now?").click()
        expect(phone).to_have_url(re.compile("/help-now/$"))


def test_the_keyboard_alone_searches(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("What are you looking for?").focus()
    page.keyboard.type("art")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/activities/\?.*q=art"))


def test_a_mistake_is_told_in_a_summary_that_leads_to_the_field(page: Page, site: str) -> None:
    page.goto(f"{site}/activities/?age=banana&q=art")
    page.get_by_role("link", name="Write an age such as 7, 18 months or pregnant.").click()
    expect(page.get_by_label("Age")).to_be_focused()
    expect(page.get_by_label("Age")).to_have_value("banana")
    expect(page.get_by_label("What are you looking for?")).to_have_value("art")


def test_from_what_is_happening_to_the_place_where_it_helps(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="Slow to talk").click()
    phone.get_by_role("link", name="Chatterbrook stay and talk", exact=True).click()
    where = phone.locator("main a[href^='/places/']").first
    name = where.inner_text()
    where.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(name)
    expect(phone.get_by_role("link", name="Chatterbrook stay and talk").first).to_be_visible()


def test_groups_are_narrowed_down_without_scripts(phone: Page) -> None:
    phone.goto("/groups/?near=Bakewell")
    phone.locator(".filters__open").click()
    phone.get_by_label("Help towards a goal").check()
    phone.get_by_role("button", name="Show these").click()
    assert "needs=getting-help" in phone.url
    assert "near=Bakewell" in phone.url
    phone.get_by_role("link", name="Take away: Help towards a goal").click()
    assert "needs" not in phone.url


def test_from_home_to_a_list_on_paper(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label("Near").fill("Matlock")
    phone.get_by_role("button", name="Search").click()
    phone.locator("summary", has_text="Filters").click()
    phone.get_by_label(re.compile(r"^Free \d")).check()
    phone.get_by_label(re.compile(r"^Step-free \d")).check()
    phone.get_by_role("button", name="Show these").click()
    for name in ("Take away: Near Matlock", "Take away: Free", "Take away: Step-free"):
        expect(phone.get_by_role("link", name=name)).to_be_visible()
    titles = [phone.locator(".card__title").nth(place).inner_text() for place in (0, 1)]
    for title in titles:
        phone.get_by_role("link", name=re.compile(f"^Keep ?: {title}$")).click()
    phone.get_by_role("link", name="Your list: 2 things kept").click()
    expect(phone.locator(".card__title")).to_have_text(titles)
    expect(phone.get_by_role("img", name="QR code of this list")).to_be_visible()
    phone.get_by_role("link", name="Print it, with phone numbers").click()
    expect(phone.locator(".entry h2")).to_have_count(2)
    expect(phone.locator("main")).to_contain_text("Get in touch")
    phone.get_by_role("link", name="Back to the list").click()
    expect(phone.locator(".card__title")).to_have_text(titles)


def test_a_day_of_ones_own_among_the_filters(phone: Page) -> None:
    day = timezone.localdate() + timedelta(days=10)
    phone.goto("/activities/?near=Matlock")
    phone.locator("summary", has_text="Filters").click()
    phone.get_by_label("On a day").fill(day.isoformat())
    phone.get_by_role("button", name="Show these").click()
    expect(phone.locator("h1")).to_contain_text(f": On {day:%a} {day.day} {day:%b}")


def test_the_same_search_by_day_and_in_text_alone(phone: Page) -> None:
    phone.goto("/activities/?near=Matlock&within=20")
    phone.get_by_role("link", name="By day").click()
    expect(phone.locator(".day").first).to_be_visible()
    phone.get_by_role("link", name="The week after").click()
    expect(phone.get_by_role("link", name="The week before")).to_be_visible()
    phone.get_by_role("link", name="Only text").click()
    phone.get_by_label("What are you looking for?").fill("football")
    phone.get_by_role("button", name="Search").click()
    expect(phone.locator("h1")).to_contain_text("for “football” near Matlock")
    assert "view=text" in phone.url


def test_the_second_page_is_one_tap_away(phone: Page) -> None:
    phone.goto("/activities/")
    phone.get_by_role("link", name="Next").click()
    expect(phone.locator(".card__number").first).to_have_text("21")


def test_the_keyboard_alone_reaches_and_ticks_the_filters(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}/activities/?near=Matlock")
    box = page.get_by_label(re.compile(r"^Free \d"))
    for _stop in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        # Inside a field for a day, Chromium itself marks the part that has the focus.
        assert focused["seen"] or focused["id"] == "id_on", focused
        if focused["text"].startswith("Filters"):
            page.keyboard.press("Enter")
        if focused["id"] == "cost-free":
            break
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("cost=free"))
