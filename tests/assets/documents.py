"""Files as people send them, and as people who mean harm do."""

import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def a_pdf() -> bytes:
    return _written(PdfWriter())


def a_pdf_with_a_script() -> bytes:
    return _opening_with(S="/JavaScript", JS="app.alert('hello')")


def a_pdf_that_starts_a_program() -> bytes:
    return _opening_with(S="/Launch", F="cmd.exe")


def a_pdf_that_opens_at_its_first_page() -> bytes:
    return _opening_with(S="/GoTo", D="first")


def _opening_with(**action: str) -> bytes:
    writer = PdfWriter()
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(value) if key == "S" else TextStringObject(value)
            for key, value in action.items()
        }
    )
    return _written(writer)


def a_pdf_with_a_file_in_it() -> bytes:
    writer = PdfWriter()
    writer.add_attachment("run.exe", b"MZ")
    return _written(writer)


def a_locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    return _bytes(writer)


def _written(writer: PdfWriter) -> bytes:
    writer.add_blank_page(200, 200)
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def a_picture(kind: str = "JPEG", *, taken_at: str = "") -> bytes:
    """`taken_at` goes where a phone writes down where it was."""
    picture = Image.new("RGB", (40, 30), "#1f4d3f")
    exif = Image.Exif()
    if taken_at:
        exif[0x010E] = taken_at
    file = BytesIO()
    picture.save(file, kind, exif=exif)
    return file.getvalue()


def a_bomb() -> bytes:
    """A PNG of 60,000 × 60,000 dots in a few hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    size = (60_000).to_bytes(4, "big")
    head = chunk(b"IHDR", size + size + b"\x01\x00\x00\x00\x00")
    dots = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + dots + chunk(b"IEND", b"")
