import io
from pathlib import Path

import pytest

from motcua.ledger import files


def test_a_file_is_kept_once_by_its_content(home: Path) -> None:
    first = files.store(io.BytesIO(b"trich luc"))
    again = files.store(io.BytesIO(b"trich luc"))

    assert first == again
    assert first.size == 9
    with files.open_file(first.sha256) as kept:
        assert kept.read() == b"trich luc"
    assert len([p for p in (home / "files").rglob("*") if p.is_file()]) == 1


def test_too_large_a_file_leaves_nothing_behind(home: Path) -> None:
    with pytest.raises(files.FileTooLarge):
        files.store(io.BytesIO(b"x" * 2_000_001), limit_mb=2)

    assert not [p for p in (home / "files").rglob("*") if p.is_file()]


def test_changed_bytes_are_noticed(home: Path) -> None:
    ref = files.store(io.BytesIO(b"a"))
    assert files.is_intact(ref)

    (home / "files" / ref.sha256[:2] / ref.sha256[2:]).write_bytes(b"b")

    assert not files.is_intact(ref)


def test_a_name_is_a_hash_and_never_a_path() -> None:
    with pytest.raises(ValueError, match="64"):
        files.open_file("../../etc/passwd")
