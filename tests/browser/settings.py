"""A site that a browser sees serves its static files as a real one does: all read as it starts."""

from tests.settings import *  # noqa: F403

WHITENOISE_AUTOREFRESH = False
