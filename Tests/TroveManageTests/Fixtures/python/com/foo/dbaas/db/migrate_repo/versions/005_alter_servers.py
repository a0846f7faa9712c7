from migrate.changeset import *
from sqlalchemy import *

meta = MetaData()


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    servers = Table("foo_servers", meta, autoload=True)

    # foo_volumes refers to this table.
    hostname = servers.c.hostname
    hostname.alter(name="name")
    hostname.alter(type=String(300))
    servers.c.flavor.alter(type=BigInteger())
    _fill(migrate_engine, servers)
    servers.c.tenant.alter(nullable=False)
    servers.c.tenant.alter(server_default="nobody")

    servers = Table("foo_servers", MetaData(migrate_engine), autoload=True)
    migrate_engine.execute(
        servers.insert(), id="server-6", name="db6", deleted=False, flavor=2**40, weight=-0.5
    )


def _fill(migrate_engine, servers):
    """Gives a tenant to those that have none."""
    for row in migrate_engine.execute(select([servers.c.id, servers.c.tenant])).fetchall():
        if row.tenant is None:
            migrate_engine.execute(
                servers.update(servers.c.id == row["id"], values={"tenant": "of " + row[0]})
            )


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    servers = Table("foo_servers", meta, autoload=True)
    servers.delete(servers.c.id == "server-6").execute()
    alter_column(servers.c.tenant, server_default=None)
    alter_column("tenant", nullable=True, table=servers)
    servers.c.flavor.alter(type=Integer())
    name = servers.c.name
    name.alter(type=String(255))
    name.alter(name="hostname")
    servers = Table("foo_servers", MetaData(migrate_engine), autoload=True)
    servers.update(servers.c.tenant.like("of %")).values(tenant=None).execute()
