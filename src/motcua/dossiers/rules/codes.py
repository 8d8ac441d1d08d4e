"""Numbers of dossiers, and codes of cases. Pure: pattern and cases are data of the registry."""

import re
from datetime import date

from motcua.kit.text import fold

DAY_MARK, NUMBER_MARK = "{yymmdd}", "{nnnn}"
DIGITS = 4
LONGEST_CASE = 80
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def stem_of(pattern: str, *, on: date) -> str:
    """Give the pattern with its day filled in: all codes of one stem count on together.

    Source: Circular 01/2018/TT-VPCP, Art. 19: unit, day of receipt, number of the day.
    """
    return pattern.replace(DAY_MARK, on.strftime("%y%m%d"))


def code_of(stem: str, number: int) -> str:
    """Give the code of the n-th dossier of a stem; more than 9,999 a day grow a digit."""
    return stem.replace(NUMBER_MARK, f"{number:0{DIGITS}}")


def case_code(case: str) -> str:
    """Give the code of a case the registry names in words: thừa kế is thua-ke in the ledger."""
    return _BETWEEN_WORDS.sub("-", fold(case)).strip("-")[:LONGEST_CASE]
