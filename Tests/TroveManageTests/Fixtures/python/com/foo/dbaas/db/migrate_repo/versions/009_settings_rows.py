"""Settings leave their JSON document for rows of their own; sizes become megabytes."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, UniqueConstraint
from sqlalchemy.sql import and_, select

from com.foo.dbaas.db.migrate_repo.schema import String, Text, create_tables, drop_tables
from com.foo.dbaas.db.migrate_repo.versions import conversion

meta = MetaData()


def _settings():
    return Table(
        "foo_settings",
        meta,
        Column("id", Integer, primary_key=True),
        Column("server_id", String(36), ForeignKey("foo_servers.id", ondelete="CASCADE")),
        Column("name", String(64), nullable=False, index=True),
        Column("value", Text()),
        UniqueConstraint("server_id", "name", name="foo_settings_name_key"),
    )


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    servers = Table("foo_servers", meta, autoload=True)
    settings = _settings()
    create_tables([settings])

    size = Column("size_mb", Integer)
    size.create(servers)
    for row in list(servers.select().order_by(servers.c.id).execute()):
        for name, value in conversion.to_pairs(row.settings):
            settings.insert().execute(server_id=row.id, name=name, value=str(value))
        megabytes = conversion.to_megabytes(row.size_gb)
        if megabytes is not None and megabytes < 2**31:
            servers.update().where(servers.c.id == row.id).values(size_mb=megabytes).execute()
    servers.c.settings.drop()


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    settings = Table("foo_settings", meta, autoload=True)
    servers = Table("foo_servers", meta, autoload=True)

    servers.create_column(Column("settings", Text()))
    query = select([settings.c.server_id, settings.c.value], settings.c.name == "b").order_by("id")
    for server_id, value in migrate_engine.execute(query).fetchall():
        migrate_engine.execute(
            servers.update()
            .where(and_(servers.c.id == server_id, servers.c.settings == None))  # noqa: E711
            .values(settings='{"b": "%s"}' % value)
        )
    servers.drop_column(servers.c.size_mb)
    drop_tables([settings])
