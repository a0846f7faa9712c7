import datetime

from sqlalchemy import MetaData
from sqlalchemy import Table

meta = MetaData()

CREATED = datetime.datetime(2012, 2, 29, 23, 59, 59, 999999)


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    servers = Table("foo_servers", meta, autoload=True)
    volumes = Table("foo_volumes", meta, autoload=True)

    # Many rows at once, ...
    servers.insert().execute(
        [
            {
                "id": "server-%d" % number,
                "hostname": "db%d.example.com" % number,
                "description": description,
                "flavor": flavor,
                "size_gb": size,
                "settings": settings,
                "created": CREATED + datetime.timedelta(days=number),
                "deleted": number % 3 == 0,
            }
            for number, description, flavor, size, settings in [
                (1, "plain", 1, 5, '{"a": 1, "b": "zwei"}'),
                (2, "Größe: 20 €, 100 % 'quoted' \"twice\" \\ back", 2, 20, "{}"),
                (3, "日本語 🐘\nsecond line\ttab", 4, None, None),
                (4, "", None, 0, "no json: {"),
                (5, None, 3, 2147483647, '{"%s": "%(a)s :b ?"}'),
            ]
        ]
    )

    # ... and one by one.
    for server, size in [("server-1", 5 * 1024**3), ("server-2", 2**53 + 1), ("server-2", None)]:
        result = volumes.insert().values(server_id=server, bytes=size).execute()
        assert result.inserted_primary_key[0] > 0
    migrate_engine.execute(volumes.insert(), server_id="server-5", bytes=-(2**63), device=None)


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    servers = Table("foo_servers", meta, autoload=True)
    volumes = Table("foo_volumes", meta, autoload=True)
    volumes.delete().execute()
    deleted = migrate_engine.execute(servers.delete().where(servers.c.id.like("server-%")))
    assert deleted.rowcount == 5
