"""Numbers of dossiers. Pure: the pattern is data of the registry, the counter a row."""

from datetime import date

DAY_MARK, NUMBER_MARK = "{yymmdd}", "{nnnn}"
DIGITS = 4


def stem_of(pattern: str, *, on: date) -> str:
    """Give the pattern with its day filled in: all codes of one stem count on together.

    Source: Circular 01/2018/TT-VPCP, Art. 19: unit, day of receipt, number of the day.
    """
    return pattern.replace(DAY_MARK, on.strftime("%y%m%d"))


def code_of(stem: str, number: int) -> str:
    """Give the code of the n-th dossier of a stem; more than 9,999 a day grow a digit."""
    return stem.replace(NUMBER_MARK, f"{number:0{DIGITS}}")
