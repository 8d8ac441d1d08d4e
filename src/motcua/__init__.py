"""Motcua: the open one-stop shop and operations centre of a local government."""

import sys

import pysqlite3
import pysqlite3.dbapi2

# Python's own sqlite3 is bound to the operating system's library, which on Debian 12 has the
# WAL-reset bug (docs/adr/0003-sqlite.md). Done here, before Django or anyone else imports it.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

__version__ = "0.1.0"
