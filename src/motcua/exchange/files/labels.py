"""Names as other systems write them, made comparable."""

import hashlib
import re

from motcua.kit.text import fold

NOT_A_WORD = re.compile(r"[^0-9a-z]+")
GENERIC = re.compile(
    r"^(?:uy ban nhan dan|ubnd|trung tam phuc vu hanh chinh cong|trung tam pvhcc|tt pvhcc"
    r"|bo phan mot cua|bo phan tiep nhan va tra ket qua|bo phan tn tkq|tt hcc)\s+"
)
KIND = re.compile(r"^(xa|x|phuong|p|thi tran|tt|dac khu|huyen|h|thanh pho|tp|tinh|t)\s+(?=\S)")
KINDS = {"x": "xa", "p": "phuong", "tt": "thi tran", "h": "huyen", "tp": "thanh pho", "t": "tinh"}
FORMER = re.compile(r"\bcu$")
CODE_LENGTH = 40
DIGEST = 8


def label(text: str) -> str:
    """The text without marks, case, punctuation and line breaks."""
    return NOT_A_WORD.sub(" ", fold(text)).strip()


def unit_labels(text: str) -> tuple[str, str]:
    """The name of a unit so that its variants are equal: with its kind, and without.

    Đạ K'Nàng, Đạ K’ Nàng and UBND xã Đạ K Nàng (cũ) are all "daknang" without the kind.
    """
    name = label(text)
    while stripped := GENERIC.match(name):
        name = name[stripped.end() :]
    name = FORMER.sub("", name).strip()
    kind = KIND.match(name)
    if kind is None:
        return name.replace(" ", ""), name.replace(" ", "")
    bare = name[kind.end() :].replace(" ", "")
    return KINDS.get(kind[1], kind[1]).replace(" ", "") + bare, bare


def code_of(text: str, *, length: int = CODE_LENGTH) -> str:
    """A code made from a name that has none, for activities, units and procedures."""
    made = label(text).replace(" ", "-")
    if len(made) <= length:
        return made
    digest = hashlib.sha256(made.encode()).hexdigest()[:DIGEST]
    return f"{made[: length - DIGEST - 1].rstrip('-')}-{digest}"
