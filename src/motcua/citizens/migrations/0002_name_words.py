"""The words of names, searchable from their start on both engines.

SQLite: a full-text table. It names persons by their id, not by rowid: the rowid of a table without
an integer key may change when the file is compacted. Changes and removals follow by triggers; new
names are added by `citizens.name_words`, since a trigger for each row makes the bulk door 3 times
slower.
PostgreSQL: an index over the words of the column.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_FORGET = (
    "DELETE FROM citizens_name WHERE rowid IN (SELECT rowid FROM citizens_name"
    " WHERE citizens_name MATCH '\"' || replace(OLD.fold_name, '\"', ' ') || '\"'"
    " AND person_id = OLD.id);"
)
_LEARN = "INSERT INTO citizens_name (fold_name, person_id) VALUES (NEW.fold_name, NEW.id);"
SQLITE = (
    "CREATE VIRTUAL TABLE citizens_name USING fts5("
    "fold_name, person_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 0')",
    "CREATE TRIGGER citizens_name_changed AFTER UPDATE OF fold_name ON citizens_person"
    f" WHEN OLD.fold_name <> NEW.fold_name BEGIN {_FORGET} {_LEARN} END",
    f"CREATE TRIGGER citizens_name_removed AFTER DELETE ON citizens_person BEGIN {_FORGET} END",
)
SQLITE_BACK = (
    "DROP TRIGGER citizens_name_removed",
    "DROP TRIGGER citizens_name_changed",
    "DROP TABLE citizens_name",
)
POSTGRESQL = (
    "CREATE INDEX citizens_name_words ON citizens_person"
    " USING gin (to_tsvector('simple', fold_name))",
)
POSTGRESQL_BACK = ("DROP INDEX citizens_name_words",)


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else SQLITE:
        schema_editor.execute(statement)


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if is_postgresql else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("citizens", "0001_persons")]
    operations = [migrations.RunPython(forwards, backwards)]
