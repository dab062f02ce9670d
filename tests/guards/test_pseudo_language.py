"""Every word of ours can be translated, and pages can read from right to left."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from assets.models import Postcode
from assets.reference import FOLDER
from tests.pages import PUBLIC_PAGES
from tests.pseudo_language import CLOSE, CODE, OPEN
from thrive.reference import read

# Read aloud or shown, and so to be translated like text.
SPOKEN = {"aria-label", "alt", "title", "placeholder"}
UNSPOKEN = {"script", "style"}
# Names of documents and licences stay as their makers wrote them.
NEVER_TRANSLATED = "no"
# Shorter words of rows count only where they stand alone: a code such as “en” is in many words.
SHORTEST = 5


# What the pages of the walk were asked for, repeated on them.
TYPED = {"group", "zebracrossing", "toddler zebracrossing", "bakewel", "Atlantis", "SW1A 1AA"}
TYPED |= {"i want to die", "banana", "todler group", "football", "minibus"}


class Texts(HTMLParser):
    """Every text a person would read or hear, but for what is marked translate="no"."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.spoken: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in {"meta", "link", "input", "img", "br", "hr", "path", "use", "circle"}:
            silent = tag in UNSPOKEN or values.get("translate") == NEVER_TRANSLATED
            self.open.append((tag, silent))
        if not self._silent():
            self.spoken += [values[name] or "" for name in SPOKEN & values.keys()]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._silent():
            self.texts.append(data)

    def _silent(self) -> bool:
        return any(silent for _tag, silent in self.open)


def strings_in(values: list[Any]) -> list[str]:
    """The texts of a list, and of the tables in it."""
    return [
        text
        for value in values
        for text in (value.values() if isinstance(value, dict) else [value])
        if isinstance(text, str)
    ]


def words_of_rows() -> list[str]:
    """What people wrote, longest first: it stays in their own words."""
    found = set(TYPED)
    for value in read(FOLDER, "programme").values():
        found |= {value} if isinstance(value, str) else set(strings_in(value))
    for model in set(apps.get_models()) - {Postcode}:
        fields = [
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.CharField | models.TextField)
        ]
        for row in model._default_manager.values_list(*fields) if fields else []:
            found |= {
                line.strip()
                for value in row
                if isinstance(value, str)
                for line in value.splitlines()
            }
    return sorted(found - {""}, key=len, reverse=True)


def outside_brackets(text: str) -> str:
    """What stands outside every pair: they nest, and reach across links inside a sentence."""
    depth, left = 0, []
    for letter in text:
        depth += letter == OPEN
        left.append(letter if depth == 0 else " ")
        depth -= letter == CLOSE
    return "".join(left)


def untranslated(text: str, rows: list[str]) -> list[str]:
    """The lines that are neither marked for translation nor somebody's own words."""
    left = []
    for line in outside_brackets(text).splitlines():
        rest = line.replace(settings.SITE_NAME, " ")
        for words in rows:
            if len(words) >= SHORTEST or words == rest.strip():
                rest = rest.replace(words, " ")
        if re.search(r"[A-Za-z]{2,}", rest):
            left.append(rest.strip())
    return left


@pytest.mark.parametrize("path", [page.path for page in PUBLIC_PAGES])
def test_every_text_can_be_translated(example_district: None, path: str) -> None:
    answer = Client().get(f"/{CODE}{path}")
    html = answer.content.decode()
    assert re.search(r'<html lang="ar-xb" dir="rtl"', html)
    parser = Texts()
    parser.feed(html)
    rows = [words for words in words_of_rows() if words in unescape(html)]
    assert untranslated("\n".join(parser.texts), rows) == []
    assert [left for text in parser.spoken for left in untranslated(text, rows)] == []
