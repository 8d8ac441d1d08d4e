"""Spans of many made dossiers, as files of the facts in force: for measures that need no ledger.

One year, the first spans cut by DuckDB from hashes of the number and a seed: the same every time.
"""

from motcua.indicators.facts import manifest
from motcua.indicators.facts.arriving import take_in
from motcua.indicators.facts.building import working_database
from motcua.indicators.facts.cutting import COLUMNS, FILINGS
from motcua.indicators.facts.manifest import KINDS, Manifest
from motcua.indicators.lineage import SHARE
from motcua.kit.moments import Minute

DAY = 1440
# A dossier in three (`n % 3`) waits once for its applicant, and so is three spans.
_LIVES = f"""
SELECT n, hash(n, $seed) AS h, hash(n, $seed + 1) AS g,
  $first + (h % (365 * {DAY}))::INTEGER AS received_at,
  received_at + {DAY} + (g % (12 * {DAY}))::INTEGER AS asked_at,
  asked_at + (hash(n, $seed + 2) % (10 * {DAY}))::INTEGER AS answered_at,
  answered_at + 60 + (hash(n, $seed + 3) % (20 * {DAY}))::INTEGER AS would_end,
  received_at + (5 + n % 25)::INTEGER * {DAY} AS due
FROM range($from, $to) r(n)
"""
_PARTS = """
SELECT *, n % 3 > 0 OR part = 0 AS is_first
FROM (SELECT *, unnest(CASE WHEN n % 3 = 0 THEN [0, 1, 2] ELSE [2] END) AS part FROM lives)
"""
_SPANS = f"""
SELECT format('{{:08x}}-0000-4000-8000-{{:012x}}', n, n)::UUID AS dossier_id,
  (CASE WHEN n % 3 = 0 THEN part ELSE 0 END)::INTEGER AS nth,
  'u' || lpad((h % $units)::VARCHAR, 5, '0') AS unit_key, unit_key AS place,
  'p' || (g % 200) AS procedure, 'f' || lpad((g % 40)::VARCHAR, 2, '0') AS field,
  ['online', 'direct', 'post'][(1 + (h >> 20) % 3)::INTEGER] AS channel, '' AS case_code,
  'bench' AS source, n % 2 = 0 AS online_offered, received_at,
  CASE WHEN is_first THEN received_at WHEN part = 1 THEN asked_at ELSE answered_at END AS from_at,
  CASE part WHEN 0 THEN asked_at WHEN 1 THEN answered_at
    ELSE CASE WHEN n % 50 > 0 THEN would_end END END AS to_at,
  CASE WHEN part <> 1 AND n % 17 > 0 THEN due + CASE WHEN nth = 2 THEN answered_at - asked_at
    ELSE 0 END END AS due_at,
  (floor(due_at / {DAY}) - 1)::INTEGER AS warn_1, (floor(due_at / {DAY}) - 3)::INTEGER AS warn_3,
  (floor(due_at / {DAY}) - 5)::INTEGER AS warn_5, part = 1 AS waits,
  (n % 29 = 0)::INTEGER AS extensions,
  CASE WHEN n % 3 = 0 AND part > 0 THEN 1 + (n % 7 = 0)::INTEGER ELSE 0 END AS supplements,
  is_first, NULL::VARCHAR AS came_from, NULL::VARCHAR AS went_to,
  CASE WHEN part = 2 AND n % 50 > 0
    THEN CASE WHEN n % 31 = 0 THEN 'withdrawn' ELSE 'positive' END END AS ended_by,
  CASE WHEN ended_by IS NOT NULL THEN due_at END AS end_due_at, {SHARE} AS share
FROM parts
"""
AT_ONCE = 1_000_000  # dossiers in one file


def put_in_force(
    dossiers: int, *, units: int, first: Minute, seed: int = 1, seq: int = 0, anchor: str = ""
) -> None:
    """Make the spans of a year from `first` on and put them in force as the facts.

    `seq` and `anchor` name the end of the ledger, so that the facts are taken for its own.
    """
    months = {}
    listed = ", ".join(f"{name}::{kind} AS {name}" for name, kind in COLUMNS.items())
    with manifest.only_writer(), working_database() as db:
        take_in(db, after=0, until=0)
        db.execute("CREATE TABLE events AS SELECT '' AS month, * FROM arrived WHERE false")
        empty = {"events": "FROM events", "filings": FILINGS}
        for number, start in enumerate(range(0, dossiers, AT_ONCE)):
            asked = {"from": start, "to": min(start + AT_ONCE, dossiers), "seed": seed}
            lives = _LIVES
            for name, value in {**asked, "first": first, "units": units}.items():
                lives = lives.replace(f"${name}", str(value))
            spans = _SPANS.replace("$units", str(units))
            told = f"WITH lives AS ({lives}), parts AS ({_PARTS}) SELECT {listed} FROM ({spans})"
            files = {}
            for kind in KINDS:
                path = manifest.root() / kind / f"{1000 + number}-01.0.1.parquet"
                sql = empty.get(kind, f"{told} ORDER BY from_at")
                db.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
                files[kind] = str(path.relative_to(manifest.root()))
            months[f"{1000 + number}-01"] = files
        manifest.publish(Manifest(seq, anchor, 1, months))
