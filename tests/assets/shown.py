"""A page as a visitor without JavaScript has it: what it says, its links, and its form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin

from django.test import Client

VOID = {"input", "meta", "link", "br", "img"}
# What stands between two of these is one piece of text.
BLOCKS = {"p", "li", "h1", "h2", "h3", "a", "summary", "legend", "label", "dd", "dt", "title"}


class Parts(HTMLParser):
    """Pieces of text by what they stand in (`p.say`), links, and what the search form would send.

    A field belongs to the form by `form="finder"`, or by standing in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.sent: list[tuple[str, str]] = []
        self.labels: dict[str, str] = {}
        self._open: list[tuple[str, str, list[str], dict[str, str]]] = []
        self._select, self._first = "", True
        self._in_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_form = given.get("role") == "search"
        if self._in_form or given.get("form") == "finder":
            self._field(tag, given)
        if tag in BLOCKS:
            kind = ".".join([tag, *given.get("class", "").split()])
            self._open.append((tag, kind, [], given))

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and name:
            if given.get("type") != "checkbox" or "checked" in given:
                self.sent.append((name, value))
        elif tag == "select":
            self._select, self._first = name, True
        elif tag == "option":
            if "selected" in given and not self._first:
                self.sent.pop()
            if self._first or "selected" in given:
                self.sent.append((self._select, value))
            self._first = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        if tag in BLOCKS and self._open and self._open[-1][0] == tag:
            _tag, kind, parts, given = self._open.pop()
            text = " ".join("".join(parts).split())
            self.pieces.append((kind, text))
            if tag == "a":
                self.links.append((text, given.get("href", "")))
            if tag == "label":
                self.labels[given.get("for", "")] = text

    def handle_data(self, data: str) -> None:
        for _tag, _kind, parts, _given in self._open:
            parts.append(data)


@dataclass
class Shown:
    """One answer of the site. `sent` is what its form would send, had nothing been changed."""

    path: str
    status: int
    html: str
    parts: Parts = field(repr=False)

    @property
    def heading(self) -> str:
        return self.all("h1")[0]

    @property
    def says(self) -> list[str]:
        """What the page tells of the search, above what was found."""
        return self.all("p.say")

    @property
    def titles(self) -> list[str]:
        return self.all("h2.card__title")

    @property
    def chips(self) -> dict[str, str]:
        """What may be taken away, and where that leads."""
        mark = "Take away: "
        return {text.removeprefix(mark): url for text, url in self.links if text.startswith(mark)}

    @property
    def total(self) -> int:
        """As the heading says."""
        found = re.match(r"(\d+) results?\b|Nothing found", self.heading)
        assert found, self.heading
        return int(found[1] or 0)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Without what is empty or as the form has it anyway."""
        return [one for one in self.parts.sent if one[1]]

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """What the panel says of each option, by filter and value."""
        found = re.findall(
            r'<input type="checkbox" form="finder" name="([^"]+)" value="([^"]+)"'
            r'.*?__count">(\d+)<',
            self.html,
        )
        return {(name, value): int(count) for name, value, count in found}

    @property
    def ways_on(self) -> list[tuple[str, int, str]]:
        """Where nothing was found: what to let go of, what that gives, where it leads."""
        found = re.findall(r'href="([^"]+)">([^<]+)</a>: (\d+) results?</li>', self.html)
        return [(words, int(count), url.replace("&amp;", "&")) for url, words, count in found]

    def all(self, kind: str) -> list[str]:
        return [text for one, text in self.parts.pieces if one == kind]

    def follow(self, text: str) -> "Shown":
        """The page behind the first link with these words."""
        return self.at(next(url for words, url in self.parts.links if words == text))

    def at(self, url: str) -> "Shown":
        if url.startswith("?"):
            # Not left to urljoin: of “?” alone it makes the query that was there before.
            return shown(self.path.partition("?")[0] + url)
        return shown(urljoin(self.path, url))

    def send(self, *more: tuple[str, str], without: Iterable[str] = ()) -> "Shown":
        """The form, with `more` filled in or ticked, and fields `without`."""
        left = [one for one in self.parts.sent if one[0] not in without]
        return shown(f"/activities/?{urlencode([*left, *more])}")

    @property
    def links(self) -> list[tuple[str, str]]:
        return self.parts.links


def shown(path: str) -> Shown:
    answer = Client().get(path)
    parts = Parts()
    html = answer.content.decode()
    parts.feed(html)
    return Shown(path, answer.status_code, html, parts)


def search(query: str = "") -> Shown:
    """A search by what stands in its address: “q=art&near=Matlock”."""
    return shown(f"/activities/?{query}")


def asked(url: str) -> list[tuple[str, str]]:
    """What an address asks, in the order of the alphabet."""
    return sorted(parse_qsl(url.partition("?")[2], keep_blank_values=True))
