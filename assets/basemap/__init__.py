"""The base map: where the land lies, drawn once and kept in `drawing.json`. See `generate.py`."""
