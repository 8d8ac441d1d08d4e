"""A commune with one person a role, and a procedure with papers, steps and two cases."""

from datetime import date

from tests.dossiers.given import COMMUNE, MONDAY, a_registry

from motcua.accounts import actions as accounts
from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.kit.clock import LimitUnit
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.drafts import ComponentDraft, LimitDraft, StepDraft, VersionDraft
from motcua.registry.sets import StepRole

PASSWORD = "mot-cua-2026!"
BIRTH, BIRTH_NAME, FOREIGN = "1.001193", "Đăng ký khai sinh", "nuoc-ngoai"
PEOPLE: dict[str, tuple[str, *tuple[Role, ...]]] = {
    "motcua": ("Trần Thu Lan", Role.COUNTER_CLERK),
    "chuyenmon": ("K'Brĕp Ha Ŏ", Role.SPECIALIST),
    "truongphong": ("Nguyễn Văn Trưởng", Role.HEAD_OF_DIVISION),
    "lanhdao": ("Liêng Jrang Ha Ƀuê", Role.SIGNATORY),
    "vanthu": ("Phạm Thị Văn", Role.REGISTRY_CLERK),
    "moi-viec": (
        "Cil Múp Kiêm Nhiệm",
        Role.SPECIALIST,
        Role.HEAD_OF_DIVISION,
        Role.SIGNATORY,
        Role.REGISTRY_CLERK,
        Role.HEAD_OF_CENTRE,
    ),
}


def a_commune() -> None:
    """Make the registry and its people; everybody has the same password."""
    a_registry()
    draft = VersionDraft(
        BIRTH,
        date(2021, 1, 1),
        BIRTH_NAME,
        "Hộ tịch",
        legal_basis="Luật Hộ tịch, Điều 16",
        limits=[
            LimitDraft(5, LimitUnit.WORKING_DAY),
            LimitDraft(8, LimitUnit.WORKING_DAY, case=FOREIGN),
        ],
        steps=[
            StepDraft("Tiếp nhận", StepRole.CLERK),
            StepDraft("Thẩm định, dự thảo", StepRole.SPECIALIST),
        ],
        components=[ComponentDraft("Tờ khai đăng ký khai sinh"), ComponentDraft("Giấy chứng sinh")],
        is_online=True,
        has_fee=True,
        fee_text="8.000 đồng/bản",
    )
    add_procedure_version(draft=draft, actor=SYSTEM, at=MONDAY)
    for username, (name, *roles) in PEOPLE.items():
        account_id = accounts.open_account(
            username=username,
            name=name,
            password=PASSWORD,
            actor=SYSTEM,
            at=MONDAY,
            must_change_password=False,
        )
        for role in roles:
            accounts.grant_role(
                account_id=account_id,
                role=role,
                unit_key=COMMUNE,
                actor=SYSTEM,
                at=MONDAY,
                valid_from=date(2021, 1, 1),
            )
