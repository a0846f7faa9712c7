"""The view and the trigger, where SQLite's statements do not do."""

from sqlalchemy import DDL, text


def upgrade(migrate_engine):
    if migrate_engine.name == "sqlite":
        raise AssertionError("SQLite has SQL of its own")
    migrate_engine.execute(
        "CREATE VIEW foo_ledger_sums AS"
        " SELECT step, sum(amount) AS total FROM foo_ledger GROUP BY step"
    )
    migrate_engine.execute(
        DDL(
            """
            CREATE FUNCTION foo_ledger_mark() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              NEW.step := format('%%s*', NEW.step);
              RETURN NEW;
            END
            $body$
            """
        )
    )
    migrate_engine.execute(
        text(
            "CREATE TRIGGER foo_ledger_marks BEFORE INSERT ON foo_ledger"
            " FOR EACH ROW EXECUTE PROCEDURE foo_ledger_mark()"
        )
    )


def downgrade(migrate_engine):
    assert migrate_engine.dialect.name != "sqlite"
    migrate_engine.execute("DROP TRIGGER foo_ledger_marks ON foo_ledger")
    migrate_engine.execute("DROP FUNCTION foo_ledger_mark()")
    migrate_engine.execute("DROP VIEW foo_ledger_sums")
