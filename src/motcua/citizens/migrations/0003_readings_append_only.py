from django.db import migrations

from motcua.ledger import triggers

TABLES = ("citizens_reading",)


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, TABLES)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    # The function behind the triggers comes with the ledger's own.
    dependencies = [("citizens", "0002_name_words"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(install, remove)]
