"""What holds for every test: closed sockets, a printed seed, a home of its own."""

import ipaddress
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.utils.translation.reloader import translation_file_changed

from motcua.ui import translations

pytest_plugins = ("tests.browser",)
SEED = "MOTCUA_TEST_SEED"
FLUSH = "_fixture_teardown"  # where Django empties the tables after a test that commits
DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
)

hypothesis.settings.register_profile(
    "motcua",
    deadline=None,  # machines are shared; a slow moment is no defect
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("motcua")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed once; workers of a parallel run get it through the environment."""
    seed = os.environ.setdefault(SEED, str(random.SystemRandom().randrange(1 << 32)))
    if config.getoption("hypothesis_seed", None) is None:
        config.option.hypothesis_seed = seed
    sys.addaudithook(_refuse_the_network)
    if translations.compile_all():
        translation_file_changed(None, Path("django.mo"))  # what was read before is stale


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print engine and seed, so that a red run can be run again."""
    engine = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    seed = os.environ[SEED]
    terminalreporter.write_line(f"motcua: {engine}, seed {seed} ({SEED}={seed} repeats this run)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it also runs on the second engine."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def _seeded() -> None:
    random.seed(int(os.environ[SEED]))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> Path:
    """Give the test a MOTCUA_HOME of its own."""
    folder = tmp_path_factory.mktemp("home")
    settings.MOTCUA_HOME = folder
    return folder


@pytest.fixture(scope="session", autouse=True)
def _ledger_lets_itself_be_emptied() -> Iterator[None]:
    """Lift the append-only triggers while Django empties the tables after a test that commits."""
    from django.db import connection  # noqa: PLC0415 (needs the settings)
    from django.test import TransactionTestCase  # noqa: PLC0415

    from motcua.ledger import triggers  # noqa: PLC0415

    tables = (*triggers.APPEND_ONLY, "citizens_reading")
    empty = getattr(TransactionTestCase, FLUSH)

    def empty_the_ledger_too(case: TransactionTestCase) -> None:
        triggers.remove(connection, tables)
        empty(case)
        triggers.install(connection, tables)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, FLUSH, empty_the_ledger_too)
        yield


def _refuse_the_network(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"} and not _is_near(args[1]):
        raise RuntimeError(f"a test tried to reach {args[1]}; tests speak to this machine only")


def _is_near(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] in {"localhost", ""}
