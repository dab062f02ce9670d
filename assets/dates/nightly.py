"""The dates of the coming year, one day further; then what the search knows of them."""

from assets.dates import load, occurrences
from assets.search import rows


def write() -> int:
    """Of everything that is public. How many dates there are; the same again gives the same."""
    load.load_bank_holidays()
    written = occurrences.write_all()
    rows.rebuild()
    return written
