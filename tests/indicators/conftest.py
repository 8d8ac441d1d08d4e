"""A ledger and a folder of facts for each random example."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

Fresh = Callable[[], AbstractContextManager[Path]]


@pytest.fixture
def fresh(db: None, tmp_path_factory: pytest.TempPathFactory, settings: Any) -> Fresh:
    """Give a block with an empty ledger and no facts; afterwards both are as before."""

    @contextmanager
    def block() -> Iterator[Path]:
        settings.MOTCUA_HOME = tmp_path_factory.mktemp("home")
        with transaction.atomic():
            yield settings.MOTCUA_HOME / "facts"
            transaction.set_rollback(True)

    return block
