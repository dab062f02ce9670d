"""The site's own settings, with a made-up language switched on and passwords quick to check."""

from django.utils.translation import gettext_lazy as _

from config.settings import *  # noqa: F403

LANGUAGES = [("en-gb", _("English")), ("ar-xb", _("Pseudo"))]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each test's client is a site of its own, and would read every static file as it starts.
WHITENOISE_AUTOREFRESH = True
