"""Transactions that end well, and some that do not."""

from sqlalchemy import Column, Integer, MetaData, String, Table, exc, func, select

meta = MetaData()

ledger = Table(
    "foo_ledger",
    meta,
    Column("id", Integer, primary_key=True),
    Column("step", String(40), nullable=False),
    Column("amount", Integer),
)


class Undo(Exception):
    pass


def upgrade(migrate_engine):
    with migrate_engine.begin() as connection:
        ledger.create(connection)
        connection.execute(ledger.insert(), [{"step": "begun", "amount": n} for n in range(10)])

    try:
        with migrate_engine.begin() as connection:
            connection.execute(ledger.delete())
            assert connection.execute(select([func.count()]).select_from(ledger)).scalar() == 0
            raise Undo()
    except Undo:
        pass

    connection = migrate_engine.connect()
    transaction = connection.begin()
    connection.execute(ledger.update().where(ledger.c.amount > 7).values(step="updated"))
    nested = connection.begin_nested()
    connection.execute(ledger.insert().values(step="nested, kept", amount=100))
    nested.commit()
    nested = connection.begin_nested()
    connection.execute(ledger.insert().values(step="nested, undone", amount=200))
    nested.rollback()
    for number in [7, 1, 8]:
        # The second is there already.
        try:
            with connection.begin_nested():
                connection.execute(ledger.insert().values(id=1000 + number, step="n", amount=number))
                connection.execute(ledger.insert().values(id=number, step="nested", amount=300))
        except exc.IntegrityError:
            connection.execute(ledger.insert().values(id=2000 + number, step="caught", amount=400))
    transaction.commit()
    connection.close()

    connection = migrate_engine.connect()
    transaction = connection.begin()
    connection.execute(ledger.update().values(step="never"))
    transaction.rollback()
    connection.execute(ledger.insert().values(step="after", amount=None))
    # Closed in the middle: undone.
    connection.begin()
    connection.execute(ledger.insert().values(step="left open"))
    connection.close()

    migrate_engine.execute(
        ledger.insert().from_select(
            ["step", "amount"],
            select([func.lower("SUM"), func.sum(ledger.c.amount)]).where(ledger.c.amount < 10),
        )
    )


def downgrade(migrate_engine):
    with migrate_engine.connect() as connection:
        with connection.begin():
            ledger.drop(connection)
