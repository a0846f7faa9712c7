"""One connection reads, another writes."""

from sqlalchemy import Column, Float, Integer, MetaData, Table, bindparam, func, select

meta = MetaData()

samples = Table(
    "foo_samples",
    meta,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", Float),
    Column("square", Float),
)


def upgrade(migrate_engine):
    samples.create(bind=migrate_engine)
    reader = migrate_engine.connect()
    writer = migrate_engine.connect()
    count = select([func.count(samples.c.id)])

    with writer.begin():
        writer.execute(samples.insert(), [{"id": n, "value": n / 7.0} for n in range(1200)])
    assert reader.execute(count).scalar() == 1200

    transaction = writer.begin()
    writer.execute(samples.delete())
    transaction.rollback()
    assert reader.execute(count).scalar() == 1200

    rows = reader.execute(samples.select().where(samples.c.id % 100 == 0)).fetchall()
    update = samples.update().where(samples.c.id == bindparam("number"))
    update = update.values(square=bindparam("s"))
    with writer.begin():
        result = writer.execute(update, [{"number": row.id, "s": row.value**2} for row in rows])
        assert result.rowcount == len(rows) == 12
    reader.close()

    # A result that is read to its end before the same connection writes.
    large = samples.select().where(samples.c.square > 100).order_by(samples.c.id)
    for row in writer.execute(large).fetchall():
        writer.execute(samples.update().where(samples.c.id == row.id).values(value=None))
    writer.execute(samples.delete().where(samples.c.id.between(500, 1100)))
    writer.close()


def downgrade(migrate_engine):
    samples.drop(bind=migrate_engine)
