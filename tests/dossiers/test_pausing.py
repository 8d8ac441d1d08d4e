"""Verification on the spot and public posting stop the clock only where the procedure says so."""

from datetime import date, datetime
from uuid import UUID

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.history import write_history
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.life import POSTING, VERIFICATION, Facts
from motcua.dossiers.rules.moves import BY_NAME
from motcua.dossiers.rules.statuses import Status
from motcua.dossiers.rules.taking import ClockRunsOn
from motcua.dossiers.told import Past, Told
from motcua.kit.clock import LimitUnit
from motcua.kit.moments import minute_of
from motcua.registry.actions import add_procedure_version
from motcua.registry.drafts import LimitDraft, VersionDraft

from .given import CLERK, COMMUNE, FROM, MONDAY, WHY, a_dossier_in_process, a_registry
from .given_clocks import on
from .given_pages import EVERY_ROLE, post_move, signed_in, text_of

pytestmark = pytest.mark.django_db
CODE = "1.900100"


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def a_procedure(*reasons: str, valid_from: date = FROM) -> None:
    draft = VersionDraft(
        CODE,
        valid_from,
        "Thủ tục",
        "Đất đai",
        legal_basis="test",
        limits=[LimitDraft(10, LimitUnit.WORKING_DAY)],
        pauses_for_verification=VERIFICATION in reasons,
        pauses_for_posting=POSTING in reasons,
    )
    add_procedure_version(draft=draft, actor=SYSTEM, at=MONDAY)


def pause(row: Dossier, reason: str) -> Dossier:
    return actions.pause_clock(
        dossier_id=row.id, reason=reason, words=WHY, actor=CLERK, at=on(15, 9)
    )


def due_of(row: Dossier) -> datetime | None:
    return Dossier.objects.get(pk=row.pk).due_at


@pytest.mark.parametrize(
    "reasons", [(), (VERIFICATION,), (POSTING,), (VERIFICATION, POSTING)], ids=str
)
def test_the_clock_stops_only_for_what_the_procedure_names(reasons: tuple[str, ...]) -> None:
    a_procedure(*reasons)

    for reason in (VERIFICATION, POSTING):
        row = a_dossier_in_process(CODE)
        if reason in reasons:
            assert (pause(row, reason).status, due_of(row)) == (Status.ON_HOLD, None)
        else:
            with pytest.raises(ClockRunsOn):
                pause(row, reason)
            assert due_of(row) == on(28, 17, 30)


def test_the_version_of_day_0_says_for_what_the_clock_stops() -> None:
    a_procedure(POSTING)
    row = a_dossier_in_process(CODE)
    a_procedure(valid_from=date(2026, 9, 15))

    assert pause(row, POSTING).due_at is None


def test_a_page_offers_the_pause_only_where_the_procedure_has_one_and_only_its_reasons() -> None:
    a_procedure(POSTING)
    client = signed_in(*EVERY_ROLE)
    row = a_dossier_in_process(CODE)

    assert "/moves/pause_clock/" in client.get(f"/dossiers/{row.code}/").content.decode()
    form = client.get(f"/dossiers/{row.code}/moves/pause_clock/").content.decode()
    assert 'value="posting"' in form
    assert 'value="verification"' not in form


def test_without_a_pause_the_move_is_not_offered_and_refused_in_words() -> None:
    a_procedure()
    client = signed_in(*EVERY_ROLE)
    row = a_dossier_in_process(CODE)

    assert "/moves/pause_clock/" not in client.get(f"/dossiers/{row.code}/").content.decode()
    assert "không quy định dừng tính thời gian" in text_of(
        client.get(f"/dossiers/{row.code}/moves/pause_clock/")
    )
    response = post_move(client, row, "pause_clock", reason="posting", words="x")
    assert response.status_code == 422
    assert "không quy định dừng tính thời gian" in text_of(response)


def test_what_another_system_paused_is_taken_in_whatever_our_procedure_says() -> None:
    a_procedure()
    client = signed_in(*EVERY_ROLE)
    told = [("receive_new", MONDAY), ("hand_over", on(14, 10)), ("pause_clock", on(15, 9))]
    past = Past(
        id=UUID(int=99),
        source="onegate",
        source_key="1",
        procedure=CODE,
        channel="direct",
        place=COMMUNE,
        holder=COMMUNE,
        moves=[Told(BY_NAME[name], minute_of(at), Facts(reason=POSTING)) for name, at in told],
        due_of="source",
        source_due_at=minute_of(on(28, 9)),
    )

    [written] = write_history([past], actor=SYSTEM, at=MONDAY)

    assert not written.refused
    row = Dossier.objects.get(pk=past.id)
    assert row.status == Status.ON_HOLD
    actions.resume_clock(dossier_id=row.id, actor=CLERK, at=on(16, 9))
    assert "/moves/pause_clock/" in client.get(f"/dossiers/{row.code}/").content.decode()
