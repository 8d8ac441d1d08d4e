"""The registry as the program fills it, once for each module that reads it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from motcua.accounts.actors import SYSTEM
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue
from motcua.registry.seed import install

from .given import AT


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Catalogue]:
    """The catalogue after `install`; rolled back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        install(SYSTEM, AT)
        yield catalogue()
        transaction.set_rollback(True)
