"""A small OpenDocument text: headings, paragraphs, lists, tables.

Written with the standard library: any word processor opens it, and it needs no package of its own.
The format is ISO/IEC 26300, OpenDocument 1.3; `mimetype` comes first and is not packed.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{short}="{long}"'
    for short, long in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"\
 manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3"\
 manifest:media-type="{MEDIA_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
# The middle of a day long ago: the same words make the same file.
STAMP = (2000, 1, 1, 12, 0, 0)
# What XML may not hold, however it is written.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# In letters: of a line, of the widest column that is asked for, and what edges and bold words take.
LINE, WIDE, EDGES = 80, 40, 4
CELL = 'fo:padding="0.15cm" fo:border="0.5pt solid #767676"'
HEADING = (
    '<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}"'
    ' style:family="paragraph" style:parent-style-name="Standard"'
    ' style:next-style-name="Standard" style:default-outline-level="{level}">'
    '<style:paragraph-properties fo:margin-top="{above}" fo:margin-bottom="0.2cm"'
    ' fo:keep-with-next="always"/>'
    '<style:text-properties fo:font-size="{size}" fo:font-weight="bold"/></style:style>'
)


class Document:
    """What is added stands one below the other."""

    def __init__(self, title: str, language: str) -> None:
        """`language` such as “en-gb”."""
        self.title, self.language = title, language
        self.parts: list[str] = []
        self.tables = 0
        self.shares: set[int] = set()
        self._paragraph(title, "Title")

    def heading(self, words: str, level: int) -> None:
        self.parts.append(
            f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">'
            f"{_text(words)}</text:h>"
        )

    def text(self, words: str) -> None:
        """A paragraph for each block of lines."""
        for block in re.split(r"\n\s*\n", words.replace("\r\n", "\n").strip()):
            if block.strip():
                self._paragraph(block)

    def quiet(self, words: str) -> None:
        """Smaller, for help with a question."""
        self._paragraph(words, "Help")

    def room(self, lines: int) -> None:
        """Empty lines to write on."""
        for _line in range(lines):
            self._paragraph("", "Room")

    def points(self, items: Iterable[str]) -> None:
        rows = "".join(
            f'<text:list-item><text:p text:style-name="Standard">{_text(one)}</text:p>'
            "</text:list-item>"
            for one in items
        )
        if rows:
            self.parts.append(f'<text:list text:style-name="Points">{rows}</text:list>')

    def table(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """`heads` are repeated on each page that the table reaches; a row stays on one."""
        self.tables += 1
        rows = [*rows]
        body = "".join(_row(row, "Standard") for row in rows)
        shares = _shares([*zip(heads, *rows, strict=True)])
        self.shares |= {*shares}
        columns = "".join(f'<table:table-column table:style-name="Share{one}"/>' for one in shares)
        self.parts.append(
            f'<table:table table:name="Table{self.tables}" table:style-name="Table">'
            f"<table:title>{_text(name)}</table:title>"
            f"{columns}<table:table-header-rows>{_row(heads, 'Head')}</table:table-header-rows>"
            f"{body}</table:table>"
        )

    def _paragraph(self, words: str, style: str = "Standard") -> None:
        self.parts.append(f'<text:p text:style-name="{style}">{_text(words)}</text:p>')

    def file(self) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {
                "mimetype": MEDIA_TYPE,
                "META-INF/manifest.xml": MANIFEST,
                "content.xml": self._content(),
                "styles.xml": self._styles(),
                "meta.xml": self._meta(),
            }.items():
                entry = zipfile.ZipInfo(name, STAMP)
                stored = name == "mimetype"
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        return packed.getvalue()

    def _content(self) -> str:
        shares = "".join(
            f'<style:style style:name="Share{one}" style:family="table-column">'
            f'<style:table-column-properties style:rel-column-width="{one}*"/></style:style>'
            for one in sorted(self.shares)
        )
        return _root(
            "content",
            "<office:automatic-styles>"
            '<style:style style:name="Table" style:family="table">'
            '<style:table-properties table:align="margins" fo:margin-bottom="0.4cm"/></style:style>'
            f"{shares}"
            '<style:style style:name="Row" style:family="table-row">'
            '<style:table-row-properties fo:keep-together="always"/></style:style>'
            f'<style:style style:name="Cell" style:family="table-cell">'
            f"<style:table-cell-properties {CELL}/></style:style>"
            '<text:list-style style:name="Points"><text:list-level-style-bullet text:level="1"'
            ' text:bullet-char="•"><style:list-level-properties text:space-before="0.4cm"'
            ' text:min-label-width="0.4cm"/></text:list-level-style-bullet></text:list-style>'
            "</office:automatic-styles>"
            f"<office:body><office:text>{''.join(self.parts)}</office:text></office:body>",
        )

    def _styles(self) -> str:
        language, _dash, country = self.language.partition("-")
        headings = "".join(
            HEADING.format(level=level, above=above, size=size)
            for level, above, size in ((1, "0.8cm", "16pt"), (2, "0.5cm", "13pt"))
        )
        return _root(
            "styles",
            "<office:styles>"
            '<style:default-style style:family="paragraph"><style:text-properties'
            f" fo:language={quoteattr(language)} fo:country={quoteattr(country.upper() or 'none')}"
            ' fo:font-family="Arial, sans-serif" fo:font-size="12pt"/></style:default-style>'
            '<style:style style:name="Standard" style:family="paragraph">'
            '<style:paragraph-properties fo:margin-bottom="0.2cm" fo:line-height="120%"/>'
            "</style:style>"
            '<style:style style:name="Title" style:family="paragraph"'
            ' style:parent-style-name="Standard">'
            '<style:text-properties fo:font-size="22pt" fo:font-weight="bold"/></style:style>'
            '<style:style style:name="Help" style:family="paragraph"'
            ' style:parent-style-name="Standard">'
            '<style:paragraph-properties fo:keep-with-next="always"/>'
            '<style:text-properties fo:color="#444444"/></style:style>'
            '<style:style style:name="Head" style:family="paragraph"'
            ' style:parent-style-name="Standard">'
            '<style:text-properties fo:font-weight="bold"/></style:style>'
            '<style:style style:name="Room" style:family="paragraph"'
            ' style:parent-style-name="Standard"><style:paragraph-properties'
            # Else lines that follow each other become one box.
            ' style:join-border="false" fo:margin-bottom="0.5cm"'
            ' fo:border-bottom="0.5pt solid #767676"/></style:style>'
            f"{headings}</office:styles>"
            '<office:automatic-styles><style:page-layout style:name="Page">'
            '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"'
            ' fo:margin="2cm"/></style:page-layout></office:automatic-styles>'
            '<office:master-styles><style:master-page style:name="Standard"'
            ' style:page-layout-name="Page"/></office:master-styles>',
        )

    def _meta(self) -> str:
        return _root(
            "meta",
            f"<office:meta><dc:title>{_text(self.title)}</dc:title>"
            f"<dc:language>{_text(self.language)}</dc:language></office:meta>",
        )


def _root(kind: str, inside: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-{kind} {NAMES} office:version="1.3">{inside}</office:document-{kind}>'
    )


def _row(cells: Sequence[str], style: str) -> str:
    inside = "".join(
        '<table:table-cell table:style-name="Cell" office:value-type="string">'
        f'<text:p text:style-name="{style}">{_text(one)}</text:p></table:table-cell>'
        for one in cells
    )
    return f'<table:table-row table:style-name="Row">{inside}</table:table-row>'


def _shares(columns: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column is beside the others: no word is broken before long texts wrap."""
    least = [_longest(word for cell in one for word in str(cell).split()) for one in columns]
    wanted = [
        max(at_least, min(_longest(one), WIDE))
        for at_least, one in zip(least, columns, strict=True)
    ]
    wishes = sum(wanted) - sum(least)
    spare = min(wishes, max(0, LINE - sum(least) - EDGES * len(least)))
    return [
        100 * (at_least + EDGES) + 100 * (wish - at_least) * spare // (wishes or 1)
        for at_least, wish in zip(least, wanted, strict=True)
    ]


def _longest(words: Iterable[str]) -> int:
    return max((len(str(one)) for one in words), default=0)


def _text(words: str) -> str:
    return escape(_clean(words)).replace("\n", "<text:line-break/>")


def _clean(words: str) -> str:
    return FORBIDDEN.sub("", str(words))
