"""Our own words read at grade seven or below, and say what they mean.

Flesch and Kincaid's grade is from Kincaid et al., "Derivation of new readability formulas", 1975.
Syllables are counted by groups of vowels, which for plain English is right to a few in a hundred.
"""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.pages import PUBLIC_PAGES

HIGHEST_GRADE = 7.0
# Words that would set a family apart, or blame it.
NEVER = ["user", "service user", "hard to reach", "vulnerable child", "please note", "disclaimer"]


class Sentences(HTMLParser):
    """The sentences of the main part: text of one block, split at full stops."""

    BLOCKS = frozenset("p li h1 h2 h3 dt dd label button summary figcaption".split())

    def __init__(self) -> None:
        super().__init__()
        self.in_main = 0
        self.blocks: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self.in_main += 1
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.in_main -= 1
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.in_main:
            self.blocks[-1] += data

    def sentences(self) -> list[str]:
        found = []
        for block in self.blocks:
            for sentence in re.split(r"(?<=[.!?:;])\s+", " ".join(block.split())):
                if re.search("[A-Za-z]", sentence):
                    found.append(sentence)
        return found


def syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    silent = 1 if re.search(r"[^laeiouy]e[sd]?$", letters) else 0
    return max(1, len(re.findall(r"[aeiouy]+", letters)) - silent)


def grade(sentences: list[str]) -> float:
    words = [word for one in sentences for word in re.findall(r"[A-Za-z’']+", one)]
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


def sentences_on(path: str) -> list[str]:
    parser = Sentences()
    parser.feed(Client().get(path).content.decode())
    return parser.sentences()


@pytest.mark.parametrize("path", [page.path for page in PUBLIC_PAGES])
def test_a_page_is_easy_to_read(example_district: None, path: str) -> None:
    sentences = sentences_on(path)
    assert grade(sentences) <= HIGHEST_GRADE, sorted(
        sentences, key=lambda one: grade([one]), reverse=True
    )[:5]


@pytest.mark.parametrize("path", [page.path for page in PUBLIC_PAGES])
def test_a_page_speaks_to_people(example_district: None, path: str) -> None:
    said = " ".join(sentences_on(path)).lower()
    assert [words for words in NEVER if re.search(rf"\b{words}s?\b", said)] == []


def test_the_grade_tells_hard_from_easy() -> None:
    hard = (
        "Participants experiencing psychological difficulties necessitate multidisciplinary care."
    )
    assert grade([hard]) > 12
    assert grade(["Come along.", "We have tea and toast."]) < 3
