"""Pages as PDF: read aloud in order, and nothing of another address in them."""

import logging
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest
from django.templatetags.static import static
from pypdf import PdfReader

from assets.pdf import NotHere, can, pdf

needs_pango = pytest.mark.skipif(not can(), reason="Pango is not installed")
MARK = Path(__file__).parents[2] / "static/img/mark-180.png"
PAGE = '<html lang="en-GB"><head><title>A page</title></head><body><h1>Hello</h1>{}</body></html>'


def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


@needs_pango
def test_a_pdf_says_its_title_and_language_and_is_tagged_for_reading_aloud() -> None:
    made = read(pdf(PAGE.format("<p>All there is.</p>")))
    root: Any = made.trailer["/Root"]
    assert made.metadata is not None
    assert made.metadata.title == "A page"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert made.pages[0].extract_text().split("\n") == ["Hello", "All there is."]


@needs_pango
def test_our_own_pictures_are_in_it() -> None:
    made = read(pdf(PAGE.format(f'<img src="{static("img/mark-180.png")}" alt="Our mark">')))
    assert len(made.pages[0].images) == 1


@needs_pango
def test_nothing_is_fetched_from_another_address_nor_from_the_machine(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_port}"
        others = [f"{there}/a.png", MARK.as_uri(), "/static/../manage.py", "/activities/"]
        pictures = "".join(f'<img src="{one}" alt="">' for one in others)
        with caplog.at_level(logging.CRITICAL, logger="weasyprint"):
            made = pdf(PAGE.format(f'<link rel="stylesheet" href="{there}/a.css">{pictures}'))
        server.shutdown()
    assert asked == []
    assert list(read(made).pages[0].images) == []


def test_without_pango_it_says_that_it_cannot() -> None:
    can.cache_clear()
    try:
        with patch.dict(sys.modules, {"weasyprint": None}):
            assert not can()
            with pytest.raises(NotHere):
                pdf(PAGE.format(""))
    finally:
        can.cache_clear()
