"""Settings come from the environment; a wrong one stops the start with advice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from motcua import settings as ours


def start(home: Path, *, ask: str = "DEBUG", **environment: str) -> tuple[int, str]:
    """Start the settings in a process of their own and print one of them."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")
    } | {"MOTCUA_HOME": str(home)}
    clean.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", f"from motcua import settings; print(settings.{ask})"],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_without_any_setting_the_program_starts_and_answers_this_machine_only(
    tmp_path: Path,
) -> None:
    assert start(tmp_path / "new", ask="ALLOWED_HOSTS") == (
        0,
        "['localhost', '127.0.0.1', '[::1]']",
    )


@pytest.mark.parametrize(
    ("hosts", "address"),
    [
        ("", ""),
        ("localhost", ""),
        ("localhost,.example.vn,motcua.example.vn,10.0.0.5", "https://motcua.example.vn"),
    ],
)
def test_the_public_address_is_the_first_name_that_is_not_this_machine(
    tmp_path: Path, hosts: str, address: str
) -> None:
    said = start(tmp_path, ask="PUBLIC_ADDRESS or None", MOTCUA_HOSTS=hosts)
    assert said == (0, address or "None")


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    _, first = start(tmp_path, ask="SECRET_KEY")
    _, second = start(tmp_path, ask="SECRET_KEY")

    assert first == second == (tmp_path / "secret_key").read_text()
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("MOTCUA_HOME", "{file}", "Set it to a folder"),
        ("MOTCUA_HOME", "/proc/nowhere", "Make MOTCUA_HOME a folder this program may write"),
        ("MOTCUA_SECRET_KEY", "short", "at least 50 random characters"),
        ("MOTCUA_HOSTS", "*", "plain host names"),
        ("MOTCUA_HOSTS", "https://motcua.example", "plain host names"),
        ("MOTCUA_NODE", "nút xã", "letters, digits and hyphens"),
        ("MOTCUA_DEBUG", "maybe", "yes or no"),
        ("DATABASE_URL", "mysql://host/base", "postgresql://"),
        ("DATABASE_URL", "postgresql://host", "names no database"),
        ("DATABASE_URL", "postgresql://host:port/base", "postgresql://"),
    ],
)
def test_a_wrong_value_says_how_to_mend_it(
    tmp_path: Path, name: str, value: str, advice: str
) -> None:
    file = tmp_path / "file"
    file.touch()

    code, said = start(tmp_path / "home", **{name: value.format(file=file)})

    assert code != 0
    assert name in said
    assert advice in said


@pytest.mark.parametrize(
    ("version", "broken"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_an_sqlite_that_can_lose_data_is_known(version: tuple[int, int, int], broken: bool) -> None:
    assert ours.is_broken_sqlite(version) is broken


def test_an_sqlite_that_can_lose_data_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))

    with pytest.raises(ImproperlyConfigured, match="pysqlite3"):
        ours.sqlite_database(tmp_path)


def test_a_postgresql_url_is_taken_apart() -> None:
    read = ours.postgresql_database(
        "postgresql://an%40xa:b%3Ac@db.example:6432/mot?sslmode=require"
    )

    assert (read["USER"], read["PASSWORD"]) == ("an@xa", "b:c")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("db.example", "6432", "mot")
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_a_postgresql_on_a_socket_is_found() -> None:
    assert ours.postgresql_database("postgresql:///mot?host=/run/pg")["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    ("hosts", "secure"), [("", "False"), ("127.0.0.1", "False"), ("motcua.example", "True")]
)
def test_a_server_that_others_reach_speaks_tls_only(
    tmp_path: Path, hosts: str, secure: str
) -> None:
    said = [
        start(tmp_path, ask=name, MOTCUA_HOSTS=hosts)[1]
        for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    ]

    assert said == [secure] * 3


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_a_commit_on_sqlite_is_on_the_disk() -> None:
    with connection.cursor() as cursor:
        said = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert said == ["wal", 2, 1]
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
