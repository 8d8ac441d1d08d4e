"""Reads a list to its end before anything is written."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from motcua.kit.refusals import Refused
from motcua.registry.files import check_columns, csv_rows, decoded
from motcua.registry.imports import refusals
from motcua.registry.imports.facts import Facts, Staged
from motcua.registry.imports.limits import OLDER, case_text, read_channels, read_limit
from motcua.registry.rules import PROCEDURE_CODE

MOST_MEGABYTES = 64
MEGABYTE = 1024 * 1024
NAME_LENGTH, FIELD_LENGTH, URL_LENGTH, FEE_LENGTH, DECISION_LENGTH = 1500, 200, 300, 2000, 200
CSV_COLUMNS = ("code", "name_vi", "field", "limit_value", "limit_unit", "source_url")
JSON_NAMES = ("code", "name_vi", "field", "channels", "source_url")


def read_list(path: Path, *, same_day: frozenset[str]) -> Staged:
    """Give all rows of a list, good and rejected.

    Errors: FileUnreadable, FileTooLarge, FileEmpty, WrongEncoding, WrongColumns, HalfFile,
    UnknownFormat.
    """
    text = decoded(_bytes_of(path))
    if path.suffix.lower() in {".jsonl", ".ndjson"} or text.startswith("{"):
        rows = _json_rows(text)
        read = _facts_of_json
    elif path.suffix.lower() in {".csv", ".txt"}:
        rows = csv_rows(text, CSV_COLUMNS)
        read = _facts_of_csv
    else:
        raise refusals.UnknownFormat(file=path.name)
    staged, seen = Staged(), dict[str, int]()
    for line, row in rows:
        code = str(row.get("code") or "").strip() if row is not None else ""
        try:
            facts = read(_whole(row), code, same_day)
            _check_twice(code, seen)
        except Refused as refusal:
            staged.rejected.append(refusals.Rejected(line, code, refusal))
        else:
            seen[code] = line
            staged.facts.append((line, facts))
    if not staged.rows:
        raise refusals.FileEmpty
    return staged


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_MEGABYTES * MEGABYTE:
            raise refusals.FileTooLarge(size=size // MEGABYTE, most=MOST_MEGABYTES)
        return path.read_bytes()
    except OSError:
        raise refusals.FileUnreadable(file=path.name) from None


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    read = [(number, _object(line)) for number, line in lines]
    if read[-1][1] is None and not text.endswith("\n"):
        raise refusals.HalfFile(line=read[-1][0])
    first = next((row for _, row in read if row is not None), None)
    if first is None:
        raise refusals.WrongColumns(missing=", ".join(JSON_NAMES), needed=", ".join(JSON_NAMES))
    check_columns(list(first), JSON_NAMES)
    yield from read


def _object(line: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _whole(row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if row is None:
        raise refusals.RowBroken
    return row


def _check_twice(code: str, seen: Mapping[str, int]) -> None:
    if code in seen:
        raise refusals.RowTwice(code=code, line=seen[code])


def _checked(row: Mapping[str, Any], column: str, most: int, *, is_needed: bool = True) -> str:
    text = " ".join(str(row.get(column) or "").split())
    if is_needed and not text:
        raise refusals.RowWithout(column=column)
    if len(text) > most:
        raise refusals.RowTooLong(column=column, length=len(text), most=most)
    return text


def _common(row: Mapping[str, Any], code: str) -> Facts:
    if not code:
        raise refusals.RowWithout(column="code")
    if not PROCEDURE_CODE.fullmatch(code):
        raise refusals.WrongCodeInRow(code=code)
    return Facts(
        code=code,
        name=_checked(row, "name_vi", NAME_LENGTH),
        field_name=_checked(row, "field", FIELD_LENGTH),
        source_url=_checked(row, "source_url", URL_LENGTH, is_needed=False),
    )


def _facts_of_csv(row: Mapping[str, Any], code: str, same_day: frozenset[str]) -> Facts:
    fee = str(row.get("fee_vnd") or "").strip()
    level = str(row.get("online_level") or "").strip()
    return replace(
        _common(row, code),
        one_limit=read_limit(code, row["limit_value"], row["limit_unit"], same_day=same_day),
        is_online={"online": True, "in_person": False}.get(level),
        has_fee=None if not fee else fee != "0",
    )


def _facts_of_json(row: Mapping[str, Any], code: str, same_day: frozenset[str]) -> Facts:
    common = _common(row, code)
    channels = row.get("channels")
    if not isinstance(channels, list) or not all(isinstance(one, dict) for one in channels):
        raise refusals.RowBroken
    source = _checked(row, "limit_source", FEE_LENGTH, is_needed=False)
    limits = read_channels(code, channels, source, same_day=same_day)
    basis = str(row.get("fee_basis") or "")
    return replace(
        common,
        limits=limits or None,
        is_older=source.startswith(OLDER),
        is_online=any(one.get("channel") == "Trực tuyến" for one in channels) if channels else None,
        has_fee={"free": False, "fixed": True, "provincial_council": True}.get(basis),
        fee_text=_fee_text(channels) if basis in {"fixed", "provincial_council"} else None,
        decision=_checked(row, "decision", DECISION_LENGTH, is_needed=False),
        limit_source=source,
    )


def _fee_text(channels: list[dict[str, Any]]) -> str:
    """The fees in words, each once; "free" often means that the province sets them: left out."""
    words = [case_text(str(one.get("fee_text") or "")) for one in channels]
    return "; ".join(dict.fromkeys(word for word in words if word))[:FEE_LENGTH]
