"""The page of readers: how far each is, why one stands still, and how it goes on."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.roles import Role
from motcua.ledger.models import Event
from motcua.ledger.reading import Reader, run, state_of
from tests.dossiers import given
from tests.dossiers.given_pages import signed_in, text_of

pytestmark = pytest.mark.django_db

is_disk_full = False


def _read(events: Sequence[Event]) -> None:
    if is_disk_full:
        raise OSError("No space left on device")


READER, OTHER_READER = Reader("letters", _read), Reader("others", lambda events: None)
READERS = (READER, OTHER_READER)


@pytest.fixture(autouse=True)
def _two_readers(settings: Any) -> Iterator[None]:
    global is_disk_full  # noqa: PLW0603 (what happens to the disk of this test)
    settings.READERS = "tests.operations.test_readers.READERS"
    given.a_registry()
    given.a_dossier_in_process()
    is_disk_full = True
    run(READER, at=timezone.now())
    run(OTHER_READER, at=timezone.now())
    yield
    is_disk_full = False


@pytest.fixture
def keeper() -> Client:
    return signed_in(Role.ADMINISTRATOR, unit_key=given.DISTRICT, name="quantri")


def test_a_failing_reader_says_why_and_how_far_behind_it_is_and_stops_nobody(
    keeper: Client,
) -> None:
    run(OTHER_READER, at=timezone.now())

    said = text_of(keeper.get("/centre/readers/"))

    assert "Đang dừng" in said
    assert "OSError: No space left on device" in said
    assert "Có bộ đọc đang dừng" in said
    assert "Đã đọc hết" in said  # the other one
    assert state_of(READER).lag > 0
    assert state_of(OTHER_READER).lag == 0


def test_a_reader_told_to_try_again_goes_on_at_once_and_the_ledger_knows_it(
    keeper: Client,
) -> None:
    global is_disk_full  # noqa: PLW0603
    key = str(uuid4())
    is_disk_full = False
    assert run(READER, at=timezone.now()) == 0  # it rests

    for _ in range(2):
        answer = keeper.post("/centre/readers/letters/resume/", {"client_key": key})
        assert answer.status_code == 302
    assert run(READER, at=timezone.now()) > 0

    assert Event.objects.filter(kind="reader.resumed").count() == 1
    assert "Tất cả bộ đọc đang chạy" in text_of(keeper.get("/centre/readers/"))


def test_a_reader_that_is_not_there_cannot_be_told_anything(keeper: Client) -> None:
    assert keeper.post("/centre/readers/nobody/resume/").status_code == 404


def test_who_only_looks_at_the_address_of_the_button_is_led_to_the_page(keeper: Client) -> None:
    answer = keeper.get("/centre/readers/letters/resume/")

    assert answer.headers["Location"] == "/centre/readers/"


def test_the_page_is_for_those_who_keep_the_machine() -> None:
    clerk = signed_in(Role.COUNTER_CLERK, name="clerk")

    assert clerk.get("/centre/readers/").status_code == 403
    assert clerk.post("/centre/readers/letters/resume/").status_code == 403
