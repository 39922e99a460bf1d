"""All settings, in one file. Each comes from the environment and is described in docs/reference/settings.md."""

import secrets
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env

PACKAGE = Path(__file__).resolve().parent.parent
env = Env(prefix="BOTHWAYS_")

# Where everything stands

DATA_DIR = Path(env.str("DATA_DIR", ".data/up")).absolute()
BASE_URL = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
DEBUG = env.bool("DEBUG", False)
_base = urlsplit(BASE_URL)
IS_HTTPS = _base.scheme == "https"


def _kept_secret() -> str:
    """The server's key: given, or made once and kept beside the data, readable by its owner only."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or _kept_secret()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", []) or [_base.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL, *env.list("TRUSTED_ORIGINS", [])]

# Database

_database_url = env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'bothways.sqlite3'}"
DATABASES = {"default": env.dj_db_url("_UNSET_", default=_database_url)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers wait for one another instead of failing when a reader turns into a writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
elif _pool := env.int("DATABASE_POOL", 12):
    # Each request under ASGI runs in a thread of its own: connections are pooled, not kept by threads.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": _pool, "timeout": 20}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "bothways_cache"}}

# Media

STORE_DIR = Path(env.str("STORE_DIR", "") or DATA_DIR / "store").absolute()
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", 1024) * 1024 * 1024
UPLOAD_PART_MAX_BYTES = env.int("UPLOAD_PART_MAX_MB", 64) * 1024 * 1024
MEDIA_MEMORY_MB = env.int("MEDIA_MEMORY_MB", 1024)
DISK_RESERVE_BYTES = env.int("DISK_RESERVE_MB", 512) * 1024 * 1024

# Speech to text

SPEECH_ENGINE = env.str("SPEECH_ENGINE", "local")
if SPEECH_ENGINE not in ("local", "endpoint", "none"):
    raise ValueError("BOTHWAYS_SPEECH_ENGINE is local, endpoint or none")
SPEECH_MODEL = env.str("SPEECH_MODEL", "")
SPEECH_THREADS = env.int("SPEECH_THREADS", 1)
SPEECH_MEMORY_MB = env.int("SPEECH_MEMORY_MB", 4096)
SPEECH_URL = env.str("SPEECH_URL", "").rstrip("/")
SPEECH_KEY = env.str("SPEECH_KEY", "")
if SPEECH_ENGINE == "endpoint" and not SPEECH_URL:
    raise ValueError("BOTHWAYS_SPEECH_ENGINE=endpoint needs BOTHWAYS_SPEECH_URL")

# Live interviews

TURN_URLS = env.list("TURN_URLS", [])
TURN_SECRET = env.str("TURN_SECRET", "")
STUN_URLS = env.list("STUN_URLS", [])
if bool(TURN_URLS) != bool(TURN_SECRET):
    raise ValueError("BOTHWAYS_TURN_URLS and BOTHWAYS_TURN_SECRET belong together: give both or neither")
REDIS_URL = env.str("REDIS_URL", "")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        # The layer waits for messages in a blocking read; a time limit on the connection would end it.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}], "prefix": "bothways", "capacity": 1000},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
}

# Parts of the product

INSTALLED_APPS = [
    "bothways.accounts",
    "bothways.work",
    "bothways.notify",
    "bothways.media",
    "bothways.kits",
    "bothways.positions",
    "bothways.interviews",
    "bothways.review",
    "bothways.live",
    "bothways.conversations",
    "bothways.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bothways.web.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bothways.web.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bothways.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "bothways.config.urls"
ASGI_APPLICATION = "bothways.config.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Sign-in

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "bothways.web.public.adapter.AccountAdapter"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {"login": "bothways.web.public.forms.sign_in.SignInForm"}
MFA_FORMS = {"add_webauthn": "bothways.web.public.forms.sign_in.AddPasskeyForm"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/team/"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Mail: kept in the outbox until an address of a mail server is given

EMAIL_URL = env.str("EMAIL_URL", "")
SENDS_MAIL = bool(EMAIL_URL)
if SENDS_MAIL:
    _mail = env.dj_email_url("_UNSET_", default=EMAIL_URL)
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST = _mail["EMAIL_HOST"]
    EMAIL_PORT = _mail["EMAIL_PORT"]
    EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", f"Bothways <no-reply@{_base.hostname or 'localhost'}>")
if not parseaddr(DEFAULT_FROM_EMAIL)[1]:
    raise ValueError("BOTHWAYS_EMAIL_FROM is not an e-mail address")

# Background work: three lanes, so that a long encode never holds up a short step, nor either of them the words

_queue = {
    "orm": "default",
    "poll": 0.15,
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": -1,
    "catch_up": False,
    "recycle": 500,
    "log_level": "WARNING",
}
SHORT_LANE_TIMEOUT_S = 60
MEDIA_LANE_TIMEOUT_S = 1800
WORDS_LANE_TIMEOUT_S = 1800
Q_CLUSTER = {
    **_queue,
    "name": "short",
    "workers": env.int("SHORT_WORKERS", 2),
    "timeout": SHORT_LANE_TIMEOUT_S,
    "retry": SHORT_LANE_TIMEOUT_S + 30,
    "ALT_CLUSTERS": {
        "media": {
            **_queue,
            "workers": env.int("MEDIA_WORKERS", 1),
            "timeout": MEDIA_LANE_TIMEOUT_S,
            "retry": MEDIA_LANE_TIMEOUT_S + 60,
        },
        "words": {
            **_queue,
            "workers": env.int("WORDS_WORKERS", 1),
            "timeout": WORDS_LANE_TIMEOUT_S,
            "retry": WORDS_LANE_TIMEOUT_S + 60,
        },
    },
}

# Languages and times

LANGUAGE_CODE = env.str("LANGUAGE", "en")
TEAM_LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ar", "العربية")]
LANGUAGES = [
    *TEAM_LANGUAGES,
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("hi", "हिन्दी"),
]
"""Candidates meet pages and mails in all of these, members in the first ones."""
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["bothways.config.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "bothways.config.static_storage.BundledStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# Safe by default

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        # Some browsers do not count sockets of the same host as the same.
        "connect-src": [SELF, f"{'wss' if IS_HTTPS else 'ws'}://{_base.netloc}"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 0)
if env.bool("BEHIND_PROXY", False):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
}
