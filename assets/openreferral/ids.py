"""Keys of what has no row, or none that may be known: the same on every day and every site."""

from uuid import UUID, uuid5

# Any, so long as it stays.
_OURS = UUID("6f1c6f0e-5a43-4d0c-9b7e-2f6a0c1d9b55")


def key_of(*parts: object) -> str:
    """`key_of("schedule", 12)`."""
    return str(uuid5(_OURS, "/".join(str(part) for part in parts)))
