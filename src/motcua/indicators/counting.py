"""Counts of spans: the SQL of measures, put together and asked."""

from collections.abc import Mapping, Sequence

from motcua.registry.queries import catalogue

from . import store
from .asking import Asked, Boundaries, By, minutes_of
from .lineage import lineage
from .measures import BEGINS, CONDITIONS, MATTERS_UNTIL, MEASURES, PLAIN, RELEVANT

Counts = Mapping[str, int]
Parameters = dict[str, object]

COLUMN = {
    By.UNIT: "unit_key",
    By.FIELD: "field",
    By.PROCEDURE: "procedure",
    By.CHANNEL: "channel",
}
NOTHING: Counts = dict.fromkeys(MEASURES, 0)

_CONDITIONS = ", ".join(f"{holds} AS {name}" for name, holds in CONDITIONS.items())
_PLAIN = ", ".join(PLAIN)
_PART = ("old", "low", "high", "heir")
# What became of a unit and of those before and after it; a hand-over to one's own heir is none.
_HEIRS = (
    "coalesce(mine.heir, unit_key)",
    "coalesce(came.heir, came_from)",
    "coalesce(went.heir, went_to)",
)
_AS_NOW = """(WITH parts AS MATERIALIZED (SELECT unnest($part_old::VARCHAR[]) AS old,
  unnest($part_low::INTEGER[]) AS low, unnest($part_high::INTEGER[]) AS high,
  unnest($part_heir::VARCHAR[]) AS heir)
SELECT spans.* REPLACE ({0} AS unit_key,
  CASE WHEN {1} <> {0} THEN {1} END AS came_from, CASE WHEN {2} <> {0} THEN {2} END AS went_to)
FROM spans
LEFT JOIN parts mine ON mine.old = unit_key AND share >= mine.low AND share < mine.high
LEFT JOIN parts came ON came.old = came_from AND share >= came.low AND share < came.high
LEFT JOIN parts went ON went.old = went_to AND share >= went.low AND share < went.high)""".format(
    *_HEIRS
)
_COUNTS = ", ".join(
    f"coalesce(sum(spans) FILTER ({m.holds}), 0)::BIGINT AS {code}" for code, m in MEASURES.items()
)


def conditions(asked: Asked, *, of: str = "spans") -> str:
    """Give the relation of all spans asked for, with every condition answered; `of`: some."""
    return (
        f"(SELECT *, {_CONDITIONS} FROM {relation(asked, of=of)}"  # noqa: S608
        f" WHERE {where(asked)} AND {RELEVANT})"
    )


def relation(asked: Asked, *, of: str = "spans") -> str:
    """Give the spans, each under the unit it counts for; `of` some of them."""
    if asked.boundaries is Boundaries.AS_THEN:
        return of
    return _AS_NOW.replace("FROM spans\n", f"FROM {of} spans\n")


def where(asked: Asked) -> str:
    """Give the test for the dimensions asked for; its values are in `parameters`."""
    tests = ["true"]
    if asked.units is not None:
        tests.append("unit_key IN (SELECT unnest($units))")
    tests += [f"{name} = ${name}" for name in _TEXTS if getattr(asked, name)]
    tests += [test for name, test in _TIMES.items() if getattr(asked, name) is not None]
    return " AND ".join(tests)


def parameters(asked: Asked) -> Parameters:
    """Give the values of a question."""
    texts = {name: getattr(asked, name) for name in _TEXTS if getattr(asked, name)}
    units: Parameters = {} if asked.units is None else {"units": list(asked.units)}
    times = {name: getattr(asked, name) for name in _TIMES}
    times = {name: value for name, value in times.items() if value is not None}
    return {**asked.minutes, **units, **texts, **times, **_parts(asked)}


def _parts(asked: Asked) -> Parameters:
    if asked.boundaries is Boundaries.AS_THEN:
        return {}
    parts = lineage(catalogue(), asked.run_on).parts
    return {f"part_{name}": [getattr(part, name) for part in parts] for name in _PART}


