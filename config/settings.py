"""Every setting, on one page, from the environment. docs/operating.md lists the variables."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import Environment

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- What and where the site is -----------------------------------------------------------------

SITE_NAME = env.text("SITE_NAME", "Golden Opportunities")
SITE_URL = env.site_url("SITE_URL", "http://localhost:8000")
# The district whose home page and defaults these are: a GSS code.
DISTRICT = env.text("DISTRICT", "E07000035")
# Where families and groups can write to us. A real site must have one.
CONTACT_EMAIL = env.text("CONTACT_EMAIL", None if SITE_URL.scheme == "https" else "")
# Of the grants we publish, by the 360Giving standard: the publisher's own prefix (they give it to
# whoever registers), the funder's identifier, and under which licence anybody may use them.
GRANTS_PREFIX = env.text("GRANTS_PREFIX", "360G-golden")
GRANTS_FUNDER_ID = env.text("GRANTS_FUNDER_ID", f"{GRANTS_PREFIX}-fund")
GRANTS_LICENCE = env.text("GRANTS_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
# Under which licence anybody may use what the directory publishes as data.
OPEN_DATA_LICENCE = env.text("OPEN_DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
# Set by the local launcher alone: this database is private to one person's machine.
# Only there may the example sign-ins, whose passwords are printed for all to see, come in.
PRIVATE_POSTGRES = env.flag("PRIVATE_POSTGRES")

# A map of somebody else's under the one that can be dragged; without it, our own drawing.
# Whoever drags the map then asks that host for pictures: it is the only one that pages may ask.
MAP_TILES = env.tiles("MAP_TILES")

# Nor by default anybody else by the server: `manage.py daily` then opens the websites of groups.
CHECK_WEBSITES = env.flag("CHECK_WEBSITES")

# Other directories are read over https from public machines only; with this, from any.
HARVEST_PRIVATE_NETWORKS = env.flag("HARVEST_PRIVATE_NETWORKS")

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
# Older keys, while what they signed and sealed (authenticator seeds too) is still about.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", SITE_URL.hostname or "")
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static_files.StaticFiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "accounts",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "django_filters",
    "simple_history",
    "csp",
    "js_lib_leaflet",
    "thrive",
    "assets",
    "grants",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assets.context.site",
            ],
        },
    }
]

# --- Database, cache ----------------------------------------------------------------------------

DATABASES = {
    "default": env.database("DATABASE_URL")
    | {
        "CONN_MAX_AGE": None,
        # A connection that died with its server is noticed and made anew.
        "CONN_HEALTH_CHECKS": True,
    }
}
CACHES = {
    # Shared by every process: allauth counts attempts here.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Django's 300 would throw away counts that are still running: a way round the limits.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Rendered pieces of pages, one store per process: rebuilt when lost, keyed by version.
    "pieces": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pieces",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# No password at first: else a stranger could sign up with somebody's address and wait.
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# What anybody may send without signing in, beside allauth's own limits.
ACCOUNT_RATE_LIMITS = {
    "list_your_group": "10/m/ip,60/d/ip,5/h/key",
    "link_again": "5/m/ip,40/d/ip,3/h/key",
    "claim": "5/m/ip,40/d/ip,20/d/key",
    "report": "5/m/ip,40/d/ip",
    "alert": "5/m/ip,40/d/ip,5/d/key",
}
# Codes rather than links: mail scanners follow links, and a code stays in one browser.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
_CODE_LASTS = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = _CODE_LASTS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _CODE_LASTS
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = _CODE_LASTS
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "request_login_code": "accounts.forms.RequestCodeForm",
    "confirm_login_code": "accounts.forms.ConfirmSignInCodeForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmAddressCodeForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmResetCodeForm",
    "add_email": "accounts.forms.ChangeAddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.AskResetForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers allow passkeys over plain http on one's own machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.scheme == "http"
MFA_FORMS = {
    "authenticate": "accounts.forms.AppCodeForm",
    "reauthenticate": "accounts.forms.ConfirmAppCodeForm",
    "activate_totp": "accounts.forms.AddAppForm",
    "authenticate_webauthn": "accounts.forms.PasskeyForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.forms.ConfirmPasskeyForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
}
# Attempts are counted by address; behind a proxy the address is the one that the proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY") else 0
MFA_TOTP_ISSUER = SITE_NAME

# --- Mail: everything waits in the outbox; the worker sends it ----------------------------------

EMAIL_BACKEND = "accounts.outbox.backend.OutboxBackend"
OUTBOX_TRANSPORT = env.mail("MAIL_URL")
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{SITE_NAME} <noreply@{SITE_URL.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
# A language is switched on only with a catalogue that a reader has checked.
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
CRISPY_ALLOWED_TEMPLATE_PACKS = ["noticeboard"]
CRISPY_TEMPLATE_PACK = "noticeboard"

# --- Safety -------------------------------------------------------------------------------------

_secure = SITE_URL.scheme == "https"
CSRF_TRUSTED_ORIGINS = [SITE_URL.geturl()]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "assets.views.errors.csrf_failed"
SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_HSTS_PRELOAD = _secure
SECURE_REFERRER_POLICY = "same-origin"
# Behind a proxy that speaks https for us; it must set or strip this header itself.
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([MAP_TILES.origin] if MAP_TILES else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
