"""Notes what a page must never do: ask another host, break the policy, fail in the console."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

PHONE, DESK = 320, 1280
# WCAG 2.2 AA and axe's own best practice.
RULES = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    # What is right is not told: of a long page it takes longer to write down than to look.
    "resultTypes": ["violations"],
}
# All that another colour scheme can change.
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}


@dataclass
class Watch:
    page: Page
    site: str
    noted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # A busy machine is slow, and slow is not wrong.
        self.page.set_default_timeout(90_000)
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.noted.append(f"script failed: {error}"))

    def _request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if urlsplit(request.url).scheme != "data" and host != urlsplit(self.site).netloc:
            self.noted.append(f"asked another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A page that is meant to be a 404 says so in the console too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.noted.append(f"console: {message.text}")

    def troubles(self) -> list[str]:
        return self.noted

    def goto(self, path: str) -> Response | None:
        return self.page.goto(f"{self.site}{path}")

    def wait(self) -> None:
        """Until the page is all there: a click is over as soon as its answer begins to come."""
        self.page.wait_for_load_state()

    def press(self, name: str) -> None:
        """The button of this name, the lowest if there are more, and what it leads to has come."""
        self.page.get_by_role("button", name=name, exact=True).last.click()
        self.wait()

    def accessibility(self, rules: dict[str, list[str]] = RULES) -> list[str]:
        """What axe finds wrong, one line a violation: “rule: where”.

        axe puts its own style sheet and script into the page, which the policy reports: those
        reports are its own and are not noted.
        """
        self.wait()
        before = list(self.noted)
        found = Axe().run(self.page, options=rules)
        self.noted[:] = before
        return [
            f"{violation['id']}: {node['target']} {node['html'][:120]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    def faults(self, *widths: int, colours_alone: bool = False) -> list[str]:
        """What is wrong with the page as it stands, on a phone and on a desk: “320: rule: where”.

        It is not opened anew for each: what is typed stays, and a walk is walked once.
        """
        before, found = self.page.viewport_size, list[str]()
        for width in widths or (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": 900})
            wrong = self.accessibility(COLOURS if colours_alone else RULES)
            if self.scrolls_sideways():
                wrong.append("scrolls sideways")
            if (headings := self.page.locator("h1").count()) != 1:
                wrong.append(f"{headings} headings of the first level")
            found += [f"{width}: {one}" for one in wrong]
        if before:
            self.page.set_viewport_size(before)
        return found

    def scrolls_sideways(self) -> bool:
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )
