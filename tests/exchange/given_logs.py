"""Event logs written by the test itself, as XES and as CSV."""

import gzip
from pathlib import Path
from typing import Any

from lxml import etree

SHARED = Path(__file__).parents[3] / "shared" / "eventlogs"
RECEIPT = SHARED / "receipt.parquet"
BOSTON = SHARED / "boston311_2015_jan_aug.csv.gz"
NAMES = {"case": "case:concept:name", "activity": "concept:name", "ts": "time:timestamp"}
DATES = frozenset({"startdate", "enddate", "enddate_planned", "deadline", "time:timestamp"})

TRACE = """<trace>
  <string key="concept:name" value="{key}"/>
  <date key="received" value="{received}"/>
  <date key="due" value="2025-07-08T17:30:00+07:00"/>
  <string key="unit" value="24853"/>
  <string key="procedure" value="1.001193"/>
  <event><string key="concept:name" value="Register"/>
    <date key="time:timestamp" value="2025-07-07T09:00:00.250+07:00"/></event>
  <event><string key="concept:name" value="Decide"/>
    <date key="time:timestamp" value="2025-07-08T10:00:00+07:00"/></event>
</trace>"""
MAPPING = """
source = "log"
[columns]
key = "case:concept:name"
received_at = "case:received"
due_at = "case:due"
unit = "case:unit"
procedure_code = "case:procedure"
step = "concept:name"
step_at = "time:timestamp"
"""
BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n'


def a_trace(key: str = "A-1", received: str = "2025-07-07T08:21:59+07:00") -> str:
    """A case of two events for MAPPING."""
    return TRACE.format(key=key, received=received)


def a_log(*traces: str) -> str:
    """A log of these traces."""
    return BEGIN + "\n".join(traces) + "\n</log>\n"


def written(folder: Path, text: str | bytes, name: str = "log.xes") -> Path:
    """The log as a file, packed when its name says so."""
    content = text if isinstance(text, bytes) else text.encode()
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def receipt() -> Any:
    """The receipt log as pandas has it, under the names of XES."""
    import pandas as pd

    return pd.read_parquet(RECEIPT).rename(columns=NAMES)


def write_xes(frame: Any, path: Path) -> Path:
    """The frame as a packed log: what begins with `case:` is told of the trace."""
    of_case = [name for name in frame.columns if name.startswith("case:")]
    of_event = [name for name in frame.columns if not name.startswith("case:")]
    with (
        gzip.open(path, "wb") as packed,
        etree.xmlfile(packed, encoding="utf-8") as xml,
        xml.element("{http://www.xes-standard.org/}log", {"xes.version": "1.0"}),
    ):
        for _, rows in frame.groupby("case:concept:name", sort=False):
            trace = etree.Element("{http://www.xes-standard.org/}trace")
            _say(trace, rows.iloc[0], of_case)
            for _, row in rows.iterrows():
                event = etree.SubElement(trace, "{http://www.xes-standard.org/}event")
                _say(event, row, of_event)
            xml.write(trace)
    return path


def _say(element: Any, row: Any, names: list[str]) -> None:
    import pandas as pd

    for name in names:
        if pd.isna(row[name]):
            continue
        key = name.removeprefix("case:")
        value = row[name].isoformat() if isinstance(row[name], pd.Timestamp) else str(row[name])
        kind = "date" if key in DATES else "string"
        tag = f"{{http://www.xes-standard.org/}}{kind}"
        etree.SubElement(element, tag, {"key": key, "value": value})
