"""All settings, read from the environment and from nowhere else.

docs/guides/settings.md lists the variables. A missing or wrong value stops the program here,
with a sentence that says how to mend it.
"""

import os
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from motcua.ui import collecting

PACKAGE = Path(__file__).parent
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
FIXED_SQLITE = (3, 51, 3)
FIXED_SQLITE_BRANCHES = frozenset({(3, 50, 7), (3, 44, 6)})
FIRST_BROKEN_SQLITE = (3, 7, 0)
FALSE_WORDS = frozenset({"", "0", "no", "false"})
TRUE_WORDS = frozenset({"1", "yes", "true"})


def read_flag(name: str) -> bool:
    """Give the truth of a yes-or-no variable; a missing one is no."""
    word = os.environ.get(name, "").strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}. Set it to yes or no, or leave it out.")


def read_home() -> Path:
    """Give the folder that holds everything this installation keeps."""
    home = Path(os.environ.get("MOTCUA_HOME", "").strip() or "data").resolve()
    if home.exists() and not home.is_dir():
        raise ImproperlyConfigured(
            f"MOTCUA_HOME is {home}, which is a file. Set it to a folder this program may write."
        )
    return home


def read_secret_key(home: Path) -> str:
    """Give the key that signs sessions: from the environment, else made once and kept."""
    if key := os.environ.get("MOTCUA_SECRET_KEY", "").strip():
        return _long_enough(key, "MOTCUA_SECRET_KEY")
    kept = home / "secret_key"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _long_enough(_keep_once(kept), str(kept))
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key cannot be kept in {kept} ({error.strerror}). Make MOTCUA_HOME a "
            "folder this program may write, or set MOTCUA_SECRET_KEY."
        ) from error


def _keep_once(kept: Path) -> str:
    """Write a new key under another name and link it: two first starts agree on one key."""
    if not kept.exists():
        draft = kept.with_name(f"{kept.name}.{secrets.token_hex(8)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, kept)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return kept.read_text(encoding="ascii").strip()


def _long_enough(key: str, source: str) -> str:
    if len(key) < 50 or len(set(key)) < 5:  # noqa: PLR2004 (the floor of Django's own check)
        raise ImproperlyConfigured(
            f"The secret key in {source} is too weak. Use at least 50 random characters, "
            'made for example by: python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return key


def read_hosts() -> list[str]:
    """Give the names this server answers to; without any it answers this machine only."""
    hosts = [host.strip() for host in os.environ.get("MOTCUA_HOSTS", "").split(",")]
    hosts = [host for host in hosts if host]
    for host in hosts:
        if "*" in host or "/" in host or " " in host:
            raise ImproperlyConfigured(
                f"MOTCUA_HOSTS names {host!r}. Give plain host names between commas, "
                "for example: motcua.example.vn,10.0.0.5"
            )
    return hosts or ["localhost", "127.0.0.1", "[::1]"]


def read_public_address(hosts: Sequence[str]) -> str:
    """Give the address people reach the pages by: the first name that is not this machine."""
    named = (host for host in hosts if host not in LOOPBACK and not host.startswith("."))
    return next((f"https://{host}" for host in named), "")


def read_node() -> str:
    """Give the short name of this machine in the ledger."""
    node = os.environ.get("MOTCUA_NODE", "").strip() or "main"
    if not (node.isascii() and node.replace("-", "").isalnum() and len(node) <= 32):  # noqa: PLR2004
        raise ImproperlyConfigured(
            f"MOTCUA_NODE is {node!r}. Use at most 32 letters, digits and hyphens."
        )
    return node


def is_broken_sqlite(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite can lose committed data when its WAL is reset.

    Source: docs/adr/0003-sqlite.md.
    """
    if version in FIXED_SQLITE_BRANCHES:
        return False
    return FIRST_BROKEN_SQLITE <= version < FIXED_SQLITE


def sqlite_database(home: Path) -> dict[str, Any]:
    """Give the settings of the embedded database."""
    if is_broken_sqlite(sqlite3.sqlite_version_info):
        raise ImproperlyConfigured(
            f"SQLite {sqlite3.sqlite_version} can lose committed data (WAL-reset bug). "
            "Install the package pysqlite3 (0.6.1 or later) beside motcua, or set DATABASE_URL."
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "motcua.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                # Else REPLACE deletes without a trigger, and slips past the append-only ones.
                "PRAGMA recursive_triggers=ON;"
            ),
        },
    }


def postgresql_database(url: str) -> dict[str, Any]:
    """Give the settings of a PostgreSQL named by its URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(_url_advice(str(error))) from error
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(_url_advice(f"it starts with {parts.scheme or 'no scheme'!r}"))
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(_url_advice("it names no database"))
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _url_advice(reason: str) -> str:
    return (
        f"DATABASE_URL cannot be used: {reason}. Write it as "
        "postgresql://user:password@host:5432/database, or leave it out to use SQLite."
    )


def read_database(home: Path) -> dict[str, Any]:
    """Give the settings of the one database: PostgreSQL when a URL is set, else SQLite."""
    if url := os.environ.get("DATABASE_URL", "").strip():
        return postgresql_database(url)
    return sqlite_database(home)


MOTCUA_HOME = read_home()
NODE_NAME = read_node()
DEBUG = read_flag("MOTCUA_DEBUG")
SECRET_KEY = read_secret_key(MOTCUA_HOME)
ALLOWED_HOSTS = read_hosts()

ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": read_database(MOTCUA_HOME)}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "motcua.ui",
    "motcua.ledger",
    "motcua.accounts",
    "motcua.registry",
    "motcua.citizens",
    "motcua.dossiers",
    "motcua.indicators",
    "motcua.operations",
    "motcua.exchange",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "motcua.operations.doors.AnswerAgain",  # data and 304: nothing a policy of content speaks of
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.ui.languages.ChooseLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.accounts.doors.EndSessions",
    "motcua.ui.doors.ShowRefusals",
    "motcua.registry.doors.AttachActor",
    "motcua.accounts.gate.GuardDoors",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "motcua.ui.context.shell",
                "motcua.context.installation",
            ],
        },
    }
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "kit" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = PACKAGE / "static_collected"
# Collected and compressed by the build; whoever works on the files sees them as they are.
IS_BUILT = collecting.is_current(STATIC_ROOT) and not DEBUG
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not IS_BUILT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_BUILT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
SHELL = "motcua.menu.SHELL"
INSTALLATION = "motcua.context.name"
# The lists of the worker, for the page of readers.
READERS = "motcua.worker.READERS"

SESSION_COOKIE_AGE = int(timedelta(minutes=60).total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Beside the password: the form that came after the session had ended.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "typed"]
AXES_LOCKOUT_CALLABLE = "motcua.accounts.pages.locked_out"

# Named hosts are reached over a network, and then only through TLS (docs/adr/0013).
IS_REMOTE = not DEBUG and not LOOPBACK.issuperset(ALLOWED_HOSTS)
# What links in printed papers begin with; nothing where only this machine reaches the pages.
PUBLIC_ADDRESS = read_public_address(ALLOWED_HOSTS)
SESSION_COOKIE_SECURE = IS_REMOTE
CSRF_COOKIE_SECURE = IS_REMOTE
SECURE_SSL_REDIRECT = IS_REMOTE
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_REMOTE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_REMOTE
SECURE_HSTS_PRELOAD = IS_REMOTE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "whitenoise": {"level": "WARNING"}},
}
