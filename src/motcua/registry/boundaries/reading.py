"""Reads a GeoJSON file of boundaries to its end: features with the code of their unit. Pure but
for the file itself.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.kit.text import fold, nfc
from motcua.registry.boundaries import refusals
from motcua.registry.files import ZIPPED, FileEmpty, FileUnreadable

MOST_MEGABYTES = 64
MEGABYTE = 1024 * 1024
CODE_NAMES = (
    "code", "unit_code", "commune_code", "ward_code", "gso_code", "ma", "ma_xa", "maxa",
    "ma_dvhc", "madvhc", "ma_gso", "id_xa", "ward_id",
)  # fmt: skip
NAME_NAMES = ("name", "ten", "ten_xa", "tenxa", "ten_dvhc", "ward_name", "full_name")
DEGREES = ("4326", "crs84", "4756")  # 4756 is VN-2000 in degrees, some metres beside WGS 84
CODE_LENGTH = 5  # of the statistics office; files that take codes for numbers lose zeros
TAIL = 16  # how near the end JSON must break to be called cut off


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature as the file has it; `code` is empty where it has none."""

    number: int
    code: str
    name: str
    geometry: Mapping[str, Any] | None


def read_features(path: Path) -> Sequence[Feature]:
    """Give the features of a file, in its order, at least one with a code.

    Errors: FileUnreadable, FileEmpty, TooLargeForBoundaries, NotUtf8, Zipped, BrokenOff, NotJson,
    NotFeatures, NoFeatures, OtherCoordinates, NoCodes.
    """
    found = _parsed(_text(_bytes(path)))
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise refusals.NotFeatures(found=_kind(found))
    _check_coordinates(found.get("crs"))
    listed = found.get("features")
    if not isinstance(listed, list) or not listed:
        raise refusals.NoFeatures
    features = [_feature(number, one) for number, one in enumerate(listed, 1)]
    if not any(one.code for one in features):
        seen = sorted({str(name) for one in listed for name in _properties(one)})
        raise refusals.NoCodes(looked=", ".join(CODE_NAMES), found=", ".join(seen[:20]) or "–")
    return features


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_MEGABYTES * MEGABYTE:
            raise refusals.TooLargeForBoundaries(size=size // MEGABYTE, most=MOST_MEGABYTES)
        return path.read_bytes()
    except OSError:
        raise FileUnreadable(file=path.name) from None


def _text(raw: bytes) -> str:
    if raw.startswith(ZIPPED):
        raise refusals.Zipped
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refusals.NotUtf8(line=line) from None
    if not text.strip():
        raise FileEmpty
    return text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        is_cut = text.lstrip().startswith("{") and (
            error.pos >= len(text.rstrip()) - TAIL or error.msg.startswith("Unterminated")
        )
        if is_cut:
            raise refusals.BrokenOff(line=text.rstrip().count("\n") + 1) from None
        raise refusals.NotJson(line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; nested without end
        raise refusals.NotJson(line=1, column=1) from None


def _kind(found: Any) -> str:
    if isinstance(found, dict):
        return str(found.get("type") or ", ".join(list(found)[:5]) or "{}")
    return type(found).__name__


def _check_coordinates(crs: Any) -> None:
    """Old GeoJSON names its system; who names none means longitude and latitude (RFC 7946)."""
    if not isinstance(crs, dict):
        return
    properties = crs.get("properties")
    name = str(properties.get("name") or "") if isinstance(properties, dict) else ""
    if name and not name.casefold().endswith(DEGREES):
        raise refusals.OtherCoordinates(found=name)


def _properties(one: Any) -> Mapping[str, Any]:
    found = one.get("properties") if isinstance(one, dict) else None
    return found if isinstance(found, dict) else {}


def _feature(number: int, one: Any) -> Feature:
    said = {fold(str(name)): value for name, value in _properties(one).items()}
    geometry = one.get("geometry") if isinstance(one, dict) else None
    return Feature(
        number=number,
        code=next((code for name in CODE_NAMES if (code := _code(said.get(name)))), ""),
        name=next((nfc(str(said[name])) for name in NAME_NAMES if said.get(name)), ""),
        geometry=geometry if isinstance(geometry, dict) else None,
    )


def _code(value: Any) -> str:
    """A code as text; a number gets back the zeros it lost."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return str(value).zfill(CODE_LENGTH)
    return str(value).strip()
