"""How a life of events is cut into spans: stretches in which nothing that counts changed.

A span lasts [from_at, to_at); `to_at` null: it lasts still. Unit, due moment, clock, extensions and
supplements stay the same within it. The order of a life is (epoch, version), never a clock: a
moment before the one it follows is moved up to it, one after the end back to the end. Only the
moments of receipt and end are never moved; a dossier may so end before it was received, and
then its last span counts for flows and for no stock.
"""

from motcua.indicators.lineage import SHARE

# ruff: noqa: S608 (all SQL here is made of the words of this file)
COLUMNS = {  # of a span; minutes and days as `kit.moments` counts them
    "dossier_id": "UUID",
    "nth": "INTEGER",  # 0, 1, 2 … within the dossier
    "unit_key": "VARCHAR",  # the body that held it
    "place": "VARCHAR",  # where it was handed in
    "procedure": "VARCHAR",
    "field": "VARCHAR",
    "channel": "VARCHAR",
    "case_code": "VARCHAR",
    "source": "VARCHAR",
    "online_offered": "BOOLEAN",
    "received_at": "INTEGER",
    "from_at": "INTEGER",
    "to_at": "INTEGER",
    "due_at": "INTEGER",  # null: no limit, or the clock stands still
    "warn_1": "INTEGER",
    "warn_3": "INTEGER",
    "warn_5": "INTEGER",
    "waits": "BOOLEAN",
    "extensions": "INTEGER",  # so far
    "supplements": "INTEGER",  # requested so far
    "is_first": "BOOLEAN",
    "came_from": "VARCHAR",  # the unit before, when another one held it
    "went_to": "VARCHAR",
    "ended_by": "VARCHAR",  # on the last span: positive, negative, withdrawn, stopped, refused
    "end_due_at": "INTEGER",  # on the last span: the moment the end is measured by
    "share": "INTEGER",  # which heir of a divided unit the dossier goes to (`lineage`)
}

CLOCK = (
    "'received', 'supplement_requested', 'supplement_completed', 'obligation_notified',"
    " 'obligation_met', 'clock_paused', 'clock_resumed', 'extended', 'due_moved'"
)
ENDS = "'resolved', 'withdrawn', 'stopped', 'refused'"

# What came in, one row a dossier: voided ones and those never received are gone.
_WHAT = ("procedure", "field", "channel", "case_code", "place", "source", "online_offered")
_BORN = ",\n  ".join(
    f"coalesce(max({c}) FILTER (pos = first_pos), max({c}) FILTER (kind = 'filed')) AS {c}"
    for c in _WHAT
)

