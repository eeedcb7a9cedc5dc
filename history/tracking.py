"""What the database itself holds the record to: which tables history keeps, what is never deleted, what never runs in a circle."""

import pgtrigger
from django.db import connection
from django.db.migrations.operations import RunSQL


class Track(RunSQL):
    """Keep every past state of a table's rows. `events`: the columns that name events; `digested`: long texts kept as SHA-256."""

    def __init__(self, table: str, *, events: tuple[str, ...] = (), digested: tuple[str, ...] = ()) -> None:
        self.table, self.events, self.digested = table, events, digested
        super().__init__(
            f"CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION history_record('{','.join(events)}', '{','.join(digested)}');"
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();",
            f"DROP TRIGGER history ON {table}; DROP TRIGGER never_emptied ON {table};",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, tuple[str, ...]]]:
        return "Track", [self.table], {"events": self.events, "digested": self.digested}

    def describe(self) -> str:
        return f"Keep the history of {self.table}"


def tracked_tables() -> dict[str, list[str]]:
    """The tables whose history is being kept, each with its digested columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, encode(tgargs, 'escape') FROM pg_trigger"
            " WHERE tgname = 'history' AND tgenabled <> 'D' AND NOT tgisinternal ORDER BY 1"
        )
        return {table: [name for name in arguments.split("\\000")[1].split(",") if name] for table, arguments in cursor.fetchall()}


def never_deleted() -> pgtrigger.Protect:
    """Rows of this model are set aside, deprecated or rejected; nothing is deleted for good."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


def no_circle(table: str, child: str, parent: str, *, says: str, also: str = "") -> pgtrigger.Trigger:
    """Going up from a row by `parent` never comes back to it; `also`: a column that the steps have in common."""
    same = f"AND t.{also} = NEW.{also}" if also else ""
    return pgtrigger.Trigger(
        name="no_circle",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(parent),
        func=f"""
            IF EXISTS (
                WITH RECURSIVE above (id) AS (
                    SELECT NEW.{parent} UNION SELECT t.{parent} FROM {table} t JOIN above ON t.{child} = above.id {same}
                ) SELECT FROM above WHERE id = NEW.{child}
            ) THEN
                RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - names of tables and columns out of the models
    )
