"""No event kind has a place for personal data or free text."""

import pytest

from motcua.ledger.kinds import Shape
from tests.architecture.reference import all_kinds

PERSONAL = {
    "name", "full_name", "username", "owner", "submitter", "representative", "applicant",
    "phone", "email", "address", "identity", "identity_number", "cccd", "tax_number",
    "birth", "born", "born_on", "birthday", "gender", "sex", "ethnicity", "religion",
    "text", "note", "words", "remark", "comment", "message",
}  # fmt: skip


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_an_event_has_no_field_for_a_person_or_for_free_text(kind: object) -> None:
    fields = getattr(kind, "fields")  # noqa: B009

    assert not {name for name in fields if name in PERSONAL or name.endswith("_name")}
    assert all(isinstance(shape, Shape) for shape in fields.values())
