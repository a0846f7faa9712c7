"""Statements as text, with parameters of every style."""

import datetime
import decimal

from sqlalchemy import text


def upgrade(migrate_engine):
    migrate_engine.execute(
        """
        CREATE TABLE foo_events (
            id INTEGER PRIMARY KEY,
            kind VARCHAR(30) DEFAULT 'none' NOT NULL,
            message TEXT,
            amount NUMERIC(12, 4),
            happened TIMESTAMP,
            CHECK (id > 0)
        )
        """
    )
    happened = datetime.datetime(2014, 7, 8, 9, 10, 11, 121314)
    insert = text("INSERT INTO foo_events (id, kind, message, amount) VALUES (:id, :kind, :m, :a)")
    migrate_engine.execute(insert, id=1, kind="named", m="100 % :sure\\: 'x'", a=0.25)
    rows = [{"id": 2, "kind": "k", "m": None, "a": None}, {"id": 3, "kind": "k", "m": "ü", "a": 1}]
    migrate_engine.execute(insert, rows)

    # The driver's own placeholders.
    if migrate_engine.name == "sqlite":
        migrate_engine.execute(
            "INSERT INTO foo_events (id, kind, message) VALUES (?, ?, ?)", (4, "raw", "50 % ?")
        )
        migrate_engine.execute(
            "INSERT INTO foo_events (id, kind, message) VALUES (:id, 'raw %d', :m)",
            {"id": 5, "m": "n"},
        )
    else:
        migrate_engine.execute(
            "INSERT INTO foo_events (id, kind, message) VALUES (%s, %s, %s)", (4, "raw", "50 % ?")
        )
        migrate_engine.execute(
            "INSERT INTO foo_events (id, kind, message) VALUES (%(id)s, 'raw %%d', %(m)s)",
            {"id": 5, "m": "n"},
        )
        migrate_engine.execute(
            "UPDATE foo_events SET amount = %s, happened = %s WHERE id IN %s",
            (decimal.Decimal("12345678.0001"), happened, (4, 5)),
        )
    # Without parameters a percent sign is one, and twice it is two.
    plain = migrate_engine.connect().execution_options(no_parameters=True)
    plain.execute("UPDATE foo_events SET message = 'like %%' WHERE kind LIKE 'raw %'")
    plain.close()

    connection = migrate_engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT id, kind FROM foo_events WHERE kind = 'k' ORDER BY id")
        assert [column[0] for column in cursor.description] == ["id", "kind"]
        for number, _ in cursor.fetchall():
            cursor.execute("UPDATE foo_events SET kind = 'cursor' WHERE id = %d" % number)
            assert cursor.rowcount == 1
        cursor.close()
        connection.commit()
    finally:
        connection.close()

    query = text("SELECT count(*) AS number, max(kind) AS kind FROM foo_events WHERE id > :least")
    row = migrate_engine.execute(query.bindparams(least=1)).first()
    assert (row.number, row["kind"]) == (4, "raw %d"), row


def downgrade(migrate_engine):
    migrate_engine.execute(text("DROP TABLE foo_events"))
