"""Static files under names of their content, compressed once, at the package build.

The build runs this file by its path, so it imports no other file of the program. A tree that
was edited since its build serves its files as they are (`is_current` is false then).
"""

import hashlib
import shutil
from pathlib import Path

STAMP = ".stamp"
FOLDER = "static_collected"
UNUSED = ["htmx-4*", "htmax*", "*-4.js", "*-4.min.js", "*-compat-*"]  # django-htmx ships two htmx


def is_current(collected: Path) -> bool:
    """Say whether the collected files stand for the files of the package as they are now."""
    stamp = collected / STAMP
    return stamp.is_file() and stamp.read_text() == _fingerprint(collected.parent)


def collect(package: Path) -> None:
    """Fill `static_collected` of the package, unless it is current."""
    target = package / FOLDER
    if is_current(target):
        return
    shutil.rmtree(target, ignore_errors=True)
    _run_django(target, _folders(package))
    (target / STAMP).write_text(_fingerprint(package))


def _folders(package: Path) -> list[Path]:
    return sorted(folder for folder in package.glob("*/static") if folder.is_dir())


def _fingerprint(package: Path) -> str:
    digest = hashlib.sha256()
    for folder in _folders(package):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                digest.update(str(file.relative_to(package)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _run_django(target: Path, folders: list[Path]) -> None:
    """Use Django's own collector with settings of nothing but static files."""
    import django  # noqa: PLC0415 (the settings read `is_current` before Django may be set up)
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx"],
        STATIC_ROOT=target,
        STATIC_URL="/static/",
        STATICFILES_DIRS=folders,
        STORAGES={"staticfiles": {"BACKEND": storage}},
        WHITENOISE_KEEP_ONLY_HASHED_FILES=True,
    )
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
