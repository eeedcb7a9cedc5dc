"""The functions and triggers that write the history and keep it from being rewritten; functions.sql beside this file."""

from pathlib import Path

from django.db import migrations

BACK = """
DROP FUNCTION history_record, history_going_on, history_state, history_seal_change, history_refuse, history_digest_revision CASCADE;
DROP FUNCTION history_digest(history_revision), history_digest(history_change) CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [migrations.RunSQL(Path(__file__).with_name("functions.sql").read_text(encoding="utf-8"), BACK)]
