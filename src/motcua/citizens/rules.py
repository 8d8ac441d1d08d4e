"""What may be said about a person. Pure: no clock, no database, no pages.

Personal data are checked to help the clerk, not to stop the citizen: what is impossible is a
blocking problem, what is merely strange is a warning.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as dataclass_field
from datetime import date
from enum import StrEnum

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

NAME_LENGTH = 200
ADDRESS_LENGTH = 300
IDENTITY_DIGITS = 12
OLD_IDENTITY_DIGITS = 9  # cards of before 2016; met in dossiers of those years
TAX_DIGITS = (10, 13)
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
PHONE_DIGITS = (10, 11)
EARLIEST_BIRTH_YEAR = 1900
SYNTHETIC_TAIL = "9999"  # the random part of every synthetic number of this project
CARD_FIELDS = 6
_NOT_IN_NUMBERS = str.maketrans("", "", ".-–'’()")

# Provinces of birth registration. The 63 codes stay valid after the mergers of 2025.
# Source: Circular 07/2016/TT-BCA, annex 1.
# fmt: off
PROVINCES_OF_BIRTH = frozenset(f"{code:03}" for code in (
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34,
    35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67,
    68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
))
# fmt: on


class Kind(StrEnum):
    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    HOUSEHOLD_BUSINESS = "household_business"


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"


class Purpose(StrEnum):
    """Why somebody reads personal data; kept with every reading.

    Source: Law 91/2025/QH15 (purpose limits, log of readings).
    """

    HANDLE_DOSSIER = "handle_dossier"
    TAKE_IN = "take_in"
    SEARCH = "search"
    CORRECT = "correct"
    OWN_REQUEST = "own_request"


SAYS = {
    Kind.CITIZEN: gettext_noop("Citizen"),
    Kind.ENTERPRISE: gettext_noop("Enterprise or organisation"),
    Kind.HOUSEHOLD_BUSINESS: gettext_noop("Household business"),
    Sex.MALE: gettext_noop("Male"),
    Sex.FEMALE: gettext_noop("Female"),
    Purpose.HANDLE_DOSSIER: gettext_noop("to handle the dossier"),
    Purpose.TAKE_IN: gettext_noop("to take in a dossier"),
    Purpose.SEARCH: gettext_noop("to find a dossier"),
    Purpose.CORRECT: gettext_noop("to correct the details"),
    Purpose.OWN_REQUEST: gettext_noop("at the person's own request"),
}


@dataclass(frozen=True, repr=False)  # a repr would carry personal data into logs
class Details:
    """What is known about one person or organisation, as typed."""

    kind: Kind
    name: str
    identity_number: str = ""
    tax_number: str = ""
    birth_on: date | None = None
    sex: str = ""
    phone: str = ""
    address: str = ""
    is_synthetic: bool = False


@dataclass(frozen=True)
class Problem:
    """One thing wrong or strange about a field; `blocks` when it cannot be kept."""

    field: str
    message: str
    facts: Mapping[str, object] = dataclass_field(default_factory=dict)
    blocks: bool = True


@dataclass(frozen=True)
class NumberReading:
    """What an identity number says about its holder."""

    province_code: str
    sex: Sex
    birth_year: int


@dataclass(frozen=True, repr=False)
class Card:
    """What the code on an identity card holds. Unsigned: an input aid, not proof."""

    details: Details
    old_number: str
    issued_on: date | None
    rest: tuple[str, ...]


class DetailsNotClear(Refused):
    """A detail cannot be kept as it was typed."""

    def __init__(self, problem: Problem) -> None:
        self.message = problem.message
        super().__init__(**problem.facts)
        self.field = problem.field


class NotACard(Refused):
    message = gettext_noop(
        "This is not the code of an identity card. Scan the square code on the card again, "
        "or type the details."
    )


class ReadingNotKept(Refused):
    message = gettext_noop(
        "Personal data cannot be shown now, because the log of readings cannot be written. "
        "Try again; if it goes on, tell the administrator."
    )
    status = 503
    legal_basis = "Luật 91/2025/QH15"


def tidy(details: Details) -> Details:
    """The same details in one spelling: composed letters, single spaces, digits only."""
    spelled = (
        _words(details.name),
        _words(details.address),
        digits(details.identity_number),
        digits(details.tax_number),
        tidy_phone(details.phone),
    )
    if spelled == (
        details.name,
        details.address,
        details.identity_number,
        details.tax_number,
        details.phone,
    ):
        return details  # most are tidy already, and the bulk door asks very often
    name, address, identity_number, tax_number, phone = spelled
    return replace(
        details,
        name=name,
        address=address,
        identity_number=identity_number,
        tax_number=tax_number,
        phone=phone,
    )


def digits(text: str) -> str:
    """The text without blanks, dots, hyphens and stray apostrophes."""
    return text if text.isdigit() else "".join(text.translate(_NOT_IN_NUMBERS).split())


def tidy_phone(text: str) -> str:
    """A phone number as dialled at home: `+84 912…` becomes `0912…`."""
    number = digits(text)
    for abroad in ("+84", "0084"):
        if number.startswith(abroad):
            return "0" + number.removeprefix(abroad)
    return number


def read_identity_number(number: str) -> NumberReading | None:
    """What a 12-digit number says; nothing when it is no such number.

    Source: Decree 70/2024/NĐ-CP (structure of the number); there is no check digit.
    """
    if len(number) != IDENTITY_DIGITS or not (number.isascii() and number.isdigit()):
        return None
    century, is_female = divmod(int(number[3]), 2)
    return NumberReading(
        province_code=number[:3],
        sex=Sex.FEMALE if is_female else Sex.MALE,
        birth_year=1900 + 100 * century + int(number[4:6]),
    )


def is_synthetic_number(number: str) -> bool:
    return len(number) == IDENTITY_DIGITS and number[6:].startswith(SYNTHETIC_TAIL)


def problems_of(details: Details, *, on: date) -> tuple[Problem, ...]:
    """Everything wrong or strange about tidied details, blocking ones first."""
    found = [
        *_name_problems(details),
        *_number_problems(details),
        *_tax_problems(details),
        *_birth_problems(details, on),
        *_reach_problems(details),
    ]
    return tuple(sorted(found, key=lambda problem: not problem.blocks))


def check(details: Details, *, on: date) -> None:
    """Refuse details that cannot be kept.

    Errors: DetailsNotClear for the first blocking problem.
    """
    for problem in problems_of(details, on=on):
        if problem.blocks:
            raise DetailsNotClear(problem)


def changed_fields(before: Details, after: Details) -> tuple[str, ...]:
    """The names of the fields that differ; never their values."""
    names = (each.name for each in fields(Details))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def read_card(text: str) -> Card:
    """The details in the code of an identity card of 2021 or 2024.

    The card of 2024 adds fields whose order is not published: they are kept unread.
    Errors: NotACard.
    """
    parts = unicodedata.normalize("NFC", text.strip()).split("|")
    number = digits(parts[0])
    if len(parts) < CARD_FIELDS or read_identity_number(number) is None:
        raise NotACard
    name, birth, sex, address = parts[2:6]
    details = Details(
        kind=Kind.CITIZEN,
        name=name,
        identity_number=number,
        birth_on=_card_day(birth),
        sex={"nam": Sex.MALE, "nữ": Sex.FEMALE}.get(sex.strip().lower(), ""),
        address=address,
        is_synthetic=is_synthetic_number(number),
    )
    issued_on = _card_day(parts[6]) if len(parts) > CARD_FIELDS else None
    return Card(tidy(details), digits(parts[1]), issued_on, tuple(parts[CARD_FIELDS + 1 :]))


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _card_day(text: str) -> date | None:
    match = re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4})", text.strip())
    if not match:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:  # 00000000 and the like stand on real cards
        return None


def _name_problems(details: Details) -> Iterator[Problem]:
    if not details.name:
        yield Problem("name", gettext_noop("Type the name."))
    elif len(details.name) > NAME_LENGTH:
        yield Problem(
            "name",
            gettext_noop("The name has %(length)s letters; at most %(most)s can be kept."),
            {"length": len(details.name), "most": NAME_LENGTH},
        )
    elif not any(letter.isalpha() for letter in details.name):
        yield Problem("name", gettext_noop("A name needs letters."))


def _number_problems(details: Details) -> Iterator[Problem]:
    number = details.identity_number
    if not number:
        return
    if not number.isascii() or not number.isdigit():
        yield Problem("identity_number", gettext_noop("The identity number has only digits."))
    elif len(number) == OLD_IDENTITY_DIGITS:
        yield Problem(
            "identity_number",
            gettext_noop("This is an old number of 9 digits. Ask for the number of 12 digits."),
            blocks=False,
        )
    elif len(number) != IDENTITY_DIGITS:
        yield Problem(
            "identity_number",
            gettext_noop("The identity number has %(count)s digits; it needs 12."),
            {"count": len(number)},
        )
    else:
        yield from _strange_number(details)


def _strange_number(details: Details) -> Iterator[Problem]:
    reading = read_identity_number(details.identity_number)
    if reading is None:
        return
    if reading.province_code not in PROVINCES_OF_BIRTH:
        yield Problem(
            "identity_number",
            gettext_noop("No province has the code %(code)s. Compare the number with the card."),
            {"code": reading.province_code},
            blocks=False,
        )
    if details.birth_on and details.birth_on.year != reading.birth_year:
        yield Problem(
            "birth_on",
            gettext_noop("The identity number says born in %(year)s. Compare with the card."),
            {"year": reading.birth_year},
            blocks=False,
        )
    if details.sex and details.sex != reading.sex:
        yield Problem(
            "sex",
            gettext_noop("The identity number says otherwise. Compare with the card."),
            blocks=False,
        )


def _tax_problems(details: Details) -> Iterator[Problem]:
    number = details.tax_number
    if not number:
        return
    if not number.isascii() or not number.isdigit() or len(number) not in (*TAX_DIGITS, 12):
        yield Problem(
            "tax_number",
            gettext_noop("A tax number has 10 or 13 digits, or is the identity number."),
        )
    elif len(number) in TAX_DIGITS and not _tax_digit_fits(number):
        yield Problem(
            "tax_number",
            gettext_noop("The check digit does not fit. Compare with the paper."),
            blocks=False,
        )


def _tax_digit_fits(number: str) -> bool:
    # Source: Circular 105/2020/TT-BTC (structure of the tax number).
    total = sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, number, strict=False))
    return 10 - total % 11 == int(number[9])


def _birth_problems(details: Details, on: date) -> Iterator[Problem]:
    if details.birth_on is None:
        return
    if details.birth_on > on:
        yield Problem("birth_on", gettext_noop("The date of birth lies in the future."))
    elif details.birth_on.year < EARLIEST_BIRTH_YEAR:
        yield Problem("birth_on", gettext_noop("The date of birth lies before 1900."))


def _reach_problems(details: Details) -> Iterator[Problem]:
    phone = details.phone
    if phone and not (phone.isascii() and phone.isdigit() and phone.startswith("0")):
        yield Problem("phone", gettext_noop("A phone number has only digits and starts with 0."))
    elif phone and len(phone) not in PHONE_DIGITS:
        yield Problem(
            "phone",
            gettext_noop("The phone number has %(count)s digits; it needs 10."),
            {"count": len(phone)},
        )
    if len(details.address) > ADDRESS_LENGTH:
        yield Problem(
            "address",
            gettext_noop("The address has %(length)s letters; at most %(most)s can be kept."),
            {"length": len(details.address), "most": ADDRESS_LENGTH},
        )
