from migrate.changeset.constraint import UniqueConstraint
from sqlalchemy import Index, MetaData, Table

meta = MetaData()


def _table(migrate_engine, name):
    meta.bind = migrate_engine
    return Table(name, meta, autoload=True)


def upgrade(migrate_engine):
    servers = _table(migrate_engine, "foo_servers")
    volumes = _table(migrate_engine, "foo_volumes")

    newest = servers.c.created.desc()
    Index("foo_servers_name_created", servers.c.name, newest).create(migrate_engine)
    Index("foo_volumes_server", volumes.c.server_id, volumes.c.id, unique=True).create()
    Index("foo_servers_deleted", servers.c.deleted).create(migrate_engine)

    # Each volume of a server gets a device of its own first.
    taken = set()
    for row in volumes.select().order_by(volumes.c.id).execute().fetchall():
        letter = "b"
        while (row.server_id, "vd" + letter) in taken:
            letter = chr(ord(letter) + 1)
        taken.add((row.server_id, "vd" + letter))
        volumes.update(volumes.c.id == row.id).execute(device="vd" + letter)
    UniqueConstraint("server_id", "device", table=volumes, name="foo_volumes_device_key").create()


def downgrade(migrate_engine):
    servers = _table(migrate_engine, "foo_servers")
    volumes = _table(migrate_engine, "foo_volumes")

    UniqueConstraint(volumes.c.server_id, volumes.c.device, name="foo_volumes_device_key").drop()
    indexes = {index.name: index for index in servers.indexes | volumes.indexes}
    for name in sorted(indexes):
        if name in ("foo_servers_name_created", "foo_servers_deleted", "foo_volumes_server"):
            indexes[name].drop(migrate_engine)
