"""Settings of the tests: the program's own, in a home that goes away afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="motcua-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["MOTCUA_HOME"] = _home
os.environ["MOTCUA_SECRET_KEY"] = "for tests only: abcdefghijklmnopqrstuvwxyz0123456789"
# Playwright keeps an event loop in the thread of the tests; nothing asynchronous touches the rows.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
os.environ.pop("MOTCUA_HOSTS", None)
os.environ.pop("MOTCUA_DEBUG", None)

from motcua.settings import *  # noqa: E402, F403
from motcua.settings import DATABASES, STORAGES  # noqa: E402

# A file, as in service: a database in memory locks otherwise and would hide contention.
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_home) / "test.sqlite3")}

# Argon2 costs 50 ms by design; what it protects is tested once, with the real hasher.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]

# Files as they are in the tree, whatever a build has left there.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