_TEXTS = ("field", "procedure", "channel", "place")
# Of receipt. Day 0 was a Thursday; the second remainder keeps days before it out of the negative.
WEEKDAY = "((floor(received_at / 1440.0)::INTEGER + 3) % 7 + 7) % 7"
HOUR = "((floor(received_at / 60.0)::INTEGER) % 24 + 24) % 24"
_TIMES = {"weekday": f"{WEEKDAY} = $weekday", "hour": f"{HOUR} = $hour"}


def total(asked: Asked) -> Counts:
    """Count every measure over all dossiers asked for."""
    return dict(_grouped(asked, ())).get((), NOTHING)


def groups(asked: Asked, by: By) -> dict[str, Counts]:
    """Count every measure for each unit, field, procedure or channel that has one to count."""
    if by is By.MONTH:
        return months(asked)
    return {key: counts for (key,), counts in _grouped(asked, (COLUMN[by],))}


def cells(asked: Asked, *keys: By) -> dict[tuple[str, ...], Counts]:
    """Count every measure for each combination of keys that has one to count."""
    return dict(_grouped(asked, tuple(COLUMN[key] for key in keys)))


def _grouped(asked: Asked, columns: Sequence[str]) -> list[tuple[tuple[str, ...], Counts]]:
    """Count in two steps: spans with the same answers together, then each measure over those."""
    keys = "".join(f"{column}, " for column in columns)
    end = f" GROUP BY {', '.join(columns)}" if columns else ""
    sql = (
        f"SELECT {keys}{_COUNTS} FROM (SELECT {keys}{_PLAIN}, {', '.join(CONDITIONS)},"  # noqa: S608
        f" count(*) AS spans FROM {conditions(asked)} GROUP BY ALL){end}"
    )
    with store.steady() as db:
        rows = db.execute(sql, parameters(asked)).fetchall()
    n = len(columns)
    counted = [(tuple(row[:n]), dict(zip(MEASURES, row[n:], strict=True))) for row in rows]
    return [(key, counts) for key, counts in counted if any(counts.values())]


def months(asked: Asked) -> dict[str, Counts]:
    """Count every measure for each month of the period; stocks stand at its end."""
    parts = {part.first.strftime("%Y-%m"): part for part in asked.period.months()}
    bounds = [minutes_of(part, now=asked.now) for part in parts.values()]
    listed = ", ".join(
        f"('{month}', {m['since']}, {m['until']}, {m['before']})"
        for month, m in zip(parts, bounds, strict=True)
    )
    of_month = str.maketrans({"$": "m."})
    answered = _CONDITIONS.translate(of_month)
    sql = (
        f"WITH m(part, since, until, before) AS (VALUES {listed})"  # noqa: S608
        f" SELECT part, {_COUNTS} FROM (SELECT part, {_PLAIN}, {', '.join(CONDITIONS)},"
        f" count(*) AS spans FROM (SELECT m.part, s.*, {answered} FROM m JOIN (SELECT *,"
        f" {BEGINS} AS begins, {MATTERS_UNTIL} AS matters_until FROM {relation(asked)}"
        f" WHERE {where(asked)}) s"
        " ON s.begins <= m.until AND s.matters_until >= m.before) GROUP BY ALL) GROUP BY part"
    )
    own = {key: value for key, value in parameters(asked).items() if key not in asked.minutes}
    with store.steady() as db:
        rows = db.execute(sql, own).fetchall()
    found = {row[0]: dict(zip(MEASURES, row[1:], strict=True)) for row in rows}
    return {month: found.get(month, NOTHING) for month in parts}


def add(several: Sequence[Counts]) -> Counts:
    """Add counts up; what one of them does not know, the sum does not know."""
    codes = [code for code in MEASURES if all(code in counts for counts in several)]
    return {code: sum(counts[code] for counts in several) for code in codes}
