"""Rows that the trigger sees, in a table that reflection finds."""

from __future__ import print_function

import sys

from sqlalchemy import MetaData, Table, inspect


def upgrade(migrate_engine):
    inspector = inspect(migrate_engine)
    assert "foo_ledger" in inspector.get_table_names()
    assert inspector.get_view_names() == ["foo_ledger_sums"], inspector.get_view_names()
    names = [column["name"] for column in inspector.get_columns("foo_ledger")]
    print("foo_ledger has", ", ".join(names))
    print("on its way", file=sys.stderr)

    ledger = Table("foo_ledger", MetaData(), autoload_with=migrate_engine)
    with migrate_engine.connect() as connection:
        result = connection.execute(ledger.insert().values(step="marked", amount=12))
        (key,) = result.inserted_primary_key
        assert connection.execute(ledger.select(ledger.c.id == key)).first().step == "marked*"
        sums = Table("foo_ledger_sums", MetaData(), autoload_with=connection)
        total = connection.execute(sums.select().where(sums.c.step == "marked*")).first().total
        connection.execute(ledger.insert().values(step="total", amount=int(total) * 2))
    print(u"fertig: \u00fc")


def downgrade(migrate_engine):
    ledger = Table("foo_ledger", MetaData(), autoload=True, autoload_with=migrate_engine)
    migrate_engine.execute(ledger.delete().where(ledger.c.step.in_(["marked*", "total*"])))
