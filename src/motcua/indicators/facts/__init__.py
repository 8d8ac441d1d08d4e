"""The facts: what the ledger says of dossiers, as files that every process may query.

`READER` follows the ledger; `advance()` brings the files to its end, `rebuild()` makes them anew.
"""

from motcua.ledger.reading import FileReader

from .building import advance, bookmark, rebuild

READER = FileReader(name="facts", bookmark=bookmark, advance=advance)

__all__ = ["READER", "advance", "bookmark", "rebuild"]
