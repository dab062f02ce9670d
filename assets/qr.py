"""An address as a picture that a phone's camera reads (QR code, ISO/IEC 18004)."""

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True)
class Code:
    """`size` is the side in squares, with the quiet edge of four around; `path` draws the dark."""

    size: int
    path: str


def code(address: str) -> Code:
    """A sheet of paper gets wet and bent: a sixth of the squares may be lost."""
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    made.add_data(address)
    made.make()
    squares = made.get_matrix()
    dark = [(x, y) for y, row in enumerate(squares) for x, is_dark in enumerate(row) if is_dark]
    return Code(len(squares), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
