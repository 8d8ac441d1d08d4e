"""Numbers, đồng and per cent as they are written: 74.909, 15.000 đồng, 99,52 %."""

from decimal import ROUND_HALF_UP, Decimal

VIETNAMESE = "vi"
_PLACES = 2


def grouped(number: int, *, language: str = VIETNAMESE) -> str:
    """A whole number with its thousands apart, `74.909` (in English `74,909`)."""
    text = f"{number:,}"
    return text.replace(",", ".") if language == VIETNAMESE else text


def decimal_text(
    number: Decimal | float | int, *, places: int = _PLACES, language: str = VIETNAMESE
) -> str:
    """A number rounded half up, `1.234,50` (in English `1,234.50`)."""
    step = Decimal(1).scaleb(-places)
    text = f"{Decimal(str(number)).quantize(step, ROUND_HALF_UP):,f}"
    if language != VIETNAMESE:
        return text
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def dong(amount_vnd: int, *, language: str = VIETNAMESE) -> str:
    """An amount of money, `15.000 đồng` (in English `VND 15,000`).

    Units: whole đồng; there is no smaller coin.
    """
    number = grouped(amount_vnd, language=language)
    return f"{number} đồng" if language == VIETNAMESE else f"VND {number}"


def per_cent(
    number: Decimal | float | int, *, places: int = _PLACES, language: str = VIETNAMESE
) -> str:
    """A rate that is already in hundredths, `99,52 %` (in English `99.52 %`)."""
    return f"{decimal_text(number, places=places, language=language)} %"


def rate(part: int, whole: int) -> Decimal | None:
    """Part of a whole in hundredths, rounded half up to 2 places; no value where nothing is whole.

    Rates are made from sums and never averaged.
    """
    if whole == 0:
        return None
    step = Decimal(1).scaleb(-_PLACES)
    return (Decimal(100 * part) / Decimal(whole)).quantize(step, ROUND_HALF_UP)
