"""Several at once: threads with a connection each, on both engines."""

import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import close_old_connections, connection, transaction

from motcua.accounts.actors import SYSTEM
from motcua.citizens.actions import enrol
from motcua.citizens.history import Newcomer, enrol_many
from motcua.citizens.rules import Details, Kind
from motcua.dossiers import actions
from motcua.dossiers.deadlines import note_crossings
from motcua.dossiers.history import lock_codes, write_history
from motcua.dossiers.models import Crossing, Dossier
from motcua.dossiers.numbering import lock_counter
from motcua.dossiers.rules.moves import BY_NAME
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import minute_of
from motcua.ledger.models import Event

from .given import (
    APPLICANT,
    CLERK,
    COMMUNE,
    MONDAY,
    SAME_DAY,
    a_received_dossier,
    a_registry,
    a_request,
    a_worker,
    later,
)
from .given_clocks import stored, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS, EACH = 6, 8


@pytest.fixture(autouse=True)
def _registry(transactional_db: None) -> None:
    a_registry()


def together(*jobs: Callable[[], object]) -> list[object]:
    """Run the jobs in threads of their own and give what they raised."""
    raised: list[object] = []

    def work(job: Callable[[], object]) -> None:
        close_old_connections()
        try:
            job()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "they wait for each other"
    return raised


def _receive_some() -> None:
    for _ in range(EACH):
        actions.receive_new(
            request=a_request(SAME_DAY), applicants=APPLICANT, actor=CLERK, at=MONDAY
        )


def _tell_some(name: str) -> Callable[[], object]:
    def tell() -> None:
        pasts = [
            Past(
                id=uuid4(),
                source=name,
                source_key=str(n),
                procedure=SAME_DAY,
                channel="direct",
                place=COMMUNE,
                holder=COMMUNE,
                moves=[Told(BY_NAME["receive_new"], minute_of(later(days=n % 3)))],
            )
            for n in range(EACH)
        ]
        list(write_history(pasts, actor=SYSTEM, at=MONDAY, batch=3))

    return tell


def test_counters_and_bulk_doors_at_once_give_every_dossier_its_own_code() -> None:
    jobs = [_receive_some] * (THREADS - 2) + [_tell_some("a"), _tell_some("b")]

    assert together(*jobs) == []

    codes = list(Dossier.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) == THREADS * EACH
    today = sorted(code for code in codes if "-260914-" in code)
    assert [int(code[-4:]) for code in today] == list(range(1, len(today) + 1))


def test_one_key_sent_at_once_by_many_makes_one_dossier() -> None:
    key = str(uuid4())

    def receive() -> None:
        actions.receive_new(
            request=a_request(SAME_DAY), applicants=APPLICANT, actor=CLERK, at=MONDAY, key=key
        )

    assert together(*[receive] * THREADS) == []

    assert Dossier.objects.count() == 1
    receive()
    assert Dossier.objects.count() == 1


def test_two_clerks_on_one_dossier_do_not_overwrite_each_other() -> None:
    dossier_id: UUID = actions.receive_new(
        request=a_request(SAME_DAY), applicants=APPLICANT, actor=CLERK, at=MONDAY
    ).id

    worker = a_worker()

    def assign() -> None:
        for n in range(EACH):
            actions.assign(
                dossier_id=dossier_id, account_id=worker, actor=CLERK, at=later(minutes=n)
            )

    assert together(*[assign] * 3) == []

    row = Dossier.objects.get(pk=dossier_id)
    versions = Event.objects.filter(subject_id=dossier_id).values_list("subject_version", flat=True)
    assert sorted(versions) == list(range(1, row.version + 1)) == list(range(1, 3 * EACH + 2))


def test_a_reader_never_loses_an_event_that_commits_late() -> None:
    from motcua.ledger.reading import Reader, advance

    seen: list[int] = []
    reader = Reader("follows", lambda events: seen.extend(event.seq for event in events))
    done = threading.Event()

    def follow() -> None:
        while not done.is_set():
            advance(reader)
        while advance(reader):
            pass

    def work() -> None:
        try:
            assert together(*[_receive_some] * 3) == []
        finally:
            done.set()

    assert together(follow, work) == []
    assert seen == list(Event.objects.order_by("seq").values_list("seq", flat=True))


def test_new_persons_beside_plain_receipts_and_imports_never_wait_in_a_circle() -> None:
    def with_a_person() -> None:
        for number in range(EACH):
            with transaction.atomic():
                lock_counter(place_key=COMMUNE, at=MONDAY)
                details = Details(kind=Kind.CITIZEN, name=f"Người {number}")
                person_id = enrol(details=details, unit_key=COMMUNE, actor=SYSTEM, at=MONDAY)
                actions.receive_new(
                    request=a_request(SAME_DAY),
                    applicants=actions.Applicants(person_id),
                    actor=CLERK,
                    at=MONDAY,
                )

    def imported() -> None:
        pasts = [
            Past(
                id=uuid4(),
                source="sheet",
                source_key=str(n),
                procedure=SAME_DAY,
                channel="direct",
                place=COMMUNE,
                holder=COMMUNE,
                moves=[Told(BY_NAME["receive_new"], minute_of(MONDAY))],
            )
            for n in range(EACH)
        ]
        with transaction.atomic():
            lock_codes(pasts)
            newcomer = Newcomer(uuid4(), Details(kind=Kind.CITIZEN, name="Người nhập"))
            enrol_many(newcomers=[newcomer], unit_key=COMMUNE, actor=SYSTEM, at=MONDAY)
            list(write_history(pasts, actor=SYSTEM, at=MONDAY))

    assert together(with_a_person, _receive_some, with_a_person, _receive_some, imported) == []
    assert Dossier.objects.count() == 5 * EACH


def test_one_key_on_one_move_sent_at_once_is_answered_alike() -> None:
    dossier_id = actions.receive_new(
        request=a_request(SAME_DAY), applicants=APPLICANT, actor=CLERK, at=MONDAY
    ).id
    key = str(uuid4())

    def hand_over() -> None:
        actions.hand_over(
            dossier_id=dossier_id, actor=CLERK, at=later(minutes=1), key=key, seen_version=1
        )

    assert together(*[hand_over] * THREADS) == []
    assert Event.objects.filter(kind="dossier.handed_over").count() == 1


def test_two_workers_at_once_note_each_crossing_once() -> None:
    rows = [a_received_dossier() for _ in range(EACH)]
    counts: list[int] = []

    def look() -> None:
        counts.append(note_crossings(clock=SYSTEM, at=later(days=60)))

    assert together(*[look] * 3) == []

    assert sum(counts) == 3 * EACH  # specialist, head of division, signatory
    assert Crossing.objects.count() == 3 * EACH
    for row in rows:
        assert told(row) == stored(row)
        assert Dossier.objects.get(pk=row.id).version == row.version + 3
