"""Units of Lâm Đồng before and after 1 July 2025, Đam Rông's bodies, and what became of all."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from motcua.registry.drafts import SuccessionDraft, UnitDraft
from motcua.registry.law import read_law
from motcua.registry.rules import day_after, unit_key
from motcua.registry.sets import UnitKind

LISTS = Path(__file__).parent.parent / "seed_data"
BEFORE, SINCE = "units_before_2025-07-01.csv", "units_since_2025-07-01.csv"
SUCCESSIONS = "successions_2025-07-01.csv"
Row = Mapping[str, str]


class LamDong:
    """The two generations, with their bodies. Parents stand before what is below them."""

    def __init__(self) -> None:
        self.law = read_law("units.yaml")
        self.old = _rows(BEFORE)
        self.new = _rows(SINCE)
        self.pairs = _rows(SUCCESSIONS)
        self.last_day: date = self.law["generations"]["before"]["to"]
        self.first_day: date = self.law["generations"]["since"]["from"]
        self._parent_of = {row["code"]: row["parent"] for row in self.old}
        self._founded = {row["district"]: row for row in self.law["generations"]["founded"]}

    def units(self) -> list[UnitDraft]:
        """Give every unit, parents first."""
        return [
            *self._old_units(),
            *self._new_units(),
            *self._agencies(),
            *self._branches(),
            *self._one_stops(),
        ]

    def successions(self) -> list[SuccessionDraft]:
        """Give what became of communes, districts, provinces and the bodies of Đam Rông."""
        return [*self._communes_go_on(), *self._districts_go_on(), *self._bodies_go_on()]

    def old_key(self, code: str) -> str:
        """Give the key of a unit of the generation before."""
        return unit_key(code, self._generation(code)["from"])

    def new_key(self, code: str) -> str:
        """Give the key of a unit of the generation since."""
        return unit_key(code, self.first_day)

    def _generation(self, code: str) -> Mapping[str, Any]:
        general: dict[str, Any] = self.law["generations"]["before"]
        founded = self._founded.get(code) or self._founded.get(self._parent_of.get(code, ""))
        return {**general, **founded} if founded else general

    def _old_units(self) -> Iterator[UnitDraft]:
        numbers = self.law["numbers"]["districts"]
        place: Counter[str] = Counter()
        for row in self.old:
            generation = self._generation(row["code"])
            place[row["parent"]] += 1
            parts = {
                "province": {"aa": "00", "bb": "00"},
                "district": {"bb": numbers.get(row["code"], row["code"][-2:])},
                "commune": {"aa": str(20 + place[row["parent"]])},
            }[row["kind"]]
            parent = self.old_key(row["parent"]) if row["parent"] else None
            yield _listed(row, generation, parent=parent, parts=parts, valid_to=self.last_day)

    def _new_units(self) -> Iterator[UnitDraft]:
        generation = self.law["generations"]["since"]
        for number, row in enumerate(self.new):
            is_commune = row["kind"] == UnitKind.COMMUNE
            x = self.law["numbers"]["communes_since_x"] if is_commune else "00"
            parent = self.new_key(row["parent"]) if row["parent"] else None
            yield _listed(row, generation, parent=parent, parts={"x": x, "y": str(number)})

    def _agencies(self) -> Iterator[UnitDraft]:
        said = self.law["agencies"]
        for number, one in enumerate(said["list"], 1):
            yield UnitDraft(
                code=one["code"],
                valid_from=self._generation(said["district"])["from"],
                valid_to=self.last_day,
                name=one["name"],
                short_name=one["short"],
                kind=UnitKind.AGENCY,
                function=one["function"],
                parent_key=self.old_key(said["district"]),
                number_parts={"aa": f"{number:02}"},
                is_demonstration=True,
                legal_basis=said["legal_basis"],
                source=said["source"],
            )

    def _branches(self) -> Iterator[UnitDraft]:
        said = self.law["land_branch"]
        before, since = said["before"], said["since"]
        shared = {
            "code": said["code"],
            "kind": UnitKind.BRANCH,
            "function": said["function"],
            "is_demonstration": True,
            "source": "Tên và phạm vi của chi nhánh là minh hoạ",
        }
        yield UnitDraft(
            valid_from=self._generation(before["parent"])["from"],
            valid_to=self.last_day,
            name=before["name"],
            short_name=before["short"],
            parent_key=self.old_key(before["parent"]),
            number_parts={"aa": "15"},
            legal_basis=before["legal_basis"],
            **shared,
        )
        yield UnitDraft(
            valid_from=self.first_day,
            name=since["name"],
            short_name=since["short"],
            parent_key=self.new_key(since["parent"]),
            number_parts={"x": self.law["numbers"]["bodies_since_x"], "y": "1"},
            serves=tuple(self.new_key(code) for code in since["serves"]),
            legal_basis=since["legal_basis"],
            **shared,
        )

    def _one_stops(self) -> Iterator[UnitDraft]:
        said = self.law["one_stop"]
        district = self.law["agencies"]["district"]
        yield self._counter(said["district"], parent=self.old_key(district), is_old=True)
        for row in self.old:
            if row["parent"] == district:
                yield self._counter(
                    said["commune_before"], parent=self.old_key(row["code"]), row=row, is_old=True
                )
        yield self._counter(said["province_since"], parent=self.new_key("68"))
        for row in self.new:
            if row["code"] in said["commune_since"]["communes"]:
                yield self._counter(
                    said["commune_since"], parent=self.new_key(row["code"]), row=row
                )

    def _counter(
        self,
        said: Mapping[str, str],
        *,
        parent: str,
        row: Row | None = None,
        is_old: bool = False,
    ) -> UnitDraft:
        places = (
            {"commune": row["name"].lower()[:3] + row["name"][3:], "short": row["short_name"]}
            if row
            else {}
        )
        parent_code, _, since = parent.partition("@")
        return UnitDraft(
            code=said.get("code", f"{parent_code}-MC"),
            valid_from=date.fromisoformat(since),
            valid_to=self.last_day if is_old else None,
            name=said["name"].format(**places),
            short_name=said["short"].format(**places),
            kind=UnitKind.OFFICE if is_old else UnitKind.CENTRE,
            function="one_stop",
            receives_only=True,
            parent_key=parent,
            number_parts={} if row else {"aa": "14", "x": "11", "y": "2"},
            is_demonstration=True,
            legal_basis=said["legal_basis"],
            source="Tên bộ phận theo quy định chung; là minh hoạ",
        )

    def _communes_go_on(self) -> Iterator[SuccessionDraft]:
        for pair in self.pairs:
            yield self._share(
                self.old_key(pair["old_code"]),
                self.new_key(pair["new_code"]),
                int(pair["weight"]),
                is_estimate=pair["is_estimate"] == "1",
            )

    def _districts_go_on(self) -> Iterator[SuccessionDraft]:
        for row in self.old:
            if row["kind"] == UnitKind.DISTRICT:
                for heir, weight in self._weights(row["code"]).items():
                    yield self._share(self.old_key(row["code"]), heir, weight, is_estimate=True)
            if row["kind"] == UnitKind.PROVINCE:
                yield self._share(self.old_key(row["code"]), self.new_key("68"), 1)

    def _bodies_go_on(self) -> Iterator[SuccessionDraft]:
        said = self.law["agencies"]
        weights = self._weights(said["district"])
        for agency in self._agencies():
            old = unit_key(agency.code, agency.valid_from)
            for heir, weight in weights.items():
                yield self._share(old, heir, weight, is_estimate=True, basis=said["heirs_basis"])
        before, since = self._branches()
        yield self._share(
            unit_key(before.code, before.valid_from), unit_key(since.code, since.valid_from), 1
        )
        yield from self._counters_go_on(said["district"], weights, said["heirs_basis"])

    def _counters_go_on(
        self, district: str, weights: Mapping[str, int], basis: str
    ) -> Iterator[SuccessionDraft]:
        counters = {draft.parent_key: draft for draft in self._one_stops()}
        keys = {parent: unit_key(one.code, one.valid_from) for parent, one in counters.items()}
        for heir, weight in weights.items():
            old = keys[self.old_key(district)]
            yield self._share(old, keys[heir], weight, is_estimate=True, basis=basis)
        for pair in self.pairs:
            if self._parent_of[pair["old_code"]] == district:
                old, new = keys[self.old_key(pair["old_code"])], self.new_key(pair["new_code"])
                yield self._share(old, keys[new], 1, basis=basis)

    def _weights(self, district: str) -> dict[str, int]:
        """The heirs of a district: each new commune by how many of its old communes went there."""
        heirs: Counter[str] = Counter()
        for pair in self.pairs:
            if self._parent_of[pair["old_code"]] == district:
                heirs[self.new_key(pair["new_code"])] += 1
        return dict(sorted(heirs.items()))

    def _share(
        self, old: str, new: str, weight: int, *, is_estimate: bool = False, basis: str = ""
    ) -> SuccessionDraft:
        said = self.law["succession"]
        return SuccessionDraft(
            predecessor_key=old,
            successor_key=new,
            on=day_after(self.last_day),
            weight=weight,
            is_estimate=is_estimate,
            legal_basis=basis or said["legal_basis"],
            source=said["source"],
        )


def _rows(name: str) -> list[Row]:
    with (LISTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _listed(
    row: Row,
    generation: Mapping[str, Any],
    *,
    parent: str | None,
    parts: Mapping[str, str],
    valid_to: date | None = None,
) -> UnitDraft:
    return UnitDraft(
        code=row["code"],
        valid_from=generation["from"],
        valid_to=valid_to,
        name=row["name"],
        short_name=row["short_name"],
        kind=UnitKind(row["kind"]),
        parent_key=parent,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        number_parts=parts,
        legal_basis=generation["legal_basis"],
        source=generation["source"],
    )
