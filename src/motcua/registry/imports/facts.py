"""What a list says about one procedure, and how it is laid over what is known. Pure.

A list that is silent on a thing leaves it as it is: None means "does not say".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from motcua.kit.clock import LimitUnit
from motcua.registry.cards import ComponentCard, LimitCard, ProcedureCard
from motcua.registry.drafts import ComponentDraft, LimitDraft, StepDraft, VersionDraft
from motcua.registry.imports.refusals import Rejected
from motcua.registry.rules import field_code
from motcua.registry.sets import Channel

NO_PAPER = "Chưa rõ văn bản; theo danh mục trên Cổng Dịch vụ công quốc gia"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one row of a list says.

    `one_limit`: the list knows a single limit for the counter. `limits`: it knows all of them.
    `is_older`: its limits are older than those of the short list.
    """

    code: str
    name: str
    field_name: str
    source_url: str
    one_limit: LimitDraft | None = None
    limits: tuple[LimitDraft, ...] | None = None
    is_older: bool = False
    is_online: bool | None = None
    has_fee: bool | None = None
    fee_text: str | None = None
    decision: str | None = None
    limit_source: str = ""


@dataclass(slots=True)
class Staged:
    """A list read to its end: good rows by line, and rejected ones."""

    facts: list[tuple[int, Facts]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Give how many rows the list has."""
        return len(self.facts) + len(self.rejected)


def new_version(facts: Facts, *, valid_from: date, note: str) -> VersionDraft:
    """Give the first version of a procedure nobody knew."""
    return VersionDraft(
        code=facts.code,
        valid_from=valid_from,
        name=facts.name,
        field_name=facts.field_name,
        legal_basis=facts.decision or NO_PAPER,
        limits=_limits(facts, ()),
        is_online=bool(facts.is_online),
        has_fee=bool(facts.has_fee),
        fee_text=facts.fee_text or "",
        decision=facts.decision or "",
        source_url=facts.source_url,
        source_note=_note(note, facts.limit_source),
    )


def laid_over(known: VersionDraft, facts: Facts) -> VersionDraft:
    """Give the known version with what the list says in its place."""
    decision = facts.decision or known.decision
    is_same_field = field_code(facts.field_name) == field_code(known.field_name)
    return replace(
        known,
        name=facts.name,
        field_name=known.field_name if is_same_field else facts.field_name,
        source_url=facts.source_url or known.source_url,
        limits=_limits(facts, tuple(known.limits)),
        is_online=known.is_online if facts.is_online is None else facts.is_online,
        has_fee=known.has_fee if facts.has_fee is None else facts.has_fee,
        fee_text=known.fee_text if facts.fee_text is None else facts.fee_text,
        decision=decision,
        legal_basis=known.legal_basis if known.legal_basis != NO_PAPER else decision or NO_PAPER,
    )


def draft_of(card: ProcedureCard, *, field_name: str) -> VersionDraft:
    """Give the draft that would write this very version again."""
    return VersionDraft(
        code=card.code,
        valid_from=card.valid_from,
        name=card.name,
        field_name=field_name,
        legal_basis=card.legal_basis,
        competent_kind=card.competent_kind,
        competent_function=card.competent_function,
        limits=tuple(_limit_again(one) for one in card.limits),
        steps=tuple(
            StepDraft(one.name, one.role, one.limit, one.is_demonstration) for one in card.steps
        ),
        components=tuple(_component_again(one) for one in card.components),
        supplement_mode=card.rules.supplement,
        appointment_mode=card.rules.appointment,
        fixed_hour=card.rules.fixed_hour,
        same_day_cut_off=card.rules.same_day_cut_off,
        cut_off=card.rules.cut_off,
        hours_are_days=card.rules.hours_are_days,
        pauses_for_obligation=card.pauses_for_obligation,
        pauses_for_verification=card.pauses_for_verification,
        pauses_for_posting=card.pauses_for_posting,
        is_online=card.online,
        is_interconnected=card.is_interconnected,
        is_withdrawn=card.is_withdrawn,
        has_fee=card.has_fee,
        fee_text=card.fee_text,
        decision=card.decision,
        source_url=card.source_url,
        source_note=card.source_note,
        is_demonstration=card.is_demonstration,
    )


def _limit_again(one: LimitCard) -> LimitDraft:
    limit = one.limit
    return LimitDraft(limit.value, limit.unit, one.channel, one.case, limit.zone_extra)


def _component_again(one: ComponentCard) -> ComponentDraft:
    return ComponentDraft(
        name=one.name,
        handling=one.handling,
        copy_kind=one.copy_kind,
        copies=one.copies,
        is_required=one.is_required,
        is_demonstration=one.is_demonstration,
    )


def same(first: VersionDraft, second: VersionDraft) -> bool:
    """Say whether two drafts say the same, whatever the order of their limits."""
    return _sorted(first) == _sorted(second)


def _sorted(draft: VersionDraft) -> VersionDraft:
    limits = sorted(draft.limits, key=lambda one: (one.channel, one.case))
    return replace(draft, limits=tuple(limits))


def _limits(facts: Facts, known: tuple[LimitDraft, ...]) -> tuple[LimitDraft, ...]:
    if facts.limits is not None:
        return known if facts.is_older and known else _with_zone(facts.limits, known)
    if facts.one_limit is None or _says(known, facts.one_limit):
        return known
    return _with_zone((facts.one_limit,), known)


def _says(known: Sequence[LimitDraft], one: LimitDraft) -> bool:
    """Whether the limits known for the counter are the one of the short list."""
    by_place = {(limit.channel, limit.case): limit for limit in known}
    counter = by_place.get((Channel.DIRECT.value, "")) or by_place.get(("", ""))
    return counter is not None and (counter.value, counter.unit) == (one.value, one.unit)


def _with_zone(
    limits: tuple[LimitDraft, ...], known: tuple[LimitDraft, ...]
) -> tuple[LimitDraft, ...]:
    """Lists say nothing of zones: what was known of them stays."""
    extra = {(one.channel, one.case): one.zone_extra for one in known}
    return tuple(
        one
        if one.unit is LimitUnit.SAME_DAY
        else replace(one, zone_extra=extra.get((one.channel, one.case), 0))
        for one in limits
    )


def _note(note: str, limit_source: str) -> str:
    return f"{note} ({limit_source})" if limit_source else note