SPANS = f"""
WITH told AS (
  SELECT *, row_number() OVER (PARTITION BY dossier_id ORDER BY epoch, version) AS pos
  FROM events WHERE kind IN ({CLOCK}, {ENDS}, 'filed', 'transferred', 'voided')
), begun AS (
  SELECT *, min(pos) FILTER (kind = 'received') OVER d AS first_pos
  FROM told WINDOW d AS (PARTITION BY dossier_id)
  QUALIFY first_pos IS NOT NULL AND NOT bool_or(kind = 'voided') OVER d
), lived AS (
  SELECT *, min(pos) FILTER (kind IN ({ENDS}) AND pos > first_pos) OVER d AS last_pos
  FROM begun WINDOW d AS (PARTITION BY dossier_id)
), born AS (
  SELECT dossier_id, month, max(happened_at) FILTER (pos = first_pos) AS received_at,
    max(happened_at) FILTER (pos = last_pos) AS ended_at,
    max(CASE kind WHEN 'resolved' THEN coalesce(outcome, 'positive') ELSE kind END)
      FILTER (pos = last_pos) AS ended_by,
    max(due) FILTER (pos = last_pos) AS told_due,
  {_BORN}
  FROM lived GROUP BY dossier_id, month
), steps AS (
  SELECT dossier_id, pos, unit_key, max(happened_at) OVER w AS moment,
    last_value(CASE WHEN kind IN ({CLOCK}) THEN
      {{'due': due, 'w1': warn_1, 'w3': warn_3, 'w5': warn_5, 'waits': coalesce(waits, false)}}
      END IGNORE NULLS) OVER w AS clock,
    count(*) FILTER (kind = 'extended') OVER w AS extensions,
    count(*) FILTER (kind = 'supplement_requested') OVER w AS supplements
  FROM lived WHERE pos >= first_pos AND pos < coalesce(last_pos, 2147483647)
  WINDOW w AS (PARTITION BY dossier_id ORDER BY pos ROWS UNBOUNDED PRECEDING)
), changes AS (
  SELECT * FROM steps WINDOW w AS (PARTITION BY dossier_id ORDER BY pos)
  QUALIFY lag(pos) OVER w IS NULL OR
    (unit_key, clock, extensions, supplements) IS DISTINCT FROM
    (lag(unit_key) OVER w, lag(clock) OVER w, lag(extensions) OVER w, lag(supplements) OVER w)
), placed AS (
  SELECT *, greatest(received_at, least(moment, coalesce(ended_at, moment))) AS from_at
  FROM changes JOIN born USING (dossier_id)
)
SELECT month, dossier_id, (row_number() OVER w - 1)::INTEGER AS nth,
  unit_key, place, procedure, field, channel, coalesce(case_code, '') AS case_code,
  coalesce(source, '') AS source, coalesce(online_offered, false) AS online_offered,
  received_at, from_at, CASE WHEN lead(pos) OVER w IS NULL THEN ended_at
    ELSE lead(from_at) OVER w END AS to_at,
  clock.due AS due_at, clock.w1 AS warn_1, clock.w3 AS warn_3, clock.w5 AS warn_5,
  clock.waits AS waits, extensions::INTEGER AS extensions, supplements::INTEGER AS supplements,
  lag(pos) OVER w IS NULL AS is_first,
  CASE WHEN lag(unit_key) OVER w <> unit_key THEN lag(unit_key) OVER w END AS came_from,
  CASE WHEN lead(unit_key) OVER w <> unit_key THEN lead(unit_key) OVER w END AS went_to,
  CASE WHEN lead(pos) OVER w IS NULL THEN ended_by END AS ended_by,
  CASE WHEN lead(pos) OVER w IS NULL AND ended_by IS NOT NULL
    THEN coalesce(told_due, CASE WHEN NOT clock.waits THEN clock.due END) END AS end_due_at,
  {SHARE} AS share
FROM placed WINDOW w AS (PARTITION BY dossier_id ORDER BY pos)
"""

# Filings by internet or post and what became of them; for the acceptance clock.
FILINGS = """
WITH told AS (
  SELECT * FROM events WINDOW d AS (PARTITION BY dossier_id)
  QUALIFY bool_or(kind = 'filed') OVER d AND NOT bool_or(kind = 'voided') OVER d
), settled AS (
  SELECT dossier_id, arg_min({'moment': happened_at, 'by': kind}, (epoch, version)) AS settled
  FROM told WHERE kind IN ('received', 'refused', 'withdrawn') GROUP BY dossier_id
), filed AS (
  SELECT dossier_id, month, arg_max(unit_key, (epoch, version)) AS unit_key,
    max(place) FILTER (kind = 'filed') AS place,
    max(procedure) FILTER (kind = 'filed') AS procedure,
    max(field) FILTER (kind = 'filed') AS field,
    max(channel) FILTER (kind = 'filed') AS channel,
    max(happened_at) FILTER (kind = 'filed') AS filed_at,
    arg_max({'moment': happened_at, 'kind': kind}, (epoch, version))
      FILTER (kind IN ('filed', 'refiled', 'returned_for_refiling')) AS last,
    arg_max({'due': acceptance_due}, (epoch, version)) FILTER (
      kind IN ('filed', 'refiled', 'returned_for_refiling')
      OR (kind = 'limits_moved' AND acceptance_due IS NOT NULL)
    ) AS clock
  FROM told GROUP BY dossier_id, month
)
SELECT month, dossier_id, unit_key, place, procedure, field, channel, filed_at,
  last.moment AS stands_since, last.kind = 'returned_for_refiling' AS is_with_applicant,
  clock.due AS acceptance_due_at, settled.moment AS settled_at, settled.by AS settled_by
FROM filed LEFT JOIN settled USING (dossier_id)
"""
