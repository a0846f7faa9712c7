"""Binary rows move from one table to another, which goes; it comes back on the way down."""

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Numeric, Table

from com.foo.dbaas.db.migrate_repo.schema import DateTime, Text, create_tables, drop_tables


def _archive(meta):
    return Table(
        "foo_archive",
        meta,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("raw", LargeBinary),
        Column("ratio", Float(precision=53)),
        Column("price", Numeric(20, 6)),
        Column("moment", DateTime()),
        Column("note", Text()),
    )


def upgrade(migrate_engine):
    meta = MetaData(bind=migrate_engine)
    tokens = Table("foo_tokens", meta, autoload=True)
    measurements = Table("foo_measurements", meta, autoload=True)
    archive = _archive(meta)
    create_tables([archive])
    names = [column.name for column in archive.columns]
    for row in measurements.select(measurements.c.id > 100).execute().fetchall():
        archive.insert().execute({name: row[name] for name in names})
    with migrate_engine.begin() as connection:
        connection.execute(measurements.delete(measurements.c.id > 100))
        connection.execute(measurements.update().values(raw=measurements.c.raw, note=None))
    drop_tables([tokens])


def downgrade(migrate_engine):
    meta = MetaData(bind=migrate_engine)
    measurements = Table("foo_measurements", meta, autoload=True)
    archive = Table("foo_archive", meta, autoload=True)
    for row in archive.select().order_by(archive.c.id).execute().fetchall():
        measurements.insert().values(dict(row)).execute()
    drop_tables([archive])
    migrate_engine.execute(
        """
        CREATE TABLE foo_tokens (
            id INTEGER NOT NULL PRIMARY KEY,
            token VARCHAR(20) NOT NULL UNIQUE,
            event_id INTEGER REFERENCES foo_events (id)
        )
        """
    )
    tokens = Table("foo_tokens", MetaData(bind=migrate_engine), autoload=True)
    migrate_engine.execute(tokens.insert(), [{"id": n, "token": t} for n, t in enumerate("abc", 1)])
