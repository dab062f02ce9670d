"""Notes what a page must never do: ask another host, break the policy, fail in the console."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

# WCAG 2.2 AA and axe's own best practice.
RULES = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ]
}


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

    def accessibility(self) -> list[str]:
        """What axe finds wrong, one line a violation: “rule: where”.

        axe puts its own style sheet and script into the page, which the policy reports: those
        reports are its own and are not noted.
        """
        before = list(self.noted)
        found = Axe().run(self.page, options=RULES)
        self.noted[:] = before
        return [
            f"{violation['id']}: {node['target']} {node['html'][:120]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    def scrolls_sideways(self) -> bool:
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )
