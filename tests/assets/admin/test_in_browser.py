"""The staff pages of the directory in a real Chromium: accessible, fitting, quick to work with."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from accounts.example import PASSWORD
from tests.assets.importing.sheets import as_csv, row
from tests.browser.watch import Watch
from tests.pseudo_language import CODE

pytestmark = pytest.mark.browser

LISTS = {
    "what needs doing": "/admin/",
    "the directory": "/admin/assets/",
    "THRIVE": "/admin/thrive/",
    "what groups ask for": "/admin/assets/proposal/",
    "what groups ask for, none found": "/admin/assets/proposal/?do=look",
    "enter a group for somebody": "/admin/assets/proposal/enter/",
    "groups": "/admin/assets/organisation/",
    "groups, none found": "/admin/assets/organisation/?q=zebracrossing",
    "groups, to check": "/admin/assets/organisation/?do=check",
    "activities": "/admin/assets/activity/",
    "activities, of a kind": "/admin/assets/activity/?kind__exact=club&needs=thriving",
    "venues": "/admin/assets/venue/",
    "help lines": "/admin/assets/helpline/",
    "areas": "/admin/assets/area/",
    "places": "/admin/assets/place/",
    "postcodes": "/admin/assets/postcode/?p=3",
    "a postcode": "/admin/assets/postcode/DE451DY/change/",
    "first halves": "/admin/assets/outwardcode/",
    "loads": "/admin/assets/placesload/",
    "loads of spreadsheets": "/admin/assets/importbatch/",
    "a spreadsheet": "/admin/assets/importbatch/bring/",
    "other directories": "/admin/assets/source/",
    "another directory": "/admin/assets/source/add/",
    "readings": "/admin/assets/harvest/",
    "audiences": "/admin/assets/audience/",
    "what makes it easy": "/admin/assets/accessfeature/",
    "school terms": "/admin/assets/schoolterm/",
    "school terms, to confirm": "/admin/assets/schoolterm/?do=confirm",
    "a new school term": "/admin/assets/schoolterm/add/",
    "to ring": "/admin/assets/freshnessreminder/to-ring/",
    "to ring, in one place": "/admin/assets/freshnessreminder/to-ring/?place=bakewell",
    "what is missing": "/admin/assets/notfound/?closing=the-front-room&since=2026-10-01",
    "what is missing, bad values": "/admin/assets/notfound/?closing=nothing&rows=x",
    "reminders": "/admin/assets/freshnessreminder/",
    "daily jobs": "/admin/assets/dailyjob/",
    "bank holidays": "/admin/assets/bankholiday/",
    "a bank holiday": "/admin/assets/bankholiday/2026-12-25/change/",
    "a new bank holiday": "/admin/assets/bankholiday/add/",
    "languages": "/admin/assets/language/",
    "a language": "/admin/assets/language/en/change/",
    "a new language": "/admin/assets/language/add/",
    "themes": "/admin/thrive/theme/",
    "a new theme": "/admin/thrive/theme/add/",
    "needs groups": "/admin/thrive/needsgroup/",
    "a needs group": "/admin/thrive/needsgroup/thriving/change/",
    "ways of working": "/admin/thrive/wayofworking/",
    "the tagging desk": "/admin/assets/tagopinion/",
    "tag rules": "/admin/thrive/tagrule/",
    "a new tag rule": "/admin/thrive/tagrule/add/",
    "a help line": "/admin/assets/helpline/999/change/",
    "a help line’s history": "/admin/assets/helpline/999/history/",
    "everyday words": "/admin/assets/synonym/",
    "what people say": "/admin/assets/evidence/",
    "a note of what people say": "/admin/assets/evidence/add/",
    "something new": "/admin/assets/evidence/something-new/?label=sleep",
    "good to read": "/admin/assets/resource/?do=check",
    "more to read": "/admin/assets/resource/add/",
    "learning pages": "/admin/assets/learningnote/",
    "a learning page": "/admin/assets/learningnote/add/",
    "youth voice": "/admin/assets/youthvoicereview/",
    "a look at youth voice": "/admin/assets/youthvoicereview/add/",
    "standards": "/admin/assets/voicestandard/?do=look",
    "a standard": "/admin/assets/voicestandard/space/change/",
    "stories": "/admin/assets/sharedstory/?do=read",
    "a new story": "/admin/assets/sharedstory/add/",
    "sports": "/admin/assets/activityconcept/",
    "partners’ websites": "/admin/assets/embedhost/",
    "a partner’s website": "/admin/assets/embedhost/add/",
    "new everyday words": "/admin/assets/synonym/add/",
    "a new group": "/admin/assets/organisation/add/",
    "a new activity": "/admin/assets/activity/add/",
    "a new venue": "/admin/assets/venue/add/",
    "not there": "/admin/assets/organisation/banana/change/",
}


@dataclass
class Staff:
    """Somebody at work, who looks hard at every page, on a desk and on a phone."""

    watch: Watch
    wrong: dict[str, list[str]] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.watch.page

    def sign_in(self, email: str, *, arrives_at: str = "What needs doing") -> None:
        self.watch.goto("/account/login/?next=/admin/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("heading", level=1, name=arrives_at).wait_for()

    def look(self, name: str, *widths: int) -> None:
        if found := self.watch.faults(*widths):
            self.wrong[name] = found

    def open(self, path: str) -> None:
        self.watch.goto(path)

    def open_first(self, model: str) -> None:
        """The first of a list: what needs doing most."""
        self.open(f"/admin/assets/{model}/")
        self.page.locator("tbody th a").first.click()
        self.page.get_by_role("link", name="History").wait_for()

    def press(self, name: str) -> None:
        self.watch.press(name)

    def field(self, name: str) -> Locator:
        return self.page.locator(f"#id_{name}")


@pytest.fixture
def staff(watched: Watch) -> Iterator[Staff]:
    watched.page.on("dialog", lambda dialog: dialog.accept())
    person = Staff(watched)
    person.sign_in("editor@example.org")
    yield person
    assert person.wrong == {}


def test_every_list_and_form_is_accessible_and_fits(staff: Staff) -> None:
    for name, path in LISTS.items():
        staff.open(path)
        staff.look(name)


@pytest.mark.parametrize("scheme", ["dark", "right to left", "forced colours"])
def test_the_main_pages_in_other_lights_and_from_right_to_left(staff: Staff, scheme: str) -> None:
    if scheme == "dark":
        staff.page.emulate_media(color_scheme="dark")
    if scheme == "forced colours":
        staff.page.emulate_media(forced_colors="active")
    before = f"/{CODE}" if scheme == "right to left" else ""
    for name in ("what needs doing", "groups", "a new activity", "a help line’s history"):
        staff.open(before + LISTS[name])
        staff.look(name, 320)


def test_one_of_each_listing_and_its_history(staff: Staff) -> None:
    for model in ("organisation", "activity", "venue"):
        staff.open_first(model)
        for part in staff.page.locator(".part > summary").all():
            part.click()
        staff.look(model)
        staff.page.get_by_role("link", name="History").click()
        staff.page.locator(".timeline").wait_for()
        staff.look(f"history of {model}")


@pytest.mark.parametrize("what", ["Jumpers", "Pebble", "Borrowed", "Paddle"])
def test_what_a_group_asks_for_of_each_kind(staff: Staff, what: str) -> None:
    staff.open(LISTS["what groups ask for"])
    staff.page.locator("tbody a", has_text=what).click()
    staff.page.get_by_role("heading", name="Your answer").wait_for()
    staff.page.locator("summary").filter(has_text="Sentences to begin with").click()
    staff.look(what)
    before = staff.page.url
    # By the keyboard alone: a sentence into the message, then the answer.
    staff.page.locator("[data-sentence]").first.focus()
    staff.page.keyboard.press("Enter")
    staff.page.wait_for_function("document.activeElement.id === 'message'")
    assert staff.page.locator("#message").input_value() != ""
    staff.page.locator("#message").fill("")
    staff.press("Decline for this reason")
    staff.page.get_by_role("heading", name="Nothing was done yet").wait_for()
    staff.look(f"{what}, no reason given")
    assert staff.page.url.partition("#")[0] == before


def test_a_spreadsheet_from_file_to_list_and_back(staff: Staff) -> None:
    def bring(*rows: dict[str, str]) -> None:
        staff.open("/admin/assets/importbatch/bring/")
        file = FilePayload(name="clubs.csv", mimeType="text/csv", buffer=as_csv(list(rows)))
        staff.field("file").set_input_files(file)
        staff.field("source").fill("Club list")
        staff.press("Go on")
        staff.page.get_by_role("heading", level=1, name="What is in each column?").wait_for()

    bring(row(), row(Id="A2", Name="Owls", Ages="big"))
    staff.look("columns")
    staff.press("Look at it")
    staff.page.get_by_role("heading", level=2, name="1 problem").wait_for()
    staff.look("problems")
    staff.open("/admin/assets/importbatch/bring/")
    staff.press("Go on")
    staff.look("nothing chosen")
    bring(row(Name="Saturday football", **{"Group: phone": "01632 960123"}))
    staff.press("Look at it")
    staff.page.get_by_role("heading", level=1, name="Before it is loaded").wait_for()
    staff.look("before it is loaded")
    staff.press("Load it")
    staff.page.get_by_text("Activities: 1 added.").wait_for()
    staff.look("loads")
    staff.page.locator("tbody th a").first.click()
    staff.page.get_by_role("heading", name="Take it back").wait_for()
    staff.look("a load")
    staff.press("Take this load back")
    staff.page.get_by_text("Withdrawn: 3.").wait_for()


def test_who_only_looks_sees_the_same_house(watched: Watch) -> None:
    viewer = Staff(watched)
    viewer.sign_in("steering@example.org", arrives_at="What you can look at")
    for model in ("organisation", "activity", "venue"):
        viewer.open_first(model)
        viewer.look(model)
    for name in ("what needs doing", "groups", "a help line"):
        viewer.open(LISTS[name])
        viewer.look(name)
    assert viewer.wrong == {}


def test_what_is_wrong_is_linked_to_its_field(staff: Staff) -> None:
    staff.open("/admin/assets/activity/add/")
    staff.field("title").fill("Kites")
    staff.field("age_from").fill("grown up")
    staff.page.locator("#schedules-0 > summary").click()
    staff.field("schedules-0-frequency").select_option("weekly")
    staff.press("Save")
    staff.look("a new activity, wrong")
    assert staff.field("title").input_value() == "Kites"
    staff.page.get_by_role("link", name="Youngest age").click()
    staff.page.wait_for_function("document.activeElement.id === 'id_age_from'")


def test_a_group_is_found_as_its_name_is_written(staff: Staff) -> None:
    staff.open("/admin/assets/activity/add/")
    staff.field("organisation").press_sequentially("bellst")
    option = staff.page.locator("#id_organisation_found option")
    option.first.wait_for(state="attached")
    assert [one.get_attribute("value") for one in option.all()] == ["Bellstile Chapel"]
    staff.look("a new activity, group being written")


def test_single_keys_press_the_buttons_of_the_desk_until_they_are_turned_off(
    staff: Staff,
) -> None:
    staff.open(LISTS["the tagging desk"])
    staff.page.evaluate(
        """() => document.getElementById("answer").addEventListener("submit", (event) => {
            event.preventDefault();
            document.title = event.submitter.value;
        })"""
    )
    staff.page.keyboard.press("4")
    assert staff.page.title() == "unsure"
    staff.page.get_by_label("The keys 1 to 4 alone").uncheck()
    staff.page.keyboard.press("3")
    assert staff.page.title() == "unsure"


def test_another_part_is_added_by_a_button(staff: Staff) -> None:
    staff.open("/admin/assets/organisation/add/")
    staff.field("name").fill("Tansley Kites")
    staff.field("summary").fill("We make and fly kites.")
    staff.page.locator("#contacts-0 > summary").click()
    staff.field("contacts-0-kind").select_option("phone")
    staff.field("contacts-0-value").fill("01632 960001")
    staff.press("Add another contact")
    staff.page.wait_for_function("document.activeElement.id === 'id_contacts-1-kind'")
    staff.field("contacts-1-kind").select_option("email")
    staff.field("contacts-1-value").fill("kites@example.org")
    staff.look("a new group, two contacts")
    staff.press("Save")
    staff.page.get_by_role("heading", level=1, name="Tansley Kites").wait_for()
    lines = staff.page.locator("#contacts-group .part:not(.part--new) > summary")
    expect(lines).to_have_text(["Phone: 01632 960001", "E-mail: kites@example.org"])
    staff.look("a new group, saved")
    staff.page.get_by_label("Why", exact=False).first.fill("Rang them")
    staff.press("Make public")
    staff.page.get_by_text("“Tansley Kites” is public now.").wait_for()
    staff.look("a new group, public")
    staff.press("We checked it today")
    staff.page.get_by_text("is checked as of today.").wait_for()


def test_what_is_not_saved_is_not_lost_by_another_button(staff: Staff) -> None:
    staff.open_first("organisation")
    staff.field("summary").fill("Half a sentence")
    staff.press("We checked it today")
    staff.page.get_by_text("You have changed something here that is not saved.").wait_for()
    staff.look("a group, changed and not saved")
    assert staff.field("summary").input_value() == "Half a sentence"


def test_everyday_words_are_tried_before_they_are_saved(staff: Staff) -> None:
    staff.open("/admin/assets/synonym/add/")
    staff.page.fill("#id_phrase", "zorbing")
    staff.page.fill("#id_means", "football")
    staff.page.click("[name=_try]")
    expect(staff.page.locator("#tried-heading")).to_have_text("Tried, not saved: “zorbing”")
    assert staff.watch.accessibility() == []


def test_several_are_ticked_and_asked_about(staff: Staff) -> None:
    staff.open("/admin/assets/activity/?q=bakewell")
    staff.page.locator("#action-toggle").check()
    ticks = staff.page.locator("input.action-select").count()
    staff.page.get_by_text(f"{ticks} ticked").wait_for()
    staff.page.get_by_text("Status", exact=True).first.click()
    staff.look("activities, ticked, with a filter open")
    staff.page.keyboard.press("Escape")
    assert staff.page.locator(".filter[open]").count() == 0
    staff.page.get_by_label("With those ticked").select_option("checked_today")
    staff.press("Go")
    staff.page.get_by_role("heading", level=1, name="Checked today").wait_for()
    staff.look("several, asked about")


def test_hiding_a_venue_is_explained(staff: Staff) -> None:
    staff.open("/admin/assets/venue/?shown__exact=public")
    staff.page.locator("tbody th a").first.click()
    staff.page.get_by_role("link", name="Hide this place").click()
    staff.page.get_by_role("heading", level=1, name="Hide this place").wait_for()
    staff.look("hide a venue")
    staff.press("Hide it and forget where it is")
    staff.page.get_by_role("heading", name="It is not hidden yet").wait_for()
    staff.look("hide a venue, not said why")


def test_a_colleagues_change_is_shown_beside_ones_own(staff: Staff) -> None:
    staff.open_first("organisation")
    path = staff.page.url.removeprefix(staff.watch.site)
    with staff.page.context.new_page() as other:
        other.goto(staff.page.url)
        other.locator("#id_summary").fill("What my colleague wrote.")
        other.get_by_role("button", name="Save", exact=True).last.click()
        other.wait_for_load_state()
    staff.field("summary").fill("What I wrote.")
    staff.press("Save")
    staff.page.get_by_role("heading", name="Not saved yet").wait_for()
    assert staff.page.url.endswith(path)
    assert staff.field("summary").input_value() == "What I wrote."
    staff.page.get_by_text("Meanwhile somebody else wrote").first.wait_for()
    staff.look("changed by two")


def test_without_scripts_a_contact_is_added_all_the_same(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/account/login/?next=/admin/assets/organisation/add/")
    page.fill("[name=login]", "editor@example.org")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.fill("#id_name", "Quiet Kites")
    page.fill("#id_summary", "We fly kites without a sound.")
    page.locator("#contacts-0 > summary").click()
    page.select_option("#id_contacts-0-kind", "phone")
    page.fill("#id_contacts-0-value", "01632 960009")
    page.get_by_role("button", name="Save", exact=True).click()
    lines = page.locator("#contacts-group .part:not(.part--new) > summary")
    expect(lines).to_have_text(["Phone: 01632 960009"])
    context.close()
